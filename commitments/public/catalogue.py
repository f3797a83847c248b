"""The downloads as a catalogue for data portals."""

import json

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from commitments import catalogue as catalogues
from commitments.public.conditional import conditional


@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Every dataset in every form that this server writes, as DCAT 3 in JSON-LD."""
    told = catalogues.catalogue(lambda path: str(request.build_absolute_uri(path)))
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return conditional(request, content, catalogues.MEDIA_TYPE, headers={"Access-Control-Allow-Origin": "*"})
