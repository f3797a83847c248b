"""Back up the database, captures and releases into one file."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from commitments.backups.errors import NotDone
from commitments.backups.make import make


class Command(BaseCommand):
    help = "Write a backup of one moment, with checksums: database, captures and releases. The site goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("destination", type=Path, help="a file that is not there yet, or a folder")

    def handle(self, *args: Any, destination: Path, **options: Any) -> None:
        begun = time.monotonic()
        folders = {"captures": Path(settings.CAPTURES_DIR), "releases": Path(settings.RELEASES_DIR)}
        try:
            path, manifest = make(destination, connection=connection, folders=folders, key=settings.BACKUP_KEY)
        except NotDone as error:
            raise CommandError(str(error)) from error
        if not settings.BACKUP_KEY:
            self.stderr.write("It is not encrypted: BACKUP_KEY is not set.")
        self.stdout.write(
            f"{path}: {sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, {len(manifest.members) - 1}"
            f" files, {path.stat().st_size} bytes, {time.monotonic() - begun:.1f} s"
        )
