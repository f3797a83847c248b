"""Delete what is past its time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from commitments import marks
from commitments.actions.retention import retain


class Command(BaseCommand):
    help = "Delete what is past its time: sessions, finished tasks, unsaved forms, old messages. Run it daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how much it would be, and delete nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        counts = retain(dry_run=dry_run)
        counts["marks of changes"] = marks.prune(connection, dry_run=dry_run)
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
