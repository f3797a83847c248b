"""A CSV file is read as people write them, and everything that is wrong with it is said at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from commitments.imports.table import SHOWN_LENGTH, Column, Problem, Table, read_lines, read_table

COLUMNS = (Column("code", required=True), Column("count", int, empty=None), Column("note"))

type Read = Callable[[str | bytes], Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a file with this content."""

    def read_content(content: str | bytes) -> Table:
        path = tmp_path / "things.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, COLUMNS)

    return read_content


def said(table: Table) -> list[str]:
    return [str(problem) for problem in table.problems]


def values(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row[column.name] for column in COLUMNS) for row in table.rows]


# --- what is read ---------------------------------------------------------------------------------------------------


def test_cells_are_typed_and_keep_their_text(read: Read) -> None:
    table = read("code,count,note\nA,12,first\n")

    (row,) = table.rows
    assert (row["code"], row["count"], row["note"]) == ("A", 12, "first")
    assert row.cells == {"code": "A", "count": "12", "note": "first"}
    assert not table.problems


def test_columns_may_stand_in_any_order(read: Read) -> None:
    assert values(read("note,code,count\nfirst,A,12\n")) == [("A", 12, "first")]


def test_an_empty_cell_means_what_its_column_says(read: Read) -> None:
    assert values(read("code,count,note\nA,,\n")) == [("A", None, "")]


def test_quoted_cells_hold_commas_quotes_and_line_breaks(read: Read) -> None:
    table = read('code,count,note\nA,1,"one, ""two""\nthree"\nB,2,\n')

    assert values(table) == [("A", 1, 'one, "two"\nthree'), ("B", 2, "")]
    assert [row.number for row in table.rows] == [2, 3], "as a spreadsheet numbers them, not as lines"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeffcode,count,note\nA,1,я\n".encode(), id="with the mark that Excel writes"),
        pytest.param("code,count,note\r\nA,1,я\r\n", id="with the line ends of Windows"),
        pytest.param("code,count,note\nA,1,я", id="without an end to the last line"),
        pytest.param(" code , count , note \n A , 1 , я \n", id="with spaces around the cells"),
    ],
)
def test_files_of_all_programs_are_read(read: Read, content: str | bytes) -> None:
    table = read(content)

    assert (values(table), said(table)) == ([("A", 1, "я")], [])


def test_empty_rows_are_skipped_and_counted(read: Read) -> None:
    table = read("code,count,note\nA,1,\n\n,,\nB,2,\n")

    assert [(row["code"], row.number) for row in table.rows] == [("A", 2), ("B", 5)]
    assert not table.problems


# --- what is wrong with the file ------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    table = read_table(tmp_path / "things.csv", COLUMNS)

    assert said(table) == ["things.csv: The file cannot be read (No such file or directory)."]


def test_another_encoding_is_a_problem_with_its_row(read: Read) -> None:
    table = read("code,count,note\nA,1,\nB,2,я\n".encode("cp1251"))

    assert said(table) == ["things.csv, row 3: The file is not UTF-8 here: save it as “CSV UTF-8”."]
    assert table.rows == []


@pytest.mark.parametrize("row", ['B,2,"open', 'B,2,"shut"open'])
def test_quotation_marks_that_do_not_match_are_a_problem_with_their_row(read: Read, row: str) -> None:
    (problem,) = read(f"code,count,note\nA,1,\n{row}\n").problems

    assert (problem.file, problem.row) == ("things.csv", 3)
    assert problem.message.startswith("The quotation marks do not match")


def test_of_what_follows_such_a_row_nobody_knows(read: Read) -> None:
    assert read('code,count,note\nA,1,\nB,2,"open\n').is_cut is True
    assert read('code,count,note\nA,1,"shut"\n').is_cut is False
    (problem,) = read('"open').problems[:1]
    assert problem.row == 1


def test_cells_may_be_parted_by_something_else() -> None:
    assert list(read_lines("a;b,c\n", Table("things.csv"), ";")) == [(1, ["a", "b,c"])]


def test_a_cell_may_have_several_things_wrong_with_it(tmp_path: Path) -> None:
    def refuse(_text: str) -> None:
        raise ValidationError(["Too long.", "Too loud."])

    path = tmp_path / "things.csv"
    path.write_text("code,note\nA,x\n,y\n", encoding="utf-8")
    table = read_table(path, (Column("code", required=True), Column("note", refuse)))

    assert [(problem.row, problem.column, problem.value, problem.message) for problem in table.problems] == [
        (2, "note", "x", "Too long."),
        (2, "note", "x", "Too loud."),
        (3, "code", "", "The cell is empty: fill it in."),
        (3, "note", "y", "Too long."),
        (3, "note", "y", "Too loud."),
    ]


@pytest.mark.parametrize(("length", "shown"), [(SHOWN_LENGTH, SHOWN_LENGTH), (SHOWN_LENGTH + 1, SHOWN_LENGTH)])
def test_of_a_long_value_the_beginning_is_shown(length: int, shown: int) -> None:
    said = str(Problem("things.csv", 2, "note", "x" * length, "Too long."))

    assert said.count("x") == (shown if length == shown else shown - 1)
    assert ("…" in said) == (length != shown)


def test_everything_wrong_with_the_header_is_said_at_once(read: Read) -> None:
    table = read("code,code,nott\nA,B,C\n")

    assert said(table) == [
        "things.csv, row 1: “count, note” – The header lacks columns: add them.",
        "things.csv, row 1: “nott” – The header has columns that nobody reads: rename or remove them.",
        "things.csv, row 1: “code” – The header has columns twice: remove one of each.",
    ]
    assert table.rows == [], "without a right header no cell can be read"


def test_a_file_without_a_header_lacks_every_column(read: Read) -> None:
    assert said(read("")) == ["things.csv, row 1: “code, count, note” – The header lacks columns: add them."]


def test_a_header_alone_is_a_file_without_rows(read: Read) -> None:
    table = read("code,count,note\n")

    assert (table.rows, table.problems) == ([], [])


# --- what is wrong with a row ---------------------------------------------------------------------------------------


def test_every_problem_of_every_row_is_said_with_its_row_and_column(read: Read) -> None:
    table = read("code,count,note\n,many,\nB,2,\nC,few,\n")

    assert [(problem.row, problem.column, problem.value) for problem in table.problems] == [
        (2, "code", ""),
        (2, "count", "many"),
        (4, "count", "few"),
    ]
    assert said(table)[0] == "things.csv, row 2, column code: The cell is empty: fill it in."
    assert len(table.rows) == 3, "wrong rows are still there to be looked up"


@pytest.mark.parametrize(("row", "cells"), [("A,1", 2), ("A,1,with, commas", 4)])
def test_a_row_with_too_few_or_too_many_cells_is_a_problem(read: Read, row: str, cells: int) -> None:
    table = read(f"code,count,note\n{row}\n")

    message = f"The row has {cells} cells, the header 3: quote cells that hold commas."
    assert said(table) == [f"things.csv, row 2: {message}"]


def test_a_cell_that_holds_no_text_is_a_problem(read: Read) -> None:
    (problem,) = read("code,count,note\nA,1,a\0b\n").problems

    assert (problem.row, problem.column) == (2, "note")


def test_a_problem_says_where_what_and_what_to_do_and_cuts_a_long_value() -> None:
    problem = Problem("things.csv", 7, "note", "x" * 100, "Make it shorter.")

    assert str(problem) == f"things.csv, row 7, column note: “{'x' * 59}…” – Make it shorter."
