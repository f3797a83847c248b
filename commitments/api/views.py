"""Every address of the API: read only, in JSON, for any site's scripts, with an ETag."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from commitments.api import pages
from commitments.api.asked import OF_A_LIST, OF_A_PAGE, OF_A_RECORD, Asked, read
from commitments.api.collections import COLLECTIONS, Collection
from commitments.api.operations import Operation, TableSchema, of_facets, of_list, of_one
from commitments.api.problems import Gone
from commitments.codelists import Publication
from commitments.counts import counted
from commitments.exports import lists
from commitments.exports.cells import plain
from commitments.exports.column import Context
from commitments.exports.shape import Shape, chunk
from commitments.facets import Choice, facets
from commitments.limits import seconds_to_wait
from commitments.models import Commitment
from commitments.site import site_of

METHODS = "GET, HEAD, OPTIONS"
MINUTE = 60
# Any site's scripts may read: there is nobody to be logged in, and nothing to change.
_FOR_SCRIPTS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class AddressThrottle(BaseThrottle):
    """So many requests a minute from one network address (`limits`)."""

    wait_for = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        most: int = settings.API_REQUESTS_PER_MINUTE
        self.wait_for = seconds_to_wait(request._request, what="api", most=most, within=MINUTE)
        return not self.wait_for

    def wait(self) -> float:
        return self.wait_for


class ReadView(APIView):
    """What all have in common. `operation` describes it for the OpenAPI document; None leaves it out."""

    http_method_names = ["get", "head", "options"]
    throttle_classes = [AddressThrottle]
    schema = TableSchema()

    def operation(self) -> Operation | None:
        return None

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before a script of another site may read."""
        return Response(status=204, headers={**_PREFLIGHT, "Allow": METHODS})

    def finalize_response(self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any) -> Response:
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in _FOR_SCRIPTS.items():
            final[name] = value
        if final.status_code == 200:
            final["Cache-Control"] = "no-cache"
            final.add_post_render_callback(lambda rendered: _unless_known(request._request, rendered))
        return final


def _unless_known(request: HttpRequest, response: Response) -> HttpResponseBase | None:
    """304 in place of what the client has already."""
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is response or answer is None:
        return None
    for name, value in _FOR_SCRIPTS.items():
        answer[name] = value
    return answer


def context_of(request: Request, asked: Asked) -> Context:
    return lists.context_of(asked.filter, site_of(request))


def rows(shape: Shape, keys: Any, context: Context, fields: frozenset[str]) -> list[dict[str, Any]]:
    """The rows of these records as JSON has them, with these fields."""
    found = chunk(shape, keys, context, columns=shape.named(fields))
    return [{name: plain(cell) for name, cell in row.items()} for row in found.objects]


class ListView(ReadView):
    """A page of a collection."""

    collection: Collection = COLLECTIONS[0]

    def operation(self) -> Operation:
        return of_list(self.collection)

    def get(self, request: Request) -> Response:
        shape = self.collection.shape
        fields = frozenset(column.name for column in shape.columns)
        asked = read(request.GET, takes=(*self.collection.takes, *OF_A_PAGE), fields=fields)
        queryset = self.collection.queryset(asked)
        page = pages.page(queryset, asked)
        return Response(
            {
                "count": queryset.count(),
                "next": _link(request, page.next),
                "previous": _link(request, page.previous),
                "results": rows(shape, page.keys, context_of(request, asked), asked.fields),
            }
        )


def _link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))


class RecordView(ReadView):
    """One record by the name that never changes, with what belongs to it."""

    collection: Collection = COLLECTIONS[0]

    def operation(self) -> Operation:
        return of_one(self.collection)

    def get(self, request: Request, key: str) -> Response:
        collection, nested = self.collection, self.collection.nested
        fields = {*(column.name for column in collection.shape.columns), *(one.name for one in nested)}
        asked = read(request.GET, takes=OF_A_RECORD if collection.takes else OF_A_RECORD[-1:], fields=fields)
        context = context_of(request, asked)
        assert collection.one is not None
        pk = collection.one(key, asked).values_list("pk", flat=True).first()
        if pk is None:
            return self.missing(request, key)
        found = rows(collection.shape, [pk], context, asked.fields)
        if not found:
            raise NotFound
        for one in nested:
            if one.name in asked.fields:
                keys = list(one.queryset(pk, asked).order_by("pk").values_list("pk", flat=True))
                found[0][one.name] = rows(one.shape, keys, context, frozenset(c.name for c in one.shape.columns))
        return Response(found[0])

    def missing(self, request: Request, key: str) -> Response:
        """A commitment that was merged leads to the other; one that was retracted is gone."""
        if self.collection.key != "code" or self.collection.name != "commitments":
            raise NotFound
        if Commitment.objects.filter(code=key, publication=Publication.RETRACTED, published_at__isnull=False).exists():
            raise Gone
        found = Commitment.objects.in_place_of(key).first()
        if found is None:
            raise NotFound
        address = reverse("api-commitments-one", args=[found.code], query=request.GET or None)
        # A merge can be undone: whoever keeps the redirect asks again after an hour.
        headers = {"Location": request.build_absolute_uri(address), "Cache-Control": "public, max-age=3600"}
        detail = _("Merged into %(code)s.") % {"code": found.code}
        return Response({"detail": detail}, status=301, headers=headers)


class FacetsView(ReadView):
    """How many commitments every choice of every filter would give."""

    def operation(self) -> Operation:
        return of_facets()

    def get(self, request: Request) -> Response:
        asked = read(request.GET, takes=OF_A_LIST, fields=())
        counts = counted(asked.filter)
        found = [
            {"parameter": facet.parameter, "label": facet.label, "choices": [_choice(one) for one in facet.choices]}
            for facet in facets(asked.filter, counts, folds=False)
        ]
        return Response({"count": counts.total, "facets": found})


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "value": choice.value,
        "label": choice.label,
        "count": choice.count,
        "selected": choice.selected,
        "choices": [_choice(child) for child in choice.children],
    }


class RootView(ReadView):
    """Where everything is."""

    def get(self, request: Request) -> Response:
        read(request.GET, takes=(), fields=())
        names = [*(f"api-{collection.name}" for collection in COLLECTIONS), "api-facets", "api-openapi"]
        return Response({name.removeprefix("api-"): request.build_absolute_uri(reverse(name)) for name in names})


class NowhereView(ReadView):
    """Every other address below: 404 in JSON too."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise NotFound
