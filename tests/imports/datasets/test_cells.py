"""Scores as spreadsheets write them, and what they have damaged."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.codelists import DatePrecision
from commitments.imports.datasets.cells import date_of, decimals_of, number_of, readable
from commitments.imports.files.sheets import Cell, Damaged, FromNumber, cell_of
from commitments.uncertain_dates import UncertainDate
from tests.imports.datasets.files import DAMAGED, WRITTEN


@pytest.mark.parametrize(("number", "text"), [(number, text) for number, texts in WRITTEN.items() for text in texts])
def test_a_score_is_read_however_it_is_written(number: int, text: str) -> None:
    assert number_of(cell_of(text)) == number


def test_numbers_of_a_workbook_and_texts_that_begin_with_an_apostrophe_are_read() -> None:
    assert number_of(FromNumber("-1")) == -1
    assert number_of("'+1") == 1
    assert number_of("0.5") == Decimal("0.5")
    assert number_of(" ") is None


@pytest.mark.parametrize("text", [text for text in DAMAGED if text != "2"])
def test_what_is_damaged_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        number_of(cell_of(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [("good", "no number"), ("1.2.3", "no number"), ("1-Jan", "made a date of a number"), ("45188", "count of days")],
)
def test_it_says_whether_the_spreadsheet_made_something_else_of_it(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        number_of(text)


def test_a_number_keeps_its_decimals_and_the_spaces_of_typesetting_are_none() -> None:
    assert number_of("−\xa00,25") == Decimal("-0.25")
    assert number_of(" ' 0.75") == Decimal("0.75")


@pytest.mark.parametrize(
    ("cell", "decimals"), [("1", 0), ("0.5", 1), (" 0,50 ", 2), ("-0.333", 3), (Damaged("1.5", "Damaged."), 1)]
)
def test_as_many_decimals_are_counted_as_are_written(cell: Cell, decimals: int) -> None:
    assert decimals_of(cell) == decimals


def test_a_date_is_as_exact_as_it_is_written() -> None:
    assert date_of("2023-10") == UncertainDate(dt.date(2023, 10, 1), DatePrecision.MONTH)
    assert date_of("") is None


@pytest.mark.parametrize(
    ("cell", "message"),
    [("45188", "count of days"), ("autumn", "is not a date"), (Damaged("#N/A", "Mend it."), "Mend")],
)
def test_what_is_no_date_is_refused(cell: Cell, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        date_of(cell)


def test_only_a_cell_that_is_not_damaged_can_be_read() -> None:
    assert readable("text") == "text"
    for read in (readable, number_of):
        with pytest.raises(ValueError, match=r"^Mend it\.$"):
            read(Damaged("#N/A", "Mend it."))
