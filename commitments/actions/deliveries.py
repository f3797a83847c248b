"""The outbox: messages to followers, written with the changes they tell, claimed, sent and recorded.

A message is written in the transaction that moves the follower on, so a change is told once and never lost. A worker
claims a message by a conditional update; should it die, the claim lapses, and the repeat bears the same identifier.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from commitments.codelists import DeliveryState
from commitments.models import Delivery, Subscription
from commitments.models.subscriptions import DeliveryQuerySet

CHANGES, CONFIRMATION, KNOWN, PING = "changes", "confirmation", "known", "ping"
ABOUT_THEMSELVES = (CONFIRMATION, KNOWN)
# Longer than any message takes to send.
LEASE = dt.timedelta(minutes=5)
# How long after each attempt the next one comes; after the last, a message that its receiver refused is given up.
BACKOFF = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
MOST_ATTEMPTS = len(BACKOFF) + 1
LONGEST_PAUSE_OF_OURS = dt.timedelta(hours=1)
# In a row, over all messages: then the follower is no longer tried.
MOST_FAILURES = 2 * MOST_ATTEMPTS
CANDIDATES = 20
OUTCOME_LENGTH = 300


def put(
    *, subscription: Subscription, content: dict[str, Any], at: dt.datetime, due_at: dt.datetime | None = None
) -> Delivery:
    """Write a message into the outbox."""
    return Delivery.objects.create(
        subscription=subscription, identifier=uuid.uuid4(), content=content, created_at=at, due_at=due_at or at
    )


@transaction.atomic
def compose(
    *, subscription: Subscription, until: int, content: dict[str, Any] | None, at: dt.datetime | None = None
) -> bool:
    """Move a follower on to the revision `until`, and write the message that tells what came since, if anything did.

    False, and nothing written, when somebody else moved it on since it was read, or it was ended or stopped.
    """
    at = at or timezone.now()
    moved = Subscription.objects.active().filter(pk=subscription.pk, seen=subscription.seen)
    if not moved.update(seen=until, told_at=at):
        return False
    if content is not None:
        put(subscription=subscription, content={**content, "kind": CHANGES}, at=at)
    return True


def claimable(at: dt.datetime) -> DeliveryQuerySet:
    """What may be sent now: what is due and nobody sends, or whoever did has died of it."""
    goes_on = Q(subscription__stopped_at=None) | Q(content__kind=PING)
    return Delivery.objects.filter(_free(at), goes_on)


def _free(at: dt.datetime) -> Q:
    return Q(state=DeliveryState.WAITING, due_at__lte=at) | Q(state=DeliveryState.CLAIMED, claimed_until__lt=at)


def claim_next(
    *, at: dt.datetime | None = None, lease: dt.timedelta = LEASE, without: tuple[str, ...] = ()
) -> Delivery | None:
    """Claim the message that has waited longest, for as long as the lease; None when there is none.

    `without` leaves out channels.
    """
    at = at or timezone.now()
    while True:
        free = claimable(at).exclude(subscription__channel__in=without).order_by("due_at", "pk")
        pks = list(free.values_list("pk", flat=True)[:CANDIDATES])
        if not pks:
            return None
        for pk in pks:
            # By its own columns alone: PostgreSQL looks at those anew when it has waited for another's claim.
            claimed = Delivery.objects.filter(_free(at), pk=pk)
            if claimed.update(state=DeliveryState.CLAIMED, claimed_until=at + lease, attempts=F("attempts") + 1):
                found = Delivery.objects.select_related("subscription").filter(pk=pk).first()
                if found is not None:
                    return found


@transaction.atomic
def record_sent(*, delivery: Delivery, outcome: str = "", at: dt.datetime | None = None) -> bool:
    """Record that the other side took it. False when its claim had lapsed and another worker has it now."""
    at = at or timezone.now()
    recorded = _mine(delivery).update(
        state=DeliveryState.SENT, sent_at=at, claimed_until=None, outcome=outcome[:OUTCOME_LENGTH]
    )
    if recorded:
        Subscription.objects.filter(pk=delivery.subscription_id).update(failures=0, stopped_at=None)
    return bool(recorded)


@transaction.atomic
def record_failure(
    *,
    delivery: Delivery,
    outcome: str,
    is_theirs: bool = True,
    is_final: bool = False,
    at: dt.datetime | None = None,
) -> None:
    """Record that it did not get there: it waits for the next attempt or, after the last, is given up.

    Where the failure is not `is_theirs` but our own mail server's, it is tried for as long as it takes. `is_final`:
    nothing more is to be sent there at all. Whoever fails too often in a row is stopped.
    """
    at = at or timezone.now()
    is_over = is_final or delivery.content.get("kind") == PING or (is_theirs and delivery.attempts >= MOST_ATTEMPTS)
    pause = BACKOFF[min(delivery.attempts, len(BACKOFF)) - 1]
    pause = pause if is_theirs else min(pause, LONGEST_PAUSE_OF_OURS)
    recorded = _mine(delivery).update(
        state=DeliveryState.FAILED if is_over else DeliveryState.WAITING,
        due_at=at + pause,
        claimed_until=None,
        outcome=outcome[:OUTCOME_LENGTH],
    )
    if not recorded or not is_theirs or delivery.content.get("kind") == PING:
        return
    subscriptions = Subscription.objects.filter(pk=delivery.subscription_id)
    subscriptions.update(failures=F("failures") + 1)
    failing = Q() if is_final else Q(failures__gte=MOST_FAILURES)
    subscriptions.filter(failing, stopped_at=None).update(stopped_at=at)


def _mine(delivery: Delivery) -> DeliveryQuerySet:
    """The message, while it is still claimed by whoever holds this row."""
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.CLAIMED, claimed_until=delivery.claimed_until)
