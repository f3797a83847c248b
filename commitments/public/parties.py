"""Institutions, blocs and companies: all of them, and one's page."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.codelists import PartyKind
from commitments.models import Party
from commitments.public.pagination import paginate
from commitments.public.tallies import by_role, by_status, filtered


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Every party that is no country, by kind."""
    found = Party.objects.exclude(kind=PartyKind.COUNTRY).select_related("country").order_by("kind", "name")
    by_kind = [(PartyKind(kind), list(group)) for kind, group in groupby(found, key=lambda party: party.kind)]
    return render(request, "public/parties.html", {"by_kind": by_kind})


@require_safe
def party(request: HttpRequest, slug: str) -> HttpResponse:
    """One party: what it is, what it is party to, in which role, where that stands, and what became of the party."""
    found = get_object_or_404(Party.objects.select_related("country", "successor"), slug=slug)
    if found.is_country:
        return redirect(found, permanent=True)
    today = timezone.localdate()
    party_to = filtered(today=today, party=slug)
    return render(
        request,
        "public/party.html",
        {
            "today": today,
            "party": found,
            "party_to": party_to,
            "total": party_to.qs.count(),
            "statuses": by_status(party_to),
            "roles": by_role(party_to, found),
            "pages": paginate(party_to.rows, request.GET.get("page")),
            "members": found.memberships.select_related("member").order_by("member__name", "joined_on"),
            "memberships": found.bloc_memberships.select_related("bloc"),
            "predecessors": found.predecessors.all(),
            "summits": found.summits.for_list().distinct(),
        },
    )
