"""Whoever runs the site can ask whether all is there that it needs."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tracker import databases, readiness

pytestmark = pytest.mark.django_db
WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def ask(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_it_is_ready(client: Client) -> None:
    status, found = ask(client)

    assert status == 200
    assert found["ready"] is True
    assert {name: one["state"] for name, one in found["checks"].items()} == {
        "database": "ok",
        "migrations": "ok",
        "worker": "not used",
        "replica": "not used",
        "cache": "ok",
    }


def test_it_is_not_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    status, found = ask(client)

    assert status == 503
    assert found["checks"]["migrations"] == {"state": "fails", "reason": "1 not applied"}


def task(*, minutes_ago: float, run_after: dt.datetime | None = None) -> None:
    one = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="commitments.tasks.deliver",
        backend_name="default",
        run_after=run_after or dt.datetime(9999, 1, 1, tzinfo=dt.UTC),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=one.pk).update(enqueued_at=timezone.now() - dt.timedelta(minutes=minutes_ago))


@override_settings(TASKS=WORKER)
def test_it_is_not_while_tasks_wait_for_a_worker(client: Client) -> None:
    task(minutes_ago=1)
    # Not due before its time.
    task(minutes_ago=90, run_after=timezone.now() + dt.timedelta(hours=1))
    assert ask(client)[0] == 200

    task(minutes_ago=10)

    status, found = ask(client)
    assert status == 503
    assert found["checks"]["worker"]["state"] == "fails"
    assert 599 < found["checks"]["worker"]["lag_seconds"] < 660


def test_it_is_not_while_the_cache_forgets(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get", lambda *_args, **_kwargs: None)

    status, found = ask(client)

    assert status == 503
    assert found["checks"]["cache"] == {"state": "fails", "reason": "forgets"}


@pytest.mark.parametrize(
    ("behind", "state"),
    [(0.0, "ok"), (4.0, "ok"), (60.0, "fails"), (None, "fails"), (databases.Unreachable(), "fails")],
)
def test_it_is_not_while_the_copy_is_behind(
    behind: float | Exception | None, state: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def lag(alias: str) -> float | None:
        if isinstance(behind, Exception):
            raise behind
        return behind

    monkeypatch.setattr(databases, "lag", lag)
    monkeypatch.setattr(readiness, "_database", lambda: readiness.Check(readiness.WELL))
    settings.REPLICA_MAX_LAG = 5
    monkeypatch.setitem(settings.DATABASES, "replica", {})

    assert readiness._replica().state == state


def test_it_tells_nothing_that_is_secret(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> readiness.Check:
        raise OperationalError("password authentication failed for user secret at 10.0.0.5")

    monkeypatch.setattr(readiness, "_database", fail)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["database"] == {"state": "fails", "reason": "OperationalError"}
    assert b"secret" not in response.content
