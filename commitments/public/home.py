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
# What takes the parameters of the list, by the names of its addresses. A test asks every address whether it is one.
FILTERED_PAGES = ("commitments", "developments", "calendar", "map", "matrix", "compare", "scores", "embed_list")
FILTERED_FILES = ("commitments_file", "developments_file", "matrix_file", "scores_file")


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
        *(f"Disallow: {reverse(name)}?" for name in FILTERED_PAGES),
        *(f"Disallow: {start}." for start in _files()),
        f"Disallow: {reverse('api-root')}",
        f"Disallow: {reverse('commitments')}*/suggest/",
        "Disallow: /suggestions/",
        f"Disallow: {reverse('follow')}",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap_index'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _files() -> list[str]:
    """How the addresses of files begin, up to the point before their form."""
    one_form = [
        *(reverse(name, args=["csv"]) for name in FILTERED_FILES),
        *(reverse("shape_file", args=[shape.name, "csv"]) for shape in LISTED[1:]),
        reverse("cite_list", args=["txt"]),
    ]
    return [address.rpartition(".")[0] for address in one_form]
