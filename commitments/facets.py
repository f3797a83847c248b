"""How many commitments each choice of each filter would give, counted with all the other filters on."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from commitments.codelists import STATUSES_BY_GROUP, DefinedChoices, Role, StatusGroup
from commitments.counts import Counts, counted
from commitments.filters import CODELISTS_BY_PARAMETER, CommitmentFilter
from commitments.models import Party, Sector, Summit, SummitSeries

# So many choices of one filter are shown unless a page is asked for all: nobody reads through hundreds.
MOST_SHOWN = 30


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how many commitments it would give, and the query string that takes or drops it."""

    value: str
    label: str
    count: int
    selected: bool
    query: str
    definition: str = ""
    children: list["Choice"] = field(default_factory=list)


@dataclass(frozen=True)
class Facet:
    """One filter with its choices, those that would give nothing left out unless they are in force.

    `folded` is how many more there are that are not shown; a page that is asked for all choices of the filters
    `unfolding` shows them, beside what it shows already.
    """

    parameter: str
    label: str
    choices: list[Choice]
    folded: int = 0
    unfolding: Sequence[str] = ()

    @cached_property
    def selected(self) -> bool:
        """Whether any of its choices is in force."""
        return any(choice.selected or any(child.selected for child in choice.children) for choice in self.choices)


def facets(commitment_filter: CommitmentFilter, counts: Counts | None = None, *, folds: bool = True) -> list[Facet]:
    """Every facet of the list, in a fixed number of queries; `counts` are the filter's, where they are at hand.

    Of a filter with many choices the first `MOST_SHOWN` are given if it `folds`, unless the query asks for all of them.
    """
    making = _Making(commitment_filter, counts or counted(commitment_filter), folds)
    found = [
        _status_groups(making),
        _codes(making, "status"),
        _countries(making),
        _roles(making),
        _sectors(making),
        _series(making),
        _summits(making),
        *(_codes(making, parameter) for parameter in ("kind", "strength", "novelty")),
        _yes(making, "overdue", making.counts.overdue),
        _yes(making, "has_amount", making.counts.with_amount),
        # How many there would be with the topics shown too.
        _yes(making, "topics", making.counts.with_topics),
    ]
    return [facet for facet in found if facet.choices]


def facet(commitment_filter: CommitmentFilter, parameter: str, counts: Counts | None = None) -> Facet:
    """The facet of countries, sectors, series or summits, with all its choices and without counting the others."""
    return _BY_PARAMETER[parameter](_Making(commitment_filter, counts or counted(commitment_filter), folds=False))


@dataclass(slots=True)
class _Row:
    """What a choice is made of, if it is shown."""

    value: str
    label: str
    count: int
    definition: str = ""
    children: Sequence["_Row"] = ()


@dataclass
class _Making:
    """The list whose facets are made, its counts, and whether long facets are folded."""

    filter: CommitmentFilter
    counts: Counts
    folds: bool

    @cached_property
    def meetings(self) -> list[tuple[Summit, int]]:
        """The summits of the list, newest first, with how many of it were made at each."""
        found = self.counts.groups("summit", "series", "summit")
        wanted = found.keys() | {summit.pk for summit in self.filter.values["summit"]}
        summits = sorted(self.counts.records(Summit, wanted).values(), key=lambda one: one.code)
        summits.sort(key=lambda one: one.starts_on, reverse=True)
        return [(summit, found.get(summit.pk, 0)) for summit in summits]

    def facet(self, parameter: str, rows: Iterable[_Row]) -> Facet:
        """The facet of these rows, in their order: those that would give something, or are in force."""
        chosen = {value for other, value in self.filter.pairs if other == parameter}
        kept = [row for row in rows if _is_kept(row, chosen)]
        folded = 0
        if self.folds and len(kept) > MOST_SHOWN and parameter not in self.filter.unfolded:
            first, rest = kept[:MOST_SHOWN], kept[MOST_SHOWN:]
            in_force = [row for row in rest if any(one.value in chosen for one in (row, *row.children))]
            kept, folded = first + in_force, len(rest) - len(in_force)
        choices = _Choices(self.filter, parameter, chosen)
        return Facet(
            parameter,
            str(self.filter.filters[parameter].label),
            [choices.of(row) for row in kept],
            folded,
            [*self.filter.unfolded, parameter] if folded else (),
        )


