"""Prove that every capture is still what was captured."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.actions import captures
from commitments.models import Capture


class Command(BaseCommand):
    help = "Verify the file of every capture against its row: that it is there, can be read, and has the hash it had."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for finding in captures.findings():
            count += 1
            self.stderr.write(str(finding))
        for name in captures.leftovers():
            self.stdout.write(f"{name} belongs to no capture; it may be deleted.")
        if count:
            raise CommandError(f"{count} finding{'s' * (count > 1)}: captures are not what they were.")
        self.stdout.write(f"OK: {Capture.objects.count()} captures")
