"""A commitment over time: made, due, what happened, and now; beneath the line, the status in force.

A date known to the day is a point; a month, a quarter or a year is a bar as long as it. Every label has a place of its
own: the labels of what happened beside their marks, those of made, due and today above, those of the statuses below.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.charts.axis import TimeAxis
from commitments.charts.labels import Hung, hang, pack, width_of
from commitments.charts.timeline_parts import (
    BAND,
    EDGE,
    LABEL_GAP,
    MARK,
    Band,
    Happening,
    Mark,
    Signpost,
    Story,
    Timeline,
    band_y,
)
from commitments.codelists import DatePrecision, Status
from commitments.uncertain_dates import UncertainDate

# The latest so many are drawn; beyond that a picture shows nothing. All stand in the list.
MOST_MARKS = 60
# With more than so many their dates would fill the picture: marks alone, which say their date when pointed at.
MOST_LABELS = 24
LANE = 24
# A deadline farther ahead than this many days, or than the time so far, is shown at the edge.
LOOK_AHEAD = 730


def timeline(story: Story, *, width: int, size: float, roomy: bool) -> Timeline:
    """The picture `width` units wide with text of `size` units; a `roomy` one has the longer labels."""
    axis = TimeAxis(*_window(story), EDGE, width - EDGE)
    line_height = round(size * 1.5)
    hung, posts = _signposts(story, axis, size)
    top = (max(one.lane for one in hung) + 1) * line_height + LABEL_GAP
    shown = sorted(story.happenings, key=lambda one: (one.date.start, one.date.end))[-MOST_MARKS:]
    marks = _marks(shown, axis, width, size, top=top, roomy=roomy)
    line_y = max([top, *(mark.y + LANE / 2 for mark in marks)]) + LABEL_GAP
    bands = list(_bands(story, axis, width, size, below=band_y(line_y, size) + BAND))
    return Timeline(
        width=width,
        height=max([band_y(line_y, size) + BAND, *(band.text_y for band in bands)]) + LABEL_GAP,
        size=size,
        signposts=[
            _signpost(kind, label, span, one, y=top - LABEL_GAP - one.lane * line_height)
            for (kind, label, span), one in zip(posts, hung, strict=True)
        ],
        marks=marks,
        ticks=axis.ticks(size),
        bands=bands,
        marks_top=top,
        line_y=line_y,
        left_out=len(story.happenings) - len(shown),
    )


def _window(story: Story) -> tuple[dt.date, dt.date]:
    """From the first thing shown to the last, but not much farther ahead than there is behind."""
    dates = [story.made, *(one.date for one in story.happenings), *(one.effective for one in story.statuses)]
    first = min(date.start for date in dates)
    last = max(story.today, *(date.end for date in dates))
    if story.due is not None:
        ahead = dt.timedelta(days=max(LOOK_AHEAD, (story.today - first).days))
        first = min(first, story.due.start)
        last = max(last, min(story.due.end, story.today + ahead))
    return first, last


type Post = tuple[str, str, tuple[float, float]]


def _signposts(story: Story, axis: TimeAxis, size: float) -> tuple[list[Hung], list[Post]]:
    posts: list[Post] = [("made", _("Made %(date)s") % {"date": story.made}, _span(story.made, axis))]
    if story.due is not None:
        label = _("Due %(date)s") % {"date": story.due}
        beyond = story.due.end > axis.end
        posts.append(("due", f"{label} →" if beyond else label, _span(story.due, axis)))
    today = UncertainDate(story.today)
    here = _("Seen from %(date)s") if story.looks_back else _("Today, %(date)s")
    posts.append(("today", here % {"date": today}, _span(today, axis)))
    points = [((left + right) / 2, width_of(label, size) + LABEL_GAP) for _kind, label, (left, right) in posts]
    return hang(points, span=axis.right + axis.left, gap=LABEL_GAP), posts


def _signpost(kind: str, label: str, span: tuple[float, float], hung: Hung, *, y: float) -> Signpost:
    inwards = {"start": LABEL_GAP / 2, "middle": 0, "end": -LABEL_GAP / 2}[hung.anchor]
    return Signpost(
        kind,
        label,
        *span,
        x=round(hung.x, 1),
        text_x=round(hung.text_x + inwards, 1),
        text_y=y,
        anchor=hung.anchor,
        has_line=hung.has_line,
    )


def _span(date: UncertainDate, axis: TimeAxis) -> tuple[float, float]:
    """From where its first day begins to where its last day ends; a single day is its middle."""
    left, right = axis.x(date.start), axis.x(date.end, at_end=True)
    if date.precision == DatePrecision.DAY:
        left = right = round((left + right) / 2, 1)
    return left, right


def _marks(
    happenings: Sequence[Happening], axis: TimeAxis, width: int, size: float, *, top: float, roomy: bool
) -> list[Mark]:
    placed = []
    for one in happenings:
        left, right = _at_least(_span(one.date, axis), MARK, width)
        label, anchor = "", "start"
        if len(happenings) <= MOST_LABELS:
            label, anchor = _beside(left, right, [one.label, one.short] if roomy else [one.short], width, size)
        placed.append((one, left, right, label, anchor))
    lanes = pack([_box(left, right, label, anchor, size) for _one, left, right, label, anchor in placed], gap=LABEL_GAP)
    return [
        Mark(
            one,
            left,
            right,
            y=top + lane * LANE + LANE / 2,
            label=label,
            text_x=round(right + LABEL_GAP if anchor == "start" else left - LABEL_GAP, 1),
            anchor="start" if anchor == "start" else "end",
        )
        for (one, left, right, label, anchor), lane in zip(placed, lanes, strict=True)
    ]


def _at_least(span: tuple[float, float], least: float, width: float) -> tuple[float, float]:
    """The span made at least so long around its middle, and moved inside the picture."""
    left, right = span
    if right - left < least:
        middle = min(max((left + right) / 2, least / 2), width - least / 2)
        left, right = middle - least / 2, middle + least / 2
    return round(left, 1), round(right, 1)


def _beside(left: float, right: float, labels: Sequence[str], width: float, size: float) -> tuple[str, str]:
    """The first label that fits beside its mark, and on which side of it; an empty one if none does."""
    for label in labels:
        length = width_of(label, size) + LABEL_GAP
        if right + length <= width:
            return label, "start"
        if left - length >= 0:
            return label, "end"
    return "", "start"


def _box(left: float, right: float, label: str, anchor: str, size: float) -> tuple[float, float]:
    """What a mark and its label take of their lane."""
    length = width_of(label, size) + LABEL_GAP if label else 0
    return (left, right + length) if anchor == "start" else (left - length, right)


def _bands(story: Story, axis: TimeAxis, width: int, size: float, *, below: float) -> Iterator[Band]:
    """The statuses from the day it was made to today, and their labels below."""
    spans = list(_reigns(story, axis))
    room = size + 2 * LABEL_GAP
    points = [(left, width_of(str(status.label), size) + room) for _date, status, left, _right in spans]
    for (date, status, left, right), hung in zip(spans, hang(points, span=width, gap=LABEL_GAP), strict=True):
        exact = date.precision == DatePrecision.DAY or date is story.made
        yield Band(
            status=status,
            left=left,
            right=right,
            unsure=0 if exact else round(min(axis.x(date.end, at_end=True), right) - left, 1),
            hung=hung,
            size=size,
            text_y=below + (hung.lane + 1) * round(size * 1.6),
        )


def _reigns(story: Story, axis: TimeAxis) -> Iterator[tuple[UncertainDate, Status, float, float]]:
    """Every status that was in force on some day up to today: since when, which, and from where to where."""
    steps = [(story.made, Status.NOT_ASSESSED), *((one.effective, one.status) for one in story.statuses)]
    afterwards = [*(date.start for date, _status in steps[1:]), dt.date.max]
    for (date, status), after in zip(steps, afterwards, strict=True):
        if after > story.today >= date.start:
            yield date, status, axis.x(date.start), axis.x(story.today, at_end=True)
        elif date.start < after <= story.today:
            yield date, status, axis.x(date.start), axis.x(after)
