"""The list of summits, and one summit's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.codelists import ParticipationRole
from commitments.counts import Counts, counted
from commitments.filters import CommitmentFilter
from commitments.models import Participation, Party, Summit
from commitments.public.coverage import classes_of, documents_read
from commitments.public.moved import in_capitals
from commitments.public.pagination import paginate, paginate_commitments
from commitments.public.tallies import by_facet, by_status, filtered, looking_from
from commitments.public.unheeded import unheeded
from commitments.scorecards import Share, shares


@require_safe
def summits(request: HttpRequest) -> HttpResponse:
    """Every summit, newest first, with how many commitments were made at it."""
    today = timezone.localdate()
    counts = {choice.value: choice for choice in by_facet(filtered(today=today), "summit")}
    pages = paginate(Summit.objects.for_list(), request.GET.get("page"))
    rows = [(summit, counts.get(summit.code)) for summit in pages.page]
    context = {"today": today, "pages": pages, "rows": rows, "ignored": unheeded(request, "page")}
    return render(request, "public/summits.html", context)


@require_safe
@in_capitals("code")
def summit(request: HttpRequest, code: str) -> HttpResponse:
    """One summit: what it was, what was promised there and where it stands, who took part, and what it called."""
    found = get_object_or_404(Summit.objects.select_related("series", "host", "parent"), code=code)
    looking = looking_from(request, "page")
    today, moment = timezone.localdate(), looking["moment"]
    made_here = filtered(today=today, moment=moment, summit=found.code)
    with_topics = filtered(today=today, moment=moment, summit=found.code, topics="1", sort="code")
    counts = counted(made_here)
    pages = paginate_commitments(with_topics, request.GET.get("page"), counts=counted(with_topics, beside=counts))
    documents = list(documents_read(with_topics.qs).order_by("title", "pk"))
    return render(
        request,
        "public/summit.html",
        {
            **looking,
            "summit": found,
            "made_here": made_here,
            "total": counts.total,
            "with_topics": with_topics,
            "statuses": by_status(made_here, counts),
            "pages": pages,
            "participants": _participants(made_here, counts, found.participations.select_related("party")),
            "follow_ups": found.follow_ups.order_by("starts_on", "code"),
            "documents": documents,
            "classes": classes_of(documents) if documents else [],
        },
    )


@dataclass(frozen=True)
class Participant:
    """A party that took part, who spoke for it, and what it made of the summit's commitments."""

    share: Share
    rows: list[Participation]

    @property
    def roles(self) -> list[ParticipationRole]:
        """What it was there, unless it merely took part."""
        held = {row.role for row in self.rows}
        return [role for role in ParticipationRole if role in held and role != ParticipationRole.PARTICIPANT]


def _participants(
    made_here: CommitmentFilter, counts: Counts, participations: Iterable[Participation]
) -> list[Participant]:
    """Every party that took part, once each, by name; those that made nothing too."""
    rows: dict[Party, list[Participation]] = {}
    for row in participations:
        rows.setdefault(row.party, []).append(row)
    return [Participant(share, rows[share.party]) for share in shares(made_here, rows, counts)]
