"""What is related to many commitments at once, as plain rows that begin with the commitment's key."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from commitments.exports.among import Among
from commitments.models import Activity, Amount, Commitment, CommitmentCountry, CommitmentParty

# Sorted here: asked to sort, a planner walks the other table's index instead of looking the keys up.


def _parties(keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows = CommitmentParty.objects.filter(Among("commitment_id", keys))
    found = rows.order_by().values_list("commitment", "role", "party__name", "party__alpha3", "party__slug", "pk")
    return sorted(found, key=itemgetter(2, 5))


def _countries(keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows = CommitmentCountry.objects.filter(Among("commitment_id", keys))
    found = rows.order_by().values_list("commitment", "country__alpha3", "country__name")
    return sorted(found, key=itemgetter(1))


def _sectors(keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows = Commitment.sectors.through.objects.filter(Among("commitment_id", keys))
    found = rows.order_by().values_list("commitment", "sector__code", "sector__short_label", "sector__name")
    return sorted(found, key=itemgetter(1))


def _sdg_targets(keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows = Commitment.sdg_targets.through.objects.filter(Among("commitment_id", keys))
    found = rows.order_by().values_list("commitment", "sdgtarget__code", "sdgtarget")
    return sorted(found, key=itemgetter(2))


def _amounts(keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows = Amount.objects.filter(Among("commitment_id", keys))
    found = rows.order_by().values_list("commitment", "currency", "value", "value_max", "stage", "qualifier", "pk")
    return sorted(found, key=itemgetter(4, 2, 6))


def _activities(keys: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows = Activity.objects.filter(Among("commitment_id", keys))
    return sorted(rows.order_by().values_list("commitment", "identifier"), key=itemgetter(1))


RELATED: dict[str, Callable[[Sequence[int]], Iterable[tuple[Any, ...]]]] = {
    "parties": _parties,
    "countries": _countries,
    "sectors": _sectors,
    "sdg_targets": _sdg_targets,
    "amounts": _amounts,
    "activities": _activities,
}
