"""The matrix of commitments and parties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments import matrices
from commitments.counts import counted
from commitments.facets import facets
from commitments.filters import MOMENTS, CommitmentFilter
from commitments.public.asked import form, nothing_but_topics, tidied
from commitments.public.pagination import paginate_commitments
from commitments.sorts import SORT_LABELS


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """The list that the query asks for as rows, those who made any of it as columns, and what each is to each."""
    if redirected := tidied(request):
        return redirected
    commitment_filter = CommitmentFilter(request.GET, today=timezone.localdate())
    counts = counted(commitment_filter)
    pages = paginate_commitments(
        commitment_filter,
        request.GET.get("page"),
        query=commitment_filter.as_shown(commitment_filter.query),
        counts=counts,
    )
    columns = matrices.columns(commitment_filter, counts)
    return render(
        request,
        "public/matrix.html",
        {
            **form(commitment_filter, facets(commitment_filter, counts)),
            **nothing_but_topics(commitment_filter, counts),
            "moment": commitment_filter.moment,
            "back_query": commitment_filter.query_replacing(**dict.fromkeys(MOMENTS, ())),
            "list_name": "matrix",
            "pages": pages,
            "sorts": SORT_LABELS,
            "columns": columns,
            "sums": matrices.sums(commitment_filter, columns.parties, counts),
            "most": matrices.MAX_COLUMNS,
        },
    )
