"""Following a query: asked for by anybody, confirmed by whoever has the address, ended at once. By nobody: there is no
account, and nothing is known of a follower but the address."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import deliveries
from commitments.actions.errors import Refused
from commitments.actions.turns import take_turn
from commitments.codelists import Channel, DeliveryState, Frequency
from commitments.models import Delivery, Revision, Subscription
from commitments.models.subscriptions import DeliveryQuerySet, SubscriptionQuerySet, new_token

UNCONFIRMED_FOR = dt.timedelta(days=7)
STOPPED_FOR = dt.timedelta(days=30)
DELIVERIES_FOR = dt.timedelta(days=30)
BETWEEN_CONFIRMATIONS = dt.timedelta(hours=1)
MOST_UNCONFIRMED = 5


@dataclass(frozen=True)
class Tidied:
    """How many rows were deleted because their time was over."""

    unconfirmed: int = 0
    stopped: int = 0
    deliveries: int = 0


def last_revision() -> int:
    """The key of the last revision that everybody sees; 0 before the first."""
    return Revision.objects.order_by().aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def follow_by_mail(*, address: str, query: str, frequency: Frequency, at: dt.datetime | None = None) -> None:
    """Have a message sent to an address, by which its holder confirms or, if they follow the query already, is told so.

    Whoever asks learns nothing: not even here does anything come back. An address gets at most one such message an
    hour; those asked for meanwhile wait, so many at most, and what goes beyond is dropped.
    """
    at = at or timezone.now()
    take_turn(f"follow {address.lower()}")
    ours = Subscription.objects.filter(channel=Channel.EMAIL, address__iexact=address)
    found = ours.filter(query=query).first()
    if found is None:
        if ours.filter(confirmed_at=None).count() >= MOST_UNCONFIRMED:
            return
        found = Subscription(channel=Channel.EMAIL, address=address, query=query, frequency=frequency, created_at=at)
        found.full_clean(validate_constraints=False)
        found.save()
    elif found.confirmed_at is None:
        Subscription.objects.filter(pk=found.pk).update(frequency=frequency, created_at=at)
    asked = Delivery.objects.filter(subscription__in=ours, content__kind__in=deliveries.ABOUT_THEMSELVES)
    if asked.filter(subscription=found).waiting().exists():
        return
    last = asked.aggregate(last=Max("due_at"))["last"]
    kind = deliveries.CONFIRMATION if found.confirmed_at is None else deliveries.KNOWN
    due_at = max(at, last + BETWEEN_CONFIRMATIONS) if last else at
    if due_at - at < UNCONFIRMED_FOR:
        deliveries.put(subscription=found, content={"kind": kind}, at=at, due_at=due_at)


@transaction.atomic
def follow_by_webhook(*, address: str, query: str, frequency: Frequency, at: dt.datetime | None = None) -> Subscription:
    """A subscription with its secret, which begins when its address has answered a ping.

    One that nobody confirmed makes place for it. Raises `Refused` where the address follows the query already.
    """
    at = at or timezone.now()
    take_turn(f"follow {address}")
    same = Subscription.objects.filter(channel=Channel.WEBHOOK, address=address, query=query)
    same.filter(confirmed_at=None).delete()
    if same.exists():
        raise Refused(_("This address follows this already."))
    made = Subscription(
        channel=Channel.WEBHOOK,
        address=address,
        query=query,
        frequency=frequency,
        created_at=at,
        secret=new_token(),
    )
    made.full_clean(validate_constraints=False)
    made.save()
    return made


@transaction.atomic
def ping(*, subscription: Subscription, at: dt.datetime | None = None) -> Delivery:
    """Have a webhook asked whether it answers: by that it begins, or begins again. One at a time."""
    take_turn(f"follow {subscription.address}")
    waiting = subscription.deliveries.waiting().filter(content__kind=deliveries.PING).first()
    return waiting or deliveries.put(
        subscription=subscription, content={"kind": deliveries.PING}, at=at or timezone.now()
    )


@transaction.atomic
def confirm(*, subscription: Subscription, at: dt.datetime | None = None) -> bool:
    """Begin: what is published from now on is told. False where it had begun before."""
    at = at or timezone.now()
    return bool(
        Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(
            confirmed_at=at, seen=last_revision(), told_at=at
        )
    )


@transaction.atomic
def change(*, subscription: Subscription, frequency: Frequency) -> None:
    """Tell as often from now on."""
    Subscription.objects.filter(pk=subscription.pk).update(frequency=frequency)


@transaction.atomic
def end(*, subscription: Subscription) -> None:
    """Forget it, with its address and everything that was to be sent there. Safe to repeat."""
    Subscription.objects.filter(pk=subscription.pk).delete()


def past(at: dt.datetime) -> tuple[SubscriptionQuerySet, SubscriptionQuerySet, DeliveryQuerySet]:
    """What is over: what was not confirmed in time, what was stopped and not taken up again, the log of old messages.

    In the order of `Tidied`.
    """
    done = (DeliveryState.SENT, DeliveryState.FAILED)
    return (
        Subscription.objects.filter(confirmed_at=None, created_at__lt=at - UNCONFIRMED_FOR),
        Subscription.objects.filter(stopped_at__lt=at - STOPPED_FOR),
        Delivery.objects.filter(state__in=done, created_at__lt=at - DELIVERIES_FOR),
    )


@transaction.atomic
def tidy(*, at: dt.datetime | None = None) -> Tidied:
    """Delete what is over."""
    over = past(at or timezone.now())
    tidied = Tidied(*(rows.count() for rows in over))
    for rows in over:
        rows.delete()
    return tidied
