"""Whether the database keeps what it acknowledged, also in a power cut: a check that production does not start without.

`manage.py check --deploy --database default` runs it anywhere; in production `migrate` does too.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.connection import ConnectionDoesNotExist

# SQLite's modes in which a crash leaves the database as it was or as it is, and its levels that wait for the disk.
JOURNALS = ("wal", "delete", "truncate", "persist")
LEVELS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
LEAST_LEVEL = 2
# PostgreSQL's settings, and the values with which an acknowledged write may be lost or a torn page stay torn.
POSTGRESQL = {"fsync": ("off",), "full_page_writes": ("off",), "synchronous_commit": ("off",)}

type Ask = Callable[[str], Any]


def install() -> None:
    """Have Django run the check: in production always, elsewhere with `--deploy`."""
    register(durability, Tags.database, deploy=not settings.PRODUCTION)


def durability(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """What is too weak in each of these databases."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            connection = connections[alias]
        except ConnectionDoesNotExist:
            continue
        found += [_error(alias, name, value) for name, value in weak(connection.vendor, _asking(connection))]
    return found


def weak(vendor: str, ask: Ask) -> list[tuple[str, str]]:
    """The settings of a database, asked for by SQL, under which it may lose what it acknowledged, with their values."""
    if vendor == "sqlite":
        journal, level = str(ask("PRAGMA journal_mode")), int(ask("PRAGMA synchronous"))
        found = [] if journal in JOURNALS else [("journal_mode", journal)]
        return found if level >= LEAST_LEVEL else [*found, ("synchronous", LEVELS[level])]
    values = {name: str(ask(f"SHOW {name}")) for name in POSTGRESQL}
    return [(name, value) for name, value in values.items() if value in POSTGRESQL[name]]


def _asking(connection: BaseDatabaseWrapper) -> Ask:
    def ask(sql: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    return ask


def _error(alias: str, name: str, value: str) -> Error:
    return Error(
        f"The database {alias!r} runs with {name}={value}: it may lose what it acknowledged in a power cut.",
        hint="SQLite: journal_mode=WAL and synchronous=FULL. PostgreSQL: fsync, full_page_writes and"
        " synchronous_commit on, also for this user and this database. See docs/backup.md.",
        id="commitments.E001",
    )