class _Choices:
    """Makes the choices of one facet: what would be said of each anew is said once."""

    def __init__(self, commitment_filter: CommitmentFilter, parameter: str, chosen: Collection[str]) -> None:
        self._filter, self._parameter, self._chosen = commitment_filter, parameter, chosen
        self._adding = commitment_filter.query_adding(parameter)

    def of(self, row: _Row) -> Choice:
        """The choice of a row, and of those beneath it that would give something or are in force."""
        if selected := row.value in self._chosen:
            query = self._filter.query_with(remove=(self._parameter, row.value)) or "?"
        else:
            query = self._adding(row.value)
        children = [self.of(child) for child in row.children if _is_kept(child, self._chosen)]
        return Choice(row.value, row.label, row.count, selected, query, row.definition, children)


def _is_kept(row: _Row, chosen: Collection[str]) -> bool:
    return bool(row.count) or row.value in chosen or any(_is_kept(child, chosen) for child in row.children)


def _codes(making: _Making, parameter: str) -> Facet:
    counts = making.counts.codes(parameter)
    codelist: type[DefinedChoices] = CODELISTS_BY_PARAMETER[parameter]
    return making.facet(
        parameter,
        (_Row(code.value, str(code.label), counts.get(code.value, 0), str(code.definition)) for code in codelist),
    )


def _status_groups(making: _Making) -> Facet:
    counts = making.counts.codes("status_group")
    return making.facet(
        "status_group",
        (
            _Row(
                group.value,
                str(group.label),
                sum(counts.get(status.value, 0) for status in STATUSES_BY_GROUP[group]),
                str(group.definition),
            )
            for group in StatusGroup
        ),
    )


def _countries(making: _Making) -> Facet:
    values = making.filter.values
    if values["role"]:
        by_role = making.counts.groups("country_role", "country")
        counts = {country: number for (country, held), number in by_role.items() if held == values["role"]}
    else:
        counts = dict(making.counts.groups("country", "country"))
    countries = making.counts.records(Party, counts.keys() | {party.pk for party in values["country"]})
    rows = (_Row(one.alpha2 or "", one.local_name, counts.get(pk, 0)) for pk, one in countries.items())
    return making.facet("country", _most_first(rows))


def _roles(making: _Making) -> Facet:
    """Only where a country is chosen: the roles it has in the list."""
    if not making.filter.values["country"]:
        return Facet("role", "", [])
    counts = making.counts.by_role_asked
    return making.facet(
        "role", (_Row(role.value, str(role.label), counts.get(role.value, 0), str(role.definition)) for role in Role)
    )


def _sectors(making: _Making) -> Facet:
    """Both levels: categories, each with its purposes."""
    by_sector = making.counts.groups("sector", "sector")
    # Counted apart: a commitment with two purposes of one category is one of that category.
    by_category = making.counts.groups("category", "sector")
    wanted = by_sector.keys() | by_category.keys() | {sector.pk for sector in making.filter.values["sector"]}
    purposes: dict[Sector, list[_Row]] = {}
    for sector in making.counts.records(Sector, wanted).values():
        below = purposes.setdefault(sector.parent or sector, [])
        if sector.parent is not None:
            below.append(_Row(sector.code, sector.label, by_sector.get(sector.pk, 0)))
    rows = (
        _Row(category.code, category.label, by_category.get(category.pk, 0), children=below)
        for category, below in purposes.items()
    )
    return making.facet("sector", _most_first(rows))


def _series(making: _Making) -> Facet:
    chosen = {summit.pk for summit in making.filter.values["summit"]}
    counts: Counter[int | None] = Counter()
    for summit, count in making.meetings:
        if not chosen or summit.pk in chosen:
            counts[summit.series_id] += count
    wanted = {pk for pk in counts if pk is not None} | {one.pk for one in making.filter.values["series"]}
    series = making.counts.records(SummitSeries, wanted).values()
    return making.facet("series", _most_first(_Row(one.slug, one.name, counts[one.pk]) for one in series))


def _summits(making: _Making) -> Facet:
    within = {series.pk for series in making.filter.values["series"]}
    return making.facet(
        "summit",
        (
            _Row(summit.code, summit.name, count if not within or summit.series_id in within else 0)
            for summit, count in making.meetings
        ),
    )


def _yes(making: _Making, parameter: str, count: int) -> Facet:
    return making.facet(parameter, [_Row("1", str(making.filter.filters[parameter].label), count)])


def _most_first(rows: Iterable[_Row]) -> list[_Row]:
    return sorted(rows, key=lambda row: (-row.count, row.label))


_BY_PARAMETER = {"country": _countries, "sector": _sectors, "series": _series, "summit": _summits}
