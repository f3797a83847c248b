"""How many commitments each choice of each filter would give, counted with all the other filters on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import Coalesce

from commitments.codelists import STATUSES_BY_GROUP, DefinedChoices, Role, StatusGroup
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

    @property
    def selected(self) -> bool:
        """Whether any of its choices is in force."""
        return any(choice.selected or any(child.selected for child in choice.children) for choice in self.choices)


def facets(commitment_filter: CommitmentFilter) -> list[Facet]:
    """Every facet of the list, each counted in a fixed number of queries."""
    found = [
        _status_groups(commitment_filter),
        _codes(commitment_filter, "status"),
        _countries(commitment_filter),
        _roles(commitment_filter),
        _sectors(commitment_filter),
        _series(commitment_filter),
        _summits(commitment_filter),
        *(_codes(commitment_filter, parameter) for parameter in ("kind", "strength", "novelty")),
        _overdue(commitment_filter),
        _has_amount(commitment_filter),
        _topics(commitment_filter),
    ]
    return [facet for facet in found if facet.choices]


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
    selected = any(part[:2] == (parameter, value) for part in commitment_filter.parts)
    pair = (parameter, value)
    query = commitment_filter.query_with(remove=pair) if selected else commitment_filter.query_with(add=pair)
    kept = [child for child in children if child.count or child.selected]
    return Choice(value, label, count, selected, query or "?", definition, kept)


def count_codes(queryset: CommitmentQuerySet, column: str) -> dict[str, int]:
    """How many of these commitments have each code in a column."""
    return dict(queryset.order_by().values_list(column).annotate(Count("pk")))


def _codes(commitment_filter: CommitmentFilter, parameter: str) -> Facet:
    codelist: type[DefinedChoices] = CODELISTS_BY_PARAMETER[parameter]
    counts = count_codes(commitment_filter.without(parameter), commitment_filter.column(parameter))
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


def _status_groups(commitment_filter: CommitmentFilter) -> Facet:
    counts = count_codes(commitment_filter.without("status_group"), commitment_filter.column("status"))
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
    if commitment_filter.values["role"]:
        rows = rows.filter(role=commitment_filter.values["role"])
    counts = dict(rows.order_by().values_list("country").annotate(Count("commitment", distinct=True)))
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
    by_sector = dict(rows.values_list("sector").annotate(Count("commitment", distinct=True)))
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


def _series(commitment_filter: CommitmentFilter) -> Facet:
    rows = commitment_filter.without("series").order_by().values_list("summit__series").annotate(Count("pk"))
    counts = dict(rows)
    choices = [
        _choice(commitment_filter, "series", series.slug, series.name, counts.get(series.pk, 0))
        for series in SummitSeries.objects.filter(pk__in=_known(counts, commitment_filter.values["series"]))
    ]
    return _facet(commitment_filter, "series", _most_first(choices))


def _summits(commitment_filter: CommitmentFilter) -> Facet:
    rows = commitment_filter.without("summit").order_by().values_list("summit").annotate(Count("pk"))
    counts = dict(rows)
    summits = Summit.objects.filter(pk__in=_known(counts, commitment_filter.values["summit"]))
    choices = [
        _choice(commitment_filter, "summit", summit.code, summit.name, counts.get(summit.pk, 0))
        for summit in summits.order_by("-starts_on", "code")
    ]
    return _facet(commitment_filter, "summit", choices)


def _known(counts: Mapping[int | None, int], selected: Iterable[Summit | SummitSeries]) -> set[int]:
    return {pk for pk in counts if pk is not None} | {record.pk for record in selected}


def _overdue(commitment_filter: CommitmentFilter) -> Facet:
    others = commitment_filter.without("overdue")
    count = others.overdue(commitment_filter.day, status=commitment_filter.column("status")).count()
    return _facet(commitment_filter, "overdue", [_yes(commitment_filter, "overdue", count)])


def _has_amount(commitment_filter: CommitmentFilter) -> Facet:
    rows = Amount.objects.filter(commitment__in=commitment_filter.without("has_amount"))
    count = rows.values("commitment").distinct().count()
    return _facet(commitment_filter, "has_amount", [_yes(commitment_filter, "has_amount", count)])


def _topics(commitment_filter: CommitmentFilter) -> Facet:
    """How many there would be with the topics shown too."""
    count = commitment_filter.with_topics().count()
    return _facet(commitment_filter, "topics", [_yes(commitment_filter, "topics", count)])


def _yes(commitment_filter: CommitmentFilter, parameter: str, count: int) -> Choice:
    return _choice(commitment_filter, parameter, "1", str(commitment_filter.filters[parameter].label), count)


def _most_first(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: (-choice.count, choice.label))
