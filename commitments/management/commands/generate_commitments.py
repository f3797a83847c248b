"""Fill a database with synthetic commitments."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commitments.synthetic.generating import AlreadyThere, generate


class Command(BaseCommand):
    help = "Write synthetic commitments, for benchmarks: the same for the same seed. Refused in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, help="how many")
        parser.add_argument("--seed", type=int, default=42, help="another number gives others (default: 42)")

    def handle(self, *args: Any, count: int, seed: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Nothing was written: synthetic commitments are not for a site in production.")
        if count < 1 or seed < 0:
            raise CommandError("Nothing was written: the count begins at 1 and the seed at 0.")
        started = time.monotonic()
        try:
            generate(count, seed=seed, seeds=Path(settings.BASE_DIR) / "seeds", tell=self._tell)
        except AlreadyThere as error:
            raise CommandError(f"Nothing was written: the commitments of seed {seed} are there already.") from error
        seconds = time.monotonic() - started
        self.stdout.write(f"{count} commitments in {seconds:.1f} s, {count / seconds:.0f} a second")

    def _tell(self, written: int) -> None:
        self.stderr.write(f"\r{written}", ending="")
