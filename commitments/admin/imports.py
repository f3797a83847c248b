"""The list of imports, and what foreign words for a status mean here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from commitments.actions import imports as import_actions
from commitments.admin import import_pages
from commitments.admin.attention import ImportFilter
from commitments.admin.fields import ModelForm
from commitments.admin.keys import key_of
from commitments.admin.opened import OpenedAdmin
from commitments.admin.record_history import HistoryPages
from commitments.models import Import, StatusWord
from commitments.models.imports import WORD_LENGTH


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Files that were given. What becomes of one is decided on its own page."""

    list_display = ("file_name", "kind", "state", "rows", "faults", "by", "given_at", "decided_by")
    list_filter = (ImportFilter, "state", "kind")
    list_select_related = ("by", "decided_by")
    list_per_page = 50
    search_fields = ("file_name",)
    search_help_text = gettext_lazy("Name of the file")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("problems", "<int:pk>/problems.csv", import_pages.problems),
            ("template", "templates/<slug:kind>.<slug:extension>", import_pages.template),
        )
        urls = [
            path(address, self.admin_site.admin_view(view), name=f"commitments_import_{name}")
            for name, address, view in pages
        ]
        return [*urls, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return import_pages.begin(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return import_pages.show(request, key_of(object_id))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key_of(object_id)
        return super().history_view(request, object_id, extra_context)

    def has_change_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """Never in a form of Django's own; `import_pages` says who decides."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """Never: what a file did is kept."""
        return False


class StatusWordForm(ModelForm):
    """A word and what it means, the word in small letters as files are looked up by."""

    # Stripped and lowered before it is compared with those that are there.
    word = forms.CharField(label=gettext_lazy("Word"), max_length=WORD_LENGTH)

    def clean_word(self) -> str:
        return str(self.cleaned_data["word"]).lower()


@admin.register(StatusWord)
class StatusWordAdmin(OpenedAdmin, HistoryPages):  # type: ignore[misc] # the template of the history is the latter's
    """A word is given once; what it means may be changed, for files that come after."""

    form = StatusWordForm
    list_display = ("word", "status")
    list_filter = ("status",)
    list_per_page = 100
    search_fields = ("word",)
    search_help_text = gettext_lazy("Word")
    fields = ("word", "status")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj is None else ("word",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        import_actions.save_word(by=request.user, word=obj)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: StatusWord | None = None) -> bool:
        """Never: what it means can be changed."""
        return False
