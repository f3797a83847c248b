"""The list as CSV: streamed, one row a commitment, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from itertools import batched

from commitments.exports.columns import COLUMNS, Cell, ExportContext, for_export
from commitments.models.commitments import CommitmentQuerySet
from commitments.timetravel import as_they_stood

BATCH = 1000
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def stream(queryset: CommitmentQuerySet, context: ExportContext) -> Iterator[str]:
    """The lines of the file, the header first, rows in the queryset's order, read in batches."""
    writer = csv.writer(Echo())
    yield writer.writerow([column.name for column in COLUMNS])
    for batch in batched(for_export(queryset).iterator(chunk_size=BATCH), BATCH):
        for commitment in as_they_stood(batch, context.moment):
            yield writer.writerow([text(column.value(commitment, context)) for column in COLUMNS])


def text(cell: Cell) -> str:
    """A cell as text; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    written = str(cell)
    return f"'{written}" if written.startswith(FORMULA_STARTS) else written
