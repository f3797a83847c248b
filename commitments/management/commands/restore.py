"""Put a backup back."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from commitments.backups.errors import NotDone
from commitments.backups.restore import restore


class Command(BaseCommand):
    help = "Put a backup in the place of the database, captures and releases. Proves all of it before it changes any."
    # The database may be empty, or another version's.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="the file of a backup")
        parser.add_argument("--overwrite", action="store_true", help="replace a database that holds something")

    def handle(self, *args: Any, source: Path, overwrite: bool, **options: Any) -> None:
        begun = time.monotonic()
        folders = {"captures": Path(settings.CAPTURES_DIR), "releases": Path(settings.RELEASES_DIR)}
        try:
            manifest = restore(
                source, connection=connection, folders=folders, key=settings.BACKUP_KEY, overwrite=overwrite
            )
        except NotDone as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The backup of {manifest.made_at} is back: {sum(manifest.rows.values())} rows in {len(manifest.rows)}"
            f" tables, {len(manifest.members) - 1} files, {time.monotonic() - begun:.1f} s\n"
            "Now run: manage.py migrate, then manage.py check_history"
        )
