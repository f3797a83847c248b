"""How large a file may be. `docs/imports.md` says the same."""

MEGABYTE = 1024 * 1024

MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 10_000
MOST_COLUMNS = 100
# A workbook is an archive: what its parts are unpacked, how much smaller than that they may be packed, and how many.
MOST_UNPACKED_BYTES = 100 * MEGABYTE
LARGEST_RATIO = 200
MOST_PARTS = 500
# Empty rows count here: a stray cell a million rows down is a slip.
LAST_SHEET_ROW = 100_000
