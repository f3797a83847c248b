"""One line of the table that the long tests print: what was measured, what it had to be, what a planted fault gave."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# Names the file into which a program writes its rows for whoever started it.
ROWS_TO = "TRUST_ROWS"


@dataclass(frozen=True, slots=True)
class Row:
    """One promise, measured.

    `goal` and `measured` are for people to read, such as "≤ 100 ms" and "41 ms". `control` says what the same check
    found where a fault was planted: a check whose control finds nothing proves nothing. `met` is true if the goal is
    met and the control found its fault. `promise` is the one that it belongs to, where several are in one table.
    """

    metric: str
    goal: str
    measured: str
    control: str
    met: bool
    promise: str = ""


_HEADS = ("promise", "metric", "goal", "measured", "control", "")


def table(rows: Sequence[Row]) -> str:
    """The rows as a table of Markdown; the last column says `met` or `falls short`."""
    lines = [_HEADS, tuple("---" for _ in _HEADS)]
    lines += [
        (row.promise, row.metric, row.goal, row.measured, row.control, "met" if row.met else "falls short")
        for row in rows
    ]
    # Without the column that is blank for all.
    first = 0 if any(row.promise for row in rows) else 1
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line[first:])} |" for line in lines)


def report(rows: Sequence[Row]) -> int:
    """Print the rows, write them to the file of `TRUST_ROWS` if it is set, and give what the program ends with: 0 if
    every goal is met, else 1.
    """
    print(table(rows), flush=True)
    if path := os.environ.get(ROWS_TO):
        Path(path).write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    return 0 if all(row.met for row in rows) else 1


def read_rows(path: Path) -> list[Row]:
    """The rows that a program wrote; none if it wrote no file."""
    return [Row(**row) for row in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []
