"""Try the addresses of sources, politely, and record which still answer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commitments import read_only
from commitments.actions import captures
from commitments.actions import links as link_actions
from commitments.actions.errors import Refused
from commitments.actions.service_accounts import AccountCanLogIn, service_account
from commitments.links import Capturer, Checker
from commitments.models import Capture, Document, LinkCheck

# What a database can count in days without running out of calendar.
MOST_DAYS = 36_500
MOST_LINKS = 100_000


def _up_to(most: int, *, least: int) -> Any:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}.")
        return int(text)

    return number


class Command(BaseCommand):
    help = "Try the addresses of sources that were not tried lately, one at a time, and record which still answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--limit",
            type=_up_to(MOST_LINKS, least=1),
            default=link_actions.MOST_AT_ONCE,
            help="how many at most (default: %(default)s)",
        )
        parser.add_argument(
            "--older-than",
            type=_up_to(MOST_DAYS, least=0),
            default=link_actions.DAYS_BETWEEN,
            metavar="DAYS",
            help="those not tried in so many days (default: %(default)s)",
        )
        parser.add_argument(
            "--capture", action="store_true", help="keep what answers, where policy allows and nothing is kept yet"
        )
        parser.add_argument("--dry-run", action="store_true", help="list what would be tried; open and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        limit, older_than = options["limit"], options["older_than"]
        if options["dry_run"]:
            for document in link_actions.due(older_than=older_than, now=timezone.now())[:limit]:
                self.stdout.write(f"would try {document.url}")
            return
        if read_only.is_on():
            raise CommandError("The site can only be read just now: no link is tried.")
        try:
            by = service_account(link_actions.LINK_CHECKER)
        except AccountCanLogIn as error:
            raise CommandError(str(error)) from error
        bounds: dict[str, Any] = {"by": by, "limit": limit, "older_than": older_than, "said": self._say}
        captured = 0
        if options["capture"]:
            capturer = Capturer(self.checker())
            counts, captured = captures.check_and_capture(capturer=capturer, told=self._tell, **bounds)
        else:
            counts = link_actions.check_links(checker=self.checker(), **bounds)
        found = ", ".join(f"{outcome.label.lower()}: {number}" for outcome, number in counts.items() if number)
        self.stdout.write(f"Tried {sum(counts.values())} addresses. {found}".rstrip())
        if options["capture"]:
            self.stdout.write(f"Captured {captured}.")

    def checker(self) -> Checker:
        """What tries them."""
        return Checker()

    def _tell(self, document: Document, outcome: Capture | Refused) -> None:
        if isinstance(outcome, Refused):
            self.stdout.write(f"Not captured: {document.url} {' '.join(outcome.messages)}")
        else:
            self.stdout.write(f"Captured: {document.url} → {outcome.warc}")

    def _say(self, check: LinkCheck) -> None:
        details = [str(check.http_status)] if check.http_status else []
        details += [f"→ {check.final_url}"] if check.final_url else []
        details += [check.note] if check.note else []
        self.stdout.write(" ".join([f"{check.get_outcome_display()}: {check.url}", *details]))
