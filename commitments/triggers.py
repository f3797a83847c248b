"""Triggers as the program writes them, held against those that a database has.

By their names alone, one whose condition somebody had changed, or that an earlier version of the program left behind,
would pass for the one that should be there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Trigger:
    """One trigger.

    `definition` is what follows CREATE. On PostgreSQL it calls `function`, whose PL/pgSQL `body` says what happens; on
    SQLite both are blank.
    """

    name: str
    definition: str
    function: str = ""
    body: str = ""

    def statements(self) -> list[str]:
        """SQL that puts it there in place of whatever has its name."""
        if not self.function:
            return [f"DROP TRIGGER IF EXISTS {self.name}", f"CREATE {self.definition}"]
        return [
            function_statement(f"{self.function}() RETURNS trigger LANGUAGE plpgsql", self.body),
            f"CREATE OR REPLACE {self.definition}",
        ]


def function_statement(signature: str, body: str) -> str:
    """SQL that puts a function of PostgreSQL there, in place of one of the same signature."""
    return f"CREATE OR REPLACE FUNCTION {signature} AS $body${body}$body$"


def differing(connection: BaseDatabaseWrapper, expected: Iterable[Trigger]) -> list[str]:
    """Names of those that this database lacks, has otherwise or has switched off, in their order."""
    present = _present(connection)
    return [trigger.name for trigger in expected if trigger not in present]


def _present(connection: BaseDatabaseWrapper) -> set[Trigger]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Pretty, it names tables and functions as the program does. O and A fire whoever writes.
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true), proname, prosrc"
                " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT name, sql, '', '' FROM sqlite_master WHERE type = 'trigger'")
        return {
            Trigger(name, definition.removeprefix("CREATE "), function, body)
            for name, definition, function, body in cursor.fetchall()
        }
