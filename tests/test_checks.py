"""A database that may lose what it acknowledged is named, setting by setting; a safe one passes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.core.checks.registry import registry
from django.db import connection

from commitments import checks

SAFE = {"SHOW fsync": "on", "SHOW full_page_writes": "on", "SHOW synchronous_commit": "on"}


@contextmanager
def sqlite(path: Path, *pragmas: str) -> Iterator[checks.Ask]:
    with closing(sqlite3.connect(path)) as database:
        for pragma in pragmas:
            database.execute(f"PRAGMA {pragma}")
        yield lambda sql: database.execute(sql).fetchone()[0]


@pytest.mark.parametrize("level", ["FULL", "EXTRA"])
@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_sqlite_that_waits_for_the_disk_passes(tmp_path: Path, journal: str, level: str) -> None:
    with sqlite(tmp_path / "a.sqlite3", f"journal_mode={journal}", f"synchronous={level}") as ask:
        assert checks.weak("sqlite", ask) == []


@pytest.mark.parametrize(
    ("pragma", "found"),
    [
        ("synchronous=NORMAL", ("synchronous", "NORMAL")),
        ("synchronous=OFF", ("synchronous", "OFF")),
        ("journal_mode=OFF", ("journal_mode", "off")),
        ("journal_mode=MEMORY", ("journal_mode", "memory")),
    ],
)
def test_sqlite_that_does_not_is_named(tmp_path: Path, pragma: str, found: tuple[str, str]) -> None:
    with sqlite(tmp_path / "a.sqlite3", "journal_mode=DELETE", "synchronous=FULL", pragma) as ask:
        assert checks.weak("sqlite", ask) == [found]


@pytest.mark.parametrize("name", checks.POSTGRESQL)
def test_postgresql_that_does_not_is_named(name: str) -> None:
    assert checks.weak("postgresql", {**SAFE, f"SHOW {name}": "off"}.__getitem__) == [(name, "off")]


def test_postgresql_that_does_passes() -> None:
    assert checks.weak("postgresql", SAFE.__getitem__) == []


@pytest.mark.django_db
def test_it_is_run_with_deploy_over_the_database_in_hand() -> None:
    # The tests' own PostgreSQL waits for nothing, and SQLite is set up as in production.
    careless = []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(checks.POSTGRESQL)])
            careless = [name for name, value in cursor.fetchall() if value == "off"]

    found = run_checks(tags=[Tags.database], include_deployment_checks=True, databases=["default"])

    ours = [message for message in found if message.id == "commitments.E001"]
    assert sorted(str(message.msg).partition("with ")[2].partition("=")[0] for message in ours) == sorted(careless)


def test_elsewhere_it_is_run_with_deploy_only() -> None:
    assert id(checks.durability) in [*map(id, registry.deployment_checks)]
    assert id(checks.durability) not in [*map(id, registry.registered_checks)]


def test_in_production_it_is_always_run(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    kinds = []
    monkeypatch.setattr(checks, "register", lambda check, tag, deploy: kinds.append((check, tag, deploy)))

    checks.install()

    assert kinds == [(checks.durability, Tags.database, False)]


def test_it_asks_nothing_where_no_database_is_named() -> None:
    assert checks.durability(databases=None) == []
    assert checks.durability(databases=["nowhere"]) == []
