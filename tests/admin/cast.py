"""The people of these tests, and how they fill in a form as a browser would."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from commitments.actions import editors
from commitments.models import User
from commitments.roles import DeskRole
from tests.factories import make_user
from tests.markup import body


def make_member(role: DeskRole, username: str = "") -> User:
    """Somebody with the rights of a role, named after it unless said otherwise."""
    user = make_user(username or role.value)
    user.groups.add(editors.group(role))
    return user


def make_editor(username: str = "aida") -> User:
    """Somebody with an editor's rights."""
    return make_member(DeskRole.EDITOR, username)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class _Fields(HTMLParser):
    """The values that a browser would post for the forms of a page, by name."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._textarea = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        name = attributes.get("name", "")
        if tag == "input" and name and attributes.get("type") not in ("submit", "search", "file"):
            can_be_off = attributes.get("type") in ("checkbox", "radio")
            if not can_be_off or "checked" in attributes:
                self.values.setdefault(name, []).append(attributes.get("value", "on" if can_be_off else ""))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((attributes.get("value", ""), "selected" in attributes))
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            chosen = [value for value, is_selected in self._options if is_selected]
            self.values[self._select] = chosen or [value for value, _selected in self._options[:1]]
            self._select = ""
        elif tag == "textarea":
            # A browser drops the first line end.
            self.values[self._textarea][0] = self.values[self._textarea][0].removeprefix("\n").removeprefix("\r\n")
            self._textarea = ""


def filled(response: HttpResponseBase, **changes: Any) -> dict[str, Any]:
    """What a page's form holds, with these fields changed; `__` in a name stands for a hyphen."""
    fields = _Fields()
    fields.feed(body(response))
    values: dict[str, Any] = {name: found for name, found in fields.values.items() if name != "csrfmiddlewaretoken"}
    for name in [name for name in values if "__prefix__" in name]:
        del values[name]
    return {**values, **{name.replace("__", "-"): value for name, value in changes.items()}}
