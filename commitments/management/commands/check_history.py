"""Prove that the record is what its history says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from commitments import guards, marks
from commitments.actions import replay
from commitments.models import Commitment, Revision


class Command(BaseCommand):
    help = "Replay every commitment's history and verify its hashes; name each row that was tampered with."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for name in guards.missing(connection):
            count += 1
            self.stderr.write(f"Guard {name} is missing or changed: `manage.py migrate` puts it back.")
        for name in marks.missing(connection):
            count += 1
            self.stderr.write(
                f"{name} is missing or changed, so pages may be out of date: `manage.py migrate` puts it back."
            )
        for finding in replay.findings(Commitment.objects.all()):
            count += 1
            self.stderr.write(str(finding))
        if count:
            raise CommandError(f"{count} finding{'s' * (count > 1)}: the record is not what its history says.")
        commitments, revisions = Commitment.objects.count(), Revision.objects.count()
        self.stdout.write(f"OK: {commitments} commitments, {revisions} revisions")
