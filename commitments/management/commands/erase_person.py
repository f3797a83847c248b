"""Erase what is kept of a person, on their request."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from commitments.actions import erasure
from commitments.actions.service_accounts import service_account
from commitments.models import User

ERASER = "erasure"


class Command(BaseCommand):
    help = (
        "Erase what is kept of whoever has this e-mail address: what they follow, messages to them, their account. "
        "Names every column in which the address still stands, and exits with 1 if there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--by", default="", help="username of whoever decided on it; else the site's own account")

    def handle(self, *args: Any, email: str, by: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("Nothing was erased: this is no e-mail address.") from error
        who = User.objects.filter(username=by, is_active=True).first() if by else service_account(ERASER)
        if who is None:
            raise CommandError("Nothing was erased: nobody who is active has the name given with --by.")
        erased = erasure.erase(by=who, address=email)
        for name, count in erased.done.items():
            self.stdout.write(f"{name}: {count}")
        if not erased.done:
            self.stdout.write("There was nothing to erase.")
        if erased.left:
            places = "\n".join(f"  {column}: {rows} rows" for column, rows in erased.left.items())
            raise CommandError(f"The address still stands where history is kept. Decide on each:\n{places}")
