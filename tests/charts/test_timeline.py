"""The picture of a commitment over time: in order, inside its frame, and no label over another."""

import datetime as dt
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.charts.labels import width_of
from commitments.charts.timeline import MOST_LABELS, MOST_MARKS, timeline
from commitments.charts.timeline_parts import LABEL_GAP, MARK, Happening, Mark, Story, Timeline
from commitments.codelists import DatePrecision, Status
from commitments.rules import Segment
from commitments.uncertain_dates import UncertainDate

TODAY = dt.date(2026, 11, 25)
SIZE = 14
FORMS = {"narrow": (320, False), "wide": (720, True)}

precisions = st.sampled_from(list(DatePrecision))
uncertain = st.builds(UncertainDate.of, st.dates(dt.date(2015, 1, 1), TODAY), precisions)
ahead = st.none() | st.builds(UncertainDate.of, st.dates(dt.date(2015, 1, 1), dt.date(2120, 1, 1)), precisions)


def happening(date: UncertainDate, **fields: str) -> Happening:
    label = f"{date} · Partially delivered"
    return Happening(date=date, short=str(date), label=label, name=label, href="#development-1", **fields)  # type: ignore[arg-type]


happenings = st.lists(st.builds(happening, uncertain), max_size=12)
statuses = st.lists(st.tuples(uncertain, st.sampled_from(list(Status))), max_size=8, unique_by=lambda one: one[0].start)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    steps = sorted(draw(statuses), key=lambda one: one[0].start)
    return Story(
        made=draw(uncertain),
        due=draw(ahead),
        today=TODAY,
        happenings=draw(happenings),
        statuses=[Segment(date, status, 1) for date, status in steps],
    )


def picture_of(story: Story, form: str) -> Timeline:
    width, roomy = FORMS[form]
    return timeline(story, width=width, size=SIZE, roomy=roomy)


def box_of(mark: Mark) -> tuple[float, float]:
    """What a mark takes with its label, from left to right."""
    length = width_of(mark.label, SIZE)
    if not mark.label:
        return mark.left, mark.right
    return (mark.left, mark.text_x + length) if mark.anchor == "start" else (mark.text_x - length, mark.right)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=50, deadline=None)
@given(story=stories())
def test_no_label_lies_over_another_label_or_mark(form: str, story: Story) -> None:
    picture = picture_of(story, form)

    for one, other in combinations(picture.marks, 2):
        if one.y == other.y:
            (left, right), (other_left, other_right) = box_of(one), box_of(other)
            assert right <= other_left or other_right <= left
        else:
            assert abs(one.y - other.y) >= MARK
    for band, other_band in combinations(picture.bands, 2):
        if band.text_y == other_band.text_y:
            assert band.hung.right <= other_band.hung.left or other_band.hung.right <= band.hung.left


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=50, deadline=None)
@given(story=stories())
def test_everything_stands_inside_the_frame(form: str, story: Story) -> None:
    picture = picture_of(story, form)

    for mark in picture.marks:
        left, right = box_of(mark)
        assert left >= 0
        assert right <= picture.width
        assert picture.marks_top <= mark.y - MARK / 2
        assert mark.y + MARK / 2 <= picture.line_y
    for post in picture.signposts:
        assert 0 <= post.left <= post.right <= picture.width
        assert 0 < post.text_y < picture.marks_top
    for band in picture.bands:
        assert 0 <= band.left <= band.right <= picture.width
        assert picture.band_bottom < band.text_y < picture.height
        assert band.text_x + width_of(str(band.status.label), SIZE) <= picture.width
        assert 0 <= band.unsure <= band.width + 0.11


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=50, deadline=None)
@given(story=stories())
def test_time_runs_from_left_to_right(form: str, story: Story) -> None:
    picture = picture_of(story, form)

    dates = [mark.happening.date.start for mark in picture.marks]
    assert dates == sorted(dates)
    days = [mark.x for mark in picture.marks if not mark.is_bar]
    assert days == sorted(days)
    edges = [edge for band in picture.bands for edge in (band.left, band.right)]
    assert edges == sorted(edges)


