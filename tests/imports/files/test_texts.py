"""Text files are read as spreadsheets and people write them, and what cannot be read is said."""

import csv
from collections.abc import Iterator

import pytest

from commitments.imports.files import limits, texts
from commitments.imports.files.sheets import Damaged, Sheet, text_of
from commitments.imports.files.texts import decode, heading, read_text

KNOWN = ("code", "title", "due_basis")


def read(content: str | bytes) -> Sheet:
    return read_text("things.csv", content if isinstance(content, bytes) else content.encode(), KNOWN)


def rows(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(number, [text_of(cell) for cell in cells]) for number, cells in sheet.lines]


def said(sheet: Sheet) -> str:
    return "\n".join(map(str, sheet.problems))


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1251", "Windows-1251")],
)
def test_it_knows_the_encoding_and_says_it(codec: str, name: str) -> None:
    sheet = read("code,title\nX-1,Договор о дороге\n".encode(codec))

    assert rows(sheet) == [(2, ["X-1", "Договор о дороге"])]
    assert f"Read as {name}." in sheet.notes


@pytest.mark.parametrize(
    "content",
    [
        "code,title\nX-1,Zürich\n".encode("latin-1"),
        b"code,title\nX-1,\xff\xfe\x98\n",
        b"\xff\xfec\x00o",
        "code\nX-1\n".encode("utf-16") + b"\x00",
        b"\xef\xbb\xbfcode\n\xff",
        "code,title\nX-1,© 2023\n".encode("latin-1"),
        "code,title\nX-1,Дорога\0\n".encode("cp1251"),
    ],
    ids=["latin-1", "no letters", "half a header", "an odd number of bytes", "a mark that lies", "a sign", "a zero"],
)
def test_it_refuses_an_encoding_that_it_does_not_know(content: bytes) -> None:
    sheet = read(content)

    assert "save it as “CSV UTF-8”" in said(sheet)
    assert rows(sheet) == []


def test_a_wrong_encoding_names_the_row() -> None:
    with pytest.raises(ValueError, match=r"row 3"):
        decode(b"code\nX-1\nZ\xfcrich\n")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_it_finds_the_separator_out(separator: str) -> None:
    sheet = read(separator.join(("code", "title")) + "\n" + separator.join(("X-1", '"a, b; c"')) + "\n")

    assert rows(sheet) == [(2, ["X-1", "a, b; c"])]


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        ("code,title\nX-1,A\n", []),
        ("code;title\nX-1;A\n", ["Columns are separated by semicolons."]),
        ("sep=|\ncode|title\nX-1|A\n", ["Columns are separated by |."]),
    ],
)
def test_it_says_which_separator_it_found_unless_it_is_the_usual_one(content: str, notes: list[str]) -> None:
    assert read(content).notes == ["Read as UTF-8.", *notes]


def test_it_heeds_a_line_that_says_the_separator() -> None:
    assert rows(read("sep=|\ncode|title\nX-1|A\n")) == [(2, ["X-1", "A"])]


def test_rows_without_text_are_left_out_and_numbers_stay() -> None:
    assert rows(read("code,title\n\nX-1,A\n,\n\nX-2,B\n")) == [(3, ["X-1", "A"]), (6, ["X-2", "B"])]


def test_empty_cells_at_the_end_are_nothing() -> None:
    sheet = read("code,title,,\nX-1,A,,\n")

    assert sheet.header == ["code", "title"]
    assert rows(sheet) == [(2, ["X-1", "A"])]


def test_an_empty_cell_under_the_last_heading_is_a_cell() -> None:
    sheet = read("code,title\nX-1,\n")

    assert rows(sheet) == [(2, ["X-1", ""])]
    assert sheet.problems == []


def test_a_file_of_empty_lines_has_no_rows() -> None:
    sheet = read("\n \n".encode("utf-16"))

    assert (sheet.header, sheet.lines) == ([], [])


