"""What the site said, revision by revision, each chained by hash to the one before.

Their keys are given in the order in which they are seen: whoever has read up to one has missed none before it.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commitments.actions.errors import Refused
from commitments.actions.turns import take_turn
from commitments.models import Commitment, Revision, User
from commitments.models.record import REASON_LENGTH
from commitments.readings import Reading
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
def record(*, by: User, reading: Reading, reason: str, at: dt.datetime) -> list[Revision]:
    """Add a revision of each commitment of which the site now says something other than in the last; return them.

    A commitment that was never public has no revisions. Raises `Refused` when the reason is too long to keep.
    """
    added = [
        revision
        for commitment in reading.commitments
        if commitment.published_at is not None
        for revision in _next(by, commitment, reading, reason, at)
    ]
    if not added:
        return []
    if len(reason) > REASON_LENGTH:
        raise Refused(_("Say why in at most %(length)d characters.") % {"length": REASON_LENGTH})
    in_turn()
    Revision.objects.bulk_create(added)
    # Found near the end, if at all: a file of a thousand records is announced once.
    if not any(waiting[1] is _announce for waiting in reversed(connection.run_on_commit)):
        transaction.on_commit(_announce, robust=True)
    return added


def _next(by: User, commitment: Commitment, reading: Reading, reason: str, at: dt.datetime) -> Iterator[Revision]:
    """The revision after the last, if there is something new to say."""
    snapshot = public_record(commitment, reading)
    last = reading.last_revisions.get(commitment.pk)
    if last is not None and last.snapshot == snapshot:
        return
    number, previous = (last.number + 1, last.sha256) if last else (1, "")
    yield Revision(
        commitment=commitment,
        number=number,
        snapshot=snapshot,
        sha256=digest(
            code=commitment.code,
            number=number,
            previous=previous,
            recorded_at=at,
            by=by.pk,
            reason=reason,
            snapshot=snapshot,
        ),
        previous_sha256=previous,
        recorded_at=at,
        by=by,
        reason=reason,
    )


def _announce() -> None:
    for hear in after_commit:
        hear()
