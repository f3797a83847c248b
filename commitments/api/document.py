"""The OpenAPI document of the API."""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.asked import read
from commitments.api.operations import components
from commitments.api.views import ReadView
from commitments.exports.about import LICENCE
from commitments.exports.columns import SHAPES

VERSION = "1.0.0"


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole, made once: nothing in it depends on what the database holds."""
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    name, _comma, url = LICENCE.partition(", ")
    return {
        **made,
        "openapi": "3.1.0",
        "info": {
            "title": _("Commitments made at summits"),
            "version": VERSION,
            "description": _("Read only, without a key. Every list takes a cursor; nothing unknown is ignored."),
            "license": {"name": name, "url": url},
        },
        "servers": [{"url": "/"}],
        "components": {"schemas": components(SHAPES)},
    }


class OpenApiView(ReadView):
    """The document itself."""

    def get(self, request: Request) -> Response:
        read(request.GET, takes=(), fields=())
        return Response(document())
