"""A date is as exact as its source gives it."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from commitments.codelists import DatePrecision
from commitments.uncertain_dates import UncertainDate

DAY, MONTH, QUARTER, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.QUARTER, DatePrecision.YEAR
DATES = st.builds(UncertainDate.of, st.dates(), st.sampled_from(DatePrecision))


def answer(text: str) -> UncertainDate | ValueError:
    """What the parser says to a text; nothing but a `ValueError` may come of one that is no date."""
    try:
        return UncertainDate.parse(text)
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("2023", dt.date(2023, 1, 1), YEAR),
        ("2023-Q4", dt.date(2023, 10, 1), QUARTER),
        ("2023-q4", dt.date(2023, 10, 1), QUARTER),
        ("2023 Q1", dt.date(2023, 1, 1), QUARTER),
        ("2023Q2", dt.date(2023, 4, 1), QUARTER),
        ("Q3 2023", dt.date(2023, 7, 1), QUARTER),
        ("2023-10", dt.date(2023, 10, 1), MONTH),
        ("October 2023", dt.date(2023, 10, 1), MONTH),
        ("oct 2023", dt.date(2023, 10, 1), MONTH),
        ("Sept. 2023", dt.date(2023, 9, 1), MONTH),
        ("May 2023", dt.date(2023, 5, 1), MONTH),
        ("2023-10-24", dt.date(2023, 10, 24), DAY),
        ("24 October 2023", dt.date(2023, 10, 24), DAY),
        ("3 Feb 2025", dt.date(2025, 2, 3), DAY),
        ("24.10.2023", dt.date(2023, 10, 24), DAY),
        ("1.2.2024", dt.date(2024, 2, 1), DAY),
        ("29 February 2024", dt.date(2024, 2, 29), DAY),
        ("  24   October\t2023 ", dt.date(2023, 10, 24), DAY),
    ],
)
def test_it_reads_what_people_write(text: str, start: dt.date, precision: DatePrecision) -> None:
    assert UncertainDate.parse(text) == UncertainDate(start, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "23",
        "20233",
        "2023-",
        "2023-1",
        "2023-10-",
        "2023-10-2",
        "2023/10/24",
        "10-24-2023",
        "2023-Q0",
        "2023-Q5",
        "Q 2023",
        "Octember 2023",
        "October",
        "24 October",
        "24.10",
        "24.10.23",
        "２０２３",
        "2023\x00",
        "-2023",
        "2023-10-24T00:00",
        "1" * 10_000,
    ],
)
def test_it_says_how_to_write_a_date_that_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date\. Write 2023"):
        UncertainDate.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "0000",
        "2023-00",
        "2023-13",
        "2023-02-29",
        "2023-10-32",
        "30 February 2024",
        "0 May 2023",
        "31.4.2023",
        "0000-Q1",
    ],
)
def test_it_says_that_a_day_is_not_in_the_calendar(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        UncertainDate.parse(text)


@given(st.text())
def test_it_answers_any_text_with_a_date_or_a_sentence(text: str) -> None:
    assert isinstance(answer(text), UncertainDate) or text in str(answer(text))


@given(st.from_regex(r"[0-9Qq \-.]{0,12}", fullmatch=True) | st.from_regex(r"\d{1,2} [A-Za-z]{3,9} \d{4}"))
def test_it_answers_what_almost_is_a_date_with_a_date_or_a_sentence(text: str) -> None:
    assert isinstance(answer(text), UncertainDate) or text in str(answer(text))


@given(DATES)
def test_it_reads_back_what_it_writes(date: UncertainDate) -> None:
    assert UncertainDate.parse(date.iso) == date


@given(DATES)
def test_it_never_ends_before_it_starts(date: UncertainDate) -> None:
    assert date.start <= date.end


@given(DATES)
def test_it_ends_the_day_before_the_next_span_begins(date: UncertainDate) -> None:
    assert UncertainDate.of(date.end, date.precision) == date
    if date.end < dt.date.max:
        assert UncertainDate.of(date.end + dt.timedelta(days=1), date.precision).start > date.end


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2023-10-24", dt.date(2023, 10, 24)),
        ("2023-02", dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2100-02", dt.date(2100, 2, 28)),
        ("2023-12", dt.date(2023, 12, 31)),
        ("2023-Q1", dt.date(2023, 3, 31)),
        ("2023-Q2", dt.date(2023, 6, 30)),
        ("2023-Q3", dt.date(2023, 9, 30)),
        ("2023-Q4", dt.date(2023, 12, 31)),
        ("2023", dt.date(2023, 12, 31)),
        ("9999", dt.date(9999, 12, 31)),
    ],
)
def test_it_falls_due_on_the_last_day_of_its_span(text: str, end: dt.date) -> None:
    assert UncertainDate.parse(text).end == end


@pytest.mark.parametrize(
    ("start", "precision"),
    [
        (dt.date(2023, 10, 2), MONTH),
        (dt.date(2023, 11, 1), QUARTER),
        (dt.date(2023, 10, 2), QUARTER),
        (dt.date(2023, 2, 1), YEAR),
        (dt.date(2023, 1, 2), YEAR),
    ],
)
def test_it_refuses_a_span_that_begins_in_its_middle(start: dt.date, precision: DatePrecision) -> None:
    with pytest.raises(ValueError, match=f"does not start a {precision.value}"):
        UncertainDate(start, precision)


@pytest.mark.parametrize(
    ("precision", "start"),
    [
        (DAY, dt.date(2023, 11, 24)),
        (MONTH, dt.date(2023, 11, 1)),
        (QUARTER, dt.date(2023, 10, 1)),
        (YEAR, dt.date(2023, 1, 1)),
    ],
)
def test_it_finds_the_span_that_holds_a_day(precision: DatePrecision, start: dt.date) -> None:
    assert UncertainDate.of(dt.date(2023, 11, 24), precision) == UncertainDate(start, precision)


@given(DATES, DATES)
def test_it_sorts_by_its_start(one: UncertainDate, other: UncertainDate) -> None:
    if one.start < other.start:
        assert one < other


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("2023-10-24", "24 October 2023", "24 октября 2023"),
        ("2023-10", "October 2023", "Октябрь 2023"),
        ("2023-Q4", "Q4 2023", None),
        ("2023", "2023", "2023"),
    ],
)
def test_it_shows_no_more_than_the_source_says(text: str, english: str, russian: str | None) -> None:
    date = UncertainDate.parse(text)

    with translation.override("en"):
        assert str(date) == english
    if russian is not None:
        with translation.override("ru"):
            assert str(date) == russian


@pytest.mark.parametrize(
    ("text", "attribute"),
    [("2023-10-24", "2023-10-24"), ("2023-10", "2023-10"), ("2023-Q4", "2023"), ("2023", "2023")],
)
def test_it_gives_html_a_time_that_html_knows(text: str, attribute: str) -> None:
    assert UncertainDate.parse(text).datetime_attribute == attribute
