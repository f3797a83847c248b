"""From what changed to messages in the outbox."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from commitments.actions import deliveries
from commitments.actions.subscriptions import last_revision
from commitments.changes import Followed, changes_since, last_of
from commitments.codelists import Frequency
from commitments.models import Subscription
from commitments.models.subscriptions import SubscriptionQuerySet

BETWEEN = {Frequency.DAILY: dt.timedelta(days=1), Frequency.WEEKLY: dt.timedelta(days=7)}


def due(at: dt.datetime) -> SubscriptionQuerySet:
    """Whoever is to be told now of what they have not been told yet."""
    is_due = Q(frequency=Frequency.AT_ONCE) | Q(told_at=None)
    for frequency, pause in BETWEEN.items():
        is_due |= Q(frequency=frequency, told_at__lte=at - pause)
    return Subscription.objects.active().filter(is_due, seen__lt=last_revision())


def compose_due(*, at: dt.datetime | None = None) -> int:
    """Write the messages that are due, each in the transaction that moves its follower on; how many were written."""
    at = at or timezone.now()
    pks = list(due(at).order_by("query", "pk").values_list("pk", flat=True))
    return sum(_compose(pk, at) for pk in pks)


def _compose(pk: int, at: dt.datetime) -> int:
    """Portion by portion, until nothing is left or somebody else does it."""
    written = 0
    while True:
        subscription = Subscription.objects.active().filter(pk=pk).first()
        if subscription is None:
            return written
        until = last_of(subscription.seen)
        if until == subscription.seen:
            return written
        followed = Followed(subscription.query, today=timezone.localdate(at))
        found = changes_since(followed, subscription.seen, until)
        content = {"until": until, "changes": [change.as_json() for change in found]} if found else None
        if not deliveries.compose(subscription=subscription, until=until, content=content, at=at):
            return written
        written += bool(found)
