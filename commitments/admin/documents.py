"""The admin of documents, and of the sentences read in them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from commitments import remits
from commitments.admin import capture_pages, coverage_pages
from commitments.admin.fields import NO_ADDRESS, SourceURLField, UncertainDateField, UncertainDatesForm
from commitments.admin.records import RowsInline, SharedRecordAdmin
from commitments.links import suggested_archive
from commitments.models import Commitment, Development, Document, Passage

TRIES_SHOWN = 10


class DocumentForm(UncertainDatesForm):
    """A source, with its date as exactly as it gives it."""

    dated = UncertainDateField(label=gettext_lazy("Dated"), required=False)
    url = SourceURLField(
        label=gettext_lazy("Address"),
        required=False,
        assume_scheme="https",
        # Without an address it is null: two such documents are not the same.
        empty_value=None,
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    archive_url = forms.URLField(
        label=gettext_lazy("Archive address"),
        required=False,
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": NO_ADDRESS},
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )


class PassageInline(RowsInline):
    model = Passage
    fields = ("paragraph", "sentence", "classification", "summary", "reason", "commitment")
    autocomplete_fields = ("commitment",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        passages = super().get_queryset(request).select_related("commitment", "document")
        if remits.binding(request.user) is None:
            return passages
        readable = remits.visible(request.user, Commitment.objects.all())
        shown = Passage.objects.published().filter(Q(commitment__isnull=True) | Q(commitment__in=readable.values("pk")))
        return passages.filter(pk__in=shown.values("pk"))


@admin.register(Document)
class DocumentAdmin(SharedRecordAdmin):
    form = DocumentForm
    change_form_template = "admin/document_form.html"
    list_display = ("title", "publisher", "kind", "source_kind", "dated_shown", "link_health")
    list_filter = ("kind", "source_kind", "link_health", "language")
    list_per_page = 50
    search_fields = ("title", "publisher", "url")
    search_help_text = gettext_lazy("Title, publisher or address")
    inlines = (PassageInline,)
    readonly_fields = ("tries", "archive_suggested")
    fieldsets = (
        (None, {"fields": ("title", "publisher", "dated", ("kind", "source_kind", "language"), "url")}),
        (
            gettext_lazy("What is kept of it"),
            {
                "fields": (
                    "archive_url",
                    "archive_suggested",
                    ("captured_on", "sha256"),
                    ("link_health", "gone_since"),
                    "tries",
                )
            },
        ),
        (gettext_lazy("For readers"), {"fields": ("caution",)}),
    )

    @admin.display(description=gettext_lazy("dated"), ordering="dated_start")
    def dated_shown(self, document: Any) -> str:
        return str(document.dated or "–")

    @admin.display(description=gettext_lazy("where a copy may be"))
    def archive_suggested(self, document: Any) -> str:
        """A link for editors to follow. Whether a copy is there, nobody has asked yet."""
        address = suggested_archive(document)
        return format_html('<a href="{}" rel="external noopener">{}</a>', address, address) if address else "–"

    @admin.display(description=gettext_lazy("last tries of the address"))
    def tries(self, document: Any) -> str:
        """The newest first, each with what came of it."""
        checks = document.link_checks.order_by("-checked_at", "-pk")[:TRIES_SHOWN] if document.pk else []
        return render_to_string("admin/includes/link_checks.html", {"checks": checks})

    def get_inlines(self, request: HttpRequest, obj: Document | None) -> Any:
        """Sentences are public as soon as they are saved: whoever adds sources for drafts alone says none of them."""
        may_say = obj is not None or self.has_change_permission(request)
        return super().get_inlines(request, obj) if may_say else ()

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("read", "read/", coverage_pages.begin),
            ("sentences", "read/sentences/", coverage_pages.read),
            ("finish", "read/finish/", coverage_pages.finish),
            ("capture", "capture/", capture_pages.capture),
            ("warc", "captures/<int:capture_pk>/", capture_pages.download),
        )
        urls = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"commitments_document_{name}")
            for name, address, view in pages
        ]
        return [*urls, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        document = context["original"]
        if document is not None:
            context.update(capture_pages.captures_context(request, document))
        return super().render_change_form(request, context, *args, **kwargs)

    def is_public(self, record: Document) -> bool:
        """A source has a page once anything public rests on it."""
        return (
            record.passages.published().exists()
            or record.wordings.filter(commitment__in=Commitment.objects.published()).exists()
            or record.evidence.filter(development__in=Development.objects.published()).exists()
        )
