"""What holds for every request before a view sees it, and the headers that Django does not set itself."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _

type Answer = Callable[[HttpRequest], HttpResponse]

METHODS = ("GET", "HEAD", "POST")
# The API says itself which methods it takes, in JSON, and OPTIONS is one of them.
OWN_METHODS = "/api/"
# Where programs ask; the reference beside it is a page.
PROGRAMS = "/api/v1/"
# Where people are logged in. No other page looks at a session.
WITH_SESSION = ("/admin/", "/accounts/")
ACCOUNTS = "/accounts/"
BEGAN, SEEN = "began_at", "seen_at"

# Abilities of the browser that no page here uses, and so no script that slips in may use either.
_REFUSED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
)
# Passkeys are made and asked for on the pages of accounts, and nowhere else.
_PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join(f"{ability}=()" for ability in (*_REFUSED, *_PASSKEYS))
ACCOUNTS_POLICY = ", ".join([*(f"{ability}=()" for ability in _REFUSED), *(f"{one}=(self)" for one in _PASSKEYS)])


@sync_only_middleware
def permissions_policy(get_response: Answer) -> Answer:
    """Send a Permissions-Policy that refuses what the page has no use for, unless the view sent its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = ACCOUNTS_POLICY if request.path.startswith(ACCOUNTS) else PERMISSIONS_POLICY
        response.headers.setdefault("Permissions-Policy", policy)
        return response

    return middleware


@sync_only_middleware
def isolation(get_response: Answer) -> Answer:
    """Keep answers out of other sites' pages, unless the view says that they are for them, and theirs out of ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response

    return middleware


@sync_only_middleware
def encrypted_programs(get_response: Answer) -> Answer:
    """Refuse a program that asks the API in the clear (403), where pages are led to HTTPS.

    Were it led there too, it would work, and nobody would notice that all it asks is sent in the clear first (OWASP
    ASVS 5.0, 4.1.2).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(PROGRAMS) and not request.is_secure():
            return JsonResponse({"detail": _("Ask by HTTPS.")}, status=403)
        return get_response(request)

    return middleware


@sync_only_middleware
def known_methods(get_response: Answer) -> Answer:
    """Answer any method but GET, HEAD and POST with 405, before anything looks at the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in METHODS or request.path.startswith(OWN_METHODS):
            return get_response(request)
        return HttpResponseNotAllowed(METHODS)

    return middleware


@sync_only_middleware
def session_limits(get_response: Answer) -> Answer:
    """End a session in which nothing was done for SESSION_COOKIE_AGE seconds, or that began SESSION_LONGEST ago.

    That something was done is noted now and then only: reading a page is then no write.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITH_SESSION) and settings.SESSION_COOKIE_NAME in request.COOKIES:
            _hold(request)
        return get_response(request)

    return middleware


def _hold(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    if SESSION_KEY not in session:
        return
    began, seen = session.get(BEGAN, now), session.get(SEEN, 0)
    if now - began >= settings.SESSION_LONGEST or (seen and now - seen >= settings.SESSION_COOKIE_AGE):
        logout(request)
    elif now - seen >= settings.SESSION_COOKIE_AGE / 10:
        session[BEGAN], session[SEEN] = began, now
