"""Deadlines by month: what is due on a day, and what some time in the month, its quarter or its year."""

import calendar as months
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.codelists import DatePrecision, DueBasis, Flag
from commitments.filters import CommitmentFilter, Ignored
from commitments.models import Commitment
from commitments.models.commitments import CommitmentQuerySet
from commitments.public.asked import tidied
from commitments.public.narrowing import Narrowing, controls, repeated, split
from commitments.standing import row_flags
from commitments.timetravel import as_they_stood
from commitments.uncertain_dates import UncertainDate

# Nobody promised anything outside of these, and a robot that follows "later" comes to an end.
FIRST_YEAR, LAST_YEAR = 1900, 2199
# The longest page; whoever needs more has the list.
MOST_ROWS = 200
# How many deadlines a day of the grid names; the list below has them all.
MOST_IN_A_DAY = 3


@dataclass(frozen=True)
class Deadline:
    """A commitment with a due date, and what the calendar marks of it."""

    commitment: Commitment
    flags: Sequence[Flag]

    @property
    def due(self) -> UncertainDate:
        """When it is due: the calendar asks for such only."""
        due = self.commitment.due
        assert due is not None
        return due

    @property
    def is_overdue(self) -> bool:
        return Flag.OVERDUE in self.flags

    @property
    def is_implied(self) -> bool:
        return self.commitment.due_basis == DueBasis.IMPLIED


@dataclass(frozen=True)
class Day:
    """A day of the grid: its deadlines, and how many of them are not named there."""

    date: dt.date
    deadlines: Sequence[Deadline]
    more: int
    is_today: bool


@dataclass(frozen=True)
class Group:
    """Deadlines of one exactness, such as those that fall some time in the month."""

    slug: str
    title: str
    deadlines: Sequence[Deadline]


@dataclass(frozen=True)
class Neighbour:
    """Another month, and the query string that leads to it with the same filters."""

    month: UncertainDate
    query: str


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The deadlines of a month, among the commitments that the query asks for."""
    tidy = tidied(request)
    if tidy is not None:
        return tidy
    query, own = split(request.GET, "month")
    today = timezone.localdate()
    asked = CommitmentFilter(query, today=today)
    month, ignored = _month(own.get("month", ""), asked.day)
    # The list of the month is the same list with a window of dates: its number leads there.
    due = CommitmentFilter(_within(asked, month), today=today)
    total = due.qs.count()
    rows = due.qs.order_by("due_end", "due_start", "code").for_list()[:MOST_ROWS]
    deadlines = [Deadline(row, row_flags(row, today=asked.day)) for row in as_they_stood(rows, asked.moment)]
    narrowing = Narrowing(
        asked,
        own=[("month", month.iso)],
        ignored=[*ignored, *repeated(request.GET, "month"), *asked.ignored],
        controls=controls(asked, "country", "sector", "status"),
    )
    return render(
        request,
        "public/calendar.html",
        {
            "today": asked.day,
            "moment": asked.moment,
            "filter": asked,
            "narrowing": narrowing,
            "back_query": narrowing.back_query,
            "month": month,
            "weekdays": [dt.date(2024, 1, day) for day in range(1, 8)],  # a week that began on a Monday
            "weeks": _weeks(month, deadlines, asked.day),
            "groups": _groups(month, deadlines),
            "due": due,
            "total": total,
            "left_out": total - len(deadlines),
            "neighbours": _neighbours(narrowing, month),
            "nearest": _nearest(narrowing, month) if not total else {},
        },
    )


def _month(text: str, day: dt.date) -> tuple[UncertainDate, list[Ignored]]:
    """The month asked for; that of `day`, and why, when it was no month."""
    ours = UncertainDate.of(day, DatePrecision.MONTH)
    if not text:
        return ours, []
    try:
        asked = UncertainDate.parse(text)
    except ValueError:
        asked = None
    if asked is None or asked.precision != DatePrecision.MONTH or not FIRST_YEAR <= asked.start.year <= LAST_YEAR:
        return ours, [Ignored("month", text, _("Write a month as %(example)s.") % {"example": ours.iso})]
    return asked, []


def _within(asked: CommitmentFilter, month: UncertainDate) -> QueryDict:
    """The query of the same list with its window of due dates cut to the month."""
    after, before = asked.values["due_after"] or month.start, asked.values["due_before"] or month.end
    query = QueryDict(asked.query.removeprefix("?"), mutable=True)
    query["due_after"] = max(after, month.start).isoformat()
    query["due_before"] = min(before, month.end).isoformat()
    query["sort"] = "due"
    return query


def _weeks(month: UncertainDate, deadlines: Sequence[Deadline], today: dt.date) -> list[list[Day | None]]:
    """The month's days by weeks that begin on Monday; None for a day of another month."""
    by_day: dict[dt.date, list[Deadline]] = {}
    for one in deadlines:
        if one.due.precision == DatePrecision.DAY:
            by_day.setdefault(one.due.start, []).append(one)

    def day(date: dt.date) -> Day | None:
        found = by_day.get(date, [])
        if not month.start <= date <= month.end:
            return None
        return Day(date, found[:MOST_IN_A_DAY], max(0, len(found) - MOST_IN_A_DAY), is_today=date == today)

    grid = months.Calendar(months.MONDAY).monthdatescalendar(month.start.year, month.start.month)
    return [[day(date) for date in week] for week in grid]


def _groups(month: UncertainDate, deadlines: Sequence[Deadline]) -> list[Group]:
    """The deadlines by how exactly they are known; an exactness that none has is left out."""
    titles = {DatePrecision.DAY: _("On a day of %(month)s") % {"month": month}}
    for precision in (DatePrecision.MONTH, DatePrecision.QUARTER, DatePrecision.YEAR):
        span = UncertainDate.of(month.start, precision)
        titles[precision] = _("Some time in %(span)s") % {"span": span}
    groups = [
        Group(f"due-{precision.value}", title, [one for one in deadlines if one.due.precision == precision])
        for precision, title in titles.items()
    ]
    return [group for group in groups if group.deadlines]


def _neighbours(narrowing: Narrowing, month: UncertainDate) -> dict[str, Neighbour]:
    """The months before and after with their addresses, as far as the calendar goes."""
    days = {"earlier": month.start - dt.timedelta(days=1), "later": month.end + dt.timedelta(days=1)}
    return {name: _neighbour(narrowing, day) for name, day in days.items() if FIRST_YEAR <= day.year <= LAST_YEAR}


def _neighbour(narrowing: Narrowing, day: dt.date) -> Neighbour:
    month = UncertainDate.of(day, DatePrecision.MONTH)
    return Neighbour(month, narrowing.query(own=[("month", month.iso)]))


def _nearest(narrowing: Narrowing, month: UncertainDate) -> dict[str, Neighbour]:
    """The months of the deadline after an empty month and of the one before, where there are such."""
    listed: CommitmentQuerySet = narrowing.filter.qs
    after = listed.filter(due_start__gt=month.end).order_by("due_start").values_list("due_start", flat=True).first()
    before = listed.filter(due_end__lt=month.start).order_by("-due_end").values_list("due_end", flat=True).first()
    days = {"next": after, "last": before}
    return {name: _neighbour(narrowing, day) for name, day in days.items() if day is not None}
