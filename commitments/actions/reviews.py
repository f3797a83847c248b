"""The review of a draft: submitted, sent back with a comment or rejected, and approved, which publishes it.

Each step claims the draft at the version that was read, so that of two who decide at once exactly one does.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import developments
from commitments.actions.errors import Conflict, Refused
from commitments.actions.saving import claim_version, save_valid
from commitments.actions.settling import lock
from commitments.codelists import ReviewKind, Status
from commitments.models import Development, Review, User
from commitments.rules import needs_second_person

# From where each step leads on; None is a draft that was never submitted.
_BEFORE_SUBMISSION = (None, ReviewKind.CHANGES_REQUESTED, ReviewKind.REJECTED)
_BEFORE_DECISION = (ReviewKind.SUBMITTED,)


@transaction.atomic
def submit(
    *, by: User, development: Development, version: int, comment: str = "", at: dt.datetime | None = None
) -> Review:
    """Ask a reviewer to decide on a draft, for the first time or again.

    Raises `Refused` with every reason why nobody could publish it as it is, `Conflict` when it waits already, or was
    saved or published since `version` was read.
    """
    at = at or timezone.now()
    _require(by, "submit_development")
    _claim(development, version, _BEFORE_SUBMISSION)
    problems = developments.rule_problems(development, today=timezone.localdate(at))
    if problems:
        raise Refused(problems)
    return _record(ReviewKind.SUBMITTED, by, development, comment, at)


@transaction.atomic
def request_changes(
    *, by: User, development: Development, version: int, comment: str, at: dt.datetime | None = None
) -> Review:
    """Send a submitted draft back, with what is to be mended. Raises `Refused` or `Conflict`."""
    return _send_back(ReviewKind.CHANGES_REQUESTED, by, development, version, comment, at)


@transaction.atomic
def reject(*, by: User, development: Development, version: int, comment: str, at: dt.datetime | None = None) -> Review:
    """Say that a submitted draft is not wanted as it is, and why. Raises `Refused` or `Conflict`.

    It is kept, and can be mended and submitted again: a wrong correction would otherwise bar every other.
    """
    return _send_back(ReviewKind.REJECTED, by, development, version, comment, at)


@transaction.atomic
def approve(
    *, by: User, development: Development, version: int, comment: str = "", at: dt.datetime | None = None
) -> Development:
    """Publish a submitted draft that somebody else entered. Raises `Refused` or `Conflict`."""
    at = at or timezone.now()
    _require(by, "publish_development")
    _claim(development, version, _BEFORE_DECISION)
    if development.entered_by_id == by.pk:
        raise Refused(_("Nobody approves what they entered: somebody else decides."))
    _require_for_verdict(by, development)
    _record(ReviewKind.APPROVED, by, development, comment, at)
    return developments.publish(by=by, development=development, at=at)


@transaction.atomic
def publish(*, by: User, development: Development, version: int, at: dt.datetime | None = None) -> Development:
    """Publish a draft from the desk: as an approval if it waits for one and is another's, else on one's own account.

    Raises `Refused` when the rules forbid it or it is a verdict and `by` no reviewer, `Conflict` as `approve` does.
    """
    is_anothers = development.entered_by_id != by.pk
    if is_anothers and Review.objects.last_kind(development) == ReviewKind.SUBMITTED:
        return approve(by=by, development=development, version=version, at=at)
    _require(by, "publish_development")
    if is_anothers:
        _require_for_verdict(by, development)
    return developments.publish(by=by, development=development, version=version, at=at)


def bars(*, by: User, development: Development) -> list[str]:
    """Every reason why `by` could not publish this draft as it is stored, but for what it says and rests on.

    `by` is somebody whose role lets them publish. An empty list means that it is worth a try. Writes nothing.
    """
    stored = Development.objects.select_related("commitment").filter(pk=development.pk, published_at=None).first()
    if stored is None:
        return []
    is_anothers = stored.entered_by_id != by.pk
    return developments.bars(stored, by=by) + (_verdict_problems(by, stored) if is_anothers else [])


def _send_back(
    kind: ReviewKind, by: User, development: Development, version: int, comment: str, at: dt.datetime | None
) -> Review:
    _require(by, "review_development")
    if not comment.strip():
        raise Refused(_("Say what is to be mended, or why it is rejected."))
    _claim(development, version, _BEFORE_DECISION)
    return _record(kind, by, development, comment, at or timezone.now())


def _claim(development: Development, version: int, origins: tuple[ReviewKind | None, ...]) -> None:
    # The commitment first, as publication does: two who lock in one order never wait for each other. As it is now.
    development.commitment = lock(development.commitment)
    developments.refuse_published(development)
    claim_version(development, version)
    last = Review.objects.last_kind(development)
    if last not in origins:
        state = ReviewKind(last).label if last else _("Draft")
        raise Conflict(_("It is now “%(state)s”; nothing was changed.") % {"state": state})


def _record(kind: ReviewKind, by: User, development: Development, comment: str, at: dt.datetime) -> Review:
    review = Review(development=development, kind=kind, by=by, recorded_at=at, comment=comment.strip())
    save_valid(review, by)
    return review


def _require(by: User, permission: str) -> None:
    if not by.has_perm(f"commitments.{permission}"):
        raise Refused(_("Your role does not allow this."))


def _require_for_verdict(by: User, development: Development) -> None:
    problems = _verdict_problems(by, development)
    if problems:
        raise Refused(problems)


def _verdict_problems(by: User, development: Development) -> list[str]:
    if not needs_second_person(development.status) or by.has_perm("commitments.approve_verdict"):
        return []
    if Review.objects.last_kind(development) == ReviewKind.SUBMITTED:
        said = _("“%(status)s” is a verdict: a reviewer must publish it. It waits for one.")
    else:
        said = _("“%(status)s” is a verdict: a reviewer must publish it. Submit it for review.")
    return [said % {"status": Status(development.status).label}]
