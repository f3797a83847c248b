"""The list of commitments, its download, and one commitment's page."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.actions.statuses import derived_timelines
from commitments.codelists import Classification, Role
from commitments.exports import csv
from commitments.exports.columns import ExportContext
from commitments.facets import Facet, facets
from commitments.filters import SORT_LABELS, CommitmentFilter
from commitments.models import Commitment, CommitmentParty, Development, Evidence, Revision
from commitments.public.errors import retracted
from commitments.public.pagination import paginate
from commitments.public.relations import relations
from commitments.rules import OVERALL_RULE
from commitments.standing import counting, page_flags, why

WINDOWS = ("made_after", "made_before", "due_after", "due_before")
NO = "0"
# What the sentence did that became this record: only a commitment is a promise.
ACTS = {
    Classification.COMMITMENT: _("What was promised"),
    Classification.REQUEST: _("What was asked for"),
    Classification.REAFFIRMATION: _("What was restated"),
    Classification.ADVOCACY: _("What was urged"),
    Classification.TOPIC: _("What was talked about"),
}


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """The list that the query asks for, with the number behind every further choice."""
    tidy = _without_blanks(request.GET)
    if tidy != request.GET:
        return redirect(f"{request.path}?{tidy.urlencode()}" if tidy else request.path)
    today = timezone.localdate()
    commitment_filter = CommitmentFilter(request.GET, today=today)
    shown = facets(commitment_filter)
    pages = paginate(commitment_filter.rows, request.GET.get("page"), query=commitment_filter.query)
    return render(
        request,
        "public/commitments.html",
        {
            "today": today,
            "filter": commitment_filter,
            "facets": shown,
            "hidden": _hidden(commitment_filter, shown),
            "windows": [(name, commitment_filter.filters[name].label, request.GET.get(name, "")) for name in WINDOWS],
            "pages": pages,
            "sorts": SORT_LABELS,
        },
    )


def _without_blanks(query: QueryDict) -> QueryDict:
    """The query without the empty values that a form sends, so that an address says only what is asked."""
    tidy = QueryDict(mutable=True)
    for parameter, values in query.lists():
        kept = [value for value in values if value.strip()]
        if kept:
            tidy.setlist(parameter, kept)
    return tidy


def _hidden(commitment_filter: CommitmentFilter, shown: Sequence[Facet]) -> list[tuple[str, str]]:
    """What is in force but has no control in the form: it goes along hidden, so that nothing is lost."""
    with_control = {"q", *WINDOWS, *(facet.parameter for facet in shown)}
    return [
        (parameter, value)
        for parameter, value, _label in commitment_filter.parts
        # A control for yes or no can be set to yes only.
        if parameter not in with_control or value == NO
    ]


@require_safe
def commitments_csv(request: HttpRequest) -> HttpResponseBase:
    """Exactly the list that the query asks for. A file cannot say what was ignored, so a wrong query gets none."""
    today = timezone.localdate()
    commitment_filter = CommitmentFilter(request.GET, today=today)
    if commitment_filter.ignored:
        problems = [f"{one.parameter}={one.value}: {one.reason}" for one in commitment_filter.ignored]
        return HttpResponse("\n".join([*problems, ""]), status=400, content_type="text/plain; charset=utf-8")
    context = ExportContext(site=request.build_absolute_uri("/").rstrip("/"), today=today)
    # The list's own joins are dropped: the download has others.
    rows = commitment_filter.rows.prefetch_related(None)
    return StreamingHttpResponse(
        csv.stream(rows, context),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="commitments-{today.isoformat()}.csv"',
            "X-Robots-Tag": "noindex",
        },
    )


@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the public may know of one commitment; a retracted one says so (410), a draft does not exist (404)."""
    if code != code.upper():
        return redirect("commitment", code.upper(), permanent=True)
    found = Commitment.objects.published().for_detail().filter(code=code).first()
    if found is None:
        return retracted(request, code)
    today = timezone.localdate()
    developments = list(found.developments.published().with_evidence())
    segments = derived_timelines(found)[None]
    reasons = why(segments[-1].development if segments else None, developments)
    return render(
        request,
        "public/commitment.html",
        {
            "today": today,
            "commitment": found,
            "flags": page_flags(found, developments, today=today),
            "why": reasons,
            "evidence": reasons.evidence or _latest_evidence(developments),
            "developments": developments,
            "relations": relations(found),
            "changes": found.status_changes.select_related("party", "development"),
            "revision": Revision.objects.filter(commitment=found).defer("snapshot").order_by("-number").first(),
            "address": request.build_absolute_uri(found.get_absolute_url()),
            "act": ACTS[Classification(found.classification)],
            "rule": OVERALL_RULE,
            **_parties(found),
        },
    )


def _parties(commitment: Commitment) -> dict[str, list[CommitmentParty]]:
    """The parties as the page shows them: the makers, those it was made to or for, and all who are no makers."""
    rows = list(commitment.parties.all())
    return {
        "makers": [row for row in rows if row.is_maker],
        "addressees": [row for row in rows if row.role == Role.ADDRESSEE],
        "recipients": [row for row in rows if row.role == Role.RECIPIENT],
        "others": [row for row in rows if not row.is_maker],
    }


def _latest_evidence(developments: Sequence[Development]) -> list[Evidence]:
    """The evidence of the newest development that still counts and has any; they come newest first."""
    return next((found for one in counting(developments) if (found := list(one.evidence.all()))), [])
