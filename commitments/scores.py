"""Scores: what each maker's status comes to as +1, 0 or −1, and the means by maker, sector, summit or series.

As the G7 and G20 Research Groups compute them. A mean is never without its denominators: of so many promises identified
so many were selected by the reader's knobs, so many assessed, and so many give a score. Reads, never writes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.codelists import MAKER_ROLES, Collectivity, Role, Score, Status, Strength
from commitments.filters import CommitmentFilter, Ignored
from commitments.found_under import blocs_of
from commitments.models import CommitmentParty, Party, Sector, StatusChange, Summit, SummitSeries
from commitments.parameters import CodeField, YesNoField
from commitments.rules import SCORE_VALUES, score_of

type Pair = tuple[str, str]
type Record = Party | Sector | Summit | SummitSeries

BY, SILENCE, VERDICTS_ONLY, JOINT, WEIGHTS = "by", "silence", "verdicts", "joint", "weights"
OUT, ZERO = "out", "zero"
EQUAL, BY_STRENGTH = "equal", "strength"
# By what the rows of the table are, the column of a maker's row that says it.
KEYS: dict[str, Any] = {
    "party": F("party"),
    "sector": Coalesce("commitment__sectors__parent", "commitment__sectors"),
    "summit": F("commitment__summit"),
    "series": F("commitment__summit__series"),
}
BY_LABELS: dict[str, str | Promise] = {
    "party": gettext_lazy("Makers"),
    "sector": gettext_lazy("Sectors"),
    "summit": gettext_lazy("Summits"),
    "series": gettext_lazy("Series"),
}
MODELS: dict[str, type[Record]] = {"party": Party, "sector": Sector, "summit": Summit, "series": SummitSeries}
CHOICES: dict[str, tuple[str, ...]] = {BY: tuple(KEYS), SILENCE: (OUT, ZERO), WEIGHTS: (EQUAL, BY_STRENGTH)}
OWN = (BY, SILENCE, VERDICTS_ONLY, JOINT, WEIGHTS)
# How much a score weighs where the reader wants strong verbs to weigh more.
WEIGHT_BY_STRENGTH: Mapping[Strength, int] = {
    Strength.COMMITTED: 3,
    Strength.PLEDGED: 3,
    Strength.AGREED: 3,
    Strength.ANNOUNCED: 2,
    Strength.INTENDED: 2,
    Strength.PROPOSED: 1,
    Strength.REQUESTED: 1,
    Strength.ADVOCATED: 1,
    Strength.REAFFIRMED: 1,
    Strength.DISCUSSED: 1,
    Strength.EXPLORED: 1,
}


# --- what is asked ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Knobs:
    """What the reader chose to count. Without a choice: silence left out, every status, every text, equal weights."""

    silence: str = OUT
    verdicts: bool = False
    joint: bool = False
    weights: str = EQUAL

    @property
    def parameters(self) -> list[Pair]:
        """Those that differ from what is counted without a choice, as parameters."""
        pairs = [
            (SILENCE, self.silence if self.silence != OUT else ""),
            (VERDICTS_ONLY, "1" if self.verdicts else ""),
            (JOINT, "1" if self.joint else ""),
            (WEIGHTS, self.weights if self.weights != EQUAL else ""),
        ]
        return [(name, value) for name, value in pairs if value]

    @property
    def labels(self) -> list[tuple[Pair, str]]:
        """What each of these says, beside the parameter."""
        said = {
            SILENCE: _("“No evidence found” counts as 0"),
            VERDICTS_ONLY: _("verdicts only"),
            JOINT: _("joint text only"),
            WEIGHTS: _("weighted by strength"),
        }
        return [(pair, said[pair[0]]) for pair in self.parameters]

    def score(self, status: str) -> Score | None:
        """What a status scores."""
        return score_of(Status(status), silence_is_zero=self.silence == ZERO, verdicts_only=self.verdicts)

    def weight(self, strength: str) -> int:
        """How much a score weighs."""
        return WEIGHT_BY_STRENGTH[Strength(strength)] if self.weights == BY_STRENGTH else 1


@dataclass(frozen=True)
class Asked:
    """Whose scores a query asks for, by what and with which knobs; what it does not understand is in `ignored`."""

    filter: CommitmentFilter
    by: str = "party"
    knobs: Knobs = field(default_factory=Knobs)
    ignored: Sequence[Ignored] = ()

    @property
    def own(self) -> list[Pair]:
        """The parameters of the page's own."""
        return [*([(BY, self.by)] if self.by != "party" else []), *self.knobs.parameters]

    @property
    def sentence(self) -> str:
        """The query in words."""
        return f"{self.subject}."

    @property
    def subject(self) -> str:
        """The same, to be quoted."""
        said = _("Scores by %(by)s of: %(commitments)s") % {
            "by": str(BY_LABELS[self.by]).lower(),
            "commitments": self.filter.subject,
        }
        chosen = ", ".join(label for _pair, label in self.knobs.labels)
        return ". ".join([said, *([_("Chosen: %(knobs)s") % {"knobs": chosen}] if chosen else [])])

    def query(self, own: Iterable[Pair] | None = None, commitments: str | None = None) -> str:
        """The query string of these scores, with its `?`: with other parameters of its own, or of another list."""
        asked = self.filter.query if commitments is None else commitments
        query = QueryDict(asked.removeprefix("?"), mutable=True)
        for name, value in self.own if own is None else own:
            query[name] = value
        return f"?{query.urlencode()}" if query else ""

    def query_by(self, by: str) -> str:
        """The query string of the same scores by something else."""
        return self.query([*([(BY, by)] if by != "party" else []), *self.knobs.parameters])


