"""What every write to a commitment ends with, so that everything derived from it agrees with it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from commitments import search
from commitments.actions import countries, revisions, statuses
from commitments.models import Commitment, User


def lock(commitment: Commitment) -> Commitment:
    """The commitment read anew and held until the transaction ends, so that two writes settle one after the other.

    On SQLite, whose transactions begin immediate, the whole database is already held.
    """
    revisions.in_turn()
    return Commitment.objects.select_for_update(of=("self",)).select_related("summit").get(pk=commitment.pk)


@transaction.atomic(savepoint=False)
def settle(*, by: User, commitment: Commitment, reason: str, at: dt.datetime) -> None:
    """Rewrite what is derived from a commitment: countries, status log, check dates, search entry, revision."""
    countries.rewrite(commitment=commitment)
    statuses.rewrite(commitment=commitment, at=at)
    _rewrite_check_dates(commitment)
    search.index([commitment.pk])
    revisions.record(by=by, commitment=commitment, reason=reason, at=at)


@transaction.atomic(savepoint=False)
def settle_all(*, by: User, commitments: Iterable[Commitment], reason: str, at: dt.datetime) -> None:
    """Settle each of these after a record that they share has changed."""
    for commitment in commitments:
        settle(by=by, commitment=lock(commitment), reason=reason, at=at)


def _rewrite_check_dates(commitment: Commitment) -> None:
    # A corrected check no longer counts; its correction, which says where somebody looked too, stands in its place.
    checks = commitment.developments.filter(published_at__isnull=False).checks()
    days = [day for day in (commitment.last_checked_on, *checks.values_list("happened_end", flat=True)) if day]
    commitment.last_checked_on = max(days, default=None)
    commitment.next_check_on = (
        commitment.last_checked_on + dt.timedelta(days=commitment.review_interval_days)
        if commitment.last_checked_on
        else None
    )
    Commitment.objects.filter(pk=commitment.pk).update(
        last_checked_on=commitment.last_checked_on, next_check_on=commitment.next_check_on
    )
