"""Creating, editing, publishing, closing and retracting a commitment."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import histories
from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import Write, nothing, save_valid
from commitments.actions.settling import lock, settle, settle_all
from commitments.codelists import PUBLIC_PUBLICATIONS, Publication
from commitments.models import Commitment, Relation, User
from commitments.readings import Reading

UNPUBLISHED = (Publication.DRAFT, Publication.SUBMITTED, Publication.CHANGES_REQUESTED, Publication.RETRACTED)
# Written by other actions than `edit`.
DERIVED_FIELDS = (
    "publication",
    "published_at",
    "published_by",
    "merged_into",
    "status",
    *Commitment.status_since.columns,
    "last_checked_on",
    "next_check_on",
)


@transaction.atomic
def create(*, by: User, commitment: Commitment, write: Write = nothing, at: dt.datetime | None = None) -> Commitment:
    """Save a new commitment as a draft; `write` then saves the rows that hang on it. Returns it, saved.

    Raises `ValidationError` when a field is wrong, `Refused` when it is not a draft.
    """
    if commitment.publication != Publication.DRAFT:
        raise Refused(_("A new commitment begins as a draft."))
    commitment.published_at = commitment.published_by = None
    with histories.none_yet(commitment):
        save_valid(commitment, by)
        write()
    reading = Reading([commitment])
    histories.add(by=by, reading=reading, kind=histories.CREATED)
    settle(by=by, commitment=commitment, reason=_("Created"), at=at or timezone.now(), reading=reading)
    return commitment


@transaction.atomic
def edit(
    *,
    by: User,
    commitment: Commitment,
    version: int,
    reason: str,
    write: Write = nothing,
    checked_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Save the changed fields of `commitment`, and by `write` the rows that hang on it, if nobody was quicker.

    `version` is the one that the editor read; `checked_on` is a day on which somebody looked for news, where that is
    known: the day of the last check only moves forward. Raises `Conflict` when the record has been saved since,
    `Refused` when what the public reads would change without a reason, or would lack what it needs to be public.
    """
    at = at or timezone.now()
    stored = lock(commitment)
    if stored.version != version:
        raise Conflict
    commitment.version = version + 1
    # What other actions write may have changed since the form was opened; an edit leaves it alone.
    for name in DERIVED_FIELDS:
        column = Commitment._meta.get_field(name).attname  # type: ignore[union-attr] # each is a column of its own
        setattr(commitment, column, getattr(stored, column))
    if commitment.publication == Publication.MERGED:
        raise Refused(_("It was merged into another record: edit that one."))
    if commitment.is_public and not reason.strip():
        raise Refused(_("Say why: the public record changes, and its revision shows the reason."))
    if commitment.summit_id == stored.summit_id:
        commitment.summit = stored.summit
    with histories.none_yet(commitment):
        save_valid(commitment, by, known=_same(commitment, stored))
        write()
    reading = Reading([commitment])
    if commitment.is_public and (problems := _publication_problems(reading, today=timezone.localdate(at))):
        raise Refused(problems)
    histories.add(by=by, reading=reading, kind=histories.CHANGED)
    is_rechecked = checked_on is not None and checked_on > (commitment.last_checked_on or dt.date.min)
    if is_rechecked:
        commitment.last_checked_on = checked_on
    settle(by=by, commitment=commitment, reason=reason, at=at, reading=reading, is_rechecked=is_rechecked)
    # As they were before the edit, if somebody had read them.
    commitment._prefetched_objects_cache = {}  # type: ignore[attr-defined] # Django's own
    return commitment


@transaction.atomic
def publish(*, by: User, commitment: Commitment, at: dt.datetime | None = None) -> Commitment:
    """Make a commitment public. Raises `Refused` with every reason why it may not be, `Conflict` if it already is."""
    at = at or timezone.now()
    commitment = lock(commitment)
    reading = Reading([commitment])
    problems = _publication_problems(reading, today=timezone.localdate(at))
    if problems:
        raise Refused(problems)
    # The day of first publication stays when a retracted record returns.
    commitment.published_at, commitment.published_by = commitment.published_at or at, commitment.published_by or by
    _claim(commitment, UNPUBLISHED, Publication.PUBLISHED)
    _settle_moved(commitment, by, _("Published"), at, reading)
    return commitment


@transaction.atomic
def close(*, by: User, commitment: Commitment, reason: str, at: dt.datetime | None = None) -> Commitment:
    """Stop following a published commitment; it stays public. Raises `Refused` or `Conflict`."""
    return _leave(commitment, by, (Publication.PUBLISHED,), Publication.CLOSED, reason, at)


@transaction.atomic
def retract(*, by: User, commitment: Commitment, reason: str, at: dt.datetime | None = None) -> Commitment:
    """Take a public commitment back; its address then says that it was retracted. Raises `Refused` or `Conflict`."""
    return _leave(commitment, by, PUBLIC_PUBLICATIONS, Publication.RETRACTED, reason, at)


def _leave(
    commitment: Commitment,
    by: User,
    origins: tuple[Publication, ...],
    target: Publication,
    reason: str,
    at: dt.datetime | None,
) -> Commitment:
    if not reason.strip():
        raise Refused(_("Say why."))
    at = at or timezone.now()
    commitment = lock(commitment)
    _claim(commitment, origins, target)
    _settle_moved(commitment, by, reason, at, Reading([commitment]))
    return commitment


def _settle_moved(commitment: Commitment, by: User, reason: str, at: dt.datetime, reading: Reading) -> None:
    """Settle a commitment in its new state, and those that name it, which they do in public only while it is public."""
    histories.add(by=by, reading=reading, kind=histories.CHANGED)
    settle(by=by, commitment=commitment, reason=reason, at=at, reading=reading)
    related = Relation.objects.filter(target=commitment).order_by().values_list("source_id", flat=True)
    said = _("%(code)s is now “%(state)s”") % {
        "code": commitment.code,
        "state": commitment.get_publication_display(),
    }
    settle_all(by=by, pks=related, reason=said, at=at)


def _same(commitment: Commitment, stored: Commitment) -> set[str]:
    """What a commitment refers to as it did before."""
    names = [column.name for column in Commitment._meta.concrete_fields if column.is_relation]
    return {name for name in names if getattr(commitment, f"{name}_id") == getattr(stored, f"{name}_id")}


def _claim(commitment: Commitment, origins: tuple[Publication, ...], target: Publication) -> None:
    """Move the publication state by a conditional update, so that of two who try only one succeeds."""
    claimed = Commitment.objects.filter(pk=commitment.pk, publication__in=origins).update(
        publication=target,
        version=F("version") + 1,
        published_at=commitment.published_at,
        published_by=commitment.published_by,
    )
    if not claimed:
        raise Conflict(
            _("It is already “%(state)s”; nothing was changed.") % {"state": commitment.get_publication_display()}
        )
    commitment.publication = target
    commitment.version += 1


def _publication_problems(reading: Reading, *, today: dt.date) -> list[str]:
    problems = []
    if any(commitment.made.start > today for commitment in reading.commitments):
        problems.append(_("It cannot have been made after today: see “Made on”."))
    if not any(row.is_maker for rows in reading.parties.values() for row in rows):
        problems.append(_("Say who makes the commitment: add a maker."))
    if not reading.wordings:
        problems.append(_("Add a wording: a commitment rests on a document that words it."))
    return problems
