"""Emptying the database after a test that committed.

The guards on history refuse DELETE and TRUNCATE to everyone, and so to Django's flush between tests. The way around is
here and not in the guards: take them away, flush, put them back. It takes the right to change tables, which only
migrations have.
"""

from collections.abc import Iterable

from django.db import OperationalError, connection
from django.db.backends.base.operations import BaseDatabaseOperations

from commitments import guards

_TRIGGERS = {
    "postgresql": "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'guard%'",
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard%'",
}
ATTEMPTS = 5
_flush = type(connection.ops).execute_sql_flush


def flush_without_guards(operations: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
    """Run the statements of a flush while history is unguarded."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        for trigger, table in cursor.fetchall():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger}{on_table}")
    statements = list(sql_list)
    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            _flush(operations, statements)
            break
        except OperationalError as error:
            # A last request of a browser that is closed by now held a table, and waited for another.
            if "deadlock" not in str(error) or not attempts_left:
                raise
    guards.install(connection)
