"""One format that meets again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.counts import counted
from commitments.models import SummitSeries
from commitments.public.tallies import by_facet, by_status, filtered
from commitments.public.unheeded import unheeded


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Its members, its summits, and how many commitments were made at each."""
    found = get_object_or_404(SummitSeries, slug=slug)
    today = timezone.localdate()
    made = filtered(today=today, series=slug)
    counts = counted(made)
    of_summits = {choice.value: choice for choice in by_facet(made, "summit", counts)}
    summits = found.summits.for_list()
    return render(
        request,
        "public/series.html",
        {
            "series": found,
            "ignored": unheeded(request),
            "made": made,
            "total": counts.total,
            "statuses": by_status(made, counts),
            "rows": [(summit, of_summits.get(summit.code)) for summit in summits],
            "members": found.members.all(),
        },
    )
