"""Workbooks are looked at before they are opened, and read as people fill them in."""

import datetime as dt
import io
import random
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from commitments.codelists import ImportKind
from commitments.imports.files import texts, workbooks
from commitments.imports.files.limits import MEGABYTE
from commitments.imports.files.run import read_sheet
from commitments.imports.files.sheets import Damaged, FromNumber, Sheet, text_of
from commitments.imports.files.workbooks import read_workbook
from tests.imports.files.workbook import SHEET, repacked, workbook

HEADER = ["code", "title", "made"]


def rows(sheet: Sheet) -> list[tuple[int, list[str]]]:
    assert sheet.problems == []
    return [(number, [text_of(cell) for cell in cells]) for number, cells in sheet.lines]


def refusal(content: bytes) -> str:
    sheet = read_workbook("things.xlsx", content)
    assert sheet.lines == []
    (problem,) = sheet.problems
    return problem.message


def read(*cells: Any, number_format: str = "") -> Any:
    """The one cell of a sheet as it is read."""

    def arrange(_book: Any, page: Any) -> None:
        if number_format:
            page["A2"].number_format = number_format

    sheet = read_workbook("things.xlsx", workbook([["code"], list(cells)], arrange))
    ((_number, (cell,)),) = sheet.lines
    return cell


def test_cells_are_text_whatever_they_were() -> None:
    sheet = read_workbook(
        "things.xlsx", workbook([HEADER, ["X-1", " A ", dt.date(2023, 9, 19)], [], [7, True, None], [2.5, False, None]])
    )

    assert (sheet.header, sheet.notes) == (HEADER, [])
    assert rows(sheet) == [(2, ["X-1", "A", "2023-09-19"]), (4, ["7", "TRUE", ""]), (5, ["2.5", "FALSE", ""])]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("yyyy-mm-dd", "2023-09-19"),
        ("dd.mm.yyyy hh:mm", "2023-09-19"),
        ("mmm yyyy", "2023-09"),
        ('mmmm" day "yy', "2023-09"),
        ("yyyy", "2023"),
        ("mmmm", "2023-09"),
        ("yyyy, h:mm:ss", "2023"),
        ("mm:ss yyyy", "2023"),
        ("yyyy h AM/PM", "2023"),
        ("mmm yyyy hh:mm", "2023-09"),
    ],
)
def test_a_date_is_as_exact_as_its_cell_shows_it(shown: str, expected: str) -> None:
    assert read(dt.datetime(2023, 9, 19, 14, 30), number_format=shown) == expected  # noqa: DTZ001 # as in a cell


def test_a_time_of_day_is_no_date() -> None:
    assert "time of day" in read(dt.time(14, 30)).message


@pytest.mark.parametrize("shown", ["h:mm", "[h]:mm:ss", "mm:ss", "h AM/PM"])
def test_a_date_of_which_the_cell_shows_the_time_alone_is_no_month(shown: str) -> None:
    assert "time of day" in read(dt.datetime(2023, 9, 19, 14, 30), number_format=shown).message  # noqa: DTZ001 # as in a cell


def test_a_number_is_known_to_have_been_one() -> None:
    assert isinstance(read(16.1), FromNumber)


def test_a_whole_number_has_no_point_however_the_file_writes_it() -> None:
    content = repacked(
        workbook([["code"], [7]]),
        lambda name, part: part.replace(b"<v>7</v>", b"<v>7.0</v>") if name == SHEET else part,
    )

    assert rows(read_workbook("things.xlsx", content)) == [(2, ["7"])]


def test_a_formula_is_refused_and_named() -> None:
    cell = read("=A1+1")

    assert isinstance(cell, Damaged)
    assert cell.text == "=A1+1"
    assert "A2" in cell.message


