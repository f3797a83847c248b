"""Making a backup."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from commitments.backups import archive, postgresql, sqlite, tables
from commitments.backups.errors import NotDone
from commitments.disks import refusal, sync

DUMPS = {"sqlite": sqlite.dump, "postgresql": postgresql.dump}
NAME = "tracker-%Y%m%dT%H%M%SZ.backup"


def make(
    destination: Path, *, connection: BaseDatabaseWrapper, folders: Mapping[str, Path], key: str = ""
) -> tuple[Path, archive.Manifest]:
    """Write a backup of the database and these folders to a file that is not there yet, or into a folder.

    Encrypted if there is a `key`. The file appears when it is whole and on the disk. Raises `NotDone`.
    """
    try:
        return _made(destination, connection, folders, key)
    except OSError as error:
        raise NotDone(refusal(error, destination)) from error


def _made(
    destination: Path, connection: BaseDatabaseWrapper, folders: Mapping[str, Path], key: str
) -> tuple[Path, archive.Manifest]:
    now = timezone.now()
    target = destination / now.strftime(NAME) if destination.is_dir() else destination
    if target.exists():
        raise NotDone(f"{target} is there already.")
    if not target.parent.is_dir():
        raise NotDone(f"{target.parent} is no folder.")
    migrations = tables.migrations(connection)
    if not migrations:
        # As where DATABASE_URL is not set: the site's settings then make a new file, and a copy of that saves nobody.
        raise NotDone("The database holds nothing: no `migrate` has run on it. Is DATABASE_URL that of the site?")
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".tracker-backup-", dir=target.parent) as name:
            dumped = Path(name) / archive.DATABASE
            rows = DUMPS[connection.vendor](connection, dumped)
            manifest = archive.Manifest(now.isoformat(), connection.vendor, migrations, rows)
            with part.open("wb") as file:
                part.chmod(0o600)
                with archive.writing(file, manifest, key) as writer:
                    writer.add(archive.DATABASE, dumped)
                    # After the database: what a row of it names is there by then, and stays.
                    for member, path in _files(folders):
                        writer.add(member, path)
                file.flush()
                os.fsync(file.fileno())
        part.rename(target)
        sync(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return target, manifest


def _files(folders: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for name, folder in sorted(folders.items()):
        for path in sorted(folder.rglob("*")):
            within = path.relative_to(folder)
            # What begins with a point is being written, or was left by what was killed: it may be gone at any moment.
            is_kept = not any(part.startswith(".") for part in within.parts)
            if is_kept and path.is_file() and not path.is_symlink():
                yield f"{name}/{within.as_posix()}", path
