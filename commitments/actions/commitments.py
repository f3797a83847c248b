"""Creating, editing, publishing, closing and retracting a commitment."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import Write, claim_version, nothing, save_as, save_valid
from commitments.actions.settling import lock, settle, settle_all
from commitments.codelists import MAKER_ROLES, PUBLIC_PUBLICATIONS, Publication
from commitments.models import Commitment, User

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
    save_valid(commitment, by)
    write()
    settle(by=by, commitment=commitment, reason=_("Created"), at=at or timezone.now())
    return commitment


@transaction.atomic
def edit(
    *,
    by: User,
    commitment: Commitment,
    version: int,
    reason: str,
    write: Write = nothing,
    at: dt.datetime | None = None,
) -> Commitment:
    """Save the changed fields of `commitment`, and by `write` the rows that hang on it, if nobody was quicker.

    `version` is the one that the editor read. Raises `Conflict` when the record has been saved since, `Refused` when
    what the public reads would change without a reason.
    """
    claim_version(commitment, version)
    # What other actions write may have changed since the form was opened; an edit leaves it alone.
    commitment.refresh_from_db(fields=DERIVED_FIELDS)
    if commitment.publication == Publication.MERGED:
        raise Refused(_("It was merged into another record: edit that one."))
    if commitment.is_public and not reason.strip():
        raise Refused(_("Say why: the public record changes, and its revision shows the reason."))
    commitment.full_clean()
    save_as(commitment, by)
    write()
    settle(by=by, commitment=lock(commitment), reason=reason, at=at or timezone.now())
    commitment.refresh_from_db()
    return commitment


@transaction.atomic
def publish(*, by: User, commitment: Commitment, at: dt.datetime | None = None) -> Commitment:
    """Make a commitment public. Raises `Refused` with every reason why it may not be, `Conflict` if it already is."""
    at = at or timezone.now()
    commitment = lock(commitment)
    problems = _publication_problems(commitment)
    if problems:
        raise Refused(problems)
    # The day of first publication stays when a retracted record returns.
    commitment.published_at, commitment.published_by = commitment.published_at or at, commitment.published_by or by
    _claim(commitment, UNPUBLISHED, Publication.PUBLISHED)
    save_as(commitment, by)
    settle(by=by, commitment=commitment, reason=_("Published"), at=at)
    _settle_related(commitment, by, at)
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
    save_as(commitment, by)
    settle(by=by, commitment=commitment, reason=reason, at=at)
    _settle_related(commitment, by, at)
    return commitment


def _settle_related(commitment: Commitment, by: User, at: dt.datetime) -> None:
    """Settle the commitments that name this one, which they do in public only while it is public."""
    related = Commitment.objects.filter(relations__target=commitment).distinct().order_by("pk")
    reason = _("%(code)s is now “%(state)s”") % {
        "code": commitment.code,
        "state": commitment.get_publication_display(),
    }
    settle_all(by=by, commitments=related, reason=reason, at=at)


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


def _publication_problems(commitment: Commitment) -> list[str]:
    problems = []
    if not commitment.parties.filter(role__in=MAKER_ROLES).exists():
        problems.append(_("Say who makes the commitment: add a maker."))
    if not commitment.wordings.exists():
        problems.append(_("Add a wording: a commitment rests on a document that words it."))
    return problems
