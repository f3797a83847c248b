"""Two to six countries, other parties or summits side by side: of each the same numbers, on the same filters.

Reads, never writes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.http import QueryDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from commitments.codelists import Role, Status
from commitments.counts import Counts, counted
from commitments.filters import CommitmentFilter, Ignored
from commitments.models import Party, Sector, Summit
from commitments.scorecards import Tally

LEAST, MOST = 2, 6
SECTORS = 5
OF = "of"
# The parameters whose values can stand side by side, in the order in which they are tried.
COMPARABLE = ("country", "party", "summit")


@dataclass(frozen=True)
class Asked:
    """What a query wants to compare, and on which filters.

    `of` names the parameter whose values stand side by side; the rest of the query filters all of them.
    """

    of: str
    everything: CommitmentFilter
    shared: CommitmentFilter
    subjects: Sequence[Party | Summit]
    # Those beyond the sixth.
    too_many: Sequence[Party | Summit]
    ignored: Sequence[Ignored]

    @property
    def names(self) -> str:
        """What stands side by side, as a list in words."""
        return get_text_list([_name(one) for one in self.subjects], _("and"))

    @property
    def role(self) -> Role | None:
        """The role in which parties are compared; None for any. As makers, unless the query says otherwise.

        A role holds for all who are named: where the filters name another party, it would have to make them too.
        """
        if asked := self.everything.values["role"]:
            return Role(asked)
        named = self.of == "summit" or self.shared.values["country"] or self.shared.values["party"]
        return None if named else Role.MAKER

    def query(
        self,
        replaced: Mapping[str, Iterable[str]] | None = None,
        *,
        of: str = "",
        remove: tuple[str, str] | None = None,
    ) -> str:
        """The query string of this comparison, or of one that differs from it in these values."""
        others = (
            self.everything.query_with(remove=remove) if remove else self.everything.query_replacing(**(replaced or {}))
        )
        return f"?{OF}={of or self.of}&{others.removeprefix('?')}".removesuffix("&")


def _name(record: Party | Summit) -> str:
    return record.local_name if isinstance(record, Party) else record.name


@dataclass(frozen=True)
class SectorCount:
    """A sector, how many commitments are in it, and their list; None where the list cannot be asked for."""

    sector: Sector
    count: int
    query: str | None


@dataclass(frozen=True)
class Subject:
    """One column of a comparison: what it is, and what its commitments come to. Each number has its list's query."""

    record: Party | Summit
    value: str
    list: CommitmentFilter
    tally: Tally
    by_status: Mapping[str, int]
    overdue: int
    with_topics: int
    sectors: Sequence[SectorCount]

    @property
    def name(self) -> str:
        return _name(self.record)

    @property
    def assessed_query(self) -> str:
        """The list of those of which an entry supports a status: every status but “not assessed”."""
        asked = self.list.values["status"] or Status.values
        return self.list.query_replacing(status=[one for one in asked if one != Status.NOT_ASSESSED])

    @property
    def share_delivered(self) -> int | None:
        """Of those assessed, how many in a hundred were delivered; None where none was assessed."""
        return round(100 * self.tally.delivered / self.tally.assessed) if self.tally.assessed else None

    @property
    def overdue_query(self) -> str:
        return self.list.query_replacing(overdue="1")

    @property
    def topics_left_out(self) -> int:
        return self.with_topics - self.tally.identified

    @property
    def with_topics_query(self) -> str:
        return self.list.query_replacing(topics="1")

    def query_of(self, status: Status) -> str:
        """The list of those with one status."""
        return self.list.query_replacing(status=status.value)


def asked(query: QueryDict, *, today: dt.date) -> Asked:
    """Read a query. Never fails: what it does not understand is in `ignored`."""
    rest = query.copy()
    rest.pop(OF, None)
    everything = CommitmentFilter(rest, today=today)
    ignored = list(everything.ignored)
    wanted = query.get(OF, "")
    if wanted and wanted not in COMPARABLE:
        ignored.append(Ignored(OF, wanted, _("It is none of: %(codes)s.") % {"codes": ", ".join(COMPARABLE)}))
    of = wanted if wanted in COMPARABLE else _most_likely(everything)
    records = cast("list[Party | Summit]", everything.values[of])
    return Asked(
        of=of,
        everything=everything,
        shared=_filter(everything, **{of: ()}),
        subjects=records[:MOST],
        too_many=records[MOST:],
        ignored=ignored,
    )


def _most_likely(commitment_filter: CommitmentFilter) -> str:
    """The first parameter with enough values to compare, or else with any."""
    return next(
        (of for least in (LEAST, 1) for of in COMPARABLE if len(commitment_filter.values[of]) >= least), COMPARABLE[0]
    )


def _filter(commitment_filter: CommitmentFilter, **values: str | Iterable[str]) -> CommitmentFilter:
    return commitment_filter.again(commitment_filter.query_replacing(**values))


def compare(comparison: Asked) -> list[Subject]:
    """The columns, in the order asked for. In a fixed number of queries for each."""
    columns, counts = [], None
    for record in comparison.subjects:
        one = _list_of(comparison, record)
        counts = counted(one, beside=counts)
        columns.append(_subject(comparison.of, record, one, counts))
    return columns


def value_of(record: Party | Summit, of: str) -> str:
    """How a query names a record."""
    if isinstance(record, Summit):
        return record.code
    return (record.alpha2 if of == "country" else record.slug) or record.slug


def _list_of(comparison: Asked, record: Party | Summit) -> CommitmentFilter:
    """The commitments of one column: those of a summit, or those in which a party has the role."""
    only: dict[str, str | list[str]] = {comparison.of: value_of(record, comparison.of)}
    if comparison.role:
        only["role"] = comparison.role.value
    return _filter(comparison.everything, **only)


def _subject(of: str, record: Party | Summit, commitments: CommitmentFilter, counts: Counts) -> Subject:
    # Two sectors widen a list, so one that is narrowed by sector has no narrower list by another.
    narrowed = bool(commitments.values["sector"])
    return Subject(
        record=record,
        value=value_of(record, of),
        list=commitments,
        tally=Tally.of(counts.by_status),
        by_status=counts.by_status,
        overdue=counts.overdue_now,
        with_topics=counts.with_topics,
        sectors=[
            SectorCount(sector, count, None if narrowed else commitments.query_replacing(sector=sector.code))
            for sector, count in _largest(counts)
        ],
    )


def _largest(counts: Counts) -> list[tuple[Sector, int]]:
    """The categories of sectors with the most commitments of a list, and how many."""
    # Sorted here: Python and both databases agree on it.
    found = sorted(counts.groups("category").items(), key=lambda pair: (-pair[1], pair[0]))[:SECTORS]
    categories = counts.records(Sector, [pk for pk, _count in found])
    return [(categories[pk], count) for pk, count in found]