@pytest.mark.parametrize(
    ("formula", "text"), [(ArrayFormula("A2:A3", "=A1:A2*2"), "=A1:A2*2"), (DataTableFormula("A2:A3", r1="B1"), "=")]
)
def test_a_formula_over_several_cells_is_refused_as_it_is_written(formula: Any, text: str) -> None:
    cell = read(formula)

    assert isinstance(cell, Damaged)
    assert cell.text == text
    assert "A2" in cell.message


def test_what_is_only_text_and_begins_as_a_formula_is_refused_and_named_too() -> None:
    def as_text(_book: Any, page: Any) -> None:
        page["A2"].data_type = "s"

    sheet = read_workbook("things.xlsx", workbook([["code"], ["=A1+1"]], as_text))

    ((_number, (cell,)),) = sheet.lines
    assert isinstance(cell, Damaged)
    assert "A2" in cell.message


def test_an_error_of_the_spreadsheet_is_refused() -> None:
    assert "error" in read("#REF!").message


def test_merged_cells_are_a_problem_with_their_place() -> None:
    content = workbook(
        [HEADER, ["X-1", "A", "2023"], ["X-2", "B", "2023"]], lambda _book, page: page.merge_cells("A2:A3")
    )

    (problem,) = read_workbook("things.xlsx", content).problems
    assert (problem.row, problem.value) == (2, "A2:A3")
    assert "unmerge" in problem.message


def two_sheets(book: Any, page: Any) -> None:
    page.title = "Data"
    notes = book.create_sheet("Notes")
    notes.append(["code"])
    notes.append(["N-1"])


def test_of_several_sheets_the_first_is_read_and_said() -> None:
    sheet = read_workbook("things.xlsx", workbook([["code"], ["X-1"]], two_sheets))

    assert rows(sheet) == [(2, ["X-1"])]
    assert sheet.notes == ["Sheet “Data” was read, one of 2."]


def test_a_hidden_sheet_is_not_the_first() -> None:
    def hide(book: Any, page: Any) -> None:
        two_sheets(book, page)
        page.sheet_state = "hidden"

    assert rows(read_workbook("things.xlsx", workbook([["code"], ["X-1"]], hide))) == [(2, ["N-1"])]


def test_a_sheet_is_read_by_its_name() -> None:
    content = workbook([["code"], ["X-1"]], two_sheets)

    assert rows(read_workbook("things.xlsx", content, " notes ")) == [(2, ["N-1"])]
    (problem,) = read_workbook("things.xlsx", content, "Nothing").problems
    assert "Data, Notes" in problem.message


@pytest.mark.parametrize("row", [["X-1", "stray"], ["X-1", None, "stray"]])
def test_cells_beside_the_table_are_a_problem(row: list[str | None]) -> None:
    sheet = read_workbook("things.xlsx", workbook([["code"], row, ["X-2"]]))

    (problem,) = sheet.problems
    assert (problem.file, problem.row, problem.value) == ("things.xlsx", 2, "stray")
    assert "column B" in problem.message
    assert [number for number, _cells in sheet.lines] == [3]


def test_too_many_columns_are_refused() -> None:
    assert rows(read_workbook("things.xlsx", workbook([["code"] * 100, ["X-1"]])))
    assert "more than 100 columns" in refusal(workbook([["code"] * 101]))


def test_a_workbook_with_a_password_is_refused() -> None:
    content = bytearray(workbook([["code"], ["X-1"]]))
    # The bit that says so, in the directory at the end.
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert "protected by a password" in refusal(bytes(content))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commitments.imports.files.texts.MOST_ROWS", 2)

    sheet = read_workbook("things.xlsx", workbook([["code"], *([f"X-{number}"] for number in range(4))]))

    assert len(sheet.lines) == 2
    assert "more than 2 rows" in sheet.problems[0].message


