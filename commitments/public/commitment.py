"""One commitment's page."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.codelists import Classification, Role
from commitments.models import Commitment, CommitmentParty, Development, Evidence, Wording
from commitments.public.activities import activities
from commitments.public.changes import SINCE, changed_between, since_asked
from commitments.public.errors import not_public
from commitments.public.moved import in_capitals
from commitments.public.oembed import frame_of_commitment
from commitments.public.relations import relations
from commitments.public.replies import replies
from commitments.public.revisions import cited, revisions_of
from commitments.public.tallies import looking_from
from commitments.public.unsaid import Unsaid
from commitments.public.wordings import worded
from commitments.rules import OVERALL_RULE
from commitments.site import site_of
from commitments.standing import Why, counting, next_moves, page_flags, why
from commitments.timelines import derived_timelines
from commitments.timetravel import Moment, as_they_stood, forget_later_corrections, makers_as_they_stood

# What the sentence did that became this record: only a commitment is a promise.
ACTS = {
    Classification.COMMITMENT: _("What was promised"),
    Classification.REQUEST: _("What was asked for"),
    Classification.REAFFIRMATION: _("What was restated"),
    Classification.ADVOCACY: _("What was urged"),
    Classification.TOPIC: _("What was talked about"),
}


@require_safe
@in_capitals("code")
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the public may know of one commitment; a retracted one says so (410), a draft does not exist (404).

    As it stood on a day, if the reader asks for one.
    """
    wordings = Prefetch("wordings", queryset=Wording.objects.select_related("document"))
    found = Commitment.objects.published().for_detail().prefetch_related(wordings).filter(code=code).first()
    if found is None:
        return not_public(request, code)
    looking = looking_from(request, SINCE)
    moment: Moment = looking["moment"]
    if _lies_ahead(found, moment):
        return render(request, "public/not_yet.html", {"commitment": found, **looking}, status=404)
    developments = _developments(found, moment)
    as_they_stood([found], moment)
    makers_as_they_stood(found, moment)
    reasons = _reasons(found, developments, moment)
    changes = list(found.status_changes.filter(moment.lines).select_related("party", "development"))
    return render(
        request,
        "public/commitment.html",
        {
            **looking,
            "commitment": found,
            "also_known_as": _absorbed(found),
            "flags": page_flags(found, developments, today=looking["today"]),
            "why": reasons,
            "unsaid": Unsaid(moment),
            "evidence": reasons.evidence or _latest_evidence(developments),
            "developments": developments,
            "relations": relations(found, moment),
            "activities": activities(found),
            "changes": changes,
            "replies": replies(developments, changes),
            "next_moves": next_moves(found, reasons, today=looking["today"]),
            "worded": worded(found.wordings.all()),
            "act": ACTS[Classification(found.classification)],
            "rule": OVERALL_RULE,
            **_parties(found),
            **_revisions(request, found, moment),
            **_changed(request, found, looking),
            "shared_url": request.build_absolute_uri(found.get_absolute_url()),
            "frame": frame_of_commitment(request, found),
        },
    )


def _absorbed(commitment: Commitment) -> list[str]:
    """The codes of the public records that were merged into this one: whoever looks for one of them is right here."""
    if not commitment.has_absorbed:  # type: ignore[attr-defined] # annotated by `for_detail`
        return []
    codes = commitment.absorbed.filter(published_at__isnull=False).order_by("code")
    return list(codes.values_list("code", flat=True))


def _changed(request: HttpRequest, commitment: Commitment, looking: dict[str, Any]) -> dict[str, Any]:
    """What changed since a day that the reader names, or else since the day that they look from."""
    moment: Moment = looking["moment"]
    today = timezone.localdate()
    since, ignored = since_asked(request, last=looking["today"])
    first, last = (since, looking["today"]) if since else (moment.as_of, today)
    return {
        "compares": True,
        "since": since,
        "ignored": [*looking["ignored"], *ignored],
        "changed": changed_between(commitment, first, last, moment) if first else None,
    }


def _lies_ahead(commitment: Commitment, moment: Moment) -> bool:
    """Whether, at the moment, it had not been made yet or this site had not said anything of it."""
    if moment.latest is not None and commitment.made.start > moment.latest:
        return True
    known_before = moment.known_before
    return known_before is not None and (commitment.published_at is None or commitment.published_at >= known_before)


def _developments(commitment: Commitment, moment: Moment) -> list[Development]:
    developments = list(commitment.developments.published().filter(moment.developments).with_evidence())
    forget_later_corrections(developments, moment)
    return developments


def _reasons(commitment: Commitment, developments: Sequence[Development], moment: Moment) -> Why:
    """Why the status is what the page says; no development where its history says another: the makers changed."""
    day = moment.latest or dt.date.max
    segments = [
        segment
        for segment in derived_timelines(
            commitment, known_before=moment.known_before, published=None if moment else developments
        )[None]
        if segment.effective.start <= day
    ]
    if not segments or segments[-1].status != commitment.status:
        return why(None, developments)
    return why(segments[-1].development, developments)


def _revisions(request: HttpRequest, commitment: Commitment, moment: Moment) -> dict[str, Any]:
    """The revisions that were there by then, and the last of them with the address that is cited: it stays as it is."""
    listed = revisions_of(commitment, moment)
    if not listed:
        return {"revisions": [], "revision": None}
    last = listed[0].revision
    permalink = reverse("revision", args=[commitment.code, last.number])
    site = site_of(request)
    return {
        "revisions": listed,
        "revision": last,
        "permalink": permalink,
        "address": f"{site}{permalink}",
        **cited(commitment, last, site=site),
    }


def _parties(commitment: Commitment) -> dict[str, Any]:
    """The parties as the page shows them: the makers, those it was made to or for, and all who are no makers."""
    rows: list[CommitmentParty] = list(commitment.parties.all())
    return {
        "makers": [row for row in rows if row.is_maker],
        "addressees": [row for row in rows if row.role == Role.ADDRESSEE],
        "recipients": [row for row in rows if row.role == Role.RECIPIENT],
        "others": [row for row in rows if not row.is_maker],
    }


def _latest_evidence(developments: Sequence[Development]) -> list[Evidence]:
    """The evidence of the newest development that still counts and has any; they come newest first."""
    return next((found for one in counting(developments) if (found := list(one.evidence.all()))), [])
