"""SQLite: copied by its own online backup, put back as a new file that takes the old one's name."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from commitments.backups.errors import NotDone
from commitments.disks import sync

BUSY_SECONDS = 10.0


def path_of(connection: BaseDatabaseWrapper) -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def dump(connection: BaseDatabaseWrapper, into: Path) -> dict[str, int]:
    """Copy the database into a new file: all of one moment, while others read and write. Gives each table's rows."""
    with closing(sqlite3.connect(path_of(connection))) as source, closing(sqlite3.connect(into)) as copy:
        # In one step: readers and, in WAL mode, writers go on meanwhile, and none of theirs gets in.
        source.backup(copy)
        return _rows(copy)


def load(connection: BaseDatabaseWrapper, dumped: Path, rows: dict[str, int]) -> None:
    """Let a copy take the place of the database, in one step. Raises `NotDone` while anybody has the old one open."""
    target = path_of(connection)
    _prove(dumped, rows)
    connection.close()
    _close_off(target)
    sync(dumped)
    dumped.replace(target)
    sync(target.parent)


def _prove(dumped: Path, rows: dict[str, int]) -> None:
    try:
        with closing(sqlite3.connect(dumped)) as copy:
            # Its constraints are checked, too, and some of them ask what Django brings to SQLite.
            register(copy)
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            found = _rows(copy)
    except sqlite3.DatabaseError as error:
        raise NotDone(f"The database in the backup is damaged ({error}). Nothing was changed.") from error
    if verdict != "ok" or found != rows:
        raise NotDone("The database in the backup is not what the manifest says. Nothing was changed.")


def _close_off(target: Path) -> None:
    """Write the log of the old file into it and take it away: the new file must not find it."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as old:
            # Only possible for whoever has it open alone.
            (mode,) = old.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise NotDone("Somebody has the database open: stop site and workers first. Nothing was changed.") from error
    if mode != "delete":
        raise NotDone("Somebody has the database open: stop site and workers first. Nothing was changed.")


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {
        name: database.execute('SELECT COUNT(*) FROM "{}"'.format(name.replace('"', '""'))).fetchone()[0]
        for (name,) in sorted(tables.fetchall())
    }
