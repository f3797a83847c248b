"""Institutions, blocs and companies: all of them, and one's page."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.codelists import PartyKind
from commitments.counts import counted
from commitments.models import Party
from commitments.public.moved import moved
from commitments.public.pagination import paginate_commitments
from commitments.public.standings import compared, left_by
from commitments.public.tallies import by_role, by_status, filtered, looking_from
from commitments.public.unheeded import unheeded
from commitments.scorecards import Scorecard, Tally, of_maker


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Every party that is no country, by kind."""
    found = Party.objects.exclude(kind=PartyKind.COUNTRY).select_related("country").order_by("kind", "name")
    by_kind = [(PartyKind(kind), list(group)) for kind, group in groupby(found, key=lambda party: party.kind)]
    return render(request, "public/parties.html", {"by_kind": by_kind, "ignored": unheeded(request)})


@require_safe
def party(request: HttpRequest, slug: str) -> HttpResponse:
    """One party: what it is, what it is party to, in which role, where that stands, and what became of the party."""
    found = get_object_or_404(Party.objects.select_related("country", "successor"), slug=slug)
    if found.is_country:
        return moved(request, "country", alpha2=found.alpha2)
    looking = looking_from(request, "page")
    today, moment = timezone.localdate(), looking["moment"]
    party_to = filtered(today=today, moment=moment, party=slug)
    made = filtered(today=today, moment=moment, party=slug, role="maker")
    summits = list(found.summits.newest_first().distinct())
    counts = counted(party_to)
    return render(
        request,
        "public/party.html",
        {
            **looking,
            "party": found,
            "party_to": party_to,
            # By the address that the table of roles uses for the same list.
            "scorecard": Scorecard(Tally.of(counted(made, beside=counts).by_status), of_maker(party_to.query, found)),
            "left": left_by([found], today=today, moment=moment, beside=counts),
            "total": counts.total,
            "statuses": by_status(party_to, counts),
            "roles": by_role(party_to, found, counts),
            "pages": paginate_commitments(party_to, request.GET.get("page"), counts=counts),
            "members": found.memberships.select_related("member").order_by("member__name", "joined_on"),
            "memberships": found.bloc_memberships.select_related("bloc"),
            "predecessors": found.predecessors.all(),
            "summits": summits,
            "hosted": found.hosted_summits.newest_first(),
            "comparison": compared(found, summits, today=today, moment=moment, beside=counts),
        },
    )
