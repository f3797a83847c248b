"""Feeds: what became of the commitments of a list, or of one, and the deadlines of a list."""

import datetime as dt

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.deadlines import calendar_of
from commitments.feeds import ATOM, JSON, Asked, Cursor, Feed, write_atom, write_json
from commitments.feeds.writing import BEFORE
from commitments.filters import CommitmentFilter, Ignored
from commitments.models import Commitment
from commitments.public.asked import refused
from commitments.public.conditional import conditional
from commitments.public.errors import not_public
from commitments.public.moved import in_capitals
from commitments.public.narrowing import split
from commitments.site import site_of

CALENDAR = "text/calendar; charset=utf-8"
NOT_FOUND_BY_ROBOTS = {"X-Robots-Tag": "noindex"}
# An Atom feed names a moment also where there is nothing to tell.
_BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@require_safe
def feed(request: HttpRequest, form: str = "atom") -> HttpResponseBase:
    """The feed of the list that the query asks for; what it does not understand is answered with 400 and the reason."""
    query, own = split(request.GET, BEFORE, "page")
    asked = CommitmentFilter(query, today=timezone.localdate())
    # The order of the list is none of the feed's.
    everything = not [name for name, _value, _label in asked.parts if name != "topics"]
    site = site_of(request)
    name = "feed" if form == "atom" else "feed_json"
    told = Feed(
        asked=Asked(asked.qs, asked.moment, everything=everything),
        title=_("What became of: %(list)s") % {"list": asked.subject},
        subtitle=_("What happened, every change of status and every correction, as this site said it."),
        site=site,
        address=f"{site}{reverse(name)}{asked.query}",
        home=f"{site}{reverse('commitments')}{asked.query}",
    )
    return _answer(request, told, own.get(BEFORE, ""), form, asked.ignored)


@require_safe
@in_capitals("code")
def commitment_feed(request: HttpRequest, code: str, form: str = "atom") -> HttpResponseBase:
    """The feed of one commitment: 410 when it was retracted, and where it was merged, that of the other record."""
    name = "commitment_feed" if form == "atom" else "commitment_feed_json"
    one = Commitment.objects.published().filter(code=code)
    found = one.first()
    if found is None:
        return not_public(request, code, page=name)
    query, own = split(request.GET, BEFORE)
    site = site_of(request)
    told = Feed(
        asked=Asked(one),
        title=f"{found.code}: {found.title}",
        subtitle=_("What happened, every change of status and every correction, as this site said it."),
        site=site,
        address=f"{site}{reverse(name, args=[code])}",
        home=f"{site}{found.get_absolute_url()}",
    )
    return _answer(request, told, own.get(BEFORE, ""), form, _unknown(query))


@require_safe
def deadlines(request: HttpRequest) -> HttpResponseBase:
    """The deadlines of the list that the query asks for, as a calendar to subscribe to."""
    query, _page = split(request.GET, "page")
    asked = CommitmentFilter(query, today=timezone.localdate())
    if (no := refused(asked.ignored)) is not None:
        return no
    site = site_of(request)
    content = calendar_of(asked, site=site, address=f"{site}{reverse('deadlines')}{asked.query}")
    headers = {**NOT_FOUND_BY_ROBOTS, "Content-Disposition": 'inline; filename="deadlines.ics"'}
    return conditional(request, content, CALENDAR, headers=headers)


def _answer(request: HttpRequest, told: Feed, place: str, form: str, ignored: list[Ignored]) -> HttpResponseBase:
    before = None
    if place:
        try:
            before = Cursor.parse(place)
        except ValueError:
            ignored = [*ignored, Ignored(BEFORE, place, _("No page of this feed begins there."))]
    if (no := refused(ignored)) is not None:
        return no
    page = told.page(before)
    if form == "atom":
        content, kind = write_atom(told, page, before, none_since=_BEGINNING), ATOM
    else:
        content, kind = write_json(told, page, before), JSON
    return conditional(request, content, kind, headers=NOT_FOUND_BY_ROBOTS)


def _unknown(query: QueryDict) -> list[Ignored]:
    return [Ignored(name, query.get(name, ""), _("There is no such filter.")) for name in query]
