"""Reading a CSV file with typed columns, and saying everything that is wrong with it at once."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHOWN_LENGTH = 60


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what stands there, and what to do about it.

    Rows are numbered as a spreadsheet shows them, the header being row 1; 0 means the file as a whole.
    """

    file: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(_("row %(number)d") % {"number": self.row})
        if self.column:
            place.append(_("column %(name)s") % {"name": self.column})
        shown = self.value if len(self.value) <= SHOWN_LENGTH else f"{self.value[: SHOWN_LENGTH - 1]}…"
        return f"{', '.join(place)}: {f'“{shown}” – ' if shown else ''}{self.message}"


@dataclass(frozen=True)
class Column:
    """A column: its name in the header, how a cell is read, and what an empty one means.

    `read` takes the text of a cell that is not empty and raises `ValueError` or `ValidationError`, with a sentence for
    the person who typed it, when it makes no sense.
    """

    name: str
    read: Callable[[str], Any] = str
    required: bool = False
    empty: Any = ""


@dataclass(frozen=True)
class Row:
    """One row: `row["due"]` is the typed value, `row.cells["due"]` the text that stands in the file."""

    file: str
    number: int
    cells: Mapping[str, str]
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def problem(self, column: str, message: str) -> Problem:
        """A problem with one cell of this row, or with the row as a whole where `column` is empty."""
        return Problem(self.file, self.number, column, self.cells.get(column, ""), message)


@dataclass
class Table:
    """What was read of one file. With problems, the rows are good for looking up their keys only."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Reading stopped before the end: of the rows after the last one nobody knows.
    is_cut: bool = False

    def refuse(self, message: str, *, row: int = 0, value: str = "") -> None:
        self.problems.append(Problem(self.file, row, "", value, message))


def read_table(path: Path, columns: Sequence[Column]) -> Table:
    """Read a UTF-8 CSV file whose header names exactly these columns, in any order. Rows without text are skipped."""
    table = Table(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        table.refuse(_("The file cannot be read (%(reason)s).") % {"reason": error.strerror})
        return table
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        table.refuse(_("The file is not UTF-8 here: save it as “CSV UTF-8”."), row=row)
        return table
    lines = read_lines(text, table)
    _number, header = next(lines, (1, []))
    if _refuse_header(header, columns, table):
        return table
    for number, cells in lines:
        if any(cells):
            table.rows.append(_row(number, header, cells, columns, table))
    return table


def read_lines(text: str, table: Table, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Number and stripped cells of each row; stops with a problem where the quoting goes wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        most = csv.field_size_limit()
        # The library says which of the two it is in words alone.
        if str(most) in str(error):
            message = _("A cell has more than %(most)s characters: shorten it, or close its quotation marks.")
        else:
            message = _(
                "The quotation marks do not match (%(reason)s): quote a cell with commas, and double the marks in it."
            )
        table.refuse(message % {"reason": error, "most": most}, row=number + 1)
        table.is_cut = True


def _refuse_header(header: Sequence[str], columns: Sequence[Column], table: Table) -> bool:
    """Say what is wrong with the header, if anything; without a right one no cell can be read."""
    expected = [column.name for column in columns]
    missing = [name for name in expected if name not in header]
    unknown = [name for name in header if name not in expected]
    twice = [name for name, count in Counter(header).items() if count > 1]
    for message, names in (
        (_("The header lacks columns: add them."), missing),
        (_("The header has columns that nobody reads: rename or remove them."), unknown),
        (_("The header has columns twice: remove one of each."), twice),
    ):
        if names:
            table.refuse(message, row=1, value=", ".join(names))
    return bool(table.problems)


def _row(number: int, header: Sequence[str], cells: Sequence[str], columns: Sequence[Column], table: Table) -> Row:
    texts = dict(zip(header, cells, strict=False))
    texts |= {name: "" for name in header if name not in texts}
    values = {column.name: column.empty for column in columns}
    row = Row(table.file, number, texts, values)
    if len(cells) != len(header):
        message = _("The row has %(found)d cells, the header %(expected)d: quote cells that hold commas.")
        table.refuse(message % {"found": len(cells), "expected": len(header)}, row=number)
        return row
    for column in columns:
        try:
            values[column.name] = read_cell(column, texts[column.name])
        except ValidationError as error:
            table.problems += [row.problem(column.name, message) for message in error.messages]
        except ValueError as error:
            table.problems.append(row.problem(column.name, str(error)))
    return row


def read_cell(column: Column, text: str) -> Any:
    """The typed value of a cell's text. Raises `ValueError` or `ValidationError` with what is wrong with it."""
    # Neither database nor page could show it, and PostgreSQL refuses to store it.
    if "\0" in text:
        raise ValueError(_("The cell holds a character that is no text: type it anew."))
    if text:
        return column.read(text)
    if column.required:
        raise ValueError(_("The cell is empty: fill it in."))
    return column.empty
