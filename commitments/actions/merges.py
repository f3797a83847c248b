"""Two records of one commitment made one, and parted again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import claim_version, save_as, save_valid
from commitments.actions.settling import lock_all, settle, settle_all
from commitments.codelists import Publication
from commitments.models import (
    Activity,
    Commitment,
    CommitmentParty,
    Development,
    Distinction,
    Merge,
    Passage,
    Relation,
    Suggestion,
    User,
    Wording,
)
from commitments.models.record import REASON_LENGTH

NEVER_MERGED = (Publication.RETRACTED, Publication.MERGED)


@dataclass(frozen=True)
class Hanging:
    """Rows that hang on a commitment by `column`, of which those that have no twin on the other record go over."""

    model: type[Model]
    column: str
    # What makes two rows of two records the same; nothing where every row goes over.
    same: tuple[str, ...] = ()

    def rows(self, commitment: Commitment) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{self.column: commitment})

    def going_over(self, absorbed: Commitment, kept: Commitment) -> list[int]:
        """The keys of the rows of `absorbed` that `kept` does not have."""
        there = {_told(rest) for rest in self.rows(kept).values_list(*self.same)} if self.same else set()
        rows = self.rows(absorbed).values_list("pk", *self.same)
        return sorted(pk for pk, *rest in rows if _told(rest) not in there)

    def go_over(self, pks: Iterable[int], origin: Commitment, target: Commitment) -> None:
        """Hang these rows of `origin` on `target`. Past `save()`: what they say stays as it is."""
        rows = self.rows(origin).filter(pk__in=list(pks)).order_by()
        if self.model is Development:
            # Whoever has a draft of these open learns that it belongs elsewhere by now.
            rows.filter(published_at__isnull=True).update(version=F("version") + 1)
        rows.update(**{self.column: target})


def _told(same: Iterable[Any]) -> tuple[Any, ...]:
    """What tells two rows apart, as the database does: a number that is missing is 0."""
    return tuple(part or 0 for part in same)


# Amounts, sectors and every other field stay as the kept record has them: an editor chose it for what it says.
HANGING: dict[str, Hanging] = {
    "developments": Hanging(Development, "commitment"),
    "wordings": Hanging(Wording, "commitment", ("document", "paragraph", "sentence", "locator")),
    "passages": Hanging(Passage, "commitment"),
    "suggestions": Hanging(Suggestion, "commitment"),
    "parties": Hanging(CommitmentParty, "commitment", ("party", "role")),
    "activities": Hanging(Activity, "commitment", ("identifier",)),
    "relations": Hanging(Relation, "source", ("kind", "target")),
    "inverse_relations": Hanging(Relation, "target", ("kind", "source")),
    # What was merged into the absorbed record before.
    "absorbed": Hanging(Commitment, "merged_into"),
}


def problems_with(*, kept: Commitment, absorbed: Commitment) -> list[str]:
    """Every reason why one may not be merged into the other, as sentences. Writes nothing."""
    if kept.pk == absorbed.pk:
        return [_("Choose another commitment: these are one.")]
    problems = [
        _("%(code)s is “%(state)s”: it takes part in no merge.")
        % {"code": one.code, "state": one.get_publication_display()}
        for one in (kept, absorbed)
        if one.publication in NEVER_MERGED
    ]
    if absorbed.is_public and not kept.is_public and kept.publication not in NEVER_MERGED:
        problems.append(
            _("%(absorbed)s is public and %(kept)s is not: keep %(absorbed)s, or publish %(kept)s first.")
            % {"absorbed": absorbed.code, "kept": kept.code}
        )
    return problems


def going_over(*, kept: Commitment, absorbed: Commitment) -> dict[str, list[int]]:
    """What `absorbed` has and `kept` lacks, which a merge would move: the keys of the rows, by their noun."""
    found = {name: hanging.going_over(absorbed, kept) for name, hanging in HANGING.items()}
    between = set(
        Relation.objects.filter(Q(source=kept, target=absorbed) | Q(source=absorbed, target=kept)).values_list(
            "pk", flat=True
        )
    )
    for name in ("relations", "inverse_relations"):
        # A record is related to no record of itself.
        found[name] = [pk for pk in found[name] if pk not in between]
    return found


@transaction.atomic
def merge(
    *,
    by: User,
    kept: Commitment,
    absorbed: Commitment,
    kept_version: int,
    absorbed_version: int,
    reason: str,
    at: dt.datetime | None = None,
) -> Merge:
    """Take `absorbed` into `kept`: its developments, wordings and the rest go over, its address leads there.

    The versions are those that the editor read. Raises `Refused` with every reason why not, `Conflict` when either
    was saved since.
    """
    at = at or timezone.now()
    kept, absorbed = _locked(kept, absorbed)
    problems = problems_with(kept=kept, absorbed=absorbed)
    if not reason.strip():
        problems.append(_("Say why."))
    if problems:
        raise Refused(problems)
    claim_version(kept, kept_version)
    claim_version(absorbed, absorbed_version)
    moved = going_over(kept=kept, absorbed=absorbed)
    row = Merge(
        kept=kept,
        absorbed=absorbed,
        reason=reason.strip(),
        by=by,
        recorded_at=at,
        moved={
            **moved,
            "publication": absorbed.publication,
            "last_checked_on": kept.last_checked_on and kept.last_checked_on.isoformat(),
        },
    )
    # Before what it moves: by it the database knows that a published development may go over.
    save_valid(row, by)
    related = _related(kept, absorbed)
    for name, pks in moved.items():
        HANGING[name].go_over(pks, absorbed, kept)
    absorbed.publication, absorbed.merged_into = Publication.MERGED, kept
    save_as(absorbed, by)
    kept.last_checked_on = max(filter(None, (kept.last_checked_on, absorbed.last_checked_on)), default=None)
    related += Commitment.objects.filter(pk__in=moved["absorbed"])
    said = _("%(absorbed)s merged into %(kept)s: %(reason)s")
    _settle(by, kept, absorbed, related, _said(said, kept, absorbed, row.reason), at)
    return row


@transaction.atomic
def undo(*, by: User, merge: Merge, reason: str, at: dt.datetime | None = None) -> Merge:
    """Part what was merged: every row that went over goes back, with the corrections written of it since.

    Raises `Conflict` when somebody undid it before, `Refused` without a reason, or while the kept record is itself
    merged into another.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(_("Say why."))
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    if kept.publication == Publication.MERGED:
        raise Refused(_("%(code)s was merged into another record since: undo that first.") % {"code": kept.code})
    undone = Merge.objects.in_force().filter(pk=merge.pk)
    if not undone.update(undone_by=by, undone_at=at, undone_reason=reason.strip()):
        raise Conflict(_("Somebody undid it meanwhile; nothing was changed."))
    merge.refresh_from_db()
    related = _related(kept, absorbed)
    moved = {name: list(merge.moved.get(name, ())) for name in HANGING}
    moved["developments"] = _with_corrections(moved["developments"])
    for name, pks in moved.items():
        # A row that has a twin there by now stays where it is.
        back = set(HANGING[name].going_over(kept, absorbed)) & set(pks)
        HANGING[name].go_over(back, kept, absorbed)
    related += Commitment.objects.filter(pk__in=moved["absorbed"])
    absorbed.publication, absorbed.merged_into = Publication(merge.moved["publication"]), None
    absorbed.version += 1
    # A write to the kept record too: whoever has its form open is told that rows of it have gone.
    claim_version(kept, kept.version)
    save_as(absorbed, by)
    _take_back_the_last_check(kept, absorbed, merge)
    said = _("%(absorbed)s parted from %(kept)s again: %(reason)s")
    _settle(by, kept, absorbed, related, _said(said, kept, absorbed, merge.undone_reason), at)
    return merge