@settings(max_examples=50, deadline=None)
@given(story=stories())
def test_the_band_has_no_hole_from_the_first_status_to_today(story: Story) -> None:
    bands = picture_of(story, "wide").bands

    assert bands
    assert all(before.right == after.left for before, after in pairwise(bands))


def test_a_day_is_a_point_and_a_month_a_bar_as_long_as_it() -> None:
    story = Story(
        made=UncertainDate.parse("2023-01-01"),
        due=None,
        today=dt.date(2023, 12, 31),
        happenings=[happening(UncertainDate.parse("2023-03-15")), happening(UncertainDate.parse("2023-06"))],
    )
    day, month = picture_of(story, "wide").marks

    assert not day.is_bar
    assert day.width == MARK
    assert month.is_bar
    assert month.width == pytest.approx(700 * 30 / 365, abs=0.2)


def test_an_uncertain_deadline_is_a_span_and_a_day_a_line() -> None:
    made = UncertainDate.parse("2023-01-01")
    spans = {
        due: next(
            post
            for post in picture_of(Story(made, UncertainDate.parse(due), dt.date(2023, 12, 31)), "wide").signposts
            if post.kind == "due"
        )
        for due in ("2023-10", "2023-10-24")
    }

    assert spans["2023-10"].width == pytest.approx(700 * 31 / 365, abs=0.2)
    assert spans["2023-10"].label == "Due October 2023"
    assert spans["2023-10-24"].width == 0


def test_a_deadline_far_ahead_stands_at_the_edge_with_an_arrow() -> None:
    story = Story(UncertainDate.parse("2023-09-19"), UncertainDate.parse("2099"), TODAY)
    (due,) = [post for post in picture_of(story, "wide").signposts if post.kind == "due"]

    assert due.label == "Due 2099 →"
    assert due.right == 710


def test_the_status_before_anybody_looked_is_not_assessed_and_an_uncertain_beginning_is_marked() -> None:
    story = Story(
        UncertainDate.parse("2023-09-19"),
        None,
        TODAY,
        statuses=[Segment(UncertainDate.parse("2024-02"), Status.IN_PROGRESS, 1)],
    )
    before, after = picture_of(story, "wide").bands

    assert (before.status, before.unsure) == (Status.NOT_ASSESSED, 0)
    assert after.status == Status.IN_PROGRESS
    assert after.unsure > 0


def test_a_status_that_began_as_early_as_the_commitment_leaves_nothing_before_it() -> None:
    made = UncertainDate.parse("2023-09-19")
    story = Story(made, None, TODAY, statuses=[Segment(made, Status.DELIVERED, 1)])

    assert [band.status for band in picture_of(story, "wide").bands] == [Status.DELIVERED]


def test_many_entries_lose_their_labels_and_the_oldest_their_marks() -> None:
    first = dt.date(2024, 1, 1)
    many = [happening(UncertainDate(first + dt.timedelta(days=day))) for day in range(MOST_MARKS + 5)]
    few = many[: MOST_LABELS + 1]
    made = UncertainDate.parse("2023-09-19")

    assert all(not mark.label for mark in picture_of(Story(made, None, TODAY, few), "wide").marks)
    picture = picture_of(Story(made, None, TODAY, many), "wide")
    assert picture.left_out == 5
    assert [mark.happening for mark in picture.marks] == many[5:]


def test_a_narrow_picture_has_the_shorter_labels() -> None:
    one = happening(UncertainDate.parse("2024-02-08"))
    story = Story(UncertainDate.parse("2023-09-19"), None, TODAY, [one])

    assert [mark.label for mark in picture_of(story, "wide").marks] == [one.label]
    assert [mark.label for mark in picture_of(story, "narrow").marks] == [one.short]
    assert LABEL_GAP > 0
