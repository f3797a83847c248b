"""Write the whole site as files for reading without a server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.bundle.make import NotBundled, make
from commitments.disks import refusal


class Command(BaseCommand):
    help = "Write every public page as a file, with relative links: a copy of the site that opens from a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="a folder that is not there yet")

    def handle(self, *args: Any, directory: Path, verbosity: int, **options: Any) -> None:
        try:
            made = make(directory, said=self.stdout.write if verbosity > 1 else lambda _address: None)
        except NotBundled as error:
            raise CommandError(f"Nothing was written. {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was written. {refusal(error, directory)}") from error
        self.stdout.write(f"{made.pages} pages: open {made.folder / 'index.html'}")
