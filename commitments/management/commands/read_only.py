"""Let the site be read only, or take writes again, without a restart."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commitments import read_only


class Command(BaseCommand):
    help = "Let this node's site be read only (on), take writes again (off), or say which it is (without either)."
    # It must work while the database does not.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("to", nargs="?", choices=("on", "off"))

    def handle(self, *args: Any, **options: Any) -> None:
        switch = Path(settings.READ_ONLY_FILE)
        if options["to"] == "on":
            switch.touch()
        elif options["to"] == "off":
            switch.unlink(missing_ok=True)
            if settings.READ_ONLY:
                raise CommandError("It stays read only: the variable READ_ONLY says so. Change it and restart.")
        self.stdout.write("The site can only be read." if read_only.is_on() else "The site takes writes.")
