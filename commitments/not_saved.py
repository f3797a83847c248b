"""A form that was sent and could not be saved: a page that says so, and shows what was typed, to be copied."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
INSUFFICIENT_STORAGE = 507
RETRY_AFTER = 300
# Nobody reads these back on a screen.
SECRET = ("password", "token", "secret")
# Codes of a second factor; elsewhere it is what a record is called.
ONE_TIME, ACCOUNTS = "code", "/accounts/"
HIDDEN = ("_", "csrf", "opened_with")
MOST_SHOWN = 200
# What SQLite says where the disk is full or does not do what it is told, and PostgreSQL's codes for the same.
SQLITE = ("database or disk is full", "disk i/o error")
POSTGRESQL = ("53100", "58030")


def page(request: HttpRequest, template: str, status: int, *, retry_after: int = RETRY_AFTER) -> HttpResponse:
    """The page, made without the database."""
    headers = {"Retry-After": str(retry_after), "Cache-Control": "no-store"}
    # Without the request: what pages are told of it may ask the database who is signed in.
    content = render_to_string(template, {"typed": typed(request), "minutes": -(-retry_after // 60)})
    return HttpResponse(content, status=status, headers=headers)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What people wrote into the form, by the names of its fields: not its hidden matters, nor secrets."""
    secret = (*SECRET, ONE_TIME) if request.path.startswith(ACCOUNTS) else SECRET
    fields = [
        (name, text)
        for name, texts in request.POST.lists()
        if not name.startswith(HIDDEN) and not any(word in name for word in secret)
        for text in texts
        if text.strip()
    ]
    return fields[:MOST_SHOWN]


def is_of_the_disk(error: BaseException | None) -> bool:
    """Whether the database says that its disk is full, or does not keep what is written to it."""
    while error is not None:
        if isinstance(error, DatabaseError) and str(error).lower().startswith(SQLITE):
            return True
        if getattr(error, "sqlstate", None) in POSTGRESQL:
            return True
        error = error.__cause__
    return False


class NotSaved:
    """Middleware: a write that the disk refused is answered with 507 and what was typed. Its transaction is undone."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, where a write failed for the disk; nothing where the fault is another."""
        if request.method in SAFE or not is_of_the_disk(exception):
            return None
        logger.critical("The disk refused a write: %s", exception)
        return page(request, "507.html", INSUFFICIENT_STORAGE)
