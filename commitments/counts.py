"""The numbers of one list: how many it has, how many each further choice would leave, how they stand.

Two ways give the same: asking the database, here, and the index in memory (`bitmaps/`), which `counted` prefers.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from django.db import router
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from commitments.bitmaps import BitmapCounts, Shelf, current
from commitments.codelists import EXPLORATORY_STRENGTHS, STATUSES_BY_GROUP, Classification, StatusGroup
from commitments.filters import CommitmentFilter
from commitments.groups import GROUPS, NAMED, RELATED, Key, Relation
from commitments.models import (
    Amount,
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Party,
    Sector,
    Summit,
    SummitSeries,
)
from commitments.models.commitments import UNSETTLED_STATUSES

# Parameters that are about a commitment's own codes, and the place of the column in a group.
CODES = {"status": 0, "status_group": 0, "kind": 1, "strength": 2, "novelty": 3}
LATE, TOPIC = 4, 5
COUNTED = (*CODES, "overdue", "topics")

type _Group = tuple[Any, ...]
type _Test = Callable[[_Group], bool]


class Keys(Protocol):
    """The keys of a list's commitments in its order."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice) -> Sequence[int]: ...


class Counts(Protocol):
    """The numbers of one list. Where parameters are left out, of the list that would be there without them."""

    # Rows of pages that were made of commitments before, where there are any.
    shelf: Shelf | None

    @property
    def total(self) -> int:
        """How many commitments the list has."""

    @property
    def overdue(self) -> int:
        """How many would be left if only what is overdue were asked for."""

    @property
    def with_topics(self) -> int:
        """How many there would be with the topics shown."""

    @property
    def with_amount(self) -> int:
        """How many would be left if only what names a sum were asked for."""

    @property
    def overdue_now(self) -> int:
        """How many of the list are overdue."""

    @property
    def by_status(self) -> Mapping[str, int]:
        """How many of the list have each status, those without any left out."""

    def codes(self, parameter: str) -> Mapping[str, int]:
        """How many there would be of each code, if this parameter were not given; of `status_group` by status.

        Of what was merely discussed or explored so many as there are with the topics: whoever asks for it sees them.
        """

    def groups(self, name: str, *left_out: str, only: Collection[int] | None = None) -> Mapping[Key, int]:
        """By the keys of one of `GROUPS`, or those that begin with `only` these, how many have it."""

    def roles(self, relation: Relation, records: Collection[int]) -> Mapping[str, int]:
        """In how many any of these parties or countries has each role."""

    @property
    def by_role_asked(self) -> Mapping[str, int]:
        """By role, how many there would be of the countries asked for, and of the parties if any are, in that role."""

    def statuses(
        self, relation: Relation, records: Collection[int], roles: Collection[str] = ()
    ) -> Mapping[int, Mapping[str, int]]:
        """By party or country, how many in which it has any of these roles, or any at all, have each status."""

    def records[M: Party | Sector | Summit | SummitSeries](
        self, model: type[M], keys: Iterable[int]
    ) -> Mapping[int, M]:
        """These records that commitments refer to; not to be changed."""

    @property
    def keys(self) -> Keys:
        """The list's own keys."""


def counted(commitment_filter: CommitmentFilter, *, beside: Counts | None = None) -> Counts:
    """The numbers of a list, from the index where there is one, or else from the database.

    `beside` are the numbers of another list of the same page: it is not asked again whether anything changed since.
    """
    if commitment_filter.is_public:
        index = beside.index if isinstance(beside, BitmapCounts) else current(router.db_for_read(Commitment))
        if index is not None and BitmapCounts.can_count(commitment_filter):
            return BitmapCounts(commitment_filter, index)
    return DatabaseCounts(commitment_filter)


