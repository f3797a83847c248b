"""The list as CSV: streamed, one row a commitment, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator

from commitments.exports.columns import COLUMNS, Cell, ExportContext, for_export
from commitments.models.commitments import CommitmentQuerySet

BATCH = 1000
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def stream(queryset: CommitmentQuerySet, context: ExportContext) -> Iterator[str]:
    """The lines of the file, the header first, rows in the queryset's order, read in batches."""
    writer = csv.writer(_Echo())
    yield writer.writerow([column.name for column in COLUMNS])
    for commitment in for_export(queryset).iterator(chunk_size=BATCH):
        yield writer.writerow([_text(column.value(commitment, context)) for column in COLUMNS])


def _text(cell: Cell) -> str:
    """A cell as text; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
