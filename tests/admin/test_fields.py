"""A date as exactly as its source gives it, in one text box."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from commitments.admin.fields import SourceURLField, UncertainDateField
from commitments.codelists import DatePrecision
from commitments.uncertain_dates import UncertainDate


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("24 October 2023", "2023-10-24"),
        ("24.10.2023", "2023-10-24"),
        ("October 2023", "2023-10"),
        ("2023-Q4", "2023-Q4"),
        (" 2023 ", "2023"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_typed(typed: str, iso: str) -> None:
    date = UncertainDateField().clean(typed)

    assert date is not None
    assert date.iso == iso


@pytest.mark.parametrize("typed", ["last spring", "2023-13", "31.02.2024", "0", "2023-10-24T00:00", "x" * 41])
def test_what_is_no_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError):
        UncertainDateField().clean(typed)


def test_an_empty_box_is_no_date() -> None:
    assert UncertainDateField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        UncertainDateField().clean("")


def test_what_the_box_shows_is_read_back_as_the_same_date() -> None:
    field = UncertainDateField()
    for precision in DatePrecision:
        date = UncertainDate.of(dt.date(2023, 11, 5), precision)
        assert field.clean(field.prepare_value(date)) == date


def test_the_same_date_typed_otherwise_is_no_change() -> None:
    field = UncertainDateField(required=False)
    october = UncertainDate.parse("2023-10")

    assert not field.has_changed(october, "October 2023")
    assert field.has_changed(october, "2023-11")
    assert field.has_changed(october, "nonsense")
    assert not field.has_changed(None, "")


def test_the_address_of_a_source_is_stored_in_one_form() -> None:
    assert (
        SourceURLField(assume_scheme="https").clean("HTTPS://Example.org/a?utm_source=x#y") == "https://example.org/a"
    )
