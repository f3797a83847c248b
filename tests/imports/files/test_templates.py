"""Empty files to fill in: what they hold is what is read."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import load_workbook

from commitments.codelists import ImportKind, Status
from commitments.imports.files import templates
from commitments.imports.files.kinds import RESOURCES, columns_of
from commitments.imports.files.run import read_sheet
from commitments.imports.files.suggestions import suggested
from commitments.imports.table import Problem

KINDS = list(ImportKind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_every_column_and_is_read_without_a_fault(kind: ImportKind) -> None:
    for name, content in (("t.csv", templates.as_csv(kind)), ("t.xlsx", templates.as_xlsx(kind))):
        sheet = read_sheet(kind, name, content)
        assert sheet.problems == []
        assert sheet.header == [field.column_name for field in columns_of(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_explains_every_column_on_a_second_sheet(kind: ImportKind) -> None:
    book = load_workbook(io.BytesIO(templates.as_xlsx(kind)))

    explained = {row[0]: row for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert list(explained) == [field.column_name for field in columns_of(kind)]
    assert all(row[2] for row in explained.values())
    # Typed as text: a spreadsheet makes no number of a code.
    assert book.worksheets[0].column_dimensions["A"].number_format == "@"


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_documented(kind: ImportKind) -> None:
    text = Path(settings.BASE_DIR, "docs/imports.md").read_text(encoding="utf-8")
    section = text.partition(f"## Columns: {kind.value}\n")[2].partition("\n## ")[0]
    documented = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]

    assert documented == list(RESOURCES[kind]().fields)


def test_problems_are_safe_to_open_in_a_spreadsheet() -> None:
    content = templates.problems_as_csv(
        [Problem("t.csv", 3, "title", "=1+1", "A formula."), Problem("t.csv", 0, "", "", "X")]
    )

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1:] == [["3", "title", "'=1+1", "A formula."], ["", "", "", "X"]]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("promise kept", Status.DELIVERED),
        ("Compromise", Status.PARTIALLY_DELIVERED),
        ("in progress", Status.IN_PROGRESS),
        (" Promise_KEPT ", Status.DELIVERED),
        ("partially_delivered", Status.PARTIALLY_DELIVERED),
        ("promise broken", None),
        ("-1", None),
        ("–", None),
        ("nonsense", None),
    ],
)
def test_a_word_that_others_use_for_one_status_alone_is_suggested(word: str, status: Status | None) -> None:
    assert suggested(word) == status
