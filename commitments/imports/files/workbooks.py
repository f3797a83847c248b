"""A workbook (XLSX) into a sheet. It is an archive of XML from a stranger: looked at before it is opened."""

import datetime as dt
import re
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from operator import attrgetter
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from commitments.imports.files.limits import (
    LARGEST_RATIO,
    LAST_SHEET_ROW,
    MEGABYTE,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_UNPACKED_BYTES,
)
from commitments.imports.files.sheets import (
    Cell,
    Damaged,
    FromNumber,
    Sheet,
    cell_of,
    formula_message,
    has_text,
    text_of,
)
from commitments.imports.files.texts import add_line

# What reading a broken or a hostile archive may raise: neither zipfile nor openpyxl promises less.
_BROKEN = (
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    # Of whichever parser reads the XML.
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
# A document type may define entities that grow or that name other files. No spreadsheet program writes one.
_DECLARATIONS = tuple(
    mark.encode(codec) for mark in ("<!DOCTYPE", "<!ENTITY") for codec in ("utf-8", "utf-16-le", "utf-16-be")
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]+)([0-9]+)(:[A-Z]+[0-9]+)"')
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# Of a time, where m is minutes: after hours, or before seconds. And the letters of half a day.
_TIMES = re.compile(r"h+[^a-z]*m+|m+[^a-z]*s+|am/pm|a/p")
_ENCRYPTED = 0x1
_VALUE = attrgetter("value")


class NotTaken(ValueError):
    """The workbook is not opened; the message says why and what to do."""


def read_workbook(file: str, content: bytes, wanted: str = "") -> Sheet:
    """The table in a workbook: its first sheet, or the one that is `wanted` by name."""
    sheet = Sheet(file)
    try:
        with ZipFile(BytesIO(content)) as archive, warnings.catch_warnings():
            # openpyxl warns of what it does not keep; nothing is written back.
            warnings.simplefilter("ignore")
            _look_at(archive)
            _read(sheet, archive, content, wanted)
    except NotTaken as refusal:
        sheet.refuse(str(refusal))
    except _BROKEN:
        sheet.refuse(_("The workbook is damaged: open it in a spreadsheet program, and save it anew as .xlsx."))
    return sheet


def _look_at(archive: ZipFile) -> None:
    """Raise `NotTaken` if the archive would unpack into too much, or declares a document type."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        message = _("The workbook unpacks into more than %(most)d MB: delete what is not the table, or save it as CSV.")
        raise NotTaken(message % {"most": MOST_UNPACKED_BYTES // MEGABYTE})
    if any(_is_bomb(part) for part in parts):
        raise NotTaken(_("The workbook is packed as no spreadsheet program packs it: save it anew as .xlsx."))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise NotTaken(_("The workbook is protected by a password: save it without one."))
    for part in parts:
        content = archive.read(part)
        if any(mark in content for mark in _DECLARATIONS):
            raise NotTaken(_("The workbook defines XML entities, which is not safe to open: save it anew as .xlsx."))


def _is_bomb(part: ZipInfo) -> bool:
    return part.file_size > MEGABYTE and part.file_size > LARGEST_RATIO * max(part.compress_size, 1)


def _read(sheet: Sheet, archive: ZipFile, content: bytes, wanted: str) -> None:
    workbook: Any = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        page = _page(workbook, wanted)
        names = [one.title for one in workbook.worksheets]
        if len(names) > 1:
            values = {"name": page.title, "count": len(names)}
            sheet.notes.append(_("Sheet “%(name)s” was read, one of %(count)d.") % values)
        for column, row, rest in _MERGED.findall(archive.read(page._worksheet_path.lstrip("/"))):
            sheet.refuse(
                _("These cells are merged: unmerge them, and fill in each."),
                row=int(row),
                value=(column + row + rest).decode(),
            )
        page.reset_dimensions()
        _read_rows(sheet, page)
    finally:
        workbook.close()


def _page(workbook: Any, wanted: str) -> Any:
    pages = workbook.worksheets
    if wanted:
        found = [page for page in pages if page.title.strip().casefold() == wanted.strip().casefold()]
        message = _("The workbook has no sheet “%(name)s”. It has: %(names)s.")
    else:
        found = [page for page in pages if page.sheet_state == "visible"] or pages
        message = _("The workbook has no sheet with a table.")
    if not found:
        raise NotTaken(message % {"name": wanted, "names": ", ".join(page.title for page in pages)})
    return found[0]


def _read_rows(sheet: Sheet, page: Any) -> None:
    rows = page.iter_rows(max_col=MOST_COLUMNS + 1)
    for number, cells in _with_text(rows):
        if not sheet.header:
            sheet.header = [text_of(cell) for cell in cells]
            if len(cells) > MOST_COLUMNS:
                raise NotTaken(_("The sheet has more than %(most)d columns.") % {"most": MOST_COLUMNS})
            continue
        surplus = len(cells) - len(sheet.header)
        if surplus > 0:
            place = get_column_letter(len(sheet.header) + 1)
            message = _("Cells stand beside the table, from column %(letter)s on: delete them, or name their columns.")
            sheet.refuse(message % {"letter": place}, row=number, value=text_of(cells[-1]))
            continue
        padding: list[Cell] = [""] * -surplus
        if not add_line(sheet, number, [*cells, *padding]):
            return


def _with_text(rows: Any) -> Iterator[tuple[int, list[Cell]]]:
    """Number and cells of each row that has text, without the empty cells at its end."""
    before = None
    for number, row in enumerate(rows, start=1):
        # Rows that are not in the file are one and the same: a million of them take no time.
        if row is before or (number > LAST_SHEET_ROW and set(map(_VALUE, row)) == {None}):
            continue
        before = row
        cells = [_cell(cell) for cell in row]
        if has_text(cells):
            while cells[-1] == "":
                cells.pop()
            yield number, cells


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        # A formula over several cells is an object with its text, or, in a table of data, without.
        text = value if isinstance(value, str) else getattr(value, "text", None)
        return Damaged(text or "=", formula_message(cell.coordinate))
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, cell.number_format)
    if isinstance(value, dt.time | dt.timedelta):
        return _time_of_day(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return FromNumber(int(value) if value.is_integer() else value)
    if isinstance(value, int):
        return FromNumber(value)
    return cell_of(str(value), cell.coordinate)


def _time_of_day(value: dt.date | dt.time | dt.timedelta) -> Damaged:
    return Damaged(str(value), _("This is a time of day, not a day: write the date as 2023-10-24."))


def _date(value: dt.date, number_format: str) -> Cell:
    """A date as exactly as the cell shows it: one that shows “Sep 2023” says nothing of a day."""
    pattern = _LITERALS.sub("", number_format).lower()
    shown = _TIMES.sub("", pattern)
    day = value.strftime("%Y-%m-%d")
    if {"h", "s"} & {*pattern} and not {"d", "m", "y"} & {*shown}:
        return _time_of_day(value)
    if "d" in shown or ("m" not in shown and "y" not in shown):
        return day
    return day[:7] if "m" in shown else day[:4]
