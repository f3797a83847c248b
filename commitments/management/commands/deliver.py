"""Tell followers what changed, once: for cron."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments import read_only
from commitments.following.run import deliver


class Command(BaseCommand):
    help = "Write the messages that followers are due, send what waits, and delete what is over. Safe beside itself."

    def handle(self, *args: Any, **options: Any) -> None:
        if read_only.is_on():
            self.stdout.write("The site can only be read just now: nothing is delivered.")
            return
        done = deliver()
        self.stdout.write(f"Written: {done.composed}. Sent: {done.sent}. Not taken: {done.failed}.")
        deleted = done.tidied
        if deleted.unconfirmed or deleted.stopped or deleted.deliveries:
            self.stdout.write(
                f"Deleted: {deleted.unconfirmed} never confirmed, {deleted.stopped} stopped,"
                f" {deleted.deliveries} old messages."
            )