def asked(query: QueryDict, *, today: dt.date) -> Asked:
    """Read a query. Never fails: what it does not understand is in `ignored`."""
    others = query.copy()
    given = {name: others.pop(name) for name in OWN if name in others}
    ignored: list[Ignored] = []
    read: dict[str, Any] = {}
    for name in OWN:
        one = CodeField(codes=CHOICES[name]) if name in CHOICES else YesNoField()
        read[name] = one.clean([str(text) for text in given.get(name, [])])
        ignored += [Ignored(name, rejected.value, rejected.reason) for rejected in one.rejected]
    found = CommitmentFilter(others, today=today)
    ignored = [*found.ignored, *ignored]
    if found.values["sort"]:
        ignored.append(Ignored("sort", str(found.values["sort"]), _("Scores have one order.")))
    knobs = Knobs(read[SILENCE] or OUT, bool(read[VERDICTS_ONLY]), bool(read[JOINT]), read[WEIGHTS] or EQUAL)
    return Asked(_of_makers(found), read[BY] or "party", knobs, ignored)


def _of_makers(found: CommitmentFilter) -> CommitmentFilter:
    """Whoever asks for somebody's scores asks for what they made, unless the query names a role."""
    if found.values["role"] or not (found.values["country"] or found.values["party"]):
        return found.again(found.query_replacing(), without=("sort",))
    return found.again(found.query_replacing(role=Role.MAKER.value), without=("sort",))


# --- what is counted --------------------------------------------------------------------------------------------------


@dataclass
class Sums:
    """The promises of one row, each a commitment and one of its makers, and what their scores come to."""

    identified: int = 0
    selected: int = 0
    assessed: int = 0
    by_score: dict[Score, int] = field(default_factory=lambda: dict.fromkeys(Score, 0))
    weight: int = 0
    weighted: int = 0

    def add(self, number: int, status: str, strength: str, collectivity: str, knobs: Knobs) -> None:
        """Count so many promises that are alike."""
        self.identified += number
        if knobs.joint and collectivity != Collectivity.JOINT:
            return
        self.selected += number
        self.assessed += number if status != Status.NOT_ASSESSED else 0
        score = knobs.score(status)
        if score is not None:
            self.by_score[score] += number
            self.weight += number * knobs.weight(strength)
            self.weighted += number * knobs.weight(strength) * SCORE_VALUES[score]

    @property
    def scored(self) -> int:
        """How many give a score: the denominator of the mean."""
        return sum(self.by_score.values())

    @property
    def mean(self) -> Fraction | None:
        """The mean score, from −1 to +1; None where nothing gives a score: that is no zero."""
        return Fraction(self.weighted, self.weight) if self.weight else None

    @property
    def mean_text(self) -> str:
        """The mean as people write it: +0.53, −0.20, 0.00; a dash for none."""
        return mean_text(self.mean)


def mean_text(mean: Fraction | None) -> str:
    """A mean with its sign and two decimals; a dash for none."""
    if mean is None:
        return "–"
    text = f"{float(mean):+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


@dataclass(frozen=True)
class Row:
    """A maker, sector, summit or series: how many commitments of the list are its own, and their scores.

    `query` asks for these commitments; None where no query does.
    """

    record: Record
    commitments: int
    sums: Sums
    query: str | None

    @property
    def name(self) -> str:
        if isinstance(self.record, Party):
            return self.record.local_name
        return self.record.label if isinstance(self.record, Sector) else self.record.name

    @property
    def key(self) -> str:
        """How a query names it."""
        return self.record.code if isinstance(self.record, Sector | Summit) else self.record.slug


