"""Where a commitment stands on the day of reading: its flags, and why it has the status it has. Reads, never writes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.codelists import (
    GROUP_BY_STATUS,
    RESPONSIBLE_ROLES,
    VERDICTS,
    DevelopmentKind,
    EvidenceRole,
    Flag,
    Provenance,
    Publication,
    Status,
    StatusGroup,
)
from commitments.models import Commitment, Development, Evidence
from commitments.models.commitments import CommitmentQuerySet
from commitments.rules import OVERALL_RULE, FlagFacts, flags
from commitments.uncertain_dates import UncertainDate


def row_flags(commitment: Commitment, *, today: dt.date) -> list[Flag]:
    """The flags that follow from a commitment's own columns, for a row of a list."""
    return flags(_facts(commitment), today=today)


def page_flags(commitment: Commitment, developments: Sequence[Development], *, today: dt.date) -> list[Flag]:
    """Every flag, for a page that holds the commitment's parties and published developments with their evidence."""
    counted = counting(developments)
    evidence = [row for development in counted for row in development.evidence.all()]
    facts = _facts(
        commitment,
        abolitions=[
            row.party.abolished_on
            for row in commitment.parties.all()
            if row.role in RESPONSIBLE_ROLES and row.party.abolished_on
        ],
        provenances=[Provenance(row.provenance) for row in evidence],
        is_contested=_is_contested(commitment, counted, evidence),
    )
    return flags(facts, today=today)


def counting(developments: Sequence[Development]) -> list[Development]:
    """The developments that still count: those that no published one corrects, among them or joined to them.

    A correction may say a later day than what it corrects, and lie beyond the day to which these were narrowed.
    """
    corrected = {development.corrects_id for development in developments}
    return [one for one in developments if one.pk not in corrected and not _is_corrected(one)]


def _is_corrected(development: Development) -> bool:
    """Whether its correction, where that was joined to it, is published."""
    if not Development._meta.get_field("correction").is_cached(development):
        return False
    correction: Development | None = getattr(development, "correction", None)
    return correction is not None and correction.is_published


def _facts(
    commitment: Commitment,
    *,
    abolitions: Sequence[dt.date] = (),
    provenances: Sequence[Provenance] = (),
    is_contested: bool = False,
) -> FlagFacts:
    return FlagFacts(
        status=Status(commitment.status),
        status_since=commitment.status_since,
        due=commitment.due,
        next_check_on=commitment.next_check_on,
        durability=commitment.durability,
        abolitions=abolitions,
        provenances=provenances,
        is_contested=is_contested,
    )


def _is_contested(commitment: Commitment, counted: Sequence[Development], evidence: Sequence[Evidence]) -> bool:
    """Whether evidence speaks against the assessment, or a party replied since the status holds."""
    if any(row.role == EvidenceRole.CONTRADICTS for row in evidence):
        return True
    since = commitment.status_since
    return any(
        development.kind == DevelopmentKind.REPLY and (since is None or development.happened.end >= since.start)
        for development in counted
    )


