"""The list of summits, and one summit's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.models import Document, Summit
from commitments.public.pagination import paginate
from commitments.public.tallies import by_facet, by_status, filtered


@require_safe
def summits(request: HttpRequest) -> HttpResponse:
    """Every summit, newest first, with how many commitments were made at it."""
    today = timezone.localdate()
    counts = {choice.value: choice for choice in by_facet(filtered(today=today), "summit")}
    pages = paginate(Summit.objects.for_list(), request.GET.get("page"))
    rows = [(summit, counts.get(summit.code)) for summit in pages.page]
    return render(request, "public/summits.html", {"today": today, "pages": pages, "rows": rows})


@require_safe
def summit(request: HttpRequest, code: str) -> HttpResponse:
    """One summit: what it was, what was promised there and where it stands, who took part, and what it called."""
    found = get_object_or_404(Summit.objects.select_related("series", "host", "parent"), code__iexact=code)
    if code != found.code:
        return redirect(found, permanent=True)
    today = timezone.localdate()
    made_here = filtered(today=today, summit=found.code)
    with_topics = filtered(today=today, summit=found.code, topics="1", sort="code")
    pages = paginate(with_topics.rows, request.GET.get("page"))
    return render(
        request,
        "public/summit.html",
        {
            "today": today,
            "summit": found,
            "made_here": made_here,
            "total": made_here.qs.count(),
            "with_topics": with_topics,
            "statuses": by_status(made_here),
            "pages": pages,
            "participations": found.participations.select_related("party"),
            "follow_ups": found.follow_ups.order_by("starts_on", "code"),
            "documents": Document.objects.filter(
                passages__isnull=False, wordings__commitment__in=with_topics.qs
            ).distinct(),
        },
    )
