"""A column of an import reads its cells, says what an empty one means, and shows a value as a file would hold it."""

import datetime as dt
from typing import Any

import pytest

from commitments.codelists import DatePrecision, DocumentKind
from commitments.imports.columns import yes
from commitments.imports.files.fields import (
    CellField,
    address,
    codes_not_numbers,
    date,
    day,
    many,
    of_model,
    read_address,
    read_addresses,
    refuse_serial_number,
    shown,
)
from commitments.imports.files.sheets import Damaged, FromNumber
from commitments.models import Document, Party
from commitments.uncertain_dates import UncertainDate

OCTOBER = UncertainDate(dt.date(2023, 10, 1), DatePrecision.MONTH)


def cleaned(field: CellField, text: Any) -> Any:
    """What the library is handed of a cell in this column."""
    return field.clean({field.column_name: text})


# --- what a column is -----------------------------------------------------------------------------------------------


def test_a_column_may_be_left_empty_unless_it_says_otherwise() -> None:
    column = CellField("note", str, "A note.")

    assert (column.attribute, column.column_name) == ("note", "note")
    assert (column.about, column.required, column.empty, column.example, column.codes) == ("A note.", False, "", "", ())
    assert cleaned(column, "text") == "text"
    assert cleaned(column, "") == ""


def test_what_a_new_record_needs_may_not_be_empty() -> None:
    column = CellField("summit", str, "The summit.", required=True)

    assert column.required is True
    with pytest.raises(ValueError, match="fill it in"):
        cleaned(column, "")


def test_a_column_of_a_list_names_its_codes_and_needs_one_of_them() -> None:
    column = of_model(Document, "kind", example="report")

    assert column.column_name == "kind"
    assert column.codes == tuple(DocumentKind.values)
    assert (column.required, column.example, str(column.about)) == (True, "report", "document type.")
    assert cleaned(column, DocumentKind.values[0]) == DocumentKind.values[0]


def test_an_empty_cell_means_the_field_s_default_where_it_has_one() -> None:
    column = of_model(Document, "language")

    assert (column.required, column.empty, column.codes, column.example) == (False, "en", (), "")
    assert str(column.about) == "BCP 47, such as en or ru."
    assert cleaned(column, "") == "en"


def test_it_means_nothing_where_the_field_may_hold_nothing() -> None:
    assert cleaned(of_model(Document, "captured_on"), "") is None
    assert cleaned(of_model(Document, "caution"), "") == ""


def test_a_column_may_have_its_own_name_and_text_and_be_needed_or_not() -> None:
    column = of_model(Document, "caution", "Beware.", column="document_caution", required=True)

    assert (column.column_name, column.about, column.required) == ("document_caution", "Beware.", True)
    assert of_model(Document, "title", required=False).required is False


# --- what its cells say ---------------------------------------------------------------------------------------------


def test_everything_that_a_field_has_against_a_cell_is_said_at_once() -> None:
    with pytest.raises(ValueError, match=r"such as c5-plus-1\. Ensure this value has at most"):
        cleaned(of_model(Party, "slug"), "two words " * 50)


def test_a_damaged_cell_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ValueError, match=r"^Put the value back\.$"):
        cleaned(CellField("note", str, ""), Damaged("#REF!", "Put the value back."))


def test_an_uncertain_date_is_read_and_a_count_of_days_is_not() -> None:
    column = date("made", "When it was made.")

    assert (column.column_name, column.about, column.example) == ("made", "When it was made.", "2023-10-24")
    assert column.required is False
    assert cleaned(column, "2023-10") == OCTOBER
    assert cleaned(column, "") is None
    with pytest.raises(ValueError, match="count of days: write 2023-09-19,"):
        cleaned(column, "45188")
    assert date("made", "", required=True, example="2024-Q4").required is True
    assert date("made", "", example="2024-Q4").example == "2024-Q4"


def test_a_day_is_read_and_a_count_of_days_is_not() -> None:
    column = day(Document, "captured_on", "When we captured it.")

    assert (column.column_name, column.about, column.example) == ("captured_on", "When we captured it.", "2023-10-24")
    assert cleaned(column, "2023-09-19") == dt.date(2023, 9, 19)
    assert cleaned(column, "") is None
    with pytest.raises(ValueError, match="count of days"):
        cleaned(column, "45188")


@pytest.mark.parametrize("text", ["2023", "4518", "451880", "4518a", "٤٥١٨٨"])
def test_only_five_digits_are_a_count_of_days(text: str) -> None:
    refuse_serial_number(text)


def test_several_values_stand_in_one_order_however_they_are_written() -> None:
    column = many("maker", "Who made it.", example="KZ; UZ")

    assert (column.column_name, column.about, column.example) == ("maker", "Who made it.", "KZ; UZ")
    assert column.required is False
    assert cleaned(column, "UZ; KZ") == ["KZ", "UZ"]
    assert cleaned(column, "") == []
    assert many("maker", "", read=codes_not_numbers).example == ""


def test_several_values_are_read_as_the_column_reads_them() -> None:
    with pytest.raises(ValueError, match="cuts zeros"):
        cleaned(many("sdg_targets", "", read=codes_not_numbers), FromNumber("16.1"))


def test_a_number_with_a_point_is_no_code() -> None:
    assert codes_not_numbers(FromNumber("21030")) == ["21030"]
    assert codes_not_numbers("9.1; 16.10") == ["9.1", "16.10"]
    with pytest.raises(ValueError, match="cuts zeros"):
        codes_not_numbers(FromNumber("16.1"))


# --- addresses ------------------------------------------------------------------------------------------------------


def test_an_address_is_read_as_it_is_stored() -> None:
    column = address("url", "Its address.", required=True)

    assert (column.column_name, column.about, column.required) == ("url", "Its address.", True)
    assert column.example == "https://example.org/statement"
    assert cleaned(column, "HTTPS://Example.org/a?utm_source=x#b") == "https://example.org/a"
    assert cleaned(column, "http://example.org") == "http://example.org/"
    optional = address("wording_document", "")
    assert optional.required is False
    assert cleaned(optional, "") is None


@pytest.mark.parametrize(
    "text", ["example.org/a", "https://", "ftp://example.org/a", "javascript:alert(1)", "a report"]
)
def test_what_is_no_address_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write it whole"):
        read_address(text)


def test_a_semicolon_may_stand_between_addresses_or_within_one() -> None:
    text = "; https://a.example/x;y=1 ; HTTPS://b.example/\nhttp://c.example/X;\n"

    assert read_addresses(text) == ["https://a.example/x;y=1", "https://b.example/", "http://c.example/X"]


def test_two_spellings_of_one_address_stand_there_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        read_addresses("https://example.org/a; http://www.example.org/a/")


# --- how values are shown -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("a", "a"),
        (4, "4"),
        (OCTOBER, "2023-10"),
        (dt.date(2023, 10, 24), "2023-10-24"),
        (["KZ", "UZ"], "KZ; UZ"),
        ([], ""),
    ],
)
def test_a_value_is_shown_as_a_file_would_hold_it(value: Any, text: str) -> None:
    assert shown(value) == text
    assert CellField("any", yes, "").widget.render(value) == text
