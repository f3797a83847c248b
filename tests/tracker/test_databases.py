"""Which database answers a request, and what is said when none does."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from commitments.models import Commitment
from tests.tracker.test_settings import run
from tracker import databases
from tracker.databases import PRIMARY, REPLICA, Chooser, Databases, Router, Unreachable


class Clock:
    """Seconds that pass when a test says so, and databases that are as a test says."""

    def __init__(self, **behind: float | None) -> None:
        # An alias that is not in it does not answer.
        self.behind: dict[str, float | None] = dict(behind)
        self.seconds = 0.0
        self.asked: list[str] = []

    def ask(self, alias: str) -> float | None:
        self.asked.append(alias)
        if alias not in self.behind:
            raise Unreachable(alias)
        return self.behind[alias]

    def chooser(self, *, has_replica: bool = True) -> Chooser:
        return Chooser(has_replica=has_replica, most_lag=5, ask=self.ask, now=lambda: self.seconds)


@pytest.mark.parametrize(
    ("behind", "chosen"),
    [
        ({"default": 0, "replica": 0}, REPLICA),
        ({"default": 0, "replica": 5}, REPLICA),
        ({"default": 0, "replica": 6}, PRIMARY),
        # It follows no longer: how old it is nobody knows.
        ({"default": 0, "replica": None}, PRIMARY),
        ({"default": 0}, PRIMARY),
        # Old is better than nothing.
        ({"replica": 3600}, REPLICA),
        ({"replica": None}, REPLICA),
        ({}, None),
    ],
)
def test_the_public_reads_the_copy_unless_it_is_behind(behind: dict[str, float | None], chosen: str | None) -> None:
    assert Clock(**behind).chooser().choose() == chosen


def test_without_a_copy_there_is_the_primary_or_nothing() -> None:
    clock = Clock(default=0)
    chooser = clock.chooser(has_replica=False)

    assert chooser.choose() == PRIMARY
    assert REPLICA not in clock.asked
    assert chooser.other(PRIMARY) is None
    clock.behind.clear()
    clock.seconds = 2
    assert chooser.choose() is None


def test_it_looks_once_a_second_and_again_when_a_query_has_failed() -> None:
    clock = Clock(default=0, replica=0)
    chooser = clock.chooser()
    for _ in range(10):
        chooser.choose()
    assert clock.asked == [REPLICA]

    del clock.behind["replica"]
    clock.seconds = 0.5
    assert chooser.choose() == REPLICA
    chooser.forget()
    assert chooser.choose() == PRIMARY


@pytest.fixture(autouse=True)
def _reads_from_the_primary_afterwards() -> Iterator[None]:
    token = databases._reads_from.set(PRIMARY)
    yield
    databases._reads_from.reset(token)


class Site:
    """The middleware before a view that says where it would read, and fails where a test says so."""

    def __init__(self, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, broken: set[str] | None = None) -> None:
        monkeypatch.setattr(databases, "lag", clock.ask)
        monkeypatch.setattr(connections[PRIMARY], "vendor", "postgresql")
        # No copy is there: closing it must ask nothing of it.
        monkeypatch.setattr(databases, "connections", {PRIMARY: connections[PRIMARY], REPLICA: _Closed()})
        self.broken = broken or set()
        self.middleware = Databases(self._answer, clock.chooser())

    def _view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        alias = Router().db_for_read(Commitment)
        if alias in self.broken:
            raise OperationalError("server closed the connection unexpectedly")
        return HttpResponse(alias)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        # As Django does it around a view.
        if refused := self.middleware.process_view(request, self._view, (), {}):
            return refused
        try:
            return self._view(request)
        except OperationalError as error:
            answer = self.middleware.process_exception(request, error)
            if answer is None:
                raise
            assert isinstance(answer, HttpResponse)
            return answer

    def ask(self, path: str = "/commitments/", method: str = "get", **extra: Any) -> HttpResponse:
        answer = self.middleware(getattr(RequestFactory(), method)(path, **extra))
        assert isinstance(answer, HttpResponse)
        return answer


class _Closed:
    in_atomic_block = False

    def close(self) -> None:
        """Nothing was open."""


BOTH: Mapping[str, float] = {"default": 0, "replica": 0}


@pytest.mark.django_db(transaction=True)
def test_readers_read_the_copy_and_whoever_writes_the_primary(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(Clock(**BOTH), monkeypatch)

    assert site.ask().content == b"replica"
    assert site.ask(method="head").content == b"replica"
    for own in (
        {"HTTP_COOKIE": "sessionid=abc"},
        {"path": "/admin/"},
        {"path": "/accounts/login/"},
        {"path": "/suggestions/abc/"},
        {"path": "/follow/abc/"},
        {"method": "post"},
    ):
        assert site.ask(**own).content == b"default", own
    assert Router().db_for_write(Commitment) == PRIMARY
    assert not Router().allow_migrate(REPLICA, "commitments")
    assert Router().allow_relation(Commitment(), Commitment())
    site.ask()
    with transaction.atomic():
        assert Router().db_for_read(Commitment) == PRIMARY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", [PRIMARY, REPLICA])
def test_a_read_that_fails_is_asked_of_the_other(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    behind = {"default": 0.0, "replica": 0.0 if broken == REPLICA else 60.0}
    site = Site(Clock(**behind), monkeypatch, broken={broken})

    answer = site.ask()

    assert answer.status_code == 200
    assert answer.content.decode() == ({PRIMARY, REPLICA} - {broken}).pop()


@pytest.mark.django_db(transaction=True)
def test_where_no_database_answers_a_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(Clock(), monkeypatch, broken={PRIMARY, REPLICA})

    for one in (site.ask(), site.ask(method="post"), site.ask(path="/admin/")):
        assert one.status_code == 503
        assert one["Retry-After"] == "10"
        assert one["Cache-Control"] == "no-store"
        assert b"cannot be read just now" in one.content


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_our_own_is_not_called_the_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(Clock(**BOTH), monkeypatch, broken={PRIMARY, REPLICA})

    with pytest.raises(OperationalError):
        site.ask()


_ASK = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
found = {}
for path in sys.argv[1:]:
    response = client.get(path, HTTP_HOST="localhost")
    found[path] = [response.status_code, response.content.decode()]
bad_host = client.get("/", HTTP_HOST="evil.example")
forbidden = Client(enforce_csrf_checks=True, raise_request_exception=False).post(
    "/follow/", "email=a", content_type="application/x-www-form-urlencoded", HTTP_HOST="localhost"
)
found["host"] = [bad_host.status_code, bad_host.content.decode()]
found["csrf"] = [forbidden.status_code, forbidden.content.decode()]
print(json.dumps(found))
"""


def test_every_page_of_errors_is_made_without_the_database(tmp_path: Path) -> None:
    environment = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"postgres://nobody@/nothing?host={tmp_path}",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "PATH": str(Path(sys.executable).parent),
    }
    environment |= {"LOG_LEVEL": "ERROR"}
    done = run(
        "-c",
        _PLAIN_STATIC + _ASK,
        "/commitments/",
        "/nowhere/",
        "/admin/",
        "/healthz",
        "/readyz",
        environment=environment,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert {path: status for path, (status, _body) in found.items()} == {
        "/commitments/": 503,
        "/nowhere/": 404,
        "/admin/": 302,
        "/healthz": 200,
        "/readyz": 503,
        "host": 400,
        "csrf": 403,
    }
    for path in ("/commitments/", "/nowhere/", "host", "csrf"):
        assert "<h1>" in found[path][1], path


# Without collectstatic: plain names.
_PLAIN_STATIC = """
from tracker import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
"""
