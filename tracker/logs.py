"""Log lines as JSON, one object a line, with the request they belong to and nothing of who asked.

Which page was asked for is said by the name of its route, for addresses hold what readers search for and tokens that
only one person has. Network addresses and e-mail addresses are taken out of every message, whoever wrote it; only where
gunicorn says at what address the server itself listens, that stays.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

# What of a record goes into the line besides time, level, logger and message.
FIELDS = ("method", "route", "status", "duration_ms", "database", "event", "account")

# From the first letter of a word alone: a long one without an @ would be gone through anew from each of its letters.
_EMAIL = re.compile(r"(?<![^\s@<>()\"',;:])[^\s@<>()\"',;:]+@[^\s@<>()\"',;:]+\.[^\s@<>()\"',;:]+")
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)")
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:)[0-9A-Fa-f:]{3,39}(?:%\w+)?(?![\w:])")
_TIME = re.compile(r"\d{1,2}:\d{2}:\d{2}")
# PostgreSQL tells the row that it refused.
_DETAIL = re.compile(r"^(DETAIL|CONTEXT|LINE \d+):.*$", re.MULTILINE)
_QUERY = re.compile(r"\?[^\s\"'<>]+")

# How gunicorn's sentences about the server's own address begin; none of them is about who asks.
_OF_THE_SERVER = ("Listening at: ", "Connection in use: ", "Invalid address: ", "connection to ", "Can't connect to ")


def without_personal_data(text: str) -> str:
    """The text with what may be somebody's address, or what somebody searched for, replaced."""
    text = _DETAIL.sub(r"\1: [left out]", text)
    # A question mark with a name and what it is said to be.
    text = _QUERY.sub(lambda found: "?[left out]" if "=" in found[0][2:] else found[0], text)
    text = _EMAIL.sub("[e-mail]", text)
    text = _IPV4.sub("[address]", text)
    return _IPV6.sub(lambda found: found[0] if _TIME.fullmatch(found[0]) else "[address]", text)


def route_of(request: Any) -> str:
    """The pattern of the address that was asked for, such as `commitments/<code:code>/`; blank if there is none."""
    match = getattr(request, "resolver_match", None)
    # A page that was kept is answered before its address is looked up, and says itself.
    route = match.route if match else getattr(request, "kept_route", None)
    return "" if route is None else f"/{route}"


class _Clean(logging.Formatter):
    """What both forms have in common: a message that names the route, not the address."""

    def said(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None and record.name.startswith("django."):
            message = f"{getattr(record, 'status_code', '')} {route_of(request) or 'no such address'}".strip()
        elif record.name == "gunicorn.error" and str(record.msg).startswith(_OF_THE_SERVER):
            return record.getMessage()
        else:
            message = record.getMessage()
        return without_personal_data(message)

    def formatException(self, ei: Any) -> str:  # noqa: N802 # logging's own name
        return without_personal_data(super().formatException(ei))


class PlainFormatter(_Clean):
    """A line for people."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 # logging's own name
        record.message = self.said(record)
        return super().formatMessage(record)


class JsonFormatter(_Clean):
    """A line for programs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.said(record),
        }
        if found := request_id.get():
            line["request_id"] = found
        line |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
