"""What needs an editor's attention first.

The queue is ordered by age of the last check × nearness of the deadline × public interest. Each of the three is a pure
function of what we hold; the database only fetches the candidates, and never more than `CANDIDATES` of each sort.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from commitments.codelists import GROUP_BY_STATUS, MAKER_ROLES, Firmness, Publication, Status, StatusGroup
from commitments.models import Commitment
from commitments.models.commitments import UNSETTLED_STATUSES, CommitmentQuerySet

CANDIDATES = 200
SHOWN = 20
# A deadline is near from half a year before it on, and then counts up to four times.
NEAR_DAYS = 180
DUE_SOON_DAYS = 90
NEAREST = 4.0
# The more binding the promise, the more readers may rely on it.
FIRMNESS_WEIGHTS: dict[Firmness, float] = {
    Firmness.PROPOSED: 1.0,
    Firmness.DECLARED: 1.25,
    Firmness.IN_STRATEGY: 1.5,
    Firmness.IN_POLICY: 1.75,
    Firmness.IN_LAW: 2.0,
}


@dataclass(frozen=True)
class TriageFacts:
    """What the place in the queue follows from. `looked_on` is the last check, or else the day of publication."""

    looked_on: dt.date
    review_interval_days: int
    due: dt.date | None
    status: Status
    makers: int
    countries: int
    firmness: Firmness


def age(facts: TriageFacts, *, today: dt.date) -> float:
    """How long nobody looked, in review intervals: 0 on the day of a check, 1 when the next is due."""
    days = max((today - facts.looked_on).days, 0)
    return days / max(facts.review_interval_days, 1)


def nearness(facts: TriageFacts, *, today: dt.date) -> float:
    """How near the deadline is: 1 without one or half a year before it, 4 on the day and from then on.

    Once a commitment is settled its deadline presses nobody.
    """
    if facts.due is None or GROUP_BY_STATUS[facts.status] == StatusGroup.CLOSED:
        return 1.0
    left = min(max((facts.due - today).days, 0), NEAR_DAYS)
    return NEAREST - (NEAREST - 1) * left / NEAR_DAYS


def public_interest(facts: TriageFacts) -> float:
    """How many it concerns, and how much they may rely on it: never less than 1.

    Makers and countries count by their logarithm (six makers say more than one, but not six times more), times the
    weight of the promise's firmness.
    """
    breadth = 1 + (math.log2(max(facts.makers, 1)) + math.log2(max(facts.countries, 1))) / 2
    return breadth * FIRMNESS_WEIGHTS[facts.firmness]


def urgency(facts: TriageFacts, *, today: dt.date) -> float:
    """The place in the queue, the greatest first."""
    return age(facts, today=today) * nearness(facts, today=today) * public_interest(facts)


@dataclass(frozen=True)
class Entry:
    """A commitment in the queue."""

    commitment: Commitment
    facts: TriageFacts
    urgency: float


def queue(*, today: dt.date, among: CommitmentQuerySet | None = None, limit: int = SHOWN) -> list[Entry]:
    """The commitments to look at first, in so many queries whatever their number: of all followed, or `among` these."""
    candidates = _candidates(followed() if among is None else among, today)
    entries = [_entry(commitment, today) for commitment in candidates]
    waiting = [entry for entry in entries if entry.urgency > 0]
    return sorted(waiting, key=lambda entry: (-entry.urgency, entry.commitment.code))[:limit]


def followed() -> CommitmentQuerySet:
    """The commitments for which somebody looks for news: public, and not closed."""
    return Commitment.objects.filter(publication=Publication.PUBLISHED)


def due_soon(commitments: CommitmentQuerySet, today: dt.date) -> CommitmentQuerySet:
    """Those not settled whose deadline ends within the next ninety days."""
    last = today + dt.timedelta(days=DUE_SOON_DAYS)
    return commitments.filter(due_end__gte=today, due_end__lte=last, status__in=UNSETTLED_STATUSES)


def _candidates(among: CommitmentQuerySet, today: dt.date) -> Iterable[Commitment]:
    """Those that nobody looked at for longest, and those not settled whose deadline is nearest or past."""
    looked = Coalesce("last_checked_on", TruncDate("published_at"), "made_end")
    longest = among.annotate(looked_on=looked).order_by("looked_on", "code").values("pk")[:CANDIDATES]
    last = today + dt.timedelta(days=NEAR_DAYS)
    pressing = among.filter(due_end__lte=last, status__in=UNSETTLED_STATUSES)
    pressing_keys = pressing.annotate(looked_on=looked).order_by("looked_on", "code").values("pk")[:CANDIDATES]
    keys = {row["pk"] for row in (*longest, *pressing_keys)}
    counted = Commitment.objects.filter(pk__in=keys).annotate(
        number_of_makers=Count("parties__party", filter=Q(parties__role__in=MAKER_ROLES), distinct=True),
        number_of_countries=Count("countries__country", distinct=True),
    )
    return counted.select_related("summit").order_by(F("code"))


def _entry(commitment: Commitment, today: dt.date) -> Entry:
    published = timezone.localdate(commitment.published_at) if commitment.published_at else commitment.made_end
    facts = TriageFacts(
        looked_on=commitment.last_checked_on or published,
        review_interval_days=commitment.review_interval_days,
        due=commitment.due_end,
        status=Status(commitment.status),
        makers=commitment.number_of_makers,  # type: ignore[attr-defined] # annotated by `_candidates`
        countries=commitment.number_of_countries,  # type: ignore[attr-defined] # annotated by `_candidates`
        firmness=Firmness(commitment.firmness),
    )
    return Entry(commitment, facts, urgency(facts, today=today))
