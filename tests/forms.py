"""What a browser would post for the forms of a page."""

from html.parser import HTMLParser
from typing import Any


def filled_text(page: str, **changes: Any) -> dict[str, Any]:
    """What the forms of a page hold, with these fields changed; `__` in a name stands for a hyphen."""
    fields = _Fields()
    fields.feed(page)
    values: dict[str, Any] = {name: found for name, found in fields.values.items() if name != "csrfmiddlewaretoken"}
    for name in [name for name in values if "__prefix__" in name]:
        del values[name]
    return {**values, **{name.replace("__", "-"): value for name, value in changes.items()}}


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
