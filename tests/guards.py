"""Taking guards away, for tests that need to write what production refuses. Nothing outside `tests/` can do this."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from commitments import guards


def drop(*names: str) -> None:
    """Drop these triggers, whatever migrated them there. Inside a test's transaction they come back by themselves."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}{_on_table(name)}")


@contextmanager
def lowered() -> Iterator[None]:
    """Write past every guard, as somebody who may change tables could."""
    drop(*guards.expected(connection))
    yield
    guards.install(connection)


def _on_table(name: str) -> str:
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [name])
        (table,) = cursor.fetchone()
    return f" ON {table}"
