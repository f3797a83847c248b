"""A list as CSV: streamed, the header first, safe to open in a spreadsheet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from commitments.exports.cells import texts
from commitments.exports.column import Column
from commitments.exports.shape import Chunk, Listing

LINE_END = "\r\n"
_day = lru_cache(maxsize=16384)(dt.date.isoformat)


def stream(listing: Listing) -> Iterator[bytes]:
    """The file, a thousand records at a time."""
    return (piece for piece, _rows in pieces(listing))


def pieces(listing: Listing) -> Iterator[tuple[bytes, int]]:
    """The same with the number of rows in each piece."""
    yield header(listing.shape.columns), 0
    for chunk in listing.chunks():
        yield written(chunk), len(chunk)


def header(columns: Sequence[Column]) -> bytes:
    """The first line: what the columns are called."""
    return (",".join(column.name for column in columns) + LINE_END).encode()


def written(chunk: Chunk) -> bytes:
    """The rows column by column, then joined: the standard library's writer looks at every letter of every cell."""
    cells = [_quoted(column, texts(column, cells)) for column, cells in zip(chunk.columns, chunk.cells, strict=True)]
    lines = map(",".join, zip(*cells, strict=True))
    return "".join([line + LINE_END for line in lines]).encode()


def _quoted(column: Column, cells: Sequence[Any]) -> Sequence[str]:
    """The cells as text, in quotation marks where they hold what CSV is made of."""
    if column.datatype == "date" and not column.many:
        return [_day(cell) if cell else "" for cell in cells]
    if column.datatype in ("integer", "boolean") and not column.many:
        return ["" if cell is None else str(cell) for cell in cells]
    if column.datatype == "decimal" and not column.many:
        return ["" if cell is None else f"{cell:f}" for cell in cells]
    if column.codelist or column.datatype == "uncertain date":
        return [cell or "" for cell in cells]
    return [
        '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell or "\n" in cell or "\r" in cell else cell
        for cell in [cell or "" for cell in cells]
    ]
