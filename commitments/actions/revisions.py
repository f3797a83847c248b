"""What the site said, revision by revision, each chained by hash to the one before.

Their keys are given in the order in which they are seen: whoever has read up to one has missed none before it.
"""

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commitments.actions.errors import Refused
from commitments.actions.turns import take_turn
from commitments.models import Commitment, Revision, User
from commitments.models.record import REASON_LENGTH
from commitments.snapshots import digest, public_record

# Called once a transaction, after new revisions are there for everybody to see. `apps.py` says who wants to hear.
after_commit: list[Callable[[], object]] = []


def in_turn() -> None:
    """From here to the end of the transaction nobody else writes revisions.

    PostgreSQL gives a key before the row is seen: of two writers at once the later key could be seen first, and whoever
    reads on from a key would skip the other. Writes that will settle a record take the turn before they hold a row, so
    that none waits for a row of one who waits for the turn.
    """
    take_turn("revisions")


@transaction.atomic(savepoint=False)
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
    in_turn()
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
    revision = Revision.objects.create(
        commitment=commitment,
        number=number,
        snapshot=snapshot,
        sha256=sha256,
        previous_sha256=previous,
        recorded_at=at,
        by=by,
        reason=reason,
    )
    # Found near the end, if at all: a file of a thousand records is announced once.
    if not any(waiting[1] is _announce for waiting in reversed(connection.run_on_commit)):
        transaction.on_commit(_announce, robust=True)
    return revision


def _announce() -> None:
    for hear in after_commit:
        hear()
