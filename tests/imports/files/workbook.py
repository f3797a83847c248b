"""Workbooks for tests: whole ones, and those that somebody has tampered with."""

import io
from collections.abc import Callable, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[Any]], arrange: Callable[[Any, Any], object] | None = None) -> bytes:
    """A workbook with these rows; `arrange` is handed the book and its sheet before they are saved."""
    book = Workbook()
    page: Any = book.active
    for row in rows:
        page.append(list(row))
    if arrange is not None:
        arrange(book, page)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The archive with each part as `change` makes it, and more parts."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(stream, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
        for name, part in (extra or {}).items():
            after.writestr(name, part)
    return stream.getvalue()
