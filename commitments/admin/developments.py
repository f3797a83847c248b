"""The admin of developments: drafts to go on with, and what was published, to read and to correct."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.actions import developments as development_actions
from commitments.actions.errors import Conflict
from commitments.admin import development_pages
from commitments.admin.records import admin_url
from commitments.models import Development

SHOWN_CHARACTERS = 120


class StateFilter(admin.SimpleListFilter):
    """Drafts, or what is published."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("draft", _("Draft")), ("published", _("Published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("draft", "published"):
            return queryset
        return queryset.filter(published_at__isnull=self.value() == "draft")


@admin.register(Development)
class DevelopmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Written on the editors' own pages: logged from a commitment, never edited once published."""

    list_display = (
        "summary_shown",
        "commitment_code",
        "happened_shown",
        "kind",
        "party",
        "status",
        "state",
        "entered_by",
    )
    list_filter = (StateFilter, "kind", "status")
    list_select_related = ("commitment", "party", "entered_by")
    list_per_page = 50
    search_fields = ("summary", "commitment__code", "commitment__title")
    search_help_text = gettext_lazy("What happened, or a commitment's code or title")

    @admin.display(description=gettext_lazy("what happened"), ordering="summary")
    def summary_shown(self, development: Development) -> str:
        return Truncator(development.summary).chars(SHOWN_CHARACTERS)

    @admin.display(description=gettext_lazy("commitment"), ordering="commitment__code")
    def commitment_code(self, development: Development) -> str:
        return development.commitment.code

    @admin.display(description=gettext_lazy("happened"), ordering="happened_start")
    def happened_shown(self, development: Development) -> str:
        return str(development.happened)

    @admin.display(description=gettext_lazy("state"), ordering="published_at")
    def state(self, development: Development) -> str:
        return _("Published") if development.is_published else _("Draft")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(development_pages.correct)
        correct = path("<int:pk>/correct/", view, name="commitments_development_correct")
        return [correct, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return development_pages.change(request, _key(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        _key(object_id)
        return super().history_view(request, object_id, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, str(_key(object_id)), extra_context)
        except Conflict as conflict:
            messages.error(request, " ".join(conflict.messages))
            return redirect(admin_url(Development(pk=_key(object_id))))

    def delete_model(self, request: HttpRequest, obj: Development) -> None:
        development_actions.delete_draft(by=request.user, development=obj)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here: a development is logged from its commitment's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Development | None = None) -> bool:
        """Whoever may write a draft may throw it away."""
        return self.has_change_permission(request, obj) and obj is not None and not obj.is_published


def _key(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Http404
    return int(text)
