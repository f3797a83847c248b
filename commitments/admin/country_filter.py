"""The list of commitments, narrowed to a country."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from commitments.models import Commitment, CommitmentCountry, Party


class CountryFilter(admin.SimpleListFilter):
    """Commitments found under one country, directly or through a bloc or body."""

    title = gettext_lazy("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        # One look into an index for each of 249, not a look at every commitment.
        has_any = Exists(CommitmentCountry.objects.filter(country=OuterRef("pk")))
        return [(str(party.alpha2), party.name) for party in Party.objects.countries().filter(has_any)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        # A subquery: a country in two roles would otherwise double the row.
        under = Commitment.objects.filter(countries__country__alpha2=self.value())
        return queryset.filter(pk__in=under.values("pk"))
