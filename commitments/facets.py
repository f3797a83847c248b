"""How many commitments each choice of each filter would give, counted with all the other filters on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count
from django.db.models.functions import Coalesce

from commitments.codelists import STATUSES_BY_GROUP, DefinedChoices, Role, StatusGroup
from commitments.counts import ColumnCounts
from commitments.filters import CODELISTS_BY_PARAMETER, CommitmentFilter
from commitments.models import Amount, Commitment, CommitmentCountry, Party, Sector, Summit, SummitSeries
from commitments.models.commitments import CommitmentQuerySet


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


def facets(commitment_filter: CommitmentFilter, counts: ColumnCounts | None = None) -> list[Facet]:
    """Every facet of the list, in a fixed number of queries; `counts` are the filter's, where they are at hand."""
    counts = counts or ColumnCounts(commitment_filter)
    found = [
        _status_groups(commitment_filter, counts),
        _codes(commitment_filter, "status", counts),
        _countries(commitment_filter),
        _roles(commitment_filter),
        _sectors(commitment_filter),
        *_meetings(commitment_filter),
        *(_codes(commitment_filter, parameter, counts) for parameter in ("kind", "strength", "novelty")),
        _facet(commitment_filter, "overdue", [_yes(commitment_filter, "overdue", counts.overdue)]),
        _has_amount(commitment_filter),
        # How many there would be with the topics shown too.
        _facet(commitment_filter, "topics", [_yes(commitment_filter, "topics", counts.with_topics)]),
    ]
    return [facet for facet in found if facet.choices]


def facet(commitment_filter: CommitmentFilter, parameter: str) -> Facet:
    """The facet of countries, sectors, series or summits, without counting the others."""
    if parameter == "country":
        return _countries(commitment_filter)
    if parameter == "sector":
        return _sectors(commitment_filter)
    return next(one for one in _meetings(commitment_filter) if one.parameter == parameter)


def _facet(commitment_filter: CommitmentFilter, parameter: str, choices: Iterable[Choice]) -> Facet:
    kept = [choice for choice in choices if choice.count or choice.selected]
    return Facet(parameter, str(commitment_filter.filters[parameter].label), kept)


def _choice(
    commitment_filter: CommitmentFilter,
    parameter: str,
    value: str,
    label: str,
    count: int,
    *,
    definition: str = "",
    children: Iterable[Choice] = (),
) -> Choice:
    pair = (parameter, value)
    selected = any(part[:2] == pair for part in commitment_filter.parts)
    query = commitment_filter.query_with(remove=pair) if selected else commitment_filter.query_with(add=pair)
    kept = [child for child in children if child.count or child.selected]
    return Choice(value, label, count, selected, query or "?", definition, kept)


def _codes(commitment_filter: CommitmentFilter, parameter: str, of: ColumnCounts) -> Facet:
    codelist: type[DefinedChoices] = CODELISTS_BY_PARAMETER[parameter]
    counts = of.codes(parameter)
    return _facet(
        commitment_filter,
        parameter,
        (
            _choice(
                commitment_filter,
                parameter,
                code.value,
                str(code.label),
                counts.get(code.value, 0),
                definition=str(code.definition),
            )
            for code in codelist
        ),
    )


def _status_groups(commitment_filter: CommitmentFilter, of: ColumnCounts) -> Facet:
    counts = of.codes("status_group")
    return _facet(
        commitment_filter,
        "status_group",
        (
            _choice(
                commitment_filter,
                "status_group",
                group.value,
                str(group.label),
                sum(counts.get(status.value, 0) for status in STATUSES_BY_GROUP[group]),
                definition=str(group.definition),
            )
            for group in StatusGroup
        ),
    )


def _countries(commitment_filter: CommitmentFilter) -> Facet:
    rows = CommitmentCountry.objects.filter(commitment__in=commitment_filter.without("country"))
    role = commitment_filter.values["role"]
    if role:
        rows = rows.filter(role=role)
    # In one role a country is there once.
    counts = dict(rows.order_by().values_list("country").annotate(Count("commitment", distinct=not role)))
    selected = {party.pk: party for party in commitment_filter.values["country"]}
    countries = Party.objects.filter(pk__in=counts.keys() | selected.keys())
    choices = [
        _choice(commitment_filter, "country", country.alpha2 or "", country.local_name, counts.get(country.pk, 0))
        for country in countries
    ]
    return _facet(commitment_filter, "country", _most_first(choices))


