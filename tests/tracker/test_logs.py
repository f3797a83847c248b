"""Log lines tell what happened, and nothing of who asked nor for what."""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextvars import Context

import pytest
from django.test import Client, RequestFactory

from tracker.logs import JsonFormatter, PlainFormatter, request_id, without_personal_data

PERSONAL = {
    "from 203.0.113.7:": "from [address]:",
    "from 2001:db8::42 and ::1": "from [address] and [address]",
    "to a.reader@example.org,": "to [e-mail],",
    "at /commitments/?q=asylum&country=KZ now": "at /commitments/?[left out] now",
    "refused\nDETAIL:  Key (email)=(a@b.example) already exists.\nend": "refused\nDETAIL: [left out]\nend",
}
HARMLESS = ("at 12:34:56 on 2026-11-25", "version 6.1.3", "Django 6.1", "commitments::text", "a: b", "0.1.0")


@pytest.mark.parametrize(("said", "kept"), PERSONAL.items())
def test_it_takes_out_what_may_be_somebodys(said: str, kept: str) -> None:
    assert without_personal_data(said) == kept


@pytest.mark.parametrize("said", HARMLESS)
def test_it_leaves_the_rest(said: str) -> None:
    assert without_personal_data(said) == said


@pytest.mark.parametrize("long", ["a" * 40_000, "?" * 40_000, "?a" * 20_000], ids=["word", "marks", "queries"])
def test_a_long_word_holds_nobody_up(long: str) -> None:
    begun = time.perf_counter()

    assert without_personal_data(f"{long} to a.reader@example.org") == f"{long} to [e-mail]"
    # A hundredth of that when each word is gone through once; seconds when it is from each of its letters.
    assert time.perf_counter() - begun < 1


def record(message: str, *arguments: object, name: str = "tracker", **extra: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": name, "levelname": "ERROR", "msg": message, "args": arguments})
    made.__dict__.update(extra)
    return made


@pytest.fixture
def _in_a_request() -> Iterator[None]:
    token = request_id.set("0123456789abcdef")
    yield
    request_id.reset(token)


@pytest.mark.usefixtures("_in_a_request")
def test_a_line_is_one_json_object_with_the_request_it_belongs_to() -> None:
    line = JsonFormatter().format(record("Sent to %s\nand gone", "a@example.org", status=200, route="/about/"))

    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "ERROR",
        "logger": "tracker",
        "message": "Sent to [e-mail]\nand gone",
        "request_id": "0123456789abcdef",
        "status": 200,
        "route": "/about/",
    }


def test_a_line_outside_of_a_request_has_none() -> None:
    line = Context().run(JsonFormatter().format, record("Started"))

    assert "request_id" not in json.loads(line)


def test_django_names_the_route_and_not_the_address() -> None:
    request = RequestFactory().get("/follow/a-token-of-one-person/")
    said = record("Not Found: %s", request.path, name="django.request", request=request, status_code=404)

    for formatter in (JsonFormatter(), PlainFormatter("{message}", style="{")):
        assert "token" not in formatter.format(said)
        assert "404" in formatter.format(said)


@pytest.mark.parametrize(
    ("message", "arguments", "said"),
    [
        ("Listening at: %s (%s)", ("http://10.0.0.5:8101", 7), "Listening at: http://10.0.0.5:8101 (7)"),
        ("Listening at: %s", ("http://[::1]:8101",), "Listening at: http://[::1]:8101"),
        ("Connection in use: %s", ("('127.0.0.1', 8101)",), "Connection in use: ('127.0.0.1', 8101)"),
        ("Can't connect to %s", ("('127.0.0.1', 8101)",), "Can't connect to ('127.0.0.1', 8101)"),
        # Who asks is not told, whatever they write.
        (
            "Invalid request from ip=203.0.113.7: Listening at: x",
            (),
            "Invalid request from ip=[address]: Listening at: x",
        ),
        ("%s", ("Listening at: 203.0.113.7",), "Listening at: [address]"),
    ],
)
def test_the_server_says_where_it_listens_and_not_who_asks(
    message: str, arguments: tuple[object, ...], said: str
) -> None:
    line = record(message, *arguments, name="gunicorn.error")

    assert json.loads(JsonFormatter().format(line))["message"] == said
    assert PlainFormatter("{message}", style="{").format(line) == said
    if message.startswith("Listening"):
        assert "[address]" in PlainFormatter("{message}", style="{").format(record(message, *arguments))


def test_an_exception_is_told_without_the_values_in_it() -> None:
    try:
        raise ValueError("a@example.org came from 203.0.113.7")
    except ValueError:
        said = record("Failed", exc_info=sys.exc_info())

    for formatter in (JsonFormatter(), PlainFormatter("{message}", style="{")):
        line = formatter.format(said)
        assert "ValueError: [e-mail] came from [address]" in line
        assert "test_logs.py" in line


@pytest.mark.django_db
def test_every_request_has_a_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="tracker.requests"):
        client.get("/about/?q=secret", HTTP_X_REQUEST_ID="a-number-of-its-own")
        client.get("/nowhere/secret/")

    found, missed = (one for one in caplog.records if one.name == "tracker.requests")
    assert (found.getMessage(), missed.getMessage()) == ("GET 200 /about/", "GET 404 no such address")
    assert found.__dict__["duration_ms"] > 0