@pytest.mark.parametrize("row", [4, 5, 9], ids=["at once", "after an empty row", "far below"])
def test_what_stands_below_the_last_row_that_is_read_is_said_and_not_left_out_silently(
    row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (texts, workbooks):
        monkeypatch.setattr(module, "LAST_SHEET_ROW", 3)

    sheet = read_workbook(
        "things.xlsx",
        workbook([["code"], ["X-1"]], lambda _book, page: page.cell(row=row, column=1, value="X-2")),
    )

    assert sheet.lines == [(2, ["X-1"])]
    assert [(problem.row, problem.message) for problem in sheet.problems] == [
        (row, "Cells stand far below the table: delete the rows under it.")
    ]


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = repacked(workbook([["code"], ["X-1"]]), lambda _name, part: part, {"xl/media/x": b"\0" * 3_000_000})
    monkeypatch.setattr(workbooks, "load_workbook", None)

    assert "packed as no spreadsheet" in refusal(content)


def test_what_unpacks_into_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", 1000)

    assert "unpacks into more" in refusal(workbook([["code"], ["X-1"]]))


def test_as_much_as_is_allowed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([["code"], ["X-1"]])
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    monkeypatch.setattr(workbooks, "MOST_PARTS", len(parts))
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", sum(part.file_size for part in parts))

    assert rows(read_workbook("things.xlsx", content)) == [(2, ["X-1"])]


@pytest.mark.parametrize(
    "picture", [b"\0" * MEGABYTE, random.Random(1).randbytes(2 * MEGABYTE)], ids=["small", "hardly packed"]
)
def test_only_what_is_large_and_packed_beyond_measure_is_a_bomb(picture: bytes) -> None:
    content = repacked(workbook([["code"], ["X-1"]]), lambda _name, part: part, {"xl/media/x": picture})

    assert rows(read_workbook("things.xlsx", content)) == [(2, ["X-1"])]


def test_too_many_parts_are_refused() -> None:
    extra = {f"xl/media/{number}": b"" for number in range(600)}

    assert "unpacks into more" in refusal(repacked(workbook([["code"]]), lambda _name, part: part, extra))


DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(codec: str) -> None:
    def declare(name: str, part: bytes) -> bytes:
        if name != SHEET:
            return part
        text = part.decode()
        head = f'<?xml version="1.0" encoding="{codec}"?>'
        return (head + DOCTYPE + text[text.index("<worksheet") :]).encode(codec)

    assert "XML entities" in refusal(repacked(workbook([["code"], ["X-1"]]), declare))


def test_an_entity_hidden_from_the_first_look_is_refused_by_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_DECLARATIONS", ())

    def declare(name: str, part: bytes) -> bytes:
        return part.replace(b"<worksheet", DOCTYPE.encode() + b"<worksheet", 1) if name == SHEET else part

    assert "damaged" in refusal(repacked(workbook([["code"], ["X-1"]]), declare))


@pytest.mark.parametrize("name", ["xl/workbook.xml", SHEET, "[Content_Types].xml", "xl/styles.xml"])
def test_a_damaged_workbook_is_refused(name: str) -> None:
    content = repacked(workbook([["code"], ["X-1"]]), lambda part, text: b"<broken" if part == name else text)

    assert "damaged" in refusal(content)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Nothing here.")

    assert "damaged" in refusal(stream.getvalue())
    assert "damaged" in refusal(b"PK\x03\x04 and nothing else")


def test_a_part_with_a_wrong_checksum_is_refused() -> None:
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(workbook([["code"], ["X-1"]]))) as before, ZipFile(stream, "w", ZIP_STORED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
    content = stream.getvalue().replace(b"<worksheet", b"<worksheeT", 1)

    assert "damaged" in refusal(content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("things.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        ("things.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
        ("things.xlsx", b"code,title\n", "is none"),
        ("things.csv", b" \n", "empty"),
        ("things.csv", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(name: str, content: bytes, message: str) -> None:
    (problem,) = read_sheet(ImportKind.PARTIES, name, content).problems

    assert message in problem.message


def test_a_workbook_is_known_by_what_is_in_it() -> None:
    assert rows(read_sheet(ImportKind.PARTIES, "things.csv", workbook([["slug"], ["x"]]))) == [(2, ["x"])]