@transaction.atomic
def tell_apart(*, by: User, one: Commitment, other: Commitment, at: dt.datetime | None = None) -> Distinction:
    """Say that two commitments which look alike are not the same, so that nobody is asked again. Safe to repeat."""
    if one.pk == other.pk:
        raise Refused(_("Choose another commitment: these are one."))
    first, second = sorted((one, other), key=lambda commitment: commitment.pk)
    found, _created = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"by": by, "recorded_at": at or timezone.now()}
    )
    return found


def _locked(kept: Commitment, absorbed: Commitment) -> tuple[Commitment, Commitment]:
    """Both read anew and held."""
    held = {one.pk: one for one in lock_all((kept.pk, absorbed.pk))}
    return held[kept.pk], held[absorbed.pk]


def _related(kept: Commitment, absorbed: Commitment) -> list[Commitment]:
    """The records that name either: what they say of it changes with it."""
    found = Commitment.objects.filter(relations__target__in=(kept, absorbed)).exclude(pk__in=(kept.pk, absorbed.pk))
    return list(found.distinct().order_by("pk"))


def _said(sentence: str, kept: Commitment, absorbed: Commitment, reason: str) -> str:
    """The reason that readers see beside the new revision, without the code of what never was public."""
    name = absorbed.code if absorbed.published_at else _("A draft")
    return (sentence % {"absorbed": name, "kept": kept.code, "reason": reason})[:REASON_LENGTH]


def _settle(
    by: User, kept: Commitment, absorbed: Commitment, related: list[Commitment], reason: str, at: dt.datetime
) -> None:
    settle(by=by, commitment=kept, reason=reason, at=at, is_rechecked=True)
    settle(by=by, commitment=absorbed, reason=reason, at=at)
    settle_all(by=by, pks=[one.pk for one in related], reason=reason, at=at)


def _with_corrections(pks: list[int]) -> list[int]:
    """These developments and what corrects them, and what corrects that: a correction goes with what it corrects."""
    found, newest = set(pks), set(pks)
    while newest:
        newest = set(Development.objects.filter(corrects__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return sorted(found)


def _take_back_the_last_check(kept: Commitment, absorbed: Commitment, merge: Merge) -> None:
    """The day of the last check that the kept record had of itself, unless it was checked since."""
    if kept.last_checked_on is None or kept.last_checked_on != absorbed.last_checked_on:
        return
    day = _day_before(merge)
    # It may have come with another record, which was parted from this one since.
    parted = Merge.objects.filter(kept=kept, pk__lt=merge.pk, undone_at__gte=merge.recorded_at)
    for one in parted.select_related("absorbed").order_by("-pk"):
        if day is not None and day == one.absorbed.last_checked_on:
            day = _day_before(one)
    kept.last_checked_on = day


def _day_before(merge: Merge) -> dt.date | None:
    """The day of the last check that the kept record had when the two were merged."""
    before: str | None = merge.moved["last_checked_on"]
    return dt.date.fromisoformat(before) if before else None
