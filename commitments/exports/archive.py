"""A list as CSV with what the CSV itself does not say: which list it is, and what each column means."""

import csv
import io
import zipfile
from collections.abc import Buffer, Iterator

from django.utils.translation import gettext as _

from commitments.exports.about import About
from commitments.exports.csv import pieces
from commitments.exports.shape import Listing, Shape


class Pipe(io.RawIOBase):
    """A file that only goes on: what was written since the last look is taken out of it."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self._written += memoryview(data)
        return memoryview(data).nbytes

    def taken(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


def stream(listing: Listing) -> Iterator[bytes]:
    """The archive: the rows, the columns, and a text to read."""
    pipe, count = Pipe(), 0
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(f"{listing.name}.csv", "w", force_zip64=True) as file:
            for piece, rows in pieces(listing):
                count += rows
                file.write(piece)
                yield pipe.taken()
        archive.writestr("columns.csv", dictionary(listing.shape))
        archive.writestr("README.txt", readme(listing, count))
    yield pipe.taken()


def dictionary(shape: Shape) -> str:
    """Every column: name, label, what it holds, of which list a code is, its unit, and what it means."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["name", "label", "holds", "codelist", "unit", "definition"])
    for column in shape.columns:
        codes = ", ".join(column.codelist.values) if column.codelist else ""
        writer.writerow([column.name, column.label, column.holds, codes, column.unit, column.definition])
    return buffer.getvalue()


def readme(listing: Listing, count: int) -> str:
    """What the file is, for people."""
    lines = [f"{name}: {value}" for name, value in About.of(listing).said(count).items()]
    notes = [
        _("%(name)s.csv holds the rows: UTF-8, the first row naming the columns. columns.csv says what each means.")
        % {"name": listing.name},
        _("A cell that a spreadsheet would take for a formula has an apostrophe before it."),
    ]
    return "\n".join([*lines, "", *notes, ""])
