"""Countries on a map, coloured by a figure, and the table behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments.charts.maps import MAPS, Land, Painted, Step, land, painted, steps
from commitments.codelists import Role, Status, StatusGroup
from commitments.counts import counted
from commitments.filters import CommitmentFilter, Ignored
from commitments.models import Party
from commitments.public.asked import tidied
from commitments.public.narrowing import Narrowing, controls, no_such, repeated, split


@dataclass(frozen=True)
class Figure:
    """A number for every country: which commitments it counts, by the parameter of the list that finds them."""

    label: str | Promise
    definition: str | Promise
    parameter: str = ""
    value: str = ""


# Both sides of a promise, unless the reader asks for a role.
FIGURES: dict[str, Figure] = {
    "commitments": Figure(
        gettext_lazy("Commitments"),
        gettext_lazy("Commitments that a country is party to in any role, itself or through a bloc or body."),
    ),
    "made": Figure(
        gettext_lazy("Made"),
        gettext_lazy("Commitments that a country made, itself or through a bloc or body."),
        "role",
        Role.MAKER,
    ),
    "open": Figure(
        gettext_lazy("Open"),
        gettext_lazy("Those it is party to that are not started, in progress, stalled or partially delivered."),
        "status_group",
        StatusGroup.OPEN,
    ),
    "delivered": Figure(
        gettext_lazy("Delivered"),
        gettext_lazy("Those it is party to that were done as promised, verified by a source."),
        "status",
        Status.DELIVERED,
    ),
    "not_delivered": Figure(
        gettext_lazy("Not delivered"),
        gettext_lazy("Those it is party to whose deadline passed without their being done."),
        "status",
        Status.NOT_DELIVERED,
    ),
    "overdue": Figure(
        gettext_lazy("Overdue"),
        gettext_lazy("Those it is party to whose due date has ended and which are not settled."),
        "overdue",
        "1",
    ),
    "not_assessed": Figure(
        gettext_lazy("Not assessed"),
        gettext_lazy("Those it is party to of which no published entry supports a status. That is no verdict."),
        "status",
        Status.NOT_ASSESSED,
    ),
}
DEFAULT_FIGURE = "commitments"
NAMES = {"central_asia": gettext_lazy("Central Asia and its neighbours"), "world": gettext_lazy("The world")}


@dataclass(frozen=True)
class Row:
    """A country with its figure, and the query string of the list that it counts."""

    country: Party
    value: int
    query: str


@dataclass(frozen=True)
class Place:
    """A shape on the map and the row behind it; None for a shape of no country that we hold."""

    painted: Painted
    row: Row | None


@dataclass(frozen=True)
class Sheet:
    """One of the maps."""

    slug: str
    name: str | Promise
    land: Land
    places: Sequence[Place]


@require_safe
def countries_map(request: HttpRequest) -> HttpResponse:
    """Every country with the chosen figure, among the commitments that the query asks for."""
    tidy = tidied(request)
    if tidy is not None:
        return tidy
    query, own = split(request.GET, "figure", "country", "role")
    slug = own.get("figure", DEFAULT_FIGURE)
    figure = FIGURES.get(slug, FIGURES[DEFAULT_FIGURE])
    ignored = _set_aside(query, own, figure)
    slug = slug if slug in FIGURES else DEFAULT_FIGURE
    today = timezone.localdate()
    listed = CommitmentFilter(query, today=today)
    narrowed = CommitmentFilter(_with_figure(query, figure), today=today)
    rows = _rows(narrowed, figure)
    found = steps([row.value for row in rows])
    narrowing = Narrowing(
        listed,
        own=[("figure", slug)],
        ignored=[*ignored, *repeated(request.GET, "figure"), *listed.ignored],
        controls=controls(listed, "sector", *([] if figure.parameter == "status" else ["status"])),
    )
    return render(
        request,
        "public/map.html",
        {
            "today": listed.day,
            "moment": listed.moment,
            "filter": listed,
            "narrowing": narrowing,
            "back_query": narrowing.back_query,
            "figure": figure,
            "figures": [(key, one.label, key == slug) for key, one in FIGURES.items()],
            "counted": sorted((row for row in rows if row.value), key=lambda row: (-row.value, row.country.local_name)),
            "without": sum(not row.value for row in rows),
            "steps": found,
            "sheets": [Sheet(name, NAMES[name], land(name), _places(land(name), rows, found)) for name in MAPS],
        },
    )


def _set_aside(query: QueryDict, own: Mapping[str, str], figure: Figure) -> list[Ignored]:
    """What cannot narrow a map, taken out of the query, each with the reason."""
    ignored = []
    if own.get("figure", DEFAULT_FIGURE) not in FIGURES:
        ignored.append(no_such("figure", own["figure"], FIGURES))
    if "country" in own:
        reason = _("The map shows every country; the number of each leads to its list.")
        ignored.append(Ignored("country", own["country"], reason))
    if "role" in own:
        ignored.append(Ignored("role", own["role"], _("The map counts all roles; the figure “Made” counts makers.")))
    if figure.parameter in query:
        reason = _("The figure chosen says it already.")
        ignored += [Ignored(figure.parameter, value, reason) for value in query.pop(figure.parameter)]
    return ignored


def _with_figure(query: QueryDict, figure: Figure) -> QueryDict:
    narrowed = query.copy()
    if figure.parameter:
        narrowed[figure.parameter] = figure.value
    return narrowed


def _rows(listed: CommitmentFilter, figure: Figure) -> list[Row]:
    """Every country that we hold with its figure: as many commitments as its list has."""
    role = figure.value if figure.parameter == "role" else ""
    if role:
        by_role = counted(listed).groups("country_role")
        counts = {country: number for (country, held), number in by_role.items() if held == role}
    else:
        counts = dict(counted(listed).groups("country"))
    return [
        Row(country, counts.get(country.pk, 0), listed.query_with(add=("country", country.alpha2 or "")) + suffix)
        for suffix in [f"&role={role}" if role else ""]
        for country in Party.objects.countries()
    ]


def _places(on: Land, rows: Sequence[Row], found: Sequence[Step]) -> list[Place]:
    by_code = {row.country.alpha2 or "": row for row in rows}
    values = {code: row.value for code, row in by_code.items()}
    return [Place(one, by_code.get(one.shape.code)) for one in painted(on, values, found)]
