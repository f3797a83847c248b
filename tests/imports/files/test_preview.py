"""A preview counts what a file would do, and says whether it would do anything."""

from collections import Counter

import pytest

from commitments.imports.files.preview import Change, Outcome, Preview, RowPlan
from commitments.imports.table import Problem

CREATED = RowPlan(2, Outcome.CREATED, "A", (Change("title", "", "A"),))
CHANGED = RowPlan(3, Outcome.CHANGED, "B", (Change("title", "B", "C"),))
UNCHANGED = RowPlan(4, Outcome.UNCHANGED, "D")
PROBLEM = Problem("t.csv", 5, "title", "", "The cell is empty: fill it in.")


def test_rows_are_told_apart_by_what_becomes_of_them() -> None:
    preview = Preview(3, [CREATED, CHANGED, UNCHANGED])

    assert (preview.created, preview.changed, preview.of(Outcome.UNCHANGED)) == ([CREATED], [CHANGED], [UNCHANGED])
    assert preview.counts == {"created": 1, "changed": 1, "unchanged": 1}
    assert Preview().counts == {"created": 0, "changed": 0, "unchanged": 0}


@pytest.mark.parametrize(
    ("rows", "problems", "words", "faults", "would_write"),
    [
        ([CREATED, UNCHANGED], [], {}, 0, True),
        ([CHANGED], [], {}, 0, True),
        ([UNCHANGED], [], {}, 0, False),
        ([CREATED], [PROBLEM], {}, 1, False),
        ([CREATED], [PROBLEM], {"kept": 2, "broken": 1}, 4, False),
    ],
)
def test_it_would_write_if_there_is_something_to_write_and_nothing_stands_in_the_way(
    rows: list[RowPlan], problems: list[Problem], words: dict[str, int], faults: int, would_write: bool
) -> None:
    preview = Preview(5, rows, problems, Counter(words))

    assert (preview.faults, preview.is_clean, preview.would_write) == (faults, not faults, would_write)


@pytest.mark.parametrize(
    "other",
    [
        RowPlan(3, Outcome.CREATED, "A", CREATED.changes),
        RowPlan(2, Outcome.CHANGED, "A", CREATED.changes),
        RowPlan(2, Outcome.CREATED, "Ä", CREATED.changes),
        RowPlan(2, Outcome.CREATED, "A", (Change("summary", "", "A"),)),
        RowPlan(2, Outcome.CREATED, "A", (Change("title", "A", ""),)),
        RowPlan(2, Outcome.CREATED, "A"),
    ],
)
def test_only_what_would_be_written_alike_has_the_same_hash(other: RowPlan) -> None:
    assert Preview(1, [CREATED]).digest == Preview(9, [CREATED], notes=["Read as UTF-8."]).digest
    assert Preview(1, [CREATED]).digest != Preview(1, [other]).digest
