"""How many commitments each choice of each filter would give, counted with all the other filters on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from commitments.codelists import STATUSES_BY_GROUP, DefinedChoices, Role, StatusGroup
from commitments.counts import Counts, counted
from commitments.filters import CODELISTS_BY_PARAMETER, CommitmentFilter
from commitments.models import Party, Sector, Summit, SummitSeries


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
    """One filter with its choices, those that would give nothing left out unless they are in force."""

    parameter: str
    label: str
    choices: list[Choice]

    @cached_property
    def selected(self) -> bool:
        """Whether any of its choices is in force."""
        return any(choice.selected or any(child.selected for child in choice.children) for choice in self.choices)


def facets(commitment_filter: CommitmentFilter, counts: Counts | None = None) -> list[Facet]:
    """Every facet of the list, in a fixed number of queries; `counts` are the filter's, where they are at hand."""
    counts = counts or counted(commitment_filter)
    found = [
        _status_groups(commitment_filter, counts),
        _codes(commitment_filter, "status", counts),
        _countries(commitment_filter, counts),
        _roles(commitment_filter, counts),
        _sectors(commitment_filter, counts),
        *_meetings(commitment_filter, counts),
        *(_codes(commitment_filter, parameter, counts) for parameter in ("kind", "strength", "novelty")),
        _facet(commitment_filter, "overdue", [_yes(commitment_filter, "overdue", counts.overdue)]),
        _facet(commitment_filter, "has_amount", [_yes(commitment_filter, "has_amount", counts.with_amount)]),
        # How many there would be with the topics shown too.
        _facet(commitment_filter, "topics", [_yes(commitment_filter, "topics", counts.with_topics)]),
    ]
    return [facet for facet in found if facet.choices]


def facet(commitment_filter: CommitmentFilter, parameter: str, counts: Counts | None = None) -> Facet:
    """The facet of countries, sectors, series or summits, without counting the others."""
    counts = counts or counted(commitment_filter)
    if parameter == "country":
        return _countries(commitment_filter, counts)
    if parameter == "sector":
        return _sectors(commitment_filter, counts)
    return next(one for one in _meetings(commitment_filter, counts) if one.parameter == parameter)


def _facet(commitment_filter: CommitmentFilter, parameter: str, choices: Iterable[Choice]) -> Facet:
    kept = [choice for choice in choices if choice.count or choice.selected]
    return Facet(parameter, str(commitment_filter.filters[parameter].label), kept)


class _Choices:
    """Makes the choices of one facet: what would be said of each anew is said once."""

    def __init__(self, commitment_filter: CommitmentFilter, parameter: str) -> None:
        self._filter, self._parameter = commitment_filter, parameter
        self._adding = commitment_filter.query_adding(parameter)

    def __call__(
        self, value: str, label: str, count: int, *, definition: str = "", children: Iterable[Choice] = ()
    ) -> Choice:
        pair = (self._parameter, value)
        selected = pair in self._filter.pairs
        query = (self._filter.query_with(remove=pair) or "?") if selected else self._adding(value)
        kept = [child for child in children if child.count or child.selected]
        return Choice(value, label, count, selected, query, definition, kept)


def _codes(commitment_filter: CommitmentFilter, parameter: str, of: Counts) -> Facet:
    codelist: type[DefinedChoices] = CODELISTS_BY_PARAMETER[parameter]
    counts, choice = of.codes(parameter), _Choices(commitment_filter, parameter)
    return _facet(
        commitment_filter,
        parameter,
        (
            choice(code.value, str(code.label), counts.get(code.value, 0), definition=str(code.definition))
            for code in codelist
        ),
    )


def _status_groups(commitment_filter: CommitmentFilter, of: Counts) -> Facet:
    counts, choice = of.codes("status_group"), _Choices(commitment_filter, "status_group")
    return _facet(
        commitment_filter,
        "status_group",
        (
            choice(
                group.value,
                str(group.label),
                sum(counts.get(status.value, 0) for status in STATUSES_BY_GROUP[group]),
                definition=str(group.definition),
            )
            for group in StatusGroup
        ),
    )


