"""Publish a version of the dataset."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime

from commitments.actions.releases import RELEASER
from commitments.actions.service_accounts import AccountCanLogIn, service_account
from commitments.disks import refusal
from commitments.models import User
from commitments.releases.make import make


def moment(text: str) -> dt.datetime:
    """A moment, by UTC unless it says otherwise; a day stands for its end."""
    try:
        found = parse_datetime(text) if len(text) > len("2026-11-25") else None
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if day is not None:
        found = dt.datetime.combine(day, dt.time(23, 59, 59, 999_999))
    if found is None:
        raise ArgumentTypeError(f"{text} is no moment. Write 2026-11-25 for the end of a day, or 2026-11-25T12:00:00Z.")
    try:
        return (found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found).astimezone(dt.UTC)
    except OverflowError:
        raise ArgumentTypeError(f"{text} lies beyond the calendar.") from None


class Command(BaseCommand):
    help = "Write a version of the dataset, with checksums, and list it at /data/. The same data give the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="year and month, and a number if there are several: 2026.11, 2026.11.2")
        parser.add_argument(
            "--known-at",
            type=moment,
            metavar="MOMENT",
            help="what this site said then: 2026-11-25 (the end of that day) or 2026-11-25T12:00:00Z (default: now)",
        )
        parser.add_argument("--by", metavar="USER", help="who releases it (default: the site itself)")
        parser.add_argument(
            "--directory",
            type=Path,
            metavar="DIR",
            help="write here (default: RELEASES_DIR/VERSION, to be served)",
        )

    def handle(
        self,
        *args: Any,
        version: str,
        known_at: dt.datetime | None,
        by: str | None,
        directory: Path | None,
        **options: Any,
    ) -> None:
        try:
            made = make(by=_who(by), version=version, known_at=known_at, folder=directory)
        except ValidationError as error:
            raise CommandError(f"Nothing was released. {' '.join(error.messages)}") from error
        except AccountCanLogIn as error:
            raise CommandError(f"Nothing was released. {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was released. {refusal(error, 'The disk')}") from error
        counts = made.release.counts
        said = f"{counts['commitments']} commitments, {counts['developments']} developments"
        if made.was_there:
            self.stdout.write(f"Release {version} was there already, with the same bytes: {made.folder}")
            return
        self.stdout.write(f"Release {version} as known at {made.release.known_at.isoformat()}: {said}. {made.folder}")


def _who(name: str | None) -> User:
    if name is None:
        return service_account(RELEASER)
    found = User.objects.filter(username=name, is_active=True, is_staff=True).first()
    if found is None:
        raise CommandError(f"Nothing was released. Nobody at the editors' desk is called {name}.")
    return found
