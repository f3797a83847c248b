"""What every write to a commitment ends with, so that everything derived from it agrees with it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import transaction

from commitments.actions import countries, revisions, statuses
from commitments.models import Commitment, Development, User
from commitments.models.commitments import CommitmentQuerySet
from commitments.readings import Reading
from commitments.search.entries import write as write_entries
from commitments.standing import counting

# So many commitments are read and derived at once.
BATCH = 200


def lock(commitment: Commitment) -> Commitment:
    """The commitment read anew and held until the transaction ends, so that two writes settle one after the other.

    On SQLite, whose transactions begin immediate, the whole database is already held.
    """
    revisions.in_turn()
    return _held().get(pk=commitment.pk)


def lock_all(pks: Iterable[int]) -> list[Commitment]:
    """The same of several, in the order of their keys: two who hold the same ones never wait for each other."""
    revisions.in_turn()
    return list(_held().filter(pk__in=list(pks)).order_by("pk"))


def _held() -> CommitmentQuerySet:
    return Commitment.objects.select_for_update(of=("self",)).select_related("summit__series")


@transaction.atomic(savepoint=False)
def settle(
    *,
    by: User,
    commitment: Commitment,
    reason: str,
    at: dt.datetime,
    reading: Reading | None = None,
    is_rechecked: bool = False,
) -> None:
    """Rewrite what is derived from a commitment: countries, status log, check dates, search entry, revision.

    `reading` holds what has been read of it already and is still so; `is_rechecked` says that the day of its last check
    was set in hand and has to be written.
    """
    reading = reading or Reading([commitment])
    settle_read(by=by, reading=reading, reason=reason, at=at, is_rechecked=is_rechecked)


@transaction.atomic(savepoint=False)
def settle_all(*, by: User, pks: Iterable[int], reason: str, at: dt.datetime) -> None:
    """Settle the commitments with these keys after a record that they share has changed."""
    for batch in batched(sorted(set(pks)), BATCH):
        settle_read(by=by, reading=Reading(lock_all(batch)), reason=reason, at=at)


@transaction.atomic(savepoint=False)
def settle_read(*, by: User, reading: Reading, reason: str, at: dt.datetime, is_rechecked: bool = False) -> None:
    """The same of several that have been read."""
    countries.rewrite(reading=reading)
    statuses.rewrite(reading=reading, at=at)
    for commitment in reading.commitments:
        _rewrite_check_dates(commitment, reading.developments.get(commitment.pk, ()), is_rechecked=is_rechecked)
    write_entries(reading)
    revisions.record(by=by, reading=reading, reason=reason, at=at)


def _rewrite_check_dates(commitment: Commitment, published: Sequence[Development], *, is_rechecked: bool) -> None:
    before = commitment.last_checked_on, commitment.next_check_on
    # A corrected check no longer counts; its correction, which says where somebody looked too, stands in its place.
    checks = [development.looked_on for development in counting(published) if development.is_look]
    last = max(filter(None, (commitment.last_checked_on, *checks)), default=None)
    commitment.last_checked_on = last
    commitment.next_check_on = last and last + dt.timedelta(days=commitment.review_interval_days)
    if is_rechecked or (commitment.last_checked_on, commitment.next_check_on) != before:
        Commitment.objects.filter(pk=commitment.pk).update(
            last_checked_on=commitment.last_checked_on, next_check_on=commitment.next_check_on
        )
