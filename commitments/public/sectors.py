"""The list of sectors at both levels, and one sector's page."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.counts import counted
from commitments.facets import Choice
from commitments.models import Sector
from commitments.public.pagination import paginate_commitments
from commitments.public.tallies import by_facet, by_status, filtered, looking_from
from commitments.public.unheeded import unheeded
from commitments.timetravel import Moment


@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    """The sectors that commitments are about, at both levels, with how many each has; then the other categories."""
    choices = by_facet(filtered(today=timezone.localdate()), "sector")
    with_commitments = {choice.value for choice in choices}
    others = Sector.objects.categories().filter(withdrawn=False).exclude(code__in=with_commitments)
    return render(request, "public/sectors.html", {"choices": choices, "others": others, "ignored": unheeded(request)})


@require_safe
def sector(request: HttpRequest, code: str) -> HttpResponse:
    """One sector, a category with its purposes or a purpose: the commitments about it and where they stand."""
    found = get_object_or_404(Sector.objects.select_related("parent"), code=code)
    looking = looking_from(request, "page")
    today, moment = timezone.localdate(), looking["moment"]
    about = filtered(today=today, moment=moment, sector=code)
    counts = counted(about)
    return render(
        request,
        "public/sector.html",
        {
            **looking,
            "sector": found,
            "about": about,
            "total": counts.total,
            "statuses": by_status(about, counts),
            "purposes": _purposes(found, today, moment),
            "pages": paginate_commitments(about, request.GET.get("page"), counts=counts),
        },
    )


def _purposes(category: Sector, today: dt.date, moment: Moment) -> list[Choice]:
    """The purposes of a category, each with how many commitments are about it."""
    if category.parent is not None:
        return []
    # Counted among all: counted within the category, a choice of its purpose would add to it, not narrow it.
    choices = by_facet(filtered(today=today, moment=moment), "sector")
    return next((choice.children for choice in choices if choice.value == category.code), [])
