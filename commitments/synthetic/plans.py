"""What each synthetic commitment is, before any of it is in a database: pure, and the same for the same seed.

Parties, sectors and summits appear by their place in `reference.Reference`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from commitments.codelists import (
    Classification,
    Collectivity,
    DatePrecision,
    DevelopmentKind,
    Firmness,
    Kind,
    Novelty,
    ReasonCode,
    Role,
    Status,
    Strength,
)
from commitments.synthetic.words import sentence, text, weights
from commitments.uncertain_dates import UncertainDate

COUNTRIES, BODIES, BLOCS = 60, 20, 3
SECTORS, SUMMITS = 40, 300
PARTIES = COUNTRIES + BODIES + BLOCS
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2025, 12, 31)

# Where they stand in the end, of each hundred.
_OUTCOMES = {
    Status.NOT_ASSESSED: 30,
    Status.NO_EVIDENCE: 8,
    Status.NOT_STARTED: 10,
    Status.IN_PROGRESS: 20,
    Status.STALLED: 7,
    Status.PARTIALLY_DELIVERED: 8,
    Status.DELIVERED: 11,
    Status.NOT_DELIVERED: 4,
    Status.WITHDRAWN: 2,
}
_AFTER_PROGRESS = (Status.STALLED, Status.PARTIALLY_DELIVERED, Status.DELIVERED, Status.NOT_DELIVERED)
_STRENGTHS = {
    Strength.COMMITTED: 22,
    Strength.PLEDGED: 18,
    Strength.ANNOUNCED: 22,
    Strength.AGREED: 16,
    Strength.INTENDED: 12,
    Strength.PROPOSED: 6,
    Strength.DISCUSSED: 3,
    Strength.EXPLORED: 1,
}
_PRECISIONS = {DatePrecision.DAY: 35, DatePrecision.MONTH: 20, DatePrecision.QUARTER: 10, DatePrecision.YEAR: 35}
_OTHER_ROLES = (Role.ADDRESSEE, Role.RECIPIENT, Role.FINANCIER, Role.IMPLEMENTER)
_KINDS = [kind for kind in Kind if kind != Kind.EXPLORATORY]
_SHARES = {"due": 0.75, "sum": 0.2, "draft": 0.02, "closed": 0.04, "check": 0.15, "bare": 0.2, "own": 0.4, "began": 0.7}

_PARTY_WEIGHTS = weights(COUNTRIES, 0.9)
_SECTOR_WEIGHTS = weights(SECTORS, 0.8)
_SUMMIT_WEIGHTS = weights(SUMMITS, 0.5)


@dataclass(frozen=True, slots=True)
class PlannedDevelopment:
    """A published development: `maker` is the place of its party among the makers, None for all of them."""

    happened: UncertainDate
    kind: DevelopmentKind
    status: str
    maker: int | None
    summary: str
    searched: str = ""
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A commitment with everything that hangs on it."""

    number: int
    title: str
    summary: str
    summit: int
    classification: Classification
    kind: Kind
    strength: Strength
    firmness: Firmness
    novelty: str
    made: UncertainDate
    due: UncertainDate | None
    makers: tuple[int, ...]
    others: tuple[tuple[int, Role], ...]
    sectors: tuple[int, ...]
    amount: int | None
    is_draft: bool
    is_closed: bool
    developments: tuple[PlannedDevelopment, ...]

    @property
    def collectivity(self) -> Collectivity:
        return Collectivity.JOINT if len(self.makers) > 1 else Collectivity.UNILATERAL


def summit_days(seed: int) -> list[dt.date]:
    """The days of the summits, oldest first."""
    random = Random(f"summits {seed}")
    apart = ((LAST_DAY - FIRST_DAY).days - 30) // SUMMITS
    return [FIRST_DAY + dt.timedelta(days=place * apart + random.randint(0, 20)) for place in range(SUMMITS)]


def plans(count: int, seed: int) -> Iterator[Plan]:
    """So many commitments, numbered from 1. Fewer of the same seed are the first of more."""
    random = Random(seed)
    days = summit_days(seed)
    often = list(range(SUMMITS))
    random.shuffle(often)
    for number in range(1, count + 1):
        summit = often[random.choices(range(SUMMITS), cum_weights=_SUMMIT_WEIGHTS)[0]]
        yield _plan(random, number, summit, days[summit])


