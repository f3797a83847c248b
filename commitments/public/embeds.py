"""What other sites show of this one in a frame: the status of a commitment, the first rows of a list. No script."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from commitments.counts import counted
from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.public.errors import not_public
from commitments.public.moved import in_capitals
from commitments.public.narrowing import split
from commitments.public.pagination import first_rows
from commitments.public.tallies import looking_from
from commitments.standing import row_flags
from commitments.timetravel import as_they_stood, at

# A frame is small; whoever wants more follows the link.
MOST_ROWS = 8
# Only pages of this module may be framed, by anybody; they load a stylesheet of this site and nothing else.
POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],
}
CACHE_CONTROL = "public, max-age=900"


def _framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """May stand in a frame of another site."""
    return require_safe(xframe_options_exempt(csp_override(POLICY)(view)))


@_framed
@in_capitals("code")
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """Where one commitment stands: as of today, or of the day that the query names."""
    looking = looking_from(request)
    moment = looking["moment"]
    found = at(Commitment.objects.published(), moment).for_list().filter(code=code).first()
    if found is None:
        return not_public(request, code, page="embed")
    as_they_stood([found], moment)
    flags = row_flags(found, today=looking["today"])
    return _page(request, "public/embed/card.html", {**looking, "commitment": found, "flags": flags})


@_framed
def embed_list(request: HttpRequest) -> HttpResponse:
    """The first rows of the list that the query asks for."""
    query, _page_number = split(request.GET, "page")
    asked = CommitmentFilter(query, today=timezone.localdate())
    counts = counted(asked)
    rows = first_rows(asked, MOST_ROWS, counts)
    context = {
        "filter": asked,
        "moment": asked.moment,
        "today": asked.day,
        "rows": rows,
        "total": counts.total,
        "list_address": request.build_absolute_uri(f"{reverse('commitments')}{asked.query}"),
    }
    return _page(request, "public/embed/list.html", context)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response["Cache-Control"] = CACHE_CONTROL
    return response
