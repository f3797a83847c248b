"""The list of countries, and one country's page."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.models import Party
from commitments.public.pagination import paginate
from commitments.public.tallies import by_facet, by_role, by_status, filtered


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Countries with how many commitments each is party to, most first; then all the others by region."""
    everything = filtered(today=timezone.localdate())
    choices = by_facet(everything, "country")
    counted = {choice.value for choice in choices}
    others = Party.objects.countries().exclude(alpha2__in=counted).order_by("region", "name")
    by_region = [(region, list(group)) for region, group in groupby(others, key=lambda country: country.region)]
    return render(request, "public/countries.html", {"choices": choices, "by_region": by_region})


@require_safe
def country(request: HttpRequest, alpha2: str) -> HttpResponse:
    """One country: what it is party to, directly or through a bloc or body, in which role, and where that stands."""
    if alpha2 != alpha2.upper():
        return redirect("country", alpha2.upper(), permanent=True)
    found = get_object_or_404(Party.objects.countries(), alpha2=alpha2)
    today = timezone.localdate()
    party_to = filtered(today=today, country=alpha2)
    made = filtered(today=today, country=alpha2, role="maker")
    return render(
        request,
        "public/country.html",
        {
            "today": today,
            "country": found,
            "party_to": party_to,
            "made": made,
            "made_total": made.qs.count(),
            "total": party_to.qs.count(),
            "made_statuses": by_status(made),
            "roles": by_role(party_to, found),
            "pages": paginate(party_to.rows, request.GET.get("page")),
            "bodies": found.bodies.all(),
            "memberships": found.bloc_memberships.select_related("bloc"),
            "summits": found.summits.for_list().distinct(),
        },
    )