def _plan(random: Random, number: int, summit: int, day: dt.date) -> Plan:
    strength = _weighed(random, _STRENGTHS)
    due = _due(random, day) if _happens(random, "due") else None
    makers, others = _parties(random)
    is_draft = _happens(random, "draft")
    sectors = random.choices(range(SECTORS), cum_weights=_SECTOR_WEIGHTS, k=random.choice((1, 1, 2, 3)))
    return Plan(
        number=number,
        title=sentence(random, random.randint(6, 12)),
        summary=text(random, random.randint(2, 7)),
        summit=summit,
        classification=Classification.REQUEST if random.random() < 0.05 else Classification.COMMITMENT,
        kind=Kind.EXPLORATORY if strength == Strength.EXPLORED else random.choice(_KINDS),
        strength=strength,
        firmness=random.choice(tuple(Firmness)),
        novelty=random.choice(("", *Novelty.values)),
        made=UncertainDate(day),
        due=due,
        makers=makers,
        others=others,
        sectors=tuple(sorted(set(sectors))),
        amount=random.randint(1, 900) * 1_000_000 if _happens(random, "sum") else None,
        is_draft=is_draft,
        is_closed=_happens(random, "closed"),
        developments=() if is_draft else tuple(_developments(random, day, due, len(makers))),
    )


def _weighed[T](random: Random, choices: dict[T, int]) -> T:
    return random.choices(list(choices), list(choices.values()))[0]


def _happens(random: Random, what: str) -> bool:
    return random.random() < _SHARES[what]


def _due(random: Random, made: dt.date) -> UncertainDate:
    day = made + dt.timedelta(days=random.randint(180, 5500))
    return UncertainDate.of(day, _weighed(random, _PRECISIONS))


def _parties(random: Random) -> tuple[tuple[int, ...], tuple[tuple[int, Role], ...]]:
    """Some countries, now and then a body or a bloc in the place of the first; the first half makes it."""
    found = list(dict.fromkeys(random.choices(range(COUNTRIES), cum_weights=_PARTY_WEIGHTS, k=_how_many(random))))
    if random.random() < 0.1:
        found[0] = random.randrange(COUNTRIES, PARTIES)
    half = (len(found) + 1) // 2
    return tuple(found[:half]), tuple((party, random.choice(_OTHER_ROLES)) for party in found[half:])


def _how_many(random: Random) -> int:
    return random.choice((1, 1, 1, 2, 3, 5))


def _developments(random: Random, made: dt.date, due: UncertainDate | None, makers: int) -> list[PlannedDevelopment]:
    """What happened, oldest first, one thing a day at most; nothing after `LAST_DAY`."""
    outcome = _weighed(random, _OUTCOMES)
    if outcome == Status.NOT_DELIVERED and due is not None and due.end > LAST_DAY - dt.timedelta(days=30):
        outcome = Status.IN_PROGRESS
    maker = random.randrange(makers) if _happens(random, "own") else None
    found = []
    day = made + dt.timedelta(days=random.randint(20, 400))
    if outcome in _AFTER_PROGRESS and _happens(random, "began"):
        found.append(_moved(random, day, Status.IN_PROGRESS, maker))
        day += dt.timedelta(days=random.randint(10, 900))
    if outcome == Status.NOT_DELIVERED and due is not None:
        day = max(day, due.end + dt.timedelta(days=random.randint(1, 29)))
    if outcome != Status.NOT_ASSESSED:
        found.append(_moved(random, day, outcome, maker))
    if _happens(random, "bare"):
        day += dt.timedelta(days=random.randint(1, 90))
        found.append(_moved(random, day, "", None))
    if _happens(random, "check"):
        day += dt.timedelta(days=random.randint(1, 90))
        found.append(_looked(random, day))
    return [one for one in found if one.happened.end <= LAST_DAY]


def _moved(random: Random, day: dt.date, status: str, maker: int | None) -> PlannedDevelopment:
    reason = ReasonCode.UNKNOWN.value if status == Status.NOT_DELIVERED else ""
    return PlannedDevelopment(
        UncertainDate(day), DevelopmentKind.DEVELOPMENT, status, maker, text(random, 1), reason_code=reason
    )


def _looked(random: Random, day: dt.date) -> PlannedDevelopment:
    searched = sentence(random, 6)
    return PlannedDevelopment(UncertainDate(day), DevelopmentKind.CHECK, "", None, text(random, 1), searched=searched)
