"""Countries, other parties or summits side by side."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments import comparisons
from commitments.codelists import PartyKind, Status
from commitments.comparisons import COMPARABLE, LEAST, MOST, OF, Asked
from commitments.facets import facets
from commitments.filters import MOMENTS, Chip
from commitments.models import CommitmentCountry, CommitmentParty, Party, Summit
from commitments.public.asked import form, tidied
from commitments.public.narrowing import Option

KINDS = {"country": _("Countries"), "party": _("Institutions, blocs and companies"), "summit": _("Summits")}


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What the query names side by side, on the same filters; with fewer than two, how to choose."""
    if redirected := tidied(request):
        return redirected
    asked = comparisons.asked(request.GET, today=timezone.localdate())
    subjects = comparisons.compare(asked) if len(asked.subjects) >= LEAST else []
    shown = [facet for facet in facets(asked.shared) if facet.parameter != asked.of]
    context = form(asked.everything, shown)
    return render(
        request,
        "public/compare.html",
        {
            **context,
            "hidden": [(OF, asked.of), *(pair for pair in context["hidden"] if pair[0] != asked.of)],
            "moment": asked.shared.moment,
            "back_query": asked.query(dict.fromkeys(MOMENTS, ())),
            "asked": asked,
            "columns": [(one, asked.query(remove=(asked.of, one.value))) for one in subjects],
            "statuses": [
                (status, [(one, one.by_status.get(status, 0), one.query_of(status)) for one in subjects])
                for status in Status
                if any(status in one.by_status for one in subjects)
            ],
            "kinds": [(of, KINDS[of], asked.query({asked.of: ()}, of=of)) for of in COMPARABLE],
            "kind": KINDS[asked.of],
            "options": _options(asked),
            "removals": _removals(asked),
            "least": LEAST,
            "most": MOST,
        },
    )


def _options(asked: Asked) -> list[Option]:
    """Those that are picked, then those that stand in the list on the filters, by name."""
    listed = {"commitment__in": asked.shared.qs}
    records: Iterable[Party | Summit]
    if asked.of == "summit":
        records = Summit.objects.filter(pk__in=asked.shared.qs.values("summit"))
    elif asked.of == "country":
        records = Party.objects.filter(pk__in=CommitmentCountry.objects.filter(**listed).values("country"))
    else:
        named = CommitmentParty.objects.filter(**listed).values("party")
        records = Party.objects.filter(pk__in=named).exclude(kind=PartyKind.COUNTRY)
    picked = {comparisons.value_of(one, asked.of) for one in asked.subjects}
    known = {comparisons.value_of(one, asked.of): str(one) for one in (*records, *asked.subjects, *asked.too_many)}
    return [
        Option(value, label, selected=value in picked)
        for value, label in sorted(known.items(), key=lambda pair: (pair[0] not in picked, pair[1]))
    ]


def _removals(asked: Asked) -> list[Chip]:
    """A chip for every filter in force."""
    filters = [part for part in asked.everything.parts if part[0] != asked.of]
    return asked.everything.chips_of(filters, lambda pair: asked.query(remove=pair))
