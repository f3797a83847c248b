"""The list of commitments, and its download."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from commitments.exports import csv
from commitments.exports.columns import ExportContext
from commitments.facets import facets
from commitments.filters import SORT_LABELS, CommitmentFilter
from commitments.public.asked import file_headers, form, refused, tidied
from commitments.public.pagination import paginate_commitments

PAGE = "public/commitments.html"
# The part of it that changes with the filters.
LIST = f"{PAGE}#list"


@require_safe
@vary_on_headers("HX-Request")
def commitments(request: HttpRequest) -> HttpResponse:
    """The list that the query asks for, with the number behind every further choice.

    htmx asks for the list alone, to put it in place; the page is the same with and without.
    """
    if redirected := tidied(request):
        return redirected
    commitment_filter = CommitmentFilter(request.GET, today=timezone.localdate())
    pages = paginate_commitments(commitment_filter, request.GET.get("page"), query=commitment_filter.query)
    return render(
        request,
        LIST if getattr(request, "htmx", False) else PAGE,
        {
            **form(commitment_filter, facets(commitment_filter)),
            "today": commitment_filter.day,
            "moment": commitment_filter.moment,
            "pages": pages,
            "sorts": SORT_LABELS,
        },
    )


@require_safe
def commitments_csv(request: HttpRequest) -> HttpResponseBase:
    """Exactly the list that the query asks for. A file cannot say what was ignored, so a wrong query gets none."""
    commitment_filter = CommitmentFilter(request.GET, today=timezone.localdate())
    if refusal := refused(commitment_filter):
        return refusal
    context = ExportContext(
        site=request.build_absolute_uri("/").rstrip("/"), today=commitment_filter.day, moment=commitment_filter.moment
    )
    # The list's own joins are dropped: the download has others.
    rows = commitment_filter.rows.prefetch_related(None)
    return StreamingHttpResponse(
        csv.stream(rows, context),
        content_type="text/csv; charset=utf-8",
        headers=file_headers("commitments", commitment_filter),
    )
