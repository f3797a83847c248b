"""A table as it stands in a file, whatever kind of file it was: cells of text, and those that cannot be read."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from commitments.imports.table import Table

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?E[+-]?\d+", re.ASCII)
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_TOO_NARROW = re.compile(r"#{3,}")


@dataclass(frozen=True)
class Damaged:
    """A cell that says nothing that could be taken over: what stands there, and what to do about it."""

    text: str
    message: str


class FromNumber(str):
    """The text of a cell that the spreadsheet holds as a number: 16.10 has become 16.1."""

    __slots__ = ()


type Cell = str | Damaged


@dataclass
class Sheet(Table):
    """The header and the rows of a file that have text, each with its number, and how the file was read."""

    header: list[str] = field(default_factory=list)
    lines: list[tuple[int, list[Cell]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def cell_of(text: str, place: str = "") -> Cell:
    """A cell's text without spaces around it, or why it cannot be taken over. `place` is its name, as C7."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    message = ""
    if _CONTROL.search(text):
        text, message = _CONTROL.sub("�", text), _("The cell holds a character that is no text: type it anew.")
    elif text.startswith("="):
        message = formula_message(place)
    elif text in _ERRORS or _TOO_NARROW.fullmatch(text):
        message = _("The spreadsheet shows an error here instead of a value: open the file, and put the value back.")
    elif _SCIENTIFIC.fullmatch(text):
        message = _("The spreadsheet has made a number of a code: format the column as text, and type the code anew.")
    return Damaged(text, message) if message else text


def formula_message(place: str) -> str:
    """What is said of a formula in a cell."""
    if place:
        message = _("Cell %(cell)s holds a formula: put its value there (copy, then paste as values).")
        return message % {"cell": place}
    return _("The cell holds a formula: put its value there (copy, then paste as values).")


def text_of(cell: Cell) -> str:
    """What stands in a cell, whether it can be read or not."""
    return cell.text if isinstance(cell, Damaged) else cell


def has_text(cells: list[Cell]) -> bool:
    return any(not isinstance(cell, str) or cell for cell in cells)
