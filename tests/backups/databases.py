"""A second database beside the tests' own, to restore into, and every row of either."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from commitments import marks
from tests.postgres import find_binaries

_numbers = itertools.count(1)
type Rows = dict[str, list[tuple[Any, ...]]]


@contextmanager
def another(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database of the same kind as the tests' own, under an alias."""
    alias = f"copy{next(_numbers)}"
    name = str(folder / f"{alias}.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_{alias}_{os.getpid()}"
        _administer(f'CREATE DATABASE "{name}"')
    options = {key: value for key, value in connection.settings_dict["OPTIONS"].items() if key != "pool"}
    database = type(connections["default"])({**connection.settings_dict, "NAME": name, "OPTIONS": options}, alias)
    try:
        yield database
    finally:
        database.close()
        if connection.vendor == "postgresql":
            _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrate(database: BaseDatabaseWrapper, *to: str) -> None:
    """Run its migrations, all or those `to` one of them."""
    # Open before it has a name here: Django's tests let no other database of a name be opened.
    database.ensure_connection()
    connections.settings[database.alias] = database.settings_dict
    connections[database.alias] = database
    try:
        call_command("migrate", *to, database=database.alias, verbosity=0, interactive=False)
    finally:
        del connections[database.alias], connections.settings[database.alias]


def _administer(command: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(command)


def rows_of(database: BaseDatabaseWrapper) -> Rows:
    """Every row of every table, in order; without what SQLite counted for its plans."""
    found: Rows = {}
    with database.cursor() as cursor:
        for table in {*database.introspection.table_names(cursor)} - {marks.TABLE, "sqlite_stat1"}:
            cursor.execute(f"SELECT * FROM {database.ops.quote_name(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def with_programs_in_path(path: str) -> str:
    """The search path with PostgreSQL's programs of the tests' own server first: those of the system may be older."""
    return f"{find_binaries()}{os.pathsep}{path}"
