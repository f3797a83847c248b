"""The queue of what readers suggest, and the page on which an editor decides on one."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from commitments import remits
from commitments.admin import suggestion_pages
from commitments.admin.keys import key_of
from commitments.admin.remit_lists import ReadableChangeList
from commitments.models import Suggestion

SHOWN_CHARACTERS = 120


@admin.register(Suggestion)
class SuggestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Read and decided on, never written or changed here."""

    list_display = ("text_shown", "commitment_code", "kind", "happened_shown", "created_at", "state", "decided_by")
    list_filter = ("state", "kind")
    list_select_related = ("commitment", "decided_by")
    list_per_page = 50
    search_fields = ("text", "url", "commitment__code", "commitment__title")
    search_help_text = gettext_lazy("What it says, its source, or a commitment's code or title")

    @admin.display(description=gettext_lazy("what it says"), ordering="text")
    def text_shown(self, suggestion: Suggestion) -> str:
        return Truncator(suggestion.text).chars(SHOWN_CHARACTERS)

    @admin.display(description=gettext_lazy("commitment"), ordering="commitment__code")
    def commitment_code(self, suggestion: Suggestion) -> str:
        return suggestion.commitment.code

    @admin.display(description=gettext_lazy("happened"), ordering="happened_start")
    def happened_shown(self, suggestion: Suggestion) -> str:
        return str(suggestion.happened or "–")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return suggestion_pages.decide(request, key_of(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key_of(object_id)
        return super().history_view(request, object_id, extra_context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ReadableChangeList

    def has_view_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:
        """Whoever reads developments: suggestions are what some are made of."""
        may = request.user.has_perm("commitments.view_development")
        return may and (obj is None or remits.may_read(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:
        """Never in a form of Django's own; `suggestion_pages` says who decides."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here: readers send them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:
        """Never: its sender reads what became of it."""
        return False
