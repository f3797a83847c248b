"""Cells of other trackers' files: scores that spreadsheets have written in many ways, or damaged."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from commitments.imports.files.fields import refuse_serial_number
from commitments.imports.files.sheets import Cell, Damaged, text_of
from commitments.uncertain_dates import UncertainDate

# What typesetting and spreadsheets write for a minus, and for the spaces around.
_SIGNS = str.maketrans({"−": "-", "–": "-", "‒": "-", "﹣": "-", "－": "-", "＋": "+", "\xa0": " ", "\u202f": " "})
_NUMBER = re.compile(r"(?P<sign>[+-]?)\s*(?P<whole>\d+)(?:[.,](?P<rest>\d+))?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?.*|\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})([-/. ]\d{2,4})?|[A-Za-z]{3}-\d{2}")


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell, however its sign and its decimals are written; None for an empty cell.

    Raises `ValueError` with a sentence for what is no number, or is one no longer.
    """
    if isinstance(cell, Damaged):
        # Not a mistake of type: what the file says cannot be taken over.
        raise ValueError(cell.message)  # noqa: TRY004
    text = str(cell).translate(_SIGNS).strip().removeprefix("'").strip()
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        if _DATE.fullmatch(text):
            raise ValueError(_("The spreadsheet has made a date of a number: look up which it was."))
        raise ValueError(_("This is no number."))
    refuse_serial_number(text)
    return Decimal(f"{found['sign']}{found['whole']}.{found['rest'] or '0'}")


def decimals_of(cell: Cell) -> int:
    """How many decimals a cell shows."""
    _whole, _point, rest = text_of(cell).strip().replace(",", ".").partition(".")
    return len(rest)


def date_of(cell: Cell) -> UncertainDate | None:
    """The date in a cell; None for an empty one. Raises `ValueError`."""
    text = readable(cell)
    if not text:
        return None
    refuse_serial_number(text)
    return UncertainDate.parse(text)


def readable(cell: Cell) -> str:
    """The text in a cell. Raises `ValueError` where it is damaged."""
    if isinstance(cell, Damaged):
        raise ValueError(cell.message)  # noqa: TRY004
    return cell
