"""Pages that are made once and answered from the cache until anything the public reads changes.

The state of the record (`marks.py`) is part of the key under which a page is kept: after a write nobody finds what was
kept before it, and nothing has to be thrown away. So are the day, by which deadlines pass, the code and the settings.
Kept is only what is the same for everybody: no page of somebody signed in, with a form's key, or that sets a cookie.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connections, router
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header
from django.utils.translation import get_language

from commitments import marks
from commitments.models import Commitment

CACHE = "pages"
# A state is left behind sooner or later; what was kept of it then only takes room.
FOR = 60 * 60
# In bytes. What is longer is a file, made as it is sent.
LONGEST = 1_000_000
SAFE = ("GET", "HEAD")
# Where people are known or see what they have just sent, what tells of the server, and what counts who asks.
NOT_KEPT = ("/admin/", "/accounts/", "/follow/", "/suggestions/", "/healthz", "/readyz", "/metrics", "/api/")
# What an answer that says “not modified” leaves out.
_OF_CONTENT = frozenset({"Content-Type", "Content-Length", "Content-Language"})
_CODE = ("commitments", "templates", "tracker", "static")


@dataclass(frozen=True)
class _Page:
    content: bytes
    # With the policies, and who may keep it.
    headers: Mapping[str, str]
    route: str

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or 304 for whoever has it."""
        response = HttpResponse(self.content, headers=dict(self.headers))
        answer = get_conditional_response(request, etag=self.headers["ETag"], response=response) or response
        if answer.status_code == 304:
            for name, value in self.headers.items():
                if name not in _OF_CONTENT:
                    answer[name] = value
        return answer


class KeptPages:
    """Middleware: answers a reader's page from the cache, or keeps what the view makes of it."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.KEEP_PAGES:
            raise MiddlewareNotUsed("The settings say so.")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        using = router.db_for_read(Commitment)
        key = _looked_up(request, using)
        if key is None:
            return self.get_response(request)
        page: _Page | None = caches[CACHE].get(key)
        if page is None:
            return self._made(request, using, key)
        # For the log: its address is not looked up.
        request.kept_route = page.route  # type: ignore[attr-defined] # Django's request takes any
        return page.answer(request)

    def _made(self, request: HttpRequest, using: str, key: str) -> HttpResponseBase:
        response = self.get_response(request)
        # Where the database failed midway, another one answered, in a state of its own.
        if router.db_for_read(Commitment) != using or not _is_everybodys(request, response):
            return response
        assert isinstance(response, HttpResponse)
        content = response.content
        response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        match = request.resolver_match
        page = _Page(content, dict(response.items()), match.route if match else "")
        if request.method == "GET" and len(content) <= LONGEST:
            caches[CACHE].set(key, page, FOR)
        return page.answer(request)


def _looked_up(request: HttpRequest, using: str) -> str | None:
    """Under what the page is kept; None if it is not, or if its database does not say in which state it is."""
    connection = connections[using]
    # What a transaction sees nobody else does.
    if not _may_be_kept(request) or connection.in_atomic_block:
        return None
    try:
        return _key(request, marks.state(connection).name)
    except (OperationalError, InterfaceError):
        # The view will meet with it, and with those who know what to say of it.
        connection.close()
        return None


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method in SAFE
        # To ask one that is known to be away would only keep the reader waiting.
        and getattr(request, "has_database", True)
        # Somebody signed in, or to be told something once.
        and not request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, f"{settings.COOKIE_PREFIX}messages"}
        and not request.path_info.startswith((*NOT_KEPT, settings.STATIC_URL))
    )


def _is_everybodys(request: HttpRequest, response: HttpResponseBase) -> bool:
    said = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        # Whoever answers before there are sessions looked at none.
        and not getattr(getattr(request, "session", None), "accessed", False)
        and not has_vary_header(response, "Cookie")
        and not ("ETag" in response or "no-store" in said or "private" in said)
    )


def _key(request: HttpRequest, state: str) -> str:
    parts = (
        state,
        timezone.localdate().isoformat(),
        _version(),
        get_language(),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        # htmx asks for a part of a page.
        request.META.get("HTTP_HX_REQUEST", ""),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _version() -> str:
    """Another one for other code, templates, files or settings: nodes may share a cache, and be deployed in turn."""
    found = hashlib.sha256()
    for folder in _CODE:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg") and path.is_file():
                found.update(path.read_bytes())
    named = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    plain = {name: value for name, value in named.items() if isinstance(value, str | int | float)}
    # A policy is sent with the page, and is no plain one.
    policies = [named.get("SECURE_CSP"), named.get("SECURE_CSP_REPORT_ONLY")]
    found.update(repr((sorted(plain.items()), policies)).encode())
    return found.hexdigest()
