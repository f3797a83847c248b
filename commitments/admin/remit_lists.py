"""Lists and searches at the desk for somebody with a remit: what they may read, and what they may pick."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from commitments import remits
from commitments.models import Commitment, Development, Suggestion


class ReadableChangeList(ChangeList):
    """A list of commitments, developments or suggestions without those that this user may not read."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        # The root, so that the number of all tells nothing of the others.
        self.root_queryset = remits.visible(request.user, self.root_queryset)
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if self.model is Commitment and remits.binding(request.user) is not None:
            self._say_which_are_outside(request)

    def _say_which_are_outside(self, request: HttpRequest) -> None:
        """Set `is_outside` on the rows of the page, in one query: nothing is logged for those."""
        rows: list[Any] = list(self.result_list)
        shown = Commitment.objects.filter(pk__in=[row.pk for row in rows])
        inside = set(remits.within(request.user, shown).values_list("pk", flat=True))
        for row in rows:
            row.is_outside = row.pk not in inside
        self.result_list = rows


class WritableAutocomplete(AutocompleteJsonView):
    """What is picked is written about: a search offers only what lies within a remit."""

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        is_bound = found.model in (Commitment, Development, Suggestion)
        return remits.within(self.request.user, found) if is_bound else found
