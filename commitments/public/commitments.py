"""The list of commitments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from commitments import citations
from commitments.counts import counted
from commitments.facets import facets
from commitments.filters import CommitmentFilter
from commitments.public.asked import form, nothing_but_topics, tidied
from commitments.public.citing import work_of_list
from commitments.public.oembed import frame_of_list
from commitments.public.pagination import paginate_commitments
from commitments.sorts import SORT_LABELS

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
    counts = counted(commitment_filter)
    pages = paginate_commitments(
        commitment_filter,
        request.GET.get("page"),
        query=commitment_filter.as_shown(commitment_filter.query),
        counts=counts,
    )
    return render(
        request,
        LIST if getattr(request, "htmx", False) else PAGE,
        {
            **form(commitment_filter, facets(commitment_filter, counts)),
            **nothing_but_topics(commitment_filter, counts),
            "today": commitment_filter.day,
            "moment": commitment_filter.moment,
            "pages": pages,
            "sorts": SORT_LABELS,
            "citation": citations.plain(work_of_list(request, commitment_filter, pages.total)),
            "citation_forms": citations.FORMS.values(),
            "cite_files": reverse("cite_list", args=["txt"]).removesuffix("txt"),
            "shared_url": request.build_absolute_uri(f"{reverse('commitments')}{commitment_filter.query}"),
            "frame": frame_of_list(request, commitment_filter),
        },
    )
