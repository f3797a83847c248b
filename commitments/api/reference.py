"""The page that documents the API, made of its OpenAPI document."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.api.asked import MOST, read
from commitments.api.collections import COLLECTIONS, Collection
from commitments.api.document import document
from commitments.api.views import rows
from commitments.exports.columns import SHAPES
from commitments.exports.lists import context_of
from commitments.filters import CommitmentFilter
from commitments.site import site_of


@dataclass(frozen=True)
class Endpoint:
    """One address: what it gives, by which parameters, and requests to try."""

    anchor: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    takes_those_of_the_list: bool
    responses: dict[str, Any]
    examples: list[str]


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its parameters, its answers and examples, and every field of every row."""
    made, site = document(), site_of(request)
    names = _names(site)
    return render(
        request,
        "public/api.html",
        {
            "endpoints": [_endpoint(path, operation["get"], site, names) for path, operation in made["paths"].items()],
            "shapes": SHAPES,
            "version": made["info"]["version"],
            "most": MOST,
            "a_minute": settings.API_REQUESTS_PER_MINUTE,
            "listed": [name for name in CommitmentFilter.base_filters if name != "sort"],
        },
    )


def _endpoint(path: str, operation: dict[str, Any], site: str, names: dict[str, str]) -> Endpoint:
    collection = path.removeprefix("/api/v1/").partition("/")[0]
    examples = [
        f"curl '{site}{example.format(key=names.get(collection))}'"
        for example in operation["x-examples"]
        # An empty site has no record to show.
        if "{key}" not in example or collection in names
    ]
    return Endpoint(
        anchor=operation["operationId"].replace("_", "-"),
        path=path,
        summary=operation["summary"],
        # Those of the list are explained once.
        parameters=[one for one in operation["parameters"] if one["name"] not in CommitmentFilter.base_filters],
        takes_those_of_the_list="country" in {one["name"] for one in operation["parameters"]},
        responses=operation["responses"],
        examples=examples,
    )


def _names(site: str) -> dict[str, str]:
    """By collection, the name of a record that the site holds."""
    found = {}
    for collection in COLLECTIONS:
        name = _name(collection, site) if collection.one else None
        if name is not None:
            found[collection.name] = name
    return found


def _name(collection: Collection, site: str) -> str | None:
    asked = read(QueryDict(), takes=(), fields=())
    keys = list(collection.queryset(asked).order_by("pk").values_list("pk", flat=True)[:1])
    shown = rows(collection.shape, keys, context_of(asked.filter, site), frozenset({collection.key})) if keys else []
    return str(shown[0][collection.key]) if shown else None
