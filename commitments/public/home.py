"""The first page, and what robots are told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.counts import counted
from commitments.exports.columns import LISTED
from commitments.models import Commitment, Development, Summit
from commitments.public.pagination import first_rows
from commitments.public.tallies import by_status, filtered
from commitments.public.unheeded import unheeded

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, where the commitments stand, what happened last, what is due next and what is overdue."""
    today = timezone.localdate()
    everything = filtered(today=today)
    counts = counted(everything)
    due_next = filtered(today=today, due_after=today.isoformat(), sort="due")
    overdue = filtered(today=today, overdue="1", sort="-due")
    due_counts, overdue_counts = counted(due_next, beside=counts), counted(overdue, beside=counts)
    return render(
        request,
        "public/home.html",
        {
            "today": today,
            "everything": everything,
            "total": counts.total,
            "statuses": by_status(everything, counts),
            "developments": Development.objects.published().for_headlines()[:LATEST],
            "due_next": due_next,
            "due_next_total": due_counts.total,
            "due_next_rows": first_rows(due_next, LATEST, due_counts),
            "overdue": overdue,
            "overdue_total": overdue_counts.total,
            "overdue_rows": first_rows(overdue, LATEST, overdue_counts),
            "checked": Commitment.objects.published()
            .exclude(last_checked_on=None)
            .order_by("-last_checked_on", "code")
            .only("code", "title", "last_checked_on")[:LATEST],
            "ignored": unheeded(request),
            "summit": Summit.objects.filter(starts_on__lte=today).first(),
        },
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read every page; the admin and the endless combinations of filters are not for them."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('commitments')}?",
        *(f"Disallow: {start}." for start in _files()),
        f"Disallow: {reverse('api-root')}",
        f"Disallow: {reverse('commitments')}*/suggest/",
        "Disallow: /suggestions/",
        f"Disallow: {reverse('follow')}",
        f"Disallow: {reverse('calendar')}?",
        f"Disallow: {reverse('map')}?",
        f"Disallow: {reverse('matrix')}?",
        f"Disallow: {reverse('compare')}?",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap_index'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _files() -> list[str]:
    """How the addresses of files begin, up to the point before their form."""
    names: list[tuple[str, list[str]]] = [
        *((name, []) for name in ("commitments_file", "developments_file", "matrix_file")),
        *(("shape_file", [shape.name]) for shape in LISTED[1:]),
    ]
    return [reverse(name, args=[*arguments, "csv"]).removesuffix(".csv") for name, arguments in names]
