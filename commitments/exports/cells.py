"""A cell as text in a table that a spreadsheet may open, and as plain JSON."""

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from commitments.exports.column import Cell, Column

SEPARATOR = "; "
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = frozenset("=+-@\t\r\n")
# What no cell of these types can begin with.
_SAFE = frozenset({"integer", "decimal", "date", "uncertain date"})


def texts(column: Column, cells: Sequence[Cell]) -> Sequence[Any]:
    """A column's cells as `csv` writes them: several values joined, no formula, 1 and 0 for yes and no."""
    if column.many:
        cells = [_joined(cell) if cell else "" for cell in cells]  # type: ignore[arg-type]
    if column.datatype == "boolean":
        return [None if cell is None else int(bool(cell)) for cell in cells]
    if column.datatype == "moment":
        return [cell.isoformat() if isinstance(cell, dt.datetime) else cell for cell in cells]
    if column.codelist or column.datatype in _SAFE:
        return cells
    # As `safe`, without a call for each.
    return [f"'{text}" if text and text[0] in FORMULA_STARTS else text for text in cells]  # type: ignore[index]


def _joined(values: tuple[Any, ...]) -> str:
    try:
        return SEPARATOR.join(values)
    except TypeError:  # not all are text
        return SEPARATOR.join(["" if value is None else str(value) for value in values])


def safe(text: str | None) -> str | None:
    """The text; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{text}" if text and text[0] in FORMULA_STARTS else text


def dumped(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    """Days and moments by ISO 8601; sums as text, so that no digit is lost."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def plain(cell: Cell) -> Any:
    """A cell as JSON has it."""
    if isinstance(cell, tuple):
        return [plain(value) for value in cell]
    return _plain(cell) if isinstance(cell, dt.date | Decimal) else cell