@dataclass(frozen=True)
class Scores:
    """The scores of a list: of all of it, and row by row, those with the most commitments first."""

    whole: Sums
    commitments: int
    rows: Sequence[Row]


def scores(wanted: Asked) -> Scores:
    """The scores that are asked for, in a fixed number of queries."""
    makers = _makers(wanted)
    whole = _sums(makers, Value(0), wanted.knobs).get(0, Sums())
    sums = _sums(makers, KEYS[wanted.by], wanted.knobs)
    counts = _commitments(wanted, makers)
    records = MODELS[wanted.by]._default_manager.in_bulk(sums)
    rows = [
        Row(record, counts.get(pk, 0), sums[pk], _query(wanted, record)) for pk, record in records.items() if pk in sums
    ]
    # Sorted here: Python and both databases agree on it.
    rows.sort(key=lambda row: (-row.sums.identified, row.name, row.record.pk))
    return Scores(whole, wanted.filter.qs.count(), rows)


def _makers(wanted: Asked) -> QuerySet[CommitmentParty]:
    """The rows of the makers whose scores count, with `own`, the status that each had at the moment."""
    listed = wanted.filter.qs.values("pk")
    makers = CommitmentParty.objects.filter(_whose(wanted.filter), role__in=MAKER_ROLES, commitment__in=listed)
    moment = wanted.filter.moment
    if not moment:
        return makers.annotate(own=F("status"))
    lines = StatusChange.objects.filter(
        moment.lines, commitment=OuterRef("commitment"), party=OuterRef("party")
    ).order_by("-effective_start", "-recorded_at", "-pk")
    then = Coalesce(Subquery(lines.values("to_status")[:1]), Value(Status.NOT_ASSESSED.value))
    return makers.annotate(own=then)


def _whose(asked_for: CommitmentFilter) -> Q:
    """Whoever is asked for by name, as a maker; a country as it is found under: by its bodies and its blocs too."""
    parties, countries = asked_for.values["party"], asked_for.values["country"]
    if asked_for.values["role"] not in MAKER_ROLES or not (parties or countries):
        return Q()
    if parties:
        return Q(party__in=parties)
    own = Party.objects.filter(Q(pk__in=[one.pk for one in countries]) | Q(country__in=countries))
    keys = set(own.order_by().values_list("pk", flat=True))
    whose = Q(party__in=keys)
    for bloc, since, until in sorted(blocs_of(keys)):
        whose |= Q(party=bloc, commitment__made_start__range=(since, until))
    return whose


def _sums(makers: QuerySet[CommitmentParty], key: Any, knobs: Knobs) -> dict[int, Sums]:
    """By key, what the makers' rows sum to. One who is maker and co-maker of the same promised once."""
    counted = (
        makers.order_by()
        .annotate(row_key=key)
        .values_list("row_key", "party", "own", "commitment__strength", "commitment__collectivity")
        .annotate(Count("commitment", distinct=True))
    )
    found: dict[int, Sums] = {}
    for row_key, _party, status, strength, collectivity, number in counted:
        if row_key is not None:
            found.setdefault(row_key, Sums()).add(number, status, strength, collectivity, knobs)
    return found


def _commitments(wanted: Asked, makers: QuerySet[CommitmentParty]) -> dict[int, int]:
    """By key, how many commitments of the list the row's own list has."""
    if wanted.by == "party":
        rows: QuerySet[Any] = makers.filter(role=Role.MAKER).order_by().values_list("party")
        return dict(rows.annotate(Count("commitment", distinct=True)))
    key = {
        "sector": Coalesce("sectors__parent", "sectors"),
        "summit": F("summit"),
        "series": F("summit__series"),
    }[wanted.by]
    listed = wanted.filter.qs.order_by().annotate(row_key=key).values_list("row_key")
    return dict(listed.annotate(Count("pk", distinct=True)))


def _query(wanted: Asked, record: Record) -> str | None:
    """The query string of the list of a row's commitments; None if it cannot be asked for."""
    found = wanted.filter
    if isinstance(record, Summit):
        return found.query_replacing(summit=record.code)
    if isinstance(record, SummitSeries):
        return found.query_replacing(series=record.slug)
    if isinstance(record, Sector):
        # Two sectors widen a list, so one that is narrowed by sector has no narrower list by another.
        return None if found.values["sector"] else found.query_replacing(sector=record.code)
    if found.values["role"] not in ("", Role.MAKER):
        return None
    return found.query_replacing(party=record.slug, role=Role.MAKER.value)
