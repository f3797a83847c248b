"""How many commitments of a list there are by the codes in their own columns: one pass counts for every facet.

The list without any of the parameters that ask for such a code is grouped by all of these columns at once; what each
parameter leaves is then found among the groups, of which there are far fewer than commitments.
"""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, Value, When

from commitments.codelists import EXPLORATORY_STRENGTHS, STATUSES_BY_GROUP, Classification, StatusGroup
from commitments.filters import CommitmentFilter
from commitments.models.commitments import UNSETTLED_STATUSES

# Parameters that are about a commitment's own codes, and the place of the column in a group.
CODES = {"status": 0, "status_group": 0, "kind": 1, "strength": 2, "novelty": 3}
LATE, TOPIC = 4, 5
COUNTED = (*CODES, "overdue", "topics")

type _Group = tuple[Any, ...]
type _Test = Callable[[_Group], bool]


class ColumnCounts:
    """The counts of one list, from one query, asked for when the first is needed."""

    def __init__(self, commitment_filter: CommitmentFilter) -> None:
        self.filter = commitment_filter

    @property
    def total(self) -> int:
        """How many commitments the list has."""
        return self._all[LATE].total()

    @property
    def overdue(self) -> int:
        """How many would be left if only what is overdue were asked for."""
        return self._without("overdue")[LATE][True]

    @property
    def with_topics(self) -> int:
        """How many there would be with the topics shown."""
        tests = list(self._tests.values())
        return sum(number for group, number in self._groups if all(test(group) for test in tests))

    def codes(self, parameter: str) -> Counter[str]:
        """How many there would be of each code, if this parameter were not given; of `status_group` by status."""
        return self._without(parameter)[CODES[parameter]]

    def _without(self, parameter: str) -> list[Counter[Any]]:
        """The counts of what would be left if this parameter were not given."""
        return self._count(parameter) if parameter in self._tests else self._all

    @cached_property
    def _all(self) -> list[Counter[Any]]:
        return self._count()

    def _count(self, *left_out: str) -> list[Counter[Any]]:
        """By column, how many there are of each code if these parameters were not given."""
        tests = [test for name, test in self._tests.items() if name not in left_out]
        if not self.filter.shows_topics(*left_out):
            tests.append(lambda group: not group[TOPIC])
        counts: list[Counter[Any]] = [Counter() for _ in range(TOPIC)]
        for group, number in self._groups:
            if all(test(group) for test in tests):
                for place, count in enumerate(counts):
                    count[group[place]] += number
        return counts

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


def _among(place: int, wanted: set[Any]) -> _Test:
    return lambda group: group[place] in wanted


def _whether(**condition: Any) -> Case:
    """Whether a row fulfils a condition, as a column."""
    return Case(When(Q(**condition), then=Value(True)), default=Value(False), output_field=BooleanField())
