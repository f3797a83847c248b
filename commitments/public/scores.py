"""Scores by maker, sector, summit and series, and how far two assessors agree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments import agreement, scores
from commitments.codelists import Role
from commitments.facets import facets
from commitments.filters import MOMENTS, Chip
from commitments.public.asked import form, tidied
from commitments.public.pagination import paginate
from commitments.public.unheeded import unheeded
from commitments.scores import BY_LABELS, Asked

MOST_ROWS = 200


@require_safe
def scores_page(request: HttpRequest) -> HttpResponse:
    """The scores of the list that the query asks for, with the reader's choices of what counts."""
    if redirected := tidied(request):
        return redirected
    wanted = scores.asked(request.GET, today=timezone.localdate())
    found = scores.scores(wanted)
    context = form(wanted.filter, facets(wanted.filter))
    return render(
        request,
        "public/scores.html",
        {
            **context,
            "hidden": [*context["hidden"], *((name, value) for name, value in wanted.own if name == scores.BY)],
            "wanted": wanted,
            "scores": found,
            "rows": found.rows[:MOST_ROWS],
            "left_out": max(len(found.rows) - MOST_ROWS, 0),
            "chips": _chips(wanted),
            "moment": wanted.filter.moment,
            "back_query": wanted.query(commitments=wanted.filter.query_replacing(**dict.fromkeys(MOMENTS, ()))),
            "views": [(by, label, wanted.query_by(by)) for by, label in BY_LABELS.items()],
            "weights": scores.WEIGHT_BY_STRENGTH.items(),
        },
    )


def _chips(wanted: Asked) -> list[Chip]:
    """A chip for every choice and every filter in force."""
    found = wanted.filter
    knobs = [
        # It says itself what it is about.
        Chip("", label, wanted.query([one for one in wanted.own if one != pair]))
        for pair, label in wanted.knobs.labels
    ]
    # That one asks for makers goes without saying, and comes back.
    filters = [part for part in found.parts if part[:2] != ("role", Role.MAKER)]
    return knobs + found.chips_of(filters, lambda pair: wanted.query(commitments=found.query_with(remove=pair)))


@require_safe
def scores_agreement(request: HttpRequest) -> HttpResponse:
    """How far two assessors agree, over all commitments that two have scored and one by one."""
    records: Any = agreement.by_record(agreement.published())
    pages = paginate(records, request.GET.get("page"))
    overall = agreement.overall(agreement.published())
    context = {"overall": overall, "pages": pages, "ignored": unheeded(request, "page")}
    return render(request, "public/agreement.html", context)
