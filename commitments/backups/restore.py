"""Putting a backup back."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from commitments import marks
from commitments.backups import archive, postgresql, sqlite, tables
from commitments.backups.errors import NotDone

LOADS = {"sqlite": sqlite.load, "postgresql": postgresql.load}


def restore(
    source: Path,
    *,
    connection: BaseDatabaseWrapper,
    folders: Mapping[str, Path],
    key: str = "",
    overwrite: bool = False,
) -> archive.Manifest:
    """Put the backup in `source` in the place of the database, and its files into these folders.

    All of it is read and proved before anything is changed. Files come first, then the database, in one step. Raises
    `NotDone`, and then the database is what it was; also if it holds anything and `overwrite` was not said.
    """
    if not source.is_file():
        raise NotDone(f"{source} is no file.")
    if not overwrite and not _is_empty(connection):
        raise NotDone("The database holds something. To replace all of it, say --overwrite. Nothing was changed.")
    # Beside what it will replace: from there it can take its place in one step.
    with tempfile.TemporaryDirectory(prefix=".tracker-restore-", dir=_beside(connection, folders)) as name:
        staged = Path(name)
        manifest = archive.unpack(source, staged, key)
        if manifest.vendor != connection.vendor:
            raise NotDone(f"The backup is of {manifest.vendor}, the database here is {connection.vendor}.")
        for folder, target in folders.items():
            _put(staged / folder, target)
        LOADS[connection.vendor](connection, staged / archive.DATABASE, manifest.rows)
    # What anybody keeps is of the database that was here before. A backup of an earlier release has no marks.
    with connection.cursor() as cursor:
        has_marks = marks.TABLE in connection.introspection.table_names(cursor)
    if has_marks:
        marks.renew(connection)
    return manifest


def _is_empty(connection: BaseDatabaseWrapper) -> bool:
    if connection.vendor == "sqlite" and not sqlite.path_of(connection).exists():
        return True
    try:
        return tables.is_empty(connection)
    except DatabaseError as error:
        raise NotDone(f"The database does not answer: {error}") from error


def _beside(connection: BaseDatabaseWrapper, folders: Mapping[str, Path]) -> Path:
    return sqlite.path_of(connection).parent if connection.vendor == "sqlite" else next(iter(folders.values())).parent


def _put(staged: Path, target: Path) -> None:
    """Move files to their places, each in one step. What is there and not in the backup stays, and does no harm."""
    for path in sorted(staged.rglob("*")) if staged.is_dir() else ():
        if not path.is_file():
            continue
        place = target / path.relative_to(staged)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.part")
        part.unlink(missing_ok=True)
        # Also to another disk.
        shutil.move(path, part)
        part.replace(place)
