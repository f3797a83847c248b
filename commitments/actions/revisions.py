"""What the site said, revision by revision, each chained by hash to the one before."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.errors import Refused
from commitments.models import Commitment, Revision, User
from commitments.models.record import REASON_LENGTH
from commitments.snapshots import digest, public_record


@transaction.atomic
def record(*, by: User, commitment: Commitment, reason: str, at: dt.datetime) -> Revision | None:
    """Add a revision if the site now says something other than in the last one; return it, or None.

    A commitment that was never public has no revisions. Raises `Refused` when the reason is too long to keep.
    """
    if commitment.published_at is None:
        return None
    snapshot = public_record(commitment)
    last = commitment.revisions.order_by("-number").first()
    if last is not None and last.snapshot == snapshot:
        return None
    if len(reason) > REASON_LENGTH:
        raise Refused(_("Say why in at most %(length)d characters.") % {"length": REASON_LENGTH})
    number, previous = (last.number + 1, last.sha256) if last else (1, "")
    sha256 = digest(
        code=commitment.code,
        number=number,
        previous=previous,
        recorded_at=at,
        by=by.pk,
        reason=reason,
        snapshot=snapshot,
    )
    return Revision.objects.create(
        commitment=commitment,
        number=number,
        snapshot=snapshot,
        sha256=sha256,
        previous_sha256=previous,
        recorded_at=at,
        by=by,
        reason=reason,
    )
