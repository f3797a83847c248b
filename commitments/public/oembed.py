"""The oEmbed provider (oembed.com): given an address of this site, the frame that shows it elsewhere."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape  # nosec B406 # it writes XML

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments import cards
from commitments.characters import allowed
from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.public.errors import retracted

WIDTH, NARROWEST = 480, 240
CARD_HEIGHT, LIST_HEIGHT = 280, 680
CACHE_FOR = 3600


@dataclass(frozen=True)
class Frame:
    """A frame for another site: its address, what it is called, its size, and the card of its commitment, if any."""

    address: str
    title: str
    height: int
    width: int = WIDTH
    picture: str = ""

    @property
    def html(self) -> str:
        """The element to copy."""
        return format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
            self.address,
            self.width,
            self.height,
            self.title,
        )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The frame of the address in `url`, as JSON or XML; 404 for what has none, 501 for another format."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _no(501, _("There is JSON and XML."))
    width, height = _most(request, "maxwidth"), _most(request, "maxheight")
    if width is None or height is None:
        return _no(400, _("maxwidth and maxheight are numbers of pixels."))
    address = request.GET.get("url", "")
    if not address:
        return _no(400, _("Say of which address: url=…"))
    found = _found(request, address)
    if isinstance(found, HttpResponse):
        return found
    said = _said(request, found, width, height)
    content = json.dumps(said, ensure_ascii=False) if form == "json" else _xml(said)
    kind = "application/json" if form == "json" else "text/xml; charset=utf-8"
    # Read by scripts of other sites.
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": f"public, max-age={CACHE_FOR}"}
    return HttpResponse(content, content_type=kind, headers=headers)


def frame_of_commitment(request: HttpRequest, commitment: Commitment, query: str = "") -> Frame:
    """The status card of a commitment."""
    return Frame(
        address=request.build_absolute_uri(f"{reverse('embed', args=[commitment.code])}{query}"),
        title=f"{commitment.code}: {commitment.title}",
        height=CARD_HEIGHT,
        picture=request.build_absolute_uri(f"{reverse('card', args=[commitment.code])}{query}"),
    )


def frame_of_list(request: HttpRequest, asked: CommitmentFilter) -> Frame:
    """The first rows of a list."""
    address = request.build_absolute_uri(f"{reverse('embed_list')}{asked.query}")
    return Frame(address=address, title=asked.subject, height=LIST_HEIGHT)


def _found(request: HttpRequest, address: str) -> Frame | HttpResponse:
    """The frame of an address, or the answer of its page where that was retracted or merged. Else `Http404`."""
    match, query = _resolved(request, address)
    asked = CommitmentFilter(query, today=timezone.localdate())
    if match and match.url_name == "commitments":
        return frame_of_list(request, asked)
    if match and match.url_name == "commitment":
        return _of_commitment(request, match.kwargs["code"].upper(), asked)
    raise Http404


def _resolved(request: HttpRequest, address: str) -> tuple[ResolverMatch | None, QueryDict]:
    """What the address leads to on this site, and its query; nothing where it is another site's, or none."""
    try:
        parts = urlsplit(address)
        if _is_ours(request, parts.scheme, parts.netloc):
            return resolve(parts.path), QueryDict(parts.query)
    except (ValueError, Resolver404):
        pass
    return None, QueryDict()


def _of_commitment(request: HttpRequest, code: str, asked: CommitmentFilter) -> Frame | HttpResponse:
    found = Commitment.objects.published().filter(code=code).first()
    if found is not None:
        days = QueryDict(mutable=True)
        days.update(asked.moment.parameters)
        return frame_of_commitment(request, found, f"?{days.urlencode()}" if days else "")
    into = Commitment.objects.in_place_of(code).first()
    if into is None:
        return retracted(request, code)
    query = request.GET.copy()
    query["url"] = request.build_absolute_uri(into.get_absolute_url())
    return redirect(f"{request.path}?{query.urlencode()}", permanent=True)


def _is_ours(request: HttpRequest, scheme: str, host: str) -> bool:
    ours = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
    return scheme in ("http", "https") and host.lower() in ours


def _most(request: HttpRequest, name: str) -> int | None:
    """The most pixels that the other site has room for; a great many where it says nothing, None for no number."""
    text = request.GET.get(name, "9999")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 5 and int(text) else None


def _said(request: HttpRequest, frame: Frame, width: int, height: int) -> dict[str, Any]:
    """The rich type: no larger than the other site has room for."""
    fitted = Frame(frame.address, frame.title, min(frame.height, height), min(frame.width, width), frame.picture)
    said: dict[str, Any] = {
        "type": "rich",
        "version": "1.0",
        "title": fitted.title,
        "provider_name": _("Commitment tracker"),
        "provider_url": request.build_absolute_uri(reverse("home")),
        "cache_age": CACHE_FOR,
        "html": fitted.html,
        "width": fitted.width,
        "height": fitted.height,
    }
    # A thumbnail is no larger than that either; ours has one size.
    if fitted.picture and width >= cards.WIDTH and height >= cards.HEIGHT:
        said |= {
            "thumbnail_url": fitted.picture,
            "thumbnail_width": cards.WIDTH,
            "thumbnail_height": cards.HEIGHT,
        }
    return said


def _xml(said: dict[str, Any]) -> str:
    elements = "".join(f"<{name}>{escape(allowed(str(value)))}</{name}>" for name, value in said.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{elements}</oembed>\n'


def _no(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
