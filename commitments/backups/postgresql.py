"""PostgreSQL: dumped by pg_dump from one snapshot, put back by psql in one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from commitments.backups.errors import NotDone

DEBIAN = Path("/usr/lib/postgresql")
# What libpq reads, by the names of Django's settings.
_VARIABLES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
# The same of what stands after the question mark of DATABASE_URL.
_OPTIONS = {
    "host": "PGHOST",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_BEGIN = b"""\\set ON_ERROR_STOP on
BEGIN;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
"""


def dump(connection: BaseDatabaseWrapper, into: Path) -> dict[str, int]:
    """Dump the database into a new file, all of one moment. Gives each table's rows at that moment."""
    with _connected(connection) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = _one(database, "SELECT pg_export_snapshot()")
        rows = _rows(database)
        # While this transaction is open, pg_dump sees what it sees.
        program = _program("pg_dump", database.info.server_version // 10_000)
        options = ["--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--snapshot={snapshot}"]
        _run([program, *options, f"--file={into}"], connection)
    return rows


def load(connection: BaseDatabaseWrapper, dumped: Path, rows: dict[str, int]) -> None:
    """Put a dump in the place of everything in the database, in one transaction: all of it, or nothing changes."""
    with _connected(connection) as database:
        version = database.info.server_version // 10_000
    connection.close()
    script = dumped.with_suffix(".sql")
    options = ["--no-owner", "--no-privileges", f"--file={script}"]
    _run([_program("pg_restore", version), *options, str(dumped)], connection)
    with script.open("rb") as commands:
        _feed([_program("psql", version), "--no-psqlrc", "--quiet", "--output=/dev/null"], connection, commands, rows)


def _feed(command: list[str], connection: BaseDatabaseWrapper, commands: Any, rows: dict[str, int]) -> None:
    with subprocess.Popen(
        command,
        env=environment(connection.settings_dict),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            process.stdin.write(_BEGIN)
            for line in commands:
                # The dump makes the schema that is there by now, if at all.
                if line.strip() != b"CREATE SCHEMA public;":
                    process.stdin.write(line)
            process.stdin.write(b"SET search_path TO public;\n" + _proof(rows) + b"COMMIT;\n")
            process.stdin.close()
        except BrokenPipeError:
            pass
        said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise NotDone(f"PostgreSQL refused the backup; nothing was changed: {said.strip()[:500]}")


def _proof(rows: dict[str, int]) -> bytes:
    """Commands that fail, and so undo everything, unless every table has as many rows as it had."""
    checks = "\n".join(
        f"IF (SELECT COUNT(*) FROM public.{_quoted(table)}) <> {int(count)} THEN"
        f" RAISE EXCEPTION 'A table has not the rows that the manifest says'; END IF;"
        for table, count in rows.items()
    )
    return f"DO $proof$ BEGIN\n{checks}\nEND $proof$;\n".encode()


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _rows(database: "psycopg.Connection[Any]") -> dict[str, int]:
    tables = [name for (name,) in database.execute(_TABLES).fetchall()]
    counting = sql.SQL("SELECT COUNT(*) FROM public.{}")
    return {name: _one(database, counting.format(sql.Identifier(name))) for name in tables}


def _one(database: "psycopg.Connection[Any]", query: sql.Composed | LiteralString) -> Any:
    row = database.execute(query).fetchone()
    return row[0] if row else None


def _connected(connection: BaseDatabaseWrapper) -> "psycopg.Connection[Any]":
    """A connection of its own, beside the pool."""
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool"):
        parameters.pop(name, None)
    return psycopg.connect(**parameters)


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """The variables with which PostgreSQL's programs connect as the site does with these settings of a database."""
    options = settings.get("OPTIONS", {})
    ours = {variable: str(settings[name]) for name, variable in _VARIABLES.items() if settings.get(name)}
    return {
        **os.environ,
        **ours,
        **{variable: str(options[name]) for name, variable in _OPTIONS.items() if name in options},
    }


def _program(name: str, version: int) -> str:
    """The program of that name that is new enough for a server of this version. Raises `NotDone` where none is."""
    in_path = [Path(folder) for folder in os.get_exec_path()]
    folders = [*in_path, *sorted(DEBIAN.glob("*/bin"), reverse=True)]
    for folder in folders:
        found = shutil.which(name, path=str(folder))
        if found and _version(found) >= version:
            return found
    raise NotDone(
        f"{name} of PostgreSQL {version} or newer is not found in PATH: install PostgreSQL's client programs."
    )


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"(\d+)(\.|\w|$)", said.partition(")")[2])
    return int(number[1]) if number else 0


def _run(command: Sequence[str], connection: BaseDatabaseWrapper) -> None:
    done = subprocess.run(
        command, env=environment(connection.settings_dict), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotDone(f"{Path(command[0]).name}: {done.stderr.strip()[:500]}")
