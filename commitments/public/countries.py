"""The list of countries, and one country's page."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.counts import counted
from commitments.models import Party
from commitments.public.moved import in_capitals
from commitments.public.pagination import paginate_commitments
from commitments.public.standings import compared, left_by
from commitments.public.tallies import by_facet, by_role, by_status, filtered, looking_from
from commitments.public.unheeded import unheeded
from commitments.scorecards import scorecard


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Countries with how many commitments each is party to, most first; then all the others by region."""
    everything = filtered(today=timezone.localdate())
    choices = by_facet(everything, "country")
    with_commitments = {choice.value for choice in choices}
    others = Party.objects.countries().exclude(alpha2__in=with_commitments).order_by("region", "name")
    by_region = [(region, list(group)) for region, group in groupby(others, key=lambda country: country.region)]
    return render(
        request, "public/countries.html", {"choices": choices, "by_region": by_region, "ignored": unheeded(request)}
    )


@require_safe
@in_capitals("alpha2")
def country(request: HttpRequest, alpha2: str) -> HttpResponse:
    """One country: what it is party to, directly or through a bloc or body, in which role, and where that stands."""
    found = get_object_or_404(Party.objects.countries(), alpha2=alpha2)
    looking = looking_from(request, "page")
    today, moment = timezone.localdate(), looking["moment"]
    party_to = filtered(today=today, moment=moment, country=alpha2)
    made = filtered(today=today, moment=moment, country=alpha2, role="maker")
    bodies, summits = list(found.bodies.select_related("successor")), list(found.summits.newest_first().distinct())
    counts = counted(party_to)
    made_counts = counted(made, beside=counts)
    return render(
        request,
        "public/country.html",
        {
            **looking,
            "country": found,
            "party_to": party_to,
            "scorecard": scorecard(made, made_counts),
            "total": counts.total,
            "made_statuses": by_status(made, made_counts),
            "roles": by_role(party_to, found, counts),
            "pages": paginate_commitments(party_to, request.GET.get("page"), counts=counts),
            "bodies": bodies,
            "left": left_by(bodies, today=today, moment=moment, beside=counts),
            "memberships": found.bloc_memberships.select_related("bloc"),
            "summits": summits,
            "hosted": found.hosted_summits.newest_first(),
            "comparison": compared(found, summits, today=today, moment=moment, beside=counts),
        },
    )
