"""A line of time keeps the order of days, and writes dates under it that stand apart."""

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.charts.axis import TimeAxis
from commitments.charts.labels import width_of

LEFT, RIGHT, SIZE = 10.0, 310.0, 14.0
days = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


def axis_of(one: dt.date, other: dt.date) -> TimeAxis:
    return TimeAxis(min(one, other), max(one, other), LEFT, RIGHT)


@settings(max_examples=50, deadline=None)
@given(days, days, st.lists(days, max_size=10))
def test_later_days_stand_farther_right_and_all_stay_on_the_line(
    one: dt.date, other: dt.date, shown: list[dt.date]
) -> None:
    axis = axis_of(one, other)
    places = [axis.x(day) for day in sorted(shown)]

    assert places == sorted(places)
    assert all(LEFT <= place <= RIGHT for place in places)


@settings(max_examples=50, deadline=None)
@given(days, days)
def test_the_first_day_begins_the_line_and_the_last_one_ends_it(one: dt.date, other: dt.date) -> None:
    axis = axis_of(one, other)

    assert axis.x(axis.start) == LEFT
    assert axis.x(axis.end, at_end=True) == RIGHT


@settings(max_examples=50, deadline=None)
@given(days, days)
def test_dates_under_the_line_stand_apart_and_inside(one: dt.date, other: dt.date) -> None:
    ticks = axis_of(one, other).ticks(SIZE)
    boxes = [(tick.x - width_of(tick.label, SIZE) / 2, tick.x + width_of(tick.label, SIZE) / 2) for tick in ticks]

    assert all(left >= 0 and right <= RIGHT + LEFT for left, right in boxes)
    assert all(before[1] < after[0] for before, after in pairwise(boxes))


def test_three_years_are_marked_by_years_on_a_narrow_line() -> None:
    ticks = TimeAxis(dt.date(2023, 9, 19), dt.date(2026, 11, 25), LEFT, RIGHT).ticks(SIZE)

    assert [tick.label for tick in ticks] == ["2024", "2025", "2026"]


def test_a_few_months_are_marked_by_months() -> None:
    ticks = TimeAxis(dt.date(2024, 1, 15), dt.date(2024, 4, 20), LEFT, RIGHT).ticks(SIZE)

    assert [tick.label for tick in ticks] == ["Feb 2024", "Mar 2024", "Apr 2024"]
