"""What happened last, over the commitments that the query asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments.codelists import DefinedChoices, DevelopmentKind, Status
from commitments.filters import CommitmentFilter, Ignored
from commitments.models import Development
from commitments.parameters import CodeField
from commitments.public.narrowing import Control, Narrowing, Option, Pair, Removal, controls, split
from commitments.public.pagination import paginate
from commitments.timetravel import forget_later_corrections
from commitments.uncertain_dates import UncertainDate

# Parameters of the entries themselves; all others are the list's, and ask for the commitments.
ENTRY, ENTRY_STATUS = "entry", "entry_status"
OWN: dict[str, tuple[str | Promise, type[DefinedChoices]]] = {
    ENTRY: (gettext_lazy("Kind of entry"), DevelopmentKind),
    ENTRY_STATUS: (gettext_lazy("Status of the entry"), Status),
}
COLUMNS = {ENTRY: "kind", ENTRY_STATUS: "status"}


@dataclass(frozen=True)
class Day:
    """The entries of one day, month, quarter or year: as exactly as each is dated."""

    happened: UncertainDate
    developments: list[Development]


@require_safe
def developments(request: HttpRequest) -> HttpResponse:
    """Every published development of the commitments that the query asks for, the newest event first, by days."""
    query, given = split(request.GET, *OWN, "page")
    commitment_filter = CommitmentFilter(query, today=timezone.localdate())
    own, ignored = _own(given)
    narrowing = Narrowing(
        commitment_filter,
        own=own,
        ignored=[*ignored, *_ignored(commitment_filter)],
        controls=[*controls(commitment_filter, "country", "sector"), _control(own)],
    )
    pages = paginate(_entries(commitment_filter, own), given.get("page"), query=narrowing.query())
    forget_later_corrections(pages.page.object_list, commitment_filter.moment)
    return render(
        request,
        "public/developments.html",
        {
            "pages": pages,
            "days": _days(pages.page.object_list),
            "filter": commitment_filter,
            "moment": commitment_filter.moment,
            "back_query": narrowing.back_query,
            "narrowing": narrowing,
            "removals": [*_removals(narrowing), *narrowing.removals],
            # What a control of the form shows goes along by that control.
            "hidden": [pair for pair in narrowing.hidden if pair[0] != ENTRY],
        },
    )


def _own(given: dict[str, str]) -> tuple[list[Pair], list[Ignored]]:
    """What is asked of the entries themselves, and what was asked in vain."""
    pairs, ignored = [], []
    for parameter, (_label, codelist) in OWN.items():
        field = CodeField(codes=codelist.values)
        code = field.clean([given.get(parameter, "")])
        pairs += [(parameter, code)] if code else []
        ignored += [Ignored(parameter, one.value, one.reason) for one in field.rejected]
    return pairs, ignored


def _ignored(commitment_filter: CommitmentFilter) -> list[Ignored]:
    ignored = list(commitment_filter.ignored)
    if commitment_filter.values["sort"]:
        ignored.append(Ignored("sort", commitment_filter.values["sort"], _("Entries come newest first.")))
    return ignored


def _entries(commitment_filter: CommitmentFilter, own: Iterable[Pair]) -> QuerySet[Development]:
    # No rate is made of entries, so those on topics are shown too, unless the reader wants none.
    without_topics = commitment_filter.values["topics"] is False
    commitments = commitment_filter.qs if without_topics else commitment_filter.with_topics()
    found = Development.objects.published().filter(commitment_filter.moment.developments, commitment__in=commitments)
    asked = found.filter(**{COLUMNS[parameter]: code for parameter, code in own})
    # Those of one day together, apart from those of the month that begins on it.
    return asked.for_list().order_by("-happened_start", "happened_precision", "-pk")


def _days(rows: Iterable[Development]) -> list[Day]:
    return [Day(happened, list(group)) for happened, group in groupby(rows, key=lambda row: row.happened)]


def _control(own: Iterable[Pair]) -> Control:
    label, codelist = OWN[ENTRY]
    return Control(
        ENTRY,
        str(label),
        [Option(code.value, str(code.label), selected=(ENTRY, code.value) in own) for code in codelist],
    )


def _removals(narrowing: Narrowing) -> list[Removal]:
    """A chip for everything that is asked of the entries themselves."""
    return [
        Removal(
            str(OWN[parameter][0]),
            str(OWN[parameter][1](code).label),
            narrowing.query(own=[pair for pair in narrowing.own if pair != (parameter, code)]),
        )
        for parameter, code in narrowing.own
    ]
