"""The corrections log: what this site said wrongly, what it says now, and what it took back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.codelists import DevelopmentKind, Publication
from commitments.models import Commitment, Development, Revision
from commitments.public.pagination import paginate
from commitments.public.unheeded import unheeded

CORRECTION, RETRACTION = "correction", "retraction"


@dataclass(frozen=True)
class Entry:
    """One entry of the log: a published correction, or the revision that took a record back."""

    at: dt.datetime
    correction: Development | None = None
    retraction: Revision | None = None


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction of a public commitment and every retraction, the last published first."""
    pages = paginate(_log(), request.GET.get("page"))
    entries = _entries(list(pages.page.object_list))
    context = {"pages": pages, "entries": entries, "ignored": unheeded(request, "page")}
    return render(request, "public/corrections.html", context)


def _log() -> QuerySet[Any, dict[str, Any]]:
    """Of every entry when it was published, what it is and its key, so that one page of both can be cut."""
    columns = ("at", "sort", "key")
    corrected: QuerySet[Any, dict[str, Any]] = (
        Development.objects.published()
        .filter(kind=DevelopmentKind.CORRECTION)
        .order_by()
        .annotate(at=F("published_at"), sort=Value(CORRECTION), key=F("pk"))
        .values(*columns)
    )
    retracted = _retractions().annotate(at=F("recorded_at"), sort=Value(RETRACTION), key=F("pk")).values(*columns)
    return corrected.union(retracted, all=True).order_by("-at", "sort", "-key")


def _retractions() -> QuerySet[Revision]:
    """The revisions by which records were taken back, also of those that were published again later."""
    # Found by their history, which is small and indexed, before any snapshot is opened.
    ever = Commitment.history.filter(publication=Publication.RETRACTED).values("id")
    return Revision.objects.filter(commitment__in=ever, snapshot__publication=Publication.RETRACTED).order_by()


def _entries(rows: Sequence[dict[str, Any]]) -> list[Entry]:
    developments = Development.objects.select_related("commitment", "party", "corrects__party").in_bulk(
        [row["key"] for row in rows if row["sort"] == CORRECTION]
    )
    retractions = (
        Revision.objects.select_related("commitment")
        .defer("snapshot")
        .in_bulk([row["key"] for row in rows if row["sort"] == RETRACTION])
    )
    return [
        Entry(row["at"], correction=developments[row["key"]])
        if row["sort"] == CORRECTION
        else Entry(row["at"], retraction=retractions[row["key"]])
        for row in rows
    ]