def _countries(commitment_filter: CommitmentFilter, of: Counts) -> Facet:
    role = commitment_filter.values["role"]
    if role:
        by_role = of.groups("country_role", "country")
        counts = {country: number for (country, held), number in by_role.items() if held == role}
    else:
        counts = dict(of.groups("country", "country"))
    selected = {party.pk for party in commitment_filter.values["country"]}
    choice = _Choices(commitment_filter, "country")
    choices = [
        choice(country.alpha2 or "", country.local_name, counts.get(pk, 0))
        for pk, country in of.records(Party, counts.keys() | selected).items()
    ]
    return _facet(commitment_filter, "country", _most_first(choices))


def _roles(commitment_filter: CommitmentFilter, of: Counts) -> Facet:
    """Only where a country is chosen: the roles it has in the list."""
    countries = commitment_filter.values["country"]
    if not countries:
        return Facet("role", "", [])
    # The country stays on and the role is taken off: the one is applied with the other.
    counts = of.roles("countries", [country.pk for country in countries], "country", "role")
    choice = _Choices(commitment_filter, "role")
    return _facet(
        commitment_filter,
        "role",
        (
            choice(role.value, str(role.label), counts.get(role.value, 0), definition=str(role.definition))
            for role in Role
        ),
    )


def _sectors(commitment_filter: CommitmentFilter, of: Counts) -> Facet:
    """Both levels: categories, each with its purposes."""
    by_sector = of.groups("sector", "sector")
    # Counted apart: a commitment with two purposes of one category is one of that category.
    by_category = of.groups("category", "sector")
    wanted = by_sector.keys() | by_category.keys() | {sector.pk for sector in commitment_filter.values["sector"]}
    sectors = list(of.records(Sector, wanted).values())
    choice = _Choices(commitment_filter, "sector")
    purposes: dict[Sector, list[Choice]] = {}
    for sector in sectors:
        below = purposes.setdefault(sector.parent or sector, [])
        if sector.parent is not None:
            below.append(choice(sector.code, sector.label, by_sector.get(sector.pk, 0)))
    choices = [
        choice(category.code, category.label, by_category.get(category.pk, 0), children=below)
        for category, below in purposes.items()
    ]
    shown = [choice for choice in choices if choice.count or choice.selected or choice.children]
    return Facet("sector", str(commitment_filter.filters["sector"].label), _most_first(shown))


def _meetings(commitment_filter: CommitmentFilter, of: Counts) -> tuple[Facet, Facet]:
    """Series and summits, from one count by summit."""
    counts = of.groups("summit", "series", "summit")
    chosen = {summit.pk for summit in commitment_filter.values["summit"]}
    chosen_series = {series.pk for series in commitment_filter.values["series"]}
    summits = sorted(of.records(Summit, counts.keys() | chosen).values(), key=lambda one: one.code)
    summits.sort(key=lambda one: one.starts_on, reverse=True)
    by_series: Counter[int | None] = Counter()
    for summit in summits:
        if not chosen or summit.pk in chosen:
            by_series[summit.series_id] += counts.get(summit.pk, 0)
    series = of.records(SummitSeries, {pk for pk in by_series if pk is not None} | chosen_series)
    in_series, at_summit = _Choices(commitment_filter, "series"), _Choices(commitment_filter, "summit")
    return (
        _facet(
            commitment_filter,
            "series",
            _most_first(in_series(one.slug, one.name, by_series[one.pk]) for one in series.values()),
        ),
        _facet(
            commitment_filter,
            "summit",
            [
                at_summit(
                    one.code,
                    one.name,
                    counts.get(one.pk, 0) if not chosen_series or one.series_id in chosen_series else 0,
                )
                for one in summits
            ],
        ),
    )


def _yes(commitment_filter: CommitmentFilter, parameter: str, count: int) -> Choice:
    choice = _Choices(commitment_filter, parameter)
    return choice("1", str(commitment_filter.filters[parameter].label), count)


def _most_first(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: (-choice.count, choice.label))
