"""How long others may keep what this site answers: browsers, proxies, networks that deliver copies.

Readers' pages are the same for everybody. A shared cache keeps one for ten seconds and may give the old one for half a
minute while it asks for a new one, or for a day while this site answers nothing. A browser asks each time. What is
gone or never was may be kept as long, so that it takes the place of the page that was there. Nothing is kept by others
that depends on who asks: where a session's cookie came along, where a cookie is set, where a form was sent.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_cache_control
from django.utils.decorators import sync_only_middleware

FRESH, WHILE_ASKING, WHILE_DOWN = 10, 30, 86_400
SHARED = f"s-maxage={FRESH}, stale-while-revalidate={WHILE_ASKING}, stale-if-error={WHILE_DOWN}"
PUBLIC = f"public, max-age=0, {SHARED}"
PRIVATE = "private, no-store"
KEPT = frozenset({200, 301, 304, 404, 410})


@sync_only_middleware
def caching(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say with every answer who may keep it. What a view says of its own stays, unless the answer is somebody's own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Files with a hash in their name, which WhiteNoise lets anybody keep for ever.
        if not request.path_info.startswith(settings.STATIC_URL):
            _say(request, response)
        return response

    return middleware


def _say(request: HttpRequest, response: HttpResponse) -> None:
    said = response.get("Cache-Control", "")
    if response.cookies or has_vary_header(response, "Cookie"):
        if "no-store" not in said:
            response["Cache-Control"] = PRIVATE
    elif not said:
        response["Cache-Control"] = PUBLIC if _may_be_kept(request, response) else PRIVATE
    elif "public" in said and "immutable" not in said and "s-maxage" not in said:
        # Browsers may keep it longer than a shared cache: of that one every reader would have the old one.
        patch_cache_control(response, s_maxage=FRESH, stale_while_revalidate=WHILE_ASKING, stale_if_error=WHILE_DOWN)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in ("GET", "HEAD") and response.status_code in KEPT and not is_signed_in