class DatabaseCounts:
    """The numbers of one list as the database gives them: own codes, deadline and topics from one query.

    It groups the commitments that remain when only the other filters are on. What each number leaves is then found
    among the groups, of which there are far fewer than commitments.
    """

    def __init__(self, commitment_filter: CommitmentFilter) -> None:
        self.filter = commitment_filter
        self.shelf: Shelf | None = None

    @property
    def total(self) -> int:
        return self._all[LATE].total()

    @property
    def overdue(self) -> int:
        return self._without("overdue")[LATE][True]

    @property
    def overdue_now(self) -> int:
        return self._all[LATE][True]

    @property
    def with_topics(self) -> int:
        return sum(number for _group, number in self._left())

    @cached_property
    def with_amount(self) -> int:
        rows = Amount.objects.filter(commitment__in=self.filter.without("has_amount"))
        return rows.values("commitment").distinct().count()

    @property
    def by_status(self) -> Mapping[str, int]:
        return self._all[CODES["status"]]

    def codes(self, parameter: str) -> Mapping[str, int]:
        found = self._without(parameter)[CODES[parameter]]
        return found | self._exploratory if parameter == "strength" else found

    @property
    def _exploratory(self) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for group, number in self._left("strength"):
            if group[CODES["strength"]] in EXPLORATORY_STRENGTHS:
                found[group[CODES["strength"]]] += number
        return found

    def groups(self, name: str, *left_out: str, only: Collection[int] | None = None) -> Mapping[Key, int]:
        group, listed = GROUPS[name], self.filter.without(*left_out)
        rows = listed.order_by() if group.is_own else group.rows.filter(commitment__in=listed)
        if only is not None:
            rows = rows.filter(**{f"{group.first}__in": only})
        counts = rows.values_list(*group.keys).annotate(Count(group.commitment, distinct=group.repeats))
        return {group.key(tuple(values)): number for *values, number in counts}

    def roles(self, relation: Relation, records: Collection[int]) -> Mapping[str, int]:
        model, column = RELATED[relation]
        rows = model._default_manager.filter(commitment__in=self.filter.qs, **{f"{column}__in": records})
        return _by_role(rows)

    @property
    def by_role_asked(self) -> Mapping[str, int]:
        countries, parties = self.filter.values["country"], self.filter.values["party"]
        rows = CommitmentCountry.objects.filter(
            commitment__in=self.filter.without("country", "party", "role"), country__in=countries
        )
        if parties:
            beside = CommitmentParty.objects.filter(
                commitment=OuterRef("commitment"), role=OuterRef("role"), party__in=parties
            )
            rows = rows.filter(Exists(beside))
        return _by_role(rows)

    def statuses(
        self, relation: Relation, records: Collection[int], roles: Collection[str] = ()
    ) -> Mapping[int, Mapping[str, int]]:
        if not records:
            return {}
        record = f"{relation}__{RELATED[relation][1]}"
        condition: dict[str, object] = {f"{record}__in": records}
        if roles:
            condition[f"{relation}__role__in"] = roles
        # From the list outwards: the status of another day is a column of the list alone.
        rows = self.filter.qs.filter(**condition).order_by().values_list(record, self.filter.column("status"))
        found: dict[int, dict[str, int]] = {}
        for pk, status, number in rows.annotate(Count("pk", distinct=True)):
            found.setdefault(pk, {})[status] = number
        return found

    def records[M: Party | Sector | Summit | SummitSeries](
        self, model: type[M], keys: Iterable[int]
    ) -> Mapping[int, M]:
        rows = model._default_manager.select_related(*NAMED.get(model, (None,)))
        return rows.in_bulk(list(keys))  # type: ignore[return-value] # of the model that was asked for

    @property
    def keys(self) -> Keys:
        return _Sorted(self)

    def _without(self, parameter: str) -> list[Counter[Any]]:
        """The counts of what would be left if this parameter were not given."""
        return self._count(parameter) if parameter in self._tests else self._all

    @cached_property
    def _all(self) -> list[Counter[Any]]:
        return self._count()

    def _count(self, *left_out: str) -> list[Counter[Any]]:
        """By column, how many there are of each code if these parameters were not given."""
        shows_topics = self.filter.shows_topics(*left_out)
        counts: list[Counter[Any]] = [Counter() for _ in range(TOPIC)]
        for group, number in self._left(*left_out):
            if shows_topics or not group[TOPIC]:
                for place, count in enumerate(counts):
                    count[group[place]] += number
        return counts

    def _left(self, *left_out: str) -> Iterator[tuple[Any, int]]:
        """The groups that there were if these parameters were not given and topics were shown, each with its number."""
        tests = [test for name, test in self._tests.items() if name not in left_out]
        return ((group, number) for group, number in self._groups if all(test(group) for test in tests))

    @cached_property
    def _groups(self) -> list[tuple[_Group, int]]:
        """Every combination of codes that is met in the list without these parameters, and how often."""
        marked = self.filter.with_topics(*COUNTED).annotate(
            is_topic_class=_whether(classification=Classification.TOPIC), is_past=_whether(due_end__lt=self.filter.day)
        )
        columns = (self.filter.column("status"), "kind", "strength", "novelty", "is_topic_class", "is_past")
        found = []
        for status, kind, strength, novelty, is_topic_class, is_past, number in (
            marked.order_by().values_list(*columns).annotate(Count("pk"))
        ):
            is_late = is_past and status in UNSETTLED_STATUSES
            is_topic = is_topic_class or strength in EXPLORATORY_STRENGTHS
            found.append(((status, kind, strength, novelty, is_late, is_topic), number))
        return found

    @cached_property
    def _tests(self) -> dict[str, _Test]:
        """By parameter in force, whether a group is among what it asks for."""
        values = self.filter.values
        tests: dict[str, _Test] = {}
        for parameter, place in CODES.items():
            wanted = set(values[parameter])
            if parameter == "status_group":
                wanted = {status.value for group in wanted for status in STATUSES_BY_GROUP[StatusGroup(group)]}
            if values[parameter]:
                tests[parameter] = _among(place, wanted)
        if values["overdue"] is not None:
            tests["overdue"] = _among(LATE, {values["overdue"]})
        return tests


class _Sorted:
    """The keys of a list, a part at a time: the database sorts and skips keys, which its indexes hold, not rows."""

    def __init__(self, counts: DatabaseCounts) -> None:
        self._counts = counts

    def __len__(self) -> int:
        return self._counts.total

    def __getitem__(self, part: slice) -> Sequence[int]:
        return list(self._counts.filter.keys[part])


def _by_role(rows: QuerySet[Any, Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("role").annotate(Count("commitment", distinct=True)))


def _among(place: int, wanted: set[Any]) -> _Test:
    return lambda group: group[place] in wanted


def _whether(**condition: Any) -> Case:
    """Whether a row fulfils a condition, as a column."""
    return Case(When(Q(**condition), then=Value(True)), default=Value(False), output_field=BooleanField())
