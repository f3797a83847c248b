"""Cells are read as the model's own fields read them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model

from commitments.codelists import DatePrecision, MoneyStage
from commitments.imports.columns import empty_value, field_of, reader, uncertain_date, words, yes
from commitments.models import Amount, Commitment, Document, Party, Wording
from commitments.uncertain_dates import UncertainDate


@pytest.mark.parametrize(
    ("model", "name", "text", "value"),
    [
        (Party, "name", "Kazakhstan", "Kazakhstan"),
        (Party, "abolished_on", "2025-07-01", dt.date(2025, 7, 1)),
        (Amount, "value", "14300000", Decimal(14300000)),
        (Amount, "stage", "announced", MoneyStage.ANNOUNCED),
        (Wording, "paragraph", "4", 4),
        (Document, "url", "https://example.org/a?b=c", "https://example.org/a?b=c"),
    ],
)
def test_a_cell_is_read_as_its_field_reads_it(model: type[Model], name: str, text: str, value: Any) -> None:
    assert reader(field_of(model, name))(text) == value


@pytest.mark.parametrize(
    ("model", "name", "text"),
    [
        pytest.param(Party, "name", "x" * 201, id="too long"),
        pytest.param(Party, "abolished_on", "1 July 2025", id="no ISO date"),
        pytest.param(Party, "abolished_on", "2025-02-30", id="no day of the calendar"),
        pytest.param(Amount, "value", "14.3m", id="no number"),
        pytest.param(Amount, "value", "0.001", id="too many decimals"),
        pytest.param(Amount, "currency", "usd", id="no ISO 4217 code"),
        pytest.param(Wording, "paragraph", "four", id="no whole number"),
        pytest.param(Document, "url", "javascript:alert(1)", id="no address"),
        pytest.param(Commitment, "code", "NY 01", id="no code"),
    ],
)
def test_what_the_field_would_refuse_is_refused(model: type[Model], name: str, text: str) -> None:
    with pytest.raises(ValidationError):
        reader(field_of(model, name))(text)


def test_a_code_that_is_not_in_its_list_is_refused_with_the_list() -> None:
    read = reader(field_of(Amount, "stage"))

    with pytest.raises(ValidationError, match="write one of announced, committed, allocated, disbursed"):
        read("promised")


def test_only_plain_fields_are_read() -> None:
    for name in ("country", "memberships"):
        with pytest.raises(TypeError, match=f"Party.{name} is no plain field"):
            field_of(Party, name)


def test_an_empty_cell_is_nothing_where_the_column_knows_nothing_else_empty_text() -> None:
    assert empty_value(field_of(Party, "abolished_on")) is None
    assert empty_value(field_of(Party, "note")) == ""


def test_an_uncertain_date_is_as_exact_as_it_is_written() -> None:
    assert uncertain_date("2023-10") == UncertainDate(dt.date(2023, 10, 1), DatePrecision.MONTH)
    with pytest.raises(ValueError, match="is not a date"):
        uncertain_date("autumn")


def test_a_cell_says_yes_or_nothing() -> None:
    assert yes("yes") is True
    with pytest.raises(ValueError, match="Write yes, or leave the cell empty"):
        yes("no")


def test_several_values_are_separated_by_semicolons() -> None:
    assert words("KZ; US ;uz") == ["KZ", "US", "uz"]


@pytest.mark.parametrize(
    ("text", "message"), [("KZ;;US", "between two semicolons"), ("KZ;", "remove one"), ("KZ;US;KZ", "twice")]
)
def test_values_that_are_empty_or_doubled_are_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        words(text)
