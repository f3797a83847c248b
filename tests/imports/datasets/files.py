"""Files in the shapes of other trackers, made here: no row is anybody's data."""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

from commitments.imports.datasets.mapping import DatasetMapping, read_mapping

MAPPINGS = Path(settings.BASE_DIR) / "docs" / "mappings"
MEMBERS = tuple(f"Member {letter}" for letter in "ABCDEFGHIJ")
DAMAGED = ("#REF!", "2021-01-01", "1-Jan", "1.2E+05", "yes", "2", "45188")
# One score in the ways in which spreadsheets have written it.
WRITTEN: Mapping[int, tuple[str, ...]] = {
    1: ("1", "+1", " +1 ", "1.0", "1,0", "1.00"),
    0: ("0", "0.0", "0,0", " 0"),
    -1: ("-1", "−1", "-1.0", "–1", "-1,0"),
}


def as_csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    """Rows as a file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode()


def mapping(name: str, old: str = "", new: str = "") -> DatasetMapping:
    """A mapping of the documentation, with one piece of it replaced."""
    text = (MAPPINGS / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    return read_mapping(text.replace(old, new).encode() if old else text.encode())


def big(rows: int, seed: int = 1) -> tuple[list[list[str]], dict[str, int]]:
    """A wide table of so many commitments and ten members, and how much of it is amiss, by what it is."""
    chance = random.Random(seed)
    table = [["No.", "Commitment", *MEMBERS, "Average"]]
    amiss = dict.fromkeys(("doubles", "without text", "damaged", "contradictions"), 0)
    for number in range(1, rows + 1):
        scores = [chance.choice((-1, 0, 1)) for _member in MEMBERS]
        cells = [chance.choice(WRITTEN[score]) for score in scores]
        average = f"{sum(scores) / len(scores):.1f}"
        name, text = str(number), f"Commitment {number} is to be kept"
        match number % 40:
            case 7:
                name = str(number - 1)
                amiss["doubles"] += 1
            case 13:
                text = ""
                amiss["without text"] += 1
            case 19:
                cells[number % 10] = chance.choice(DAMAGED)
                amiss["damaged"] += 1
            case 23:
                average = "0.9" if sum(scores) <= 0 else "-0.9"
                amiss["contradictions"] += 1
        table.append([name, text, *cells, average])
    return table, amiss
