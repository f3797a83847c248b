"""The numbers and the keys of one list, by the index."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, reduce, wraps
from operator import and_
from typing import Any, Concatenate

from pyroaring import BitMap

from commitments import search
from commitments.bitmaps.days import union
from commitments.bitmaps.index import Index
from commitments.bitmaps.keeping import reading
from commitments.bitmaps.pieces import Shelf
from commitments.codelists import EXPLORATORY_STRENGTHS, STATUSES_BY_GROUP, Role, StatusGroup
from commitments.filters import CommitmentFilter
from commitments.groups import RELATED, Key, Relation
from commitments.models import Party, Sector, Summit, SummitSeries
from commitments.sorts import RELEVANCE

NEWEST = "-made"
# Parameters of codes, whose names are those of their groups.
_CODES = ("kind", "strength", "novelty")
# What the status log alone knows, by the order of the list that asks for it.
_NOT_THEN = "-changed"

type _Method[**P, R] = Callable[Concatenate["BitmapCounts", P], R]


def _undisturbed[**P, R](method: _Method[P, R]) -> _Method[P, R]:
    """The method, during which nobody changes the index."""

    @wraps(method)
    def held(self: "BitmapCounts", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with reading(self.index.using):
            return method(self, *args, **kwargs)

    return held


class BitmapCounts:
    """What `counts.Counts` says, by intersecting sets."""

    def __init__(self, commitment_filter: CommitmentFilter, index: Index) -> None:
        self.filter, self.index = commitment_filter, index
        self.shelf: Shelf | None = Shelf(index.using, index.pieces, index.pieces.generation, index.records)

    @classmethod
    def can_count(cls, commitment_filter: CommitmentFilter) -> bool:
        """Whether the index knows what the filter asks for: not what this site said on an earlier day."""
        moment = commitment_filter.moment
        return moment.as_known is None and not (moment and commitment_filter.sorting == _NOT_THEN)

    @property
    def total(self) -> int:
        return len(self._listed)

    @property
    @_undisturbed
    def overdue(self) -> int:
        return self._without("overdue").intersection_cardinality(self._late)

    @property
    @_undisturbed
    def overdue_now(self) -> int:
        return self._listed.intersection_cardinality(self._late)

    @property
    @_undisturbed
    def with_topics(self) -> int:
        return len(self._with_topics())

    @property
    @_undisturbed
    def with_amount(self) -> int:
        return self._without("has_amount").intersection_cardinality(self.index.amounts)

    @property
    @_undisturbed
    def by_status(self) -> Mapping[str, int]:
        return self._counted("status", self._statuses)

    @_undisturbed
    def codes(self, parameter: str) -> Mapping[str, int]:
        if parameter in _CODES:
            found = self._counted(parameter, self.index.group(parameter), parameter)
            return {**found, **self._exploratory} if parameter == "strength" else found
        return self._counted("status", self._statuses, parameter)

    @_undisturbed
    def groups(self, name: str, *left_out: str, only: Collection[int] | None = None) -> Mapping[Key, int]:
        group = self.index.group(name)
        if only is None:
            return self._counted(name, group, *left_out)
        wanted = set(only)
        group = {key: held for key, held in group.items() if (key[0] if isinstance(key, tuple) else key) in wanted}
        return _sizes(self._without(*left_out), group)

    @_undisturbed
    def roles(self, relation: Relation, records: Collection[int]) -> Mapping[str, int]:
        return _sizes(self._listed, self._by_role(RELATED[relation][1], records))

    @property
    @_undisturbed
    def by_role_asked(self) -> Mapping[str, int]:
        asked = {name: [one.pk for one in self.filter.values[name]] for name in ("country", "party")}
        held = [self._by_role(name, records) for name, records in asked.items() if records]
        both = {role.value: reduce(and_, [sets[role.value] for sets in held]) for role in Role}
        return _sizes(self._without("country", "party", "role"), both)

    @_undisturbed
    def statuses(
        self, relation: Relation, records: Collection[int], roles: Collection[str] = ()
    ) -> Mapping[int, Mapping[str, int]]:
        name = RELATED[relation][1]
        found = {}
        for pk in records:
            held = self.index.members(f"{name}_role", ((pk, role) for role in roles)) if roles else None
            members = self._listed & (self.index.members(name, [pk]) if held is None else held)
            if members:
                found[pk] = _sizes(members, self._statuses)
        return found

    @_undisturbed
    def records[M: Party | Sector | Summit | SummitSeries](
        self, model: type[M], keys: Iterable[int]
    ) -> Mapping[int, M]:
        wanted = set(keys)
        # In the order in which the database gives them.
        return {key: one for key, one in self.index.records(model).items() if key in wanted}

    @property
    def keys(self) -> "Keys":
        return Keys(self)

    @_undisturbed
    def page(self, start: int, stop: int) -> list[int]:
        """The keys from one place of the list to before another."""
        if self.filter.sorting != RELEVANCE:
            return self.index.order(self.filter.sorting).page(self._listed, start, stop)
        found: list[int] = []
        newest = self.index.order(NEWEST)
        for level in self.index.texts.by_hits_in_title(search.parse(self.filter.text), self._listed):
            if stop <= 0:
                break
            if start < len(level):
                found += newest.page(level, max(start, 0), stop)
            start, stop = start - len(level), stop - len(level)
        return found

    # Sets

    @property
    def _exploratory(self) -> Mapping[str, int]:
        """How many each strength would give that shows the topics."""
        group = self.index.group("strength")
        return _sizes(
            self._with_topics("strength"), {code: group[code] for code in EXPLORATORY_STRENGTHS if code in group}
        )

    def _counted(self, name: str, sets: Mapping[Any, BitMap], *left_out: str) -> Mapping[Any, int]:
        """How many of the list, without these filters, are in each set of a group."""
        if self.filter.shows_topics(*left_out) or not self._narrowing.keys() <= set(left_out):
            return _sizes(self._without(*left_out), sets)
        # Of everything: the same for each list that is so wide, until something changes.
        return self.index.whole(name, lambda: _sizes(self._without(*left_out), sets))

    @cached_property
    @_undisturbed
    def _listed(self) -> BitMap:
        return self._without()

    def _without(self, *left_out: str) -> BitMap:
        found = self._with_topics(*left_out)
        return found if self.filter.shows_topics(*left_out) else found - self.index.topics

    def _with_topics(self, *left_out: str) -> BitMap:
        sets = [found for parameter, found in self._narrowing.items() if parameter not in left_out]
        return reduce(and_, sorted(sets, key=len), self.index.everything.copy())

    @cached_property
    def _narrowing(self) -> dict[str, BitMap]:
        """By parameter in force, the commitments that it leaves; the moment leaves what had been made."""
        found = {
            parameter: LEFT[parameter](self, value)
            for parameter, value in self.filter.values.items()
            if parameter in LEFT and value not in (None, "", [])
        }
        if self.filter.moment.latest is not None:
            found[""] = self.index.days("made_start").until(self.filter.moment.latest)
        return found

    @cached_property
    def _statuses(self) -> Mapping[str, BitMap]:
        return self.index.statuses(self.filter.moment.latest)

    @cached_property
    def _late(self) -> BitMap:
        return self.index.overdue(self.filter.day, self._statuses)

    def _by_role(self, name: str, records: Collection[int]) -> dict[str, BitMap]:
        """By role, those in which any of these countries or parties has it."""
        return {role.value: self.index.members(f"{name}_role", ((pk, role.value) for pk in records)) for role in Role}

    def _in_role(self, name: str, records: Sequence[Party]) -> BitMap:
        role = self.filter.values["role"]
        if role:
            return self.index.members(f"{name}_role", ((one.pk, role) for one in records))
        return self.index.members(name, (one.pk for one in records))

    def _with_status(self, statuses: Iterable[str]) -> BitMap:
        return union(self._statuses[one] for one in statuses if one in self._statuses)


# By parameter that narrows by itself, what it leaves.
LEFT: dict[str, Callable[[BitmapCounts, Any], BitMap]] = {
    "q": lambda counts, text: counts.index.texts.matching(search.parse(text)),
    "country": lambda counts, countries: counts._in_role("country", countries),
    "party": lambda counts, parties: counts._in_role("party", parties),
    "sector": lambda counts, sectors: counts.index.in_sectors(sectors),
    "status": lambda counts, statuses: counts._with_status(statuses),
    "status_group": lambda counts, groups: counts._with_status(
        status for group in groups for status in STATUSES_BY_GROUP[StatusGroup(group)]
    ),
    "summit": lambda counts, summits: counts.index.members("summit", (one.pk for one in summits)),
    "series": lambda counts, series: counts.index.in_series(series),
    **{
        name: lambda counts, codes, name=name: counts.index.members(name, codes)  # type: ignore[misc]
        for name in _CODES
    },
    "made_after": lambda counts, day: counts.index.days("made_end").since(day),
    "made_before": lambda counts, day: counts.index.days("made_start").until(day),
    "due_after": lambda counts, day: counts.index.days("due_end").since(day),
    "due_before": lambda counts, day: counts.index.days("due_start").until(day),
    "overdue": lambda counts, wanted: counts._late if wanted else counts.index.everything - counts._late,
    "has_amount": lambda counts, wanted: (
        counts.index.amounts if wanted else counts.index.everything - counts.index.amounts
    ),
}


class Keys:
    """The keys of a list in its order, a part at a time."""

    def __init__(self, counts: BitmapCounts) -> None:
        self._counts = counts

    def __len__(self) -> int:
        return self._counts.total

    def __getitem__(self, part: slice) -> Sequence[int]:
        start, stop, _step = part.indices(len(self))
        return self._counts.page(start, stop)


def _sizes(within: BitMap, sets: Mapping[Key, BitMap]) -> dict[Key, int]:
    """How many of each set are within the other; those without any left out."""
    found = {}
    for key, members in sets.items():
        if number := within.intersection_cardinality(members):
            found[key] = number
    return found