def test_rows_with_too_few_or_too_many_cells_are_problems_and_the_others_are_read() -> None:
    sheet = read("code,title\nX-1\nX-2,A,B\nX-3,C\n")

    assert [(problem.row, problem.message.partition(":")[0]) for problem in sheet.problems] == [
        (2, "The row has 1 cells, the header 2"),
        (3, "The row has 3 cells, the header 2"),
    ]
    assert rows(sheet) == [(4, ["X-3", "C"])]


def test_quotation_marks_that_do_not_match_are_a_problem() -> None:
    assert "quotation marks do not match" in said(read('code,title\nX-1,"A\n'))


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=1+1", "formula"),
        ('"=HYPERLINK(""https://example.org"")"', "formula"),
        ("#REF!", "error"),
        ("#N/A", "error"),
        ("########", "error"),
        ("1.23E+05", "number of a code"),
        ("1,5E-3", "number of a code"),
        ("a\0b", "no text"),
        ("a\x1bb", "no text"),
    ],
)
def test_a_damaged_cell_says_what_to_do(cell: str, message: str) -> None:
    sheet = read(f"code;title\nX-1;{cell}\n")

    ((_number, (_code, found)),) = sheet.lines
    assert isinstance(found, Damaged)
    assert message in found.message


@pytest.mark.parametrize("cell", ["C51-2023-01", "1e5", "a = b", "# 4", "-5", "+7", "E+1"])
def test_what_only_looks_damaged_is_text(cell: str) -> None:
    assert rows(read(f"code;title\nX-1;{cell}\n")) == [(2, ["X-1", cell])]


def test_line_ends_within_a_cell_are_of_one_kind() -> None:
    assert rows(read('code,title\nX-1,"a\r\nb\rc"\n')) == [(2, ["X-1", "a\nb\nc"])]


@pytest.mark.parametrize("name", ["due_basis", " Due  Basis ", "DUE-BASIS", "\ufeffdue\xa0basis"])
def test_a_heading_is_known_however_it_is_written(name: str) -> None:
    assert heading(name) == "due_basis"


def test_a_heading_loses_none_of_its_letters() -> None:
    assert heading("Xerox X") == "xerox_x"


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_ROWS", 2)

    sheet = read("code\nX-1\nX-2\nX-3\nX-4\n")

    assert len(sheet.lines) == 2
    assert len(sheet.problems) == 1
    assert "more than 2 rows" in said(sheet)
    assert sheet.is_cut is True


@pytest.fixture
def _longest_cell() -> Iterator[None]:
    """As Python has it: other packages raise it for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("_longest_cell")
def test_a_cell_that_is_too_long_is_said_to_be() -> None:
    sheet = read("code,title\nX-1,A\nX-2," + "x" * 200_000 + "\n")

    assert rows(sheet) == [(2, ["X-1", "A"])]
    (problem,) = sheet.problems
    assert (problem.row, problem.message) == (
        3,
        "A cell has more than 131072 characters: shorten it, or close its quotation marks.",
    )


@pytest.mark.usefixtures("_longest_cell")
def test_a_first_line_that_is_too_long_for_a_column_s_name_is_refused_and_no_fault_of_ours() -> None:
    sheet = read("code," + "x" * 200_000 + "\nX-1,A\n")

    assert sheet.problems


def test_cells_below_the_last_row_that_is_read_are_refused_once() -> None:
    sheet = read("code" + "\n" * (limits.LAST_SHEET_ROW - 1) + "X-1\nX-2\nX-3\n")

    assert rows(sheet) == [(limits.LAST_SHEET_ROW, ["X-1"])]
    (problem,) = sheet.problems
    assert problem.row == limits.LAST_SHEET_ROW + 1
    assert "far below" in problem.message
    assert sheet.is_cut is True


def test_a_file_with_more_columns_than_are_read_is_refused_before_they_are_looked_at() -> None:
    sheet = read(",".join(f"column{number}" for number in range(101)) + "\nX-1\n")

    assert said(sheet) == "things.csv: The file has more than 100 columns: remove those that nobody reads."
    assert (sheet.header, sheet.lines) == ([], [])
