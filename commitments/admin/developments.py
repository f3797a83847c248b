"""The admin of developments: drafts to go on with, and what was published, to read and to correct."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import remits
from commitments.actions import developments as development_actions
from commitments.actions.errors import Refused
from commitments.admin import development_pages, log_pages, review_pages, versions
from commitments.admin.attention import StateFilter
from commitments.admin.keys import key_of
from commitments.admin.records import admin_url
from commitments.admin.remit_lists import ReadableChangeList
from commitments.codelists import ReviewKind
from commitments.models import Development
from commitments.models.reviews import with_last_review

SHOWN_CHARACTERS = 120


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
        if development.is_published:
            return _("Published")
        last = development.last_review  # type: ignore[attr-defined] # annotated by `get_queryset`
        return str(ReviewKind(last).label) if last else _("Draft")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Development]:
        return with_last_review(super().get_queryset(request))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ReadableChangeList

    def get_urls(self) -> list[URLPattern]:
        pages = (("correct", development_pages.correct), ("review", review_pages.review))
        urls = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"commitments_development_{name}")
            for name, view in pages
        ]
        log = path("log/", self.admin_site.admin_view(log_pages.log_event), name="commitments_development_log")
        return [log, *urls, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return development_pages.change(request, key_of(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key_of(object_id)
        return super().history_view(request, object_id, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = key_of(object_id)
        try:
            return super().delete_view(request, str(key), extra_context)
        except Refused as conflict:
            messages.error(request, " ".join(conflict.messages))
            return redirect(admin_url(Development(pk=key)))

    def delete_model(self, request: HttpRequest, obj: Development) -> None:
        version = versions.posted_version(request.POST)
        development_actions.delete_draft(by=request.user, development=obj, version=version)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Development | None = None) -> bool:
        return super().has_view_permission(request, obj) and (obj is None or remits.may_read(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Development | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or remits.may_write(request.user, obj))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here: a development is logged from its commitment's page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Development | None = None) -> bool:
        """Whoever may write a draft may throw it away, until it is submitted: reviews are kept."""
        may = self.has_change_permission(request, obj) and obj is not None and not obj.is_published
        return may and obj is not None and not obj.reviews.exists()
