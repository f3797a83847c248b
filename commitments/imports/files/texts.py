"""A text file of separated values into a sheet: its encoding and its separator are found out, and said."""

import codecs
import csv
import re
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.imports.files.limits import LAST_SHEET_ROW, MOST_COLUMNS, MOST_ROWS
from commitments.imports.files.sheets import Cell, Sheet, cell_of, has_text
from commitments.imports.table import read_lines

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# The first is taken where none fits better.
_SEPARATORS = {
    ",": gettext_lazy("commas"),
    ";": gettext_lazy("semicolons"),
    "\t": gettext_lazy("tabs"),
}
# Spreadsheets write it above the header to tell one another the separator.
_SAID_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_MIXED_ALPHABETS = re.compile(r"[a-z][а-яёіңғүұқөһәў]|[а-яёіңғүұқөһәў][a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def read_text(file: str, content: bytes, known: Collection[str]) -> Sheet:
    """The table in a text file. `known` are the columns that may stand in its header."""
    sheet = Sheet(file)
    try:
        text, encoding = decode(content)
    except ValueError as error:
        sheet.refuse(str(error))
        return sheet
    said = _SAID_SEPARATOR.match(text)
    separator = said[1] if said else _separator(text, known)
    text = text[said.end() :] if said else text
    sheet.notes.append(_("Read as %(encoding)s.") % {"encoding": encoding})
    if separator != ",":
        name = _SEPARATORS.get(separator, separator)
        sheet.notes.append(_("Columns are separated by %(separator)s.") % {"separator": name})
    _read_rows(sheet, text, separator)
    return sheet


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding: by its mark, else UTF-8, else Windows-1251 where it makes sense.

    Raises `ValueError` with a sentence.
    """
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), name
            except UnicodeDecodeError:
                raise ValueError(
                    _("The file says that it is %(encoding)s, and is not: save it as “CSV UTF-8”.") % {"encoding": name}
                ) from None
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
    text = content.decode("cp1251", errors="replace")
    # Any bytes are something in Windows-1251. Words of Western Europe come out as letters of two alphabets in one word.
    if "�" in text or "\0" in text or not _CYRILLIC.search(text) or _MIXED_ALPHABETS.search(text):
        message = _("The file is no text in UTF-8, UTF-16 or Windows-1251 (row %(row)d): save it as “CSV UTF-8”.")
        raise ValueError(message % {"row": row})
    return text, "Windows-1251"


def _separator(text: str, known: Collection[str]) -> str:
    """The separator by which most of the header's cells are columns that we know."""
    line = next((line for line in text.splitlines() if line.strip()), "")

    def fit(separator: str) -> tuple[int, int]:
        try:
            header = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            return 0, 0
        return sum(heading(name) in known for name in header), len(header)

    return max(_SEPARATORS, key=fit)


def heading(text: str) -> str:
    """A name in a header, however it is written: “ Due  Basis ” is due_basis."""
    return re.sub(r"[\s\-_]+", "_", text.strip("\ufeff \t\r\n\xa0").lower())


def _read_rows(sheet: Sheet, text: str, separator: str) -> None:
    for number, texts in read_lines(text, sheet, separator):
        while len(texts) > len(sheet.header) and not texts[-1]:
            texts.pop()
        if not sheet.header and len(texts) > MOST_COLUMNS:
            # Before each of them is compared with every column that we know.
            message = _("The file has more than %(most)d columns: remove those that nobody reads.")
            sheet.refuse(message % {"most": MOST_COLUMNS})
            return
        if not sheet.header:
            sheet.header = texts
            continue
        if not any(texts):
            continue
        if len(texts) != len(sheet.header):
            message = _("The row has %(found)d cells, the header %(expected)d: quote cells that hold the separator.")
            sheet.refuse(message % {"found": len(texts), "expected": len(sheet.header)}, row=number)
            continue
        cells: list[Cell] = [cell_of(text) for text in texts]
        if has_text(cells) and not add_line(sheet, number, cells):
            return


def add_line(sheet: Sheet, number: int, cells: list[Cell]) -> bool:
    """Add a row to the sheet; False, with a problem, once there are more than are taken."""
    if len(sheet.lines) == MOST_ROWS:
        message = _("The file has more than %(most)d rows: split it into several files.")
        sheet.refuse(message % {"most": MOST_ROWS})
        sheet.is_cut = True
        return False
    if number > LAST_SHEET_ROW:
        sheet.refuse(_("Cells stand far below the table: delete the rows under it."), row=number)
        sheet.is_cut = True
        return False
    sheet.lines.append((number, cells))
    return True
