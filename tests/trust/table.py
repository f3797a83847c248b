"""One line of the table that the long tests print: what was measured, what it had to be, what a planted fault gave."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One promise, measured.

    `goal` and `measured` are for people to read, such as "≤ 100 ms" and "41 ms". `control` says what the same check
    found where a fault was planted: a check whose control finds nothing proves nothing. `met` is true if the goal is
    met and the control found its fault.
    """

    metric: str
    goal: str
    measured: str
    control: str
    met: bool


_HEADS = ("metric", "goal", "measured", "control", "")


def table(rows: Sequence[Row]) -> str:
    """The rows as a table of Markdown; the last column says `met` or `falls short`."""
    lines = [_HEADS, tuple("---" for _ in _HEADS)]
    lines += [(*astuple(row)[:4], "met" if row.met else "falls short") for row in rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def print_table(rows: Sequence[Row]) -> None:
    print(table(rows), flush=True)


def exit_code(rows: Sequence[Row]) -> int:
    """What a program that measured these ends with: 0 if every goal is met, else 1."""
    return 0 if all(row.met for row in rows) else 1
