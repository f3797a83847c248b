"""Any bytes at all, given to what reads tables: they are read, or there is a note for whoever sent them."""

import io
import zipfile

from hypothesis import example, given
from hypothesis import strategies as st

from commitments.imports.files.sheets import Damaged, Sheet
from commitments.imports.files.texts import decode, read_text
from commitments.imports.files.workbooks import read_workbook
from tests.fuzz.bounds import FILES

KNOWN = ("code", "title", "summit")
CELLS = st.text(max_size=12) | st.sampled_from(["=1+1", '"', "a\nb", "\x00", "1E5", "#REF!", ";", "\t", "﻿code", "'=a"])
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4).map(",".join), max_size=6).map(
    lambda lines: "\n".join(["code,title,summit", *lines])
)
ENCODED = st.builds(
    lambda text, name: text.encode(name, "replace"), TABLES, st.sampled_from(["utf-8", "utf-16", "cp1251"])
)
PARTS = st.sampled_from(
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "[Content_Types].xml",
        "../../etc/passwd",
        "xl/sharedStrings.xml",
        "a" * 99,
    ]
)
XML = st.sampled_from(
    [b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<workbook><sheets/></workbook>", b"\x00", b"<a"]
)
ARCHIVES = st.dictionaries(PARTS, XML | st.binary(max_size=40), max_size=5)


def holds_together(sheet: Sheet) -> None:
    """Whatever the file was, every row has a number of its own, and its cells are text that can be kept."""
    numbers = [number for number, _cells in sheet.lines]
    assert numbers == sorted(set(numbers))
    for _number, cells in sheet.lines:
        for cell in cells:
            text = cell.text if isinstance(cell, Damaged) else cell
            assert "\x00" not in text
            # A formula is never taken over as a value.
            assert isinstance(cell, Damaged) or not cell.startswith("=")


@FILES
@given(st.binary(max_size=200) | ENCODED)
@example(b"")
@example(b"\xff\xfe")
@example(b'code\n"' + b"a" * 200)
def test_any_bytes_are_a_table_or_problems(content: bytes) -> None:
    sheet = read_text("commitments.csv", content, KNOWN)

    holds_together(sheet)
    assert sheet.header or sheet.problems or not decode(content)[0].strip()


@FILES
@given(TABLES)
def test_what_was_written_in_unicode_is_read_as_it_was(text: str) -> None:
    if "\x00" not in text:
        assert decode(text.encode())[0].removeprefix("\ufeff") == text.removeprefix("\ufeff")


@FILES
@given(st.binary(max_size=120) | st.binary(max_size=60).map(b"PK\x03\x04".__add__))
@example(b"PK\x05\x06" + b"\x00" * 18)
def test_bytes_that_are_no_workbook_are_a_problem(content: bytes) -> None:
    assert read_workbook("a.xlsx", content).problems


@FILES
@given(ARCHIVES)
def test_an_archive_that_is_no_workbook_is_a_problem(parts: dict[str, bytes]) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    sheet = read_workbook("a.xlsx", written.getvalue())

    holds_together(sheet)
    assert sheet.problems
