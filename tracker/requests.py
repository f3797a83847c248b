"""Every request has a number of its own, a line in the log, and counts in the metrics."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

from tracker import metrics
from tracker.logs import request_id, route_of

HEADER = "X-Request-ID"
# Not by `request.headers`, which is made of all of them: much beside what a kept page takes.
_SENT = "HTTP_X_REQUEST_ID"
# As proxies make them. Whatever else is sent would be written to the log, and sent back.
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})

_log = logging.getLogger("tracker.requests")


def _number(request: HttpRequest) -> str:
    sent = request.META.get(_SENT, "")
    return sent if _WELL_FORMED.fullmatch(sent) else secrets.token_hex(16)


@sync_only_middleware
def requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give the request a number, unless the proxy gave it one; log and count its answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = _number(request)
        request_id.set(number)
        begun = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - begun
        response[HEADER] = number
        # Others would fill log and metrics with names of their own.
        method = request.method if request.method in METHODS else "OTHER"
        route = route_of(request)
        metrics.count(method=method, route=route, status=response.status_code, seconds=seconds)
        fields = {
            "method": method,
            "route": route,
            "status": response.status_code,
            "duration_ms": round(seconds * 1000, 1),
        }
        _log.info("%s %s %s", method, response.status_code, route or "no such address", extra=fields)
        return response

    return middleware
