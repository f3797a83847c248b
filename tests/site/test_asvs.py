"""docs/security/asvs.csv: every requirement of OWASP ASVS 5.0, levels 1 and 2, joined with the tests that it names."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# How many there are of each level.
STANDARD = {"1": 70, "2": 183}
LEAST_TESTED = 0.95
_DATED = re.compile(r"\d{4}-\d\d-\d\d: \S")

type Row = dict[str, str]


def table() -> list[Row]:
    with (ROOT / "docs/security/asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file; none if there is no such file."""
    file = ROOT / path
    if not (path.startswith("tests/") and file.is_file()):
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def faults(row: Row) -> Iterator[str]:
    """What is wrong with a row by itself."""
    if not re.fullmatch(r"V(1[0-7]|[1-9])\.[1-9]\d?\.[1-9]\d?", row["number"]) or row["level"] not in STANDARD:
        yield "no number or level"
    if not row["requirement"]:
        yield "says nothing"
    named = row["tests"].split()
    yield from (
        f"no such test: {one}" for one in named if one.partition("::")[2] not in names_in(one.partition("::")[0])
    )
    if row["applies"] == "no":
        if named or row["met"] or not row["how"]:
            yield "does not apply, and says more or less than why"
    elif row["applies"] != "yes" or row["met"] not in ("met", "partly", "not met"):
        yield "neither applies nor does not"
    elif row["met"] != "met" and not _DATED.match(row["reason"]):
        yield "not met, without a dated reason"
    elif row["met"] == "met" and not (row["how"] and named):
        yield "met, without how or a test"


def test_every_row_holds_and_names_tests_that_are_there() -> None:
    rows = table()

    assert {row["number"]: found for row in rows if (found := list(faults(row)))} == {}


def test_every_requirement_has_one_row_in_its_order() -> None:
    rows = table()

    numbers = [tuple(int(part) for part in row["number"][1:].split(".")) for row in rows]
    assert numbers == sorted(set(numbers))
    assert Counter(row["level"] for row in rows) == STANDARD
    assert {chapter for chapter, _section, _number in numbers} == set(range(1, 18))


@pytest.mark.parametrize(("level", "least"), [("1", 1.0), ("2", LEAST_TESTED)])
def test_what_applies_is_tested(level: str, least: float) -> None:
    applying = [row for row in table() if row["level"] == level and row["applies"] == "yes"]
    tested = [row for row in applying if row["tests"]]

    assert len(tested) >= least * len(applying), [row["number"] for row in applying if not row["tests"]]


GOOD: Row = {
    "number": "V1.2.3", "level": "1", "requirement": "a", "applies": "yes", "met": "met", "how": "b",
    "tests": "tests/site/test_asvs.py::test_what_applies_is_tested", "reason": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "planted",
    [
        {"number": "V18.1.1"},
        {"number": "1.2.3"},
        {"level": "3"},
        {"requirement": ""},
        {"tests": "tests/site/test_asvs.py::test_that_is_not_there"},
        {"tests": "tests/site/test_nowhere.py::test_what_applies_is_tested"},
        {"tests": ""},
        {"met": "partly", "reason": "later"},
        {"met": "not met", "tests": ""},
        {"applies": "no"},
        {"applies": "perhaps"},
    ],
)
def test_a_row_that_does_not_hold_is_found(planted: Row) -> None:
    assert list(faults(GOOD)) == []
    assert list(faults({**GOOD, **planted}))