def contested(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """Those that `page_flags` would call contested: the same rule, asked of the database."""
    counted = Development.objects.filter(published_at__isnull=False, correction__published_at__isnull=True)
    contradicted = Evidence.objects.filter(role=EvidenceRole.CONTRADICTS, development__in=counted)
    replied = counted.filter(commitment=OuterRef("pk"), kind=DevelopmentKind.REPLY).filter(
        Q(commitment__status_since_start__isnull=True) | Q(happened_end__gte=F("commitment__status_since_start"))
    )
    return commitments.filter(Q(pk__in=contradicted.values("development__commitment")) | Exists(replied))


@dataclass(frozen=True)
class Why:
    """What the status rests on: the development that moved it, and whether it speaks for the whole or for one maker.

    Without a development no published entry supports a status.
    """

    development: Development | None
    evidence: Sequence[Evidence] = ()

    @property
    def is_for_the_whole(self) -> bool:
        """Whether the development gave a status to the commitment as a whole, so that no rule was needed."""
        return self.development is not None and self.development.party_id is None


def why(development_id: int | None, developments: Sequence[Development]) -> Why:
    """Why the status holds: `development_id` is the one that the last step of the status over time rests on."""
    for development in developments:
        if development.pk == development_id:
            return Why(development, list(development.evidence.all()))
    return Why(None)


@dataclass(frozen=True)
class NextFacts:
    """What the next move of a status hangs on. `makers` are their own statuses."""

    status: Status
    due: UncertainDate | None = None
    makers: Sequence[Status] = ()
    is_for_the_whole: bool = False
    is_topic: bool = False
    is_closed: bool = False


def next_moves(commitment: Commitment, reason: Why, *, today: dt.date) -> list[str]:
    """What would move the status of a commitment next, for a page that holds its parties."""
    facts = NextFacts(
        status=Status(commitment.status),
        due=commitment.due,
        makers=[Status(row.status) for row in commitment.parties.all() if row.is_maker],
        is_for_the_whole=reason.is_for_the_whole,
        is_topic=commitment.is_topic,
        is_closed=commitment.publication == Publication.CLOSED,
    )
    return what_moves_it(facts, today=today)


def what_moves_it(facts: NextFacts, *, today: dt.date) -> list[str]:
    """What would move a status next by the rules of publication and by rule v1, as sentences for the reader."""
    if facts.is_topic:
        return [_("It is a topic, not an undertaking: nobody is expected to deliver it.")]
    moves = [_("It is closed: the editors no longer look for news of it.")] if facts.is_closed else []
    if GROUP_BY_STATUS[facts.status] == StatusGroup.CLOSED:
        return [*moves, _settled(facts.status)]
    if facts.status == Status.NOT_ASSESSED:
        moves.append(_("The first published entry with a source that supports a status moves it."))
    elif facts.status == Status.IN_PROGRESS:
        moves.append(_("Without movement for nine months, an entry may call it “Stalled”."))
    moves.append(_("“Delivered” takes an entry whose source verifies the delivery, published by a second person."))
    return [*moves, _deadline(facts.due, today), *_makers(facts)]


def _settled(status: Status) -> str:
    if status in VERDICTS:
        return _(
            "“%(status)s” is a verdict. Only a later entry with a source moves it, or a correction of the entry that "
            "it rests on."
        ) % {"status": status.label}
    return _("A later commitment took its place: nothing further is expected of this one.")


def _deadline(due: UncertainDate | None, today: dt.date) -> str:
    if due is None:
        return _("It has no deadline, so “Not delivered” takes a reason, a source and a second person.")
    if due.end >= today:
        return _(
            "Its deadline is %(due)s. Until that has ended, “Not delivered” is refused, unless a maker withdraws; from "
            "the next day on it is overdue, if it is not settled."
        ) % {"due": due}
    return _(
        "Its deadline, %(due)s, has ended: an entry of a later day may say “Not delivered”, with a source and a second "
        "person."
    ) % {"due": due}


def _makers(facts: NextFacts) -> list[str]:
    """By rule v1 the makers move the whole; one maker alone is the whole."""
    if len(facts.makers) <= 1:
        return []
    if facts.is_for_the_whole:
        return [
            _(
                "Its status was given for all makers together. An entry for one of them, of that day or later, puts "
                "rule %(rule)s in its place."
            )
            % {"rule": OVERALL_RULE}
        ]
    delivered = sum(status == Status.DELIVERED for status in facts.makers)
    return [
        ngettext(
            "By rule %(rule)s the whole is “Delivered” when all %(makers)d makers are; so far %(delivered)d is.",
            "By rule %(rule)s the whole is “Delivered” when all %(makers)d makers are; so far %(delivered)d are.",
            delivered,
        )
        % {"rule": OVERALL_RULE, "makers": len(facts.makers), "delivered": delivered}
    ]
