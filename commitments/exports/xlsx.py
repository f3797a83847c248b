"""A list as a workbook: its rows on one sheet, what it is on another. Written to the disk row by row."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from commitments.exports.about import About
from commitments.exports.cells import safe, texts
from commitments.exports.column import Column
from commitments.exports.shape import Listing

# A worksheet's, with one row for the header.
MOST_ROWS = 1_048_576 - 1
MOST_CHARACTERS = 32_767
_PIECE = 64 * 1024
# Nothing that is text becomes anything else.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}


def stream(listing: Listing) -> Iterator[bytes]:
    """The file, made whole on the disk first: a workbook is an archive."""
    with tempfile.TemporaryFile() as file:
        _write(listing, file)
        yield from piecewise(file)


def piecewise(file: IO[bytes]) -> Iterator[bytes]:
    """What a file holds, from its beginning."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _write(listing: Listing, file: IO[bytes]) -> None:
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(_("Rows"))
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, [column.name for column in listing.shape.columns], bold)
        count = 0
        for chunk in listing.chunks():
            for row in zip(*map(_cells, chunk.columns, chunk.cells), strict=True):
                count += 1
                _write_row(sheet, count, row)
        _write_about(book.add_worksheet(_("About")), listing, count)
        _write_columns(book.add_worksheet(_("Columns")), listing.shape.columns, bold)


def _cells(column: Column, cells: Any) -> Any:
    """Days and numbers as such, everything else as CSV has it."""
    if column.datatype in ("date", "integer") and not column.many:
        return cells
    return texts(column, cells)


def _write_row(sheet: Worksheet, number: int, row: tuple[Any, ...]) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, place, _fitting(cell))
        elif isinstance(cell, dt.date):
            # A spreadsheet knows no day before this year.
            if cell.year > 1900:
                sheet.write_datetime(number, place, cell)
            else:
                sheet.write_string(number, place, cell.isoformat())
        elif cell is not None:
            sheet.write_number(number, place, cell)


def _fitting(text: str) -> str:
    """The text, cut where a cell of a workbook ends, with a word that says so."""
    mark = _(" … (cut: the other forms of this list have all of it)")
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(mark)] + mark


def _write_about(sheet: Worksheet, listing: Listing, count: int) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for number, (name, value) in enumerate(About.of(listing).said(count).items()):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, str(safe(str(value))))


def _write_columns(sheet: Worksheet, columns: tuple[Column, ...], bold: Any) -> None:
    sheet.write_row(0, 0, [_("Column"), _("Label"), _("Holds"), _("Means")], bold)
    for number, column in enumerate(columns, start=1):
        sheet.write_row(number, 0, [column.name, str(column.label), column.holds, str(column.definition)])
