"""How far two assessors agree who scored the same without knowing of one another. Pure figures, and what they rest on.

Scores of a commitment count only once none of its makers waits for a second assessor: until then they are nobody's
business but their author's. Reads, never writes.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations, product
from operator import itemgetter

from django.db.models import Exists, OuterRef

from commitments.codelists import PUBLIC_PUBLICATIONS, Score
from commitments.models import Assessment, Commitment
from commitments.models.assessments import MOST_ASSESSORS, AssessmentQuerySet
from commitments.rules import SCORE_VALUES

# --- figures ----------------------------------------------------------------------------------------------------------

type Difference[C] = Callable[[C, C, Mapping[C, int]], Fraction]


def percent[C: Hashable](pairs: Sequence[tuple[C, C]]) -> Fraction | None:
    """The share of pairs that are equal; None without a pair."""
    return Fraction(sum(one == other for one, other in pairs), len(pairs)) if pairs else None


def cohens_kappa[C: Hashable](pairs: Sequence[tuple[C, C]]) -> Fraction | None:
    """Cohen's kappa (1960): the agreement of two beyond what their own frequencies would give by chance.

    None without a pair, or where both always say one and the same: chance alone would agree as much.
    """
    observed = percent(pairs)
    if observed is None:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = Fraction(sum(first[code] * second[code] for code in first), len(pairs) ** 2)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorffs_alpha[C: Hashable](
    units: Iterable[Sequence[C]], difference: Difference[C] | None = None
) -> Fraction | None:
    """Krippendorff's alpha: one minus the observed disagreement over that expected by chance.

    A unit has what each coder said of it; one that fewer than two coded counts nothing. `difference` weighs two values
    apart, nominal unless said. None where there is nothing to compare, or everybody said the same of everything.
    """
    apart = difference or nominal
    coincidences: Counter[tuple[C, C]] = Counter()
    for values in (list(unit) for unit in units):
        for pair in permutations(values, 2) if len(values) > 1 else ():
            coincidences[pair] += Fraction(1, len(values) - 1)  # type: ignore[assignment]
    totals: Counter[C] = Counter()
    for (one, _other), number in coincidences.items():
        totals[one] += number
    n = sum(totals.values())
    expected = sum(totals[one] * totals[other] * apart(one, other, totals) for one, other in product(totals, totals))
    if not expected:
        return None
    observed = sum(number * apart(one, other, totals) for (one, other), number in coincidences.items())
    return 1 - (n - 1) * Fraction(observed) / expected


def nominal[C: Hashable](one: C, other: C, _totals: Mapping[C, int]) -> Fraction:
    """Two values differ or they do not."""
    return Fraction(one != other)


def ordinal(one: int, other: int, totals: Mapping[int, int]) -> Fraction:
    """Two ranks differ by how many values lie between them."""
    low, high = sorted((one, other))
    between = sum((number for value, number in totals.items() if low <= value <= high), Fraction())
    return Fraction(between - Fraction(totals[low] + totals[high], 2)) ** 2 if low != high else Fraction()


# --- of the assessments -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """How far two assessors agree on so many makers' scores. Each figure is None where it cannot be computed."""

    pairs: Sequence[tuple[int, int]] = field(default_factory=tuple)

    @property
    def n(self) -> int:
        """How many makers' scores both gave."""
        return len(self.pairs)

    @property
    def agreed(self) -> int:
        """On how many of these they agree."""
        return sum(one == other for one, other in self.pairs)

    @property
    def percent(self) -> int | None:
        """The same in a hundred."""
        share = percent(self.pairs)
        return None if share is None else round(100 * share)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, first against second assessor."""
        return _as_float(cohens_kappa(self.pairs))

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha, ordinal: −1 is farther from +1 than from 0, and nothing says how far."""
        return _as_float(krippendorffs_alpha(self.pairs, ordinal))

    @property
    def alpha_nominal(self) -> float | None:
        """The same with every disagreement alike."""
        return _as_float(krippendorffs_alpha(self.pairs))


def _as_float(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)


@dataclass(frozen=True)
class OfRecord:
    """The agreement on one commitment."""

    commitment: Commitment
    agreement: Agreement


def published() -> AssessmentQuerySet:
    """The assessments of commitments that the public may see."""
    return Assessment.objects.filter(commitment__publication__in=PUBLIC_PUBLICATIONS)


def settled(assessments: AssessmentQuerySet) -> AssessmentQuerySet:
    """Those of commitments of which no maker waits for a second assessor. All others stay blind."""
    return assessments.exclude(Exists(waiting_for_second().filter(commitment=OuterRef("commitment"))))


def waiting_for_second() -> AssessmentQuerySet:
    """First assessments without a second."""
    seconds = Assessment.objects.filter(
        commitment=OuterRef("commitment"), party=OuterRef("party"), place=MOST_ASSESSORS
    )
    return Assessment.objects.filter(~Exists(seconds), place=1)


def overall(assessments: AssessmentQuerySet) -> Agreement:
    """The agreement over all of these assessments that are settled, in one query."""
    return Agreement([pair for _commitment, pair in _pairs(assessments)])


def by_record(assessments: AssessmentQuerySet) -> list[OfRecord]:
    """The same commitment by commitment, in two queries."""
    found: dict[int, list[tuple[int, int]]] = {}
    for commitment, pair in _pairs(assessments):
        found.setdefault(commitment, []).append(pair)
    commitments = Commitment.objects.filter(pk__in=found).order_by("code")
    return [OfRecord(one, Agreement(found[one.pk])) for one in commitments]


def known_at(moment: dt.datetime, codes: Container[str]) -> dict[str, Agreement]:
    """By code, the agreement on each of these commitments as it stood at a moment, in one query.

    Rows are only ever added, so it can be told again at any time.
    """
    rows = Assessment.objects.filter(recorded_at__lte=moment).order_by("commitment__code", "party", "place")
    found: dict[str, dict[int, list[int]]] = {}
    for code, party, score in rows.values_list("commitment__code", "party", "score"):
        if code in codes:
            found.setdefault(code, {}).setdefault(party, []).append(SCORE_VALUES[Score(score)])
    return {
        code: Agreement([(scores[0], scores[1]) for scores in makers.values()])
        for code, makers in found.items()
        # Blind until no maker waited for a second assessor.
        if all(len(scores) == MOST_ASSESSORS for scores in makers.values())
    }


def _pairs(assessments: AssessmentQuerySet) -> list[tuple[int, tuple[int, int]]]:
    """Commitment, and the first and the second score, of every maker whom two assessed."""
    rows = settled(assessments).order_by("commitment", "party", "place")
    found: dict[tuple[int, int], list[int]] = {}
    for commitment, party, score in rows.values_list("commitment", "party", "score"):
        found.setdefault((commitment, party), []).append(SCORE_VALUES[Score(score)])
    both = [(key, scores) for key, scores in found.items() if len(scores) == MOST_ASSESSORS]
    return [(key[0], (scores[0], scores[1])) for key, scores in sorted(both, key=itemgetter(0))]