def _roles(commitment_filter: CommitmentFilter) -> Facet:
    """Only where a country is chosen: the roles it has in the list."""
    countries = commitment_filter.values["country"]
    if not countries:
        return Facet("role", "", [])
    # The country stays on and the role is taken off, which `without` cannot do: the one is applied with the other.
    others = commitment_filter.without("country", "role")
    rows = CommitmentCountry.objects.filter(commitment__in=others, country__in=countries)
    counts = dict(rows.order_by().values_list("role").annotate(Count("commitment", distinct=True)))
    return _facet(
        commitment_filter,
        "role",
        (
            _choice(
                commitment_filter,
                "role",
                role.value,
                str(role.label),
                counts.get(role.value, 0),
                definition=str(role.definition),
            )
            for role in Role
        ),
    )


def _sectors(commitment_filter: CommitmentFilter) -> Facet:
    """Both levels: categories, each with its purposes."""
    rows = Commitment.sectors.through.objects.filter(commitment__in=commitment_filter.without("sector")).order_by()
    by_sector = dict(rows.values_list("sector").annotate(Count("commitment")))
    # Counted apart: a commitment with two purposes of one category is one of that category.
    by_category = dict(
        rows.values_list(Coalesce("sector__parent", "sector")).annotate(Count("commitment", distinct=True))
    )
    wanted = by_sector.keys() | by_category.keys() | {sector.pk for sector in commitment_filter.values["sector"]}
    sectors = list(Sector.objects.filter(pk__in=wanted).select_related("parent"))
    categories = {sector.parent or sector for sector in sectors}
    choices = [
        _choice(
            commitment_filter,
            "sector",
            category.code,
            category.label,
            by_category.get(category.pk, 0),
            children=[
                _choice(commitment_filter, "sector", sector.code, sector.label, by_sector.get(sector.pk, 0))
                for sector in sectors
                if sector.parent_id == category.pk
            ],
        )
        for category in categories
    ]
    shown = [choice for choice in choices if choice.count or choice.selected or choice.children]
    return Facet("sector", str(commitment_filter.filters["sector"].label), _most_first(shown))


def _meetings(commitment_filter: CommitmentFilter) -> tuple[Facet, Facet]:
    """Series and summits, from one count by summit."""
    counts = _by_summit(commitment_filter.without("series", "summit"))
    chosen = {summit.pk for summit in commitment_filter.values["summit"]}
    chosen_series = {series.pk for series in commitment_filter.values["series"]}
    summits = list(Summit.objects.filter(pk__in=counts.keys() | chosen).order_by("-starts_on", "code"))
    by_series: Counter[int | None] = Counter()
    for summit in summits:
        if not chosen or summit.pk in chosen:
            by_series[summit.series_id] += counts.get(summit.pk, 0)
    series = SummitSeries.objects.filter(pk__in={pk for pk in by_series if pk is not None} | chosen_series)
    return (
        _facet(
            commitment_filter,
            "series",
            _most_first(_choice(commitment_filter, "series", one.slug, one.name, by_series[one.pk]) for one in series),
        ),
        _facet(
            commitment_filter,
            "summit",
            [
                _choice(
                    commitment_filter,
                    "summit",
                    one.code,
                    one.name,
                    counts.get(one.pk, 0) if not chosen_series or one.series_id in chosen_series else 0,
                )
                for one in summits
            ],
        ),
    )


def _by_summit(queryset: CommitmentQuerySet) -> dict[int, int]:
    return dict(queryset.order_by().values_list("summit").annotate(Count("pk")))


def _has_amount(commitment_filter: CommitmentFilter) -> Facet:
    rows = Amount.objects.filter(commitment__in=commitment_filter.without("has_amount"))
    count = rows.values("commitment").distinct().count()
    return _facet(commitment_filter, "has_amount", [_yes(commitment_filter, "has_amount", count)])


def _yes(commitment_filter: CommitmentFilter, parameter: str, count: int) -> Choice:
    return _choice(commitment_filter, parameter, "1", str(commitment_filter.filters[parameter].label), count)


def _most_first(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: (-choice.count, choice.label))
