"""The deadlines of a list as a calendar that programs subscribe to (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event, vDuration, vText

from commitments.characters import allowed, one_line
from commitments.codelists import DatePrecision, DueBasis, Status
from commitments.filters import CommitmentFilter
from commitments.models import Commitment, Revision
from commitments.timetravel import as_they_stood

# What a calendar shows without choking. Deadlines still to come are in it first.
MOST_EVENTS = 1000
ASK_AGAIN = dt.timedelta(hours=12)
_OFF = frozenset({Status.WITHDRAWN, Status.SUPERSEDED})
PRODUCT = "-//Commitment tracker//Deadlines//EN"


def calendar_of(commitment_filter: CommitmentFilter, *, site: str, address: str) -> bytes:
    """Every deadline of the list as an event of a whole day, or the nearest `MOST_EVENTS`: the calendar says so."""
    due = commitment_filter.qs.filter(due_end__isnull=False)
    total = due.count()
    rows = as_they_stood(_nearest(commitment_filter), commitment_filter.moment)
    said = _said(rows)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    name = _("Deadlines: %(list)s") % {"list": commitment_filter.subject}
    description = _described(total, len(rows))
    for label, text in (("name", name), ("x-wr-calname", name), ("description", description)):
        calendar.add(label, vText(one_line(text)))
    calendar.add("x-wr-caldesc", vText(one_line(description)))
    calendar.add("source", address, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for row in rows:
        calendar.add_component(_event(row, *said[row.pk], site=site))
    return bytes(calendar.to_ical())


def _nearest(commitment_filter: CommitmentFilter) -> list[Commitment]:
    """Those still to come, the next first, and, as far as there is room, those that passed, the last first."""
    due = commitment_filter.qs.for_list()
    coming = list(due.filter(due_end__gte=commitment_filter.day).order_by("due_end", "code")[:MOST_EVENTS])
    room = MOST_EVENTS - len(coming)
    passed = list(due.filter(due_end__lt=commitment_filter.day).order_by("-due_end", "code")[:room]) if room else []
    return [*coming, *passed]


def _said(rows: Iterable[Commitment]) -> dict[int, tuple[int, dt.datetime]]:
    """How many revisions each has, and when the last was recorded."""
    found = Revision.objects.filter(commitment__in=[row.pk for row in rows]).order_by().values("commitment")
    counted = found.annotate(number=Count("pk"), last=Max("recorded_at"))
    return {row["commitment"]: (row["number"], row["last"]) for row in counted}


def _described(total: int, shown: int) -> str:
    said = _("A deadline known to a month, a quarter or a year stands on its last day, when it falls due.")
    if shown == total:
        return said
    left_out = ngettext(
        "Of %(total)d deadline the %(shown)d nearest are here, those still to come first: narrow the list.",
        "Of %(total)d deadlines the %(shown)d nearest are here, those still to come first: narrow the list.",
        total,
    )
    return f"{left_out % {'total': total, 'shown': shown}} {said}"


def _event(row: Commitment, revisions: int, last: dt.datetime, *, site: str) -> Event:
    due = row.due
    assert due is not None
    event = Event()
    event.add("uid", f"deadline-{row.code}@{settings.TAG_AUTHORITY.partition(',')[0]}")
    # The moment of the record, not of the download: what did not change is the same, byte by byte.
    for name in ("dtstamp", "last-modified"):
        event.add(name, last.astimezone(dt.UTC))
    event.add("sequence", revisions - 1)
    event.add("dtstart", due.end)
    # A whole day needs no end, and the last day that there is has none.
    if due.end < dt.date.max:
        event.add("dtend", due.end + dt.timedelta(days=1))
    event.add("summary", _summary(row))
    event.add("description", allowed("\n".join(_lines(row, site))))
    event.add("status", _state(row))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [str(row.get_status_display())])
    event.add("url", f"{site}{row.get_absolute_url()}")
    return event


def _summary(row: Commitment) -> str:
    words = _("Due (implied): %(title)s") if row.due_basis == DueBasis.IMPLIED else _("Due: %(title)s")
    return one_line(f"{words % {'title': row.title}} ({row.code})")


def _lines(row: Commitment, site: str) -> Sequence[str]:
    makers = ", ".join(maker.party.local_name for maker in row.makers)  # type: ignore[attr-defined] # by `for_list`
    due = row.due
    assert due is not None
    lines = [_("Status: %(status)s.") % {"status": row.get_status_display()}]
    if makers:
        lines.append(_("Promised by: %(makers)s.") % {"makers": makers})
    lines.append(f"{row.summit.name}, {row.made}.")
    if due.precision != DatePrecision.DAY:
        lines.append(_("Due some time in %(span)s; it falls due on the last day of it.") % {"span": due})
    if row.due_basis == DueBasis.IMPLIED:
        lines.append(_("The deadline is implied: the editors computed it from the text."))
    return [*lines, f"{site}{row.get_absolute_url()}"]


def _state(row: Commitment) -> str:
    """As calendars have it: what was taken off is cancelled, what the text only implies is tentative."""
    if row.status in _OFF:
        return "CANCELLED"
    return "TENTATIVE" if row.due_basis == DueBasis.IMPLIED else "CONFIRMED"
