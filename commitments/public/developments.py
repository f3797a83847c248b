"""What happened last, over the commitments that the query asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.entries import ENTRY, ORDER, OWN, Entries, Pair, entries, given
from commitments.filters import Chip, CommitmentFilter
from commitments.models import Development
from commitments.public.narrowing import Control, Narrowing, Option, controls, split
from commitments.public.pagination import paginate
from commitments.timetravel import forget_later_corrections
from commitments.uncertain_dates import UncertainDate


@dataclass(frozen=True)
class Day:
    """The entries of one day, month, quarter or year: as exactly as each is dated."""

    happened: UncertainDate
    developments: list[Development]


@require_safe
def developments(request: HttpRequest) -> HttpResponse:
    """Every published development of the commitments that the query asks for, the newest event first, by days."""
    query, own = split(request.GET, *OWN, "page")
    commitment_filter = CommitmentFilter(query, today=timezone.localdate())
    asked = entries(commitment_filter, given(request.GET))
    narrowing = Narrowing(
        commitment_filter,
        own=asked.own,
        ignored=asked.ignored,
        controls=[*controls(commitment_filter, "country", "sector"), _control(asked.own)],
    )
    pages = paginate(_listed(asked), own.get("page"), query=narrowing.query())
    forget_later_corrections(pages.page.object_list, commitment_filter.moment)
    return render(
        request,
        "public/developments.html",
        {
            "pages": pages,
            "days": _days(pages.page.object_list),
            "filter": commitment_filter,
            "file_query": asked.query,
            "moment": commitment_filter.moment,
            "back_query": narrowing.back_query,
            "narrowing": narrowing,
            "removals": [*_removals(narrowing), *narrowing.removals],
            # What a control of the form shows goes along by that control.
            "hidden": [pair for pair in narrowing.hidden if pair[0] != ENTRY],
        },
    )


def _listed(asked: Entries) -> QuerySet[Development]:
    """The entries with what the list shows of each, in their order."""
    return asked.unordered.for_list().order_by(*ORDER)


def _days(rows: Iterable[Development]) -> list[Day]:
    return [Day(happened, list(group)) for happened, group in groupby(rows, key=lambda row: row.happened)]


def _control(own: Iterable[Pair]) -> Control:
    label, codelist = OWN[ENTRY]
    return Control(
        ENTRY,
        str(label),
        [Option(code.value, str(code.label), selected=(ENTRY, code.value) in own) for code in codelist],
    )


def _removals(narrowing: Narrowing) -> list[Chip]:
    """A chip for everything that is asked of the entries themselves."""
    return [
        Chip(
            str(OWN[parameter][0]),
            str(OWN[parameter][1](code).label),
            narrowing.query(own=[pair for pair in narrowing.own if pair != (parameter, code)]),
        )
        for parameter, code in narrowing.own
    ]
