"""Create somebody who can log in and work at the editors' desk, in a role."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from commitments.actions import editors
from commitments.models import User
from commitments.roles import DeskRole

PASSWORD_VARIABLE = "EDITOR_PASSWORD"  # noqa: S105 # a name, no password
LABELS = {"username": "Username", "email": "E-mail address"}
ASKED = tuple(LABELS)
ROLES: list[str] = DeskRole.values
DEFAULT = DeskRole.EDITOR.value


class Command(BaseCommand):
    help = (
        "Create an editor, or somebody in another role, who can log in at /admin/. Asks for what the options do not "
        "say, and for the password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="", help="name to log in with")
        parser.add_argument("--email", default="", help="e-mail address")
        parser.add_argument("--role", default="", choices=["", *ROLES], help=f"one of {', '.join(ROLES)}; else editor")
        parser.add_argument(
            "--no-input",
            "--noinput",
            action="store_false",
            dest="interactive",
            help=f"ask nothing: take these from the options, and the password from {PASSWORD_VARIABLE}",
        )

    def handle(self, *args: Any, interactive: bool, **options: Any) -> None:
        given = {name: str(options[name]).strip() for name in ASKED}
        role = str(options["role"])
        try:
            editor = self._asked(given, role) if interactive else self._given(given, DeskRole(role or DEFAULT))
        except (KeyboardInterrupt, EOFError) as error:
            raise CommandError("Nobody was created.") from error
        self.stdout.write(
            f"{editor.username} can log in at /admin/ as {', '.join(editor.groups.values_list('name', flat=True))}."
        )

    def _given(self, given: dict[str, str], role: DeskRole) -> User:
        missing = [f"--{name}" for name in ASKED if not given[name]]
        password = os.environ.get(PASSWORD_VARIABLE, "")
        if not password:
            missing.append(PASSWORD_VARIABLE)
        if missing:
            raise CommandError(f"Nobody was created: with --no-input, give {', '.join(missing)}.")
        try:
            return editors.create(password=password, role=role, **given)
        except ValidationError as error:
            raise CommandError("Nobody was created. " + " ".join(error.messages)) from error

    def _asked(self, given: dict[str, str], role: str) -> User:
        if not sys.stdin.isatty():
            raise CommandError(
                "Nobody was created: there is nobody to ask. Give --no-input, --username, --email and the variable "
                f"{PASSWORD_VARIABLE}."
            )
        username = self._ask("username", given["username"])
        email = self._ask("email", given["email"])
        chosen = self._ask_role(role)
        while True:
            password = self._ask_password()
            try:
                return editors.create(username=username, email=email, password=password, role=chosen)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))

    def _ask(self, name: str, answer: str) -> str:
        """What was given or is typed for one field of the user, asked for until it will do."""
        while True:
            answer = answer or input(f"{LABELS[name]}: ").strip()
            problem = _problem(name, answer)
            if not problem:
                return answer
            self.stderr.write(problem)
            answer = ""

    def _ask_role(self, answer: str) -> DeskRole:
        """The role that was given or is typed; an editor when nothing is."""
        while True:
            answer = answer or input(f"Role ({', '.join(ROLES)}) [{DEFAULT}]: ").strip() or DEFAULT
            if answer in ROLES:
                return DeskRole(answer)
            self.stderr.write("There is no such role.")
            answer = ""

    def _ask_password(self) -> str:
        while True:
            password = getpass.getpass("Password: ")
            if password == getpass.getpass("Password again: "):
                return password
            self.stderr.write("The two are not the same.")


def _problem(name: str, answer: str) -> str:
    if not answer:
        return "It must not be empty."
    try:
        User._meta.get_field(name).clean(answer, None)  # type: ignore[union-attr]
    except ValidationError as error:
        return " ".join(error.messages)
    if name == "username" and User.objects.filter(username=answer).exists():
        return "This name is taken."
    return ""
