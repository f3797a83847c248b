"""The admin of commitments: found by code, title, country or status, and whole on one page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import duplicates, remits
from commitments.actions import commitments as commitment_actions
from commitments.actions import merges
from commitments.actions.saving import Write
from commitments.admin import (
    abolition_pages,
    assessment_pages,
    commitment_pages,
    commitment_record,
    development_pages,
    merge_pages,
    revision_changes,
    split_pages,
)
from commitments.admin.attention import ATTENTION, AttentionFilter
from commitments.admin.country_filter import CountryFilter
from commitments.admin.fields import UncertainDateField, UncertainDatesForm
from commitments.admin.records import RecordAdmin, RowForm, RowsInline, admin_url
from commitments.admin.remit_lists import ReadableChangeList
from commitments.codelists import GONE_PUBLICATIONS, MAKER_ROLES, DueBasis, Publication, Status
from commitments.models import Activity, Amount, Commitment, CommitmentParty, Relation, User, Wording
from commitments.models.commitments import CommitmentQuerySet
from commitments.models.record import REASON_LENGTH, REASON_LENGTH_IN_HISTORY

SHOWN_MAKERS = 2
# What PostgreSQL keeps of a small number; SQLite keeps any.
MOST_DAYS = 32_767


class CommitmentForm(UncertainDatesForm):
    """A commitment with its two dates, and why it is changed once it is public."""

    made = UncertainDateField(label=gettext_lazy("Made on"))
    due = UncertainDateField(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("When the deadline is, as exactly as the text says. It falls due at the end of it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=gettext_lazy("Readers see it beside the new revision."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    doubles: Sequence[duplicates.Alike] = ()
    is_another = forms.BooleanField(
        label=gettext_lazy("It is another commitment than those named above"), required=False
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask once whether a new record repeats one of its summit."""
        cleaned = super().clean()
        wanted = ("title", "summary", "summit")
        if self.instance._state.adding and all(self.cleaned_data.get(name) for name in wanted):
            self.doubles = duplicates.doubles_of(Commitment(**{name: self.cleaned_data[name] for name in wanted}))
            if self.doubles and not self.cleaned_data.get("is_another"):
                self.add_error("is_another", _doubles_named(self.doubles))
        self._check_due_basis()
        return cleaned

    def _check_due_basis(self) -> None:
        """Say at the field itself what the constraint of the table would say at the head of the form."""
        if not {"due", "due_basis"} <= self.cleaned_data.keys():
            return
        has_due, has_basis = self.cleaned_data["due"] is not None, self.cleaned_data["due_basis"] != DueBasis.NONE
        if has_due and not has_basis:
            said = _(
                "There is a deadline: choose Stated if the text gives it, Implied if you worked it out of the text."
            )
            self.add_error("due_basis", said)
        elif has_basis and not has_due:
            self.add_error("due_basis", _("There is no deadline: choose None, or give the deadline under Due."))

    def clean_review_interval_days(self) -> int:
        """As many days as either database keeps: a day that lies further ahead is none of the calendar's."""
        days: int = self.cleaned_data["review_interval_days"]
        MaxValueValidator(MOST_DAYS)(days)
        return days

    def clean_reason(self) -> str:
        """Whatever the public reads is changed with a reason only."""
        reason: str = self.cleaned_data["reason"]
        if self.instance.is_public and not reason:
            raise forms.ValidationError(_("Say why: the public record changes, and its revision shows the reason."))
        return reason


def _doubles_named(doubles: Sequence[duplicates.Alike]) -> forms.ValidationError:
    """The records that a new one may repeat, each with its address, and what to do."""
    links = format_html_join(", ", '<a href="{}">{}</a>', ((admin_url(one.other), str(one.other)) for one in doubles))
    said = _("It may be recorded already: {}. Tick the box if it is another commitment.")
    return forms.ValidationError(format_html(said, links), code="double")


class PartyForm(RowForm):
    """A party in one role."""

    def clean(self) -> dict[str, Any] | None:
        # A status is a maker's alone: who becomes something else leaves it behind.
        if self.cleaned_data.get("role") not in MAKER_ROLES:
            self.instance.status, self.instance.status_since = Status.NOT_ASSESSED, None
        return super().clean()


class PartyInline(RowsInline):
    model = CommitmentParty
    form = PartyForm
    fields = ("party", "role", "own_status")
    readonly_fields = ("own_status",)
    autocomplete_fields = ("party",)

    @admin.display(description=gettext_lazy("its own status"))
    def own_status(self, row: CommitmentParty) -> str:
        """A maker's status, which follows from the developments."""
        if not row.pk or not row.is_maker:
            return "–"
        since = _("%(status)s since %(date)s") % {"status": row.get_status_display(), "date": row.status_since}
        return since if row.status_since else str(row.get_status_display())

    def get_queryset(self, request: HttpRequest) -> QuerySet[CommitmentParty]:
        return super().get_queryset(request).select_related("party")


class WordingInline(RowsInline):
    model = Wording
    template = "admin/edit_inline/stacked.html"
    autocomplete_fields = ("document",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "document",
                    ("paragraph", "sentence", "locator"),
                    ("verb", "strength", "language"),
                    "quotation",
                    "translation",
                    "note",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        return super().get_queryset(request).select_related("commitment", "document")


class AmountInline(RowsInline):
    model = Amount
    fields = ("stage", "qualifier", "value", "value_max", "currency", "note")


class RelationInline(RowsInline):
    model = Relation
    fk_name = "source"
    fields = ("kind", "target", "note")
    autocomplete_fields = ("target",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        rows = super().get_queryset(request).select_related("source", "target")
        if remits.binding(request.user) is None:
            return rows
        return rows.filter(target__in=remits.visible(request.user, Commitment.objects.all()))


class ActivityInline(RowsInline):
    model = Activity
    fields = ("identifier", "note")


class CommitmentChangeList(ReadableChangeList):
    """The list, with the joins that its columns need."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Commitment]:
        queryset: CommitmentQuerySet = super().get_queryset(request, exclude_parameters)  # type: ignore[assignment]
        return queryset.for_list()


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    form = CommitmentForm
    fixed_fields = ("code",)
    change_form_template = "admin/commitment_form.html"
    change_list_template = "admin/commitment_list.html"
    list_display = (
        "code",
        "title",
        "log_link",
        "status_shown",
        "due_shown",
        "makers",
        "publication",
        "last_checked_on",
    )
    list_display_links = ("code", "title")
    list_filter = (AttentionFilter, "status", "publication", "classification", CountryFilter, "summit")
    list_per_page = 50
    # Counting a million twice takes longer than the rest of the page.
    show_full_result_count = False
    search_fields = ("code", "title", "parties__party__name", "countries__country__name")
    search_help_text = gettext_lazy("Code, title, or the name of a party or country")
    autocomplete_fields = ("summit", "sectors", "sdg_targets")
    inlines = (PartyInline, WordingInline, AmountInline, ActivityInline, RelationInline)
    base_fieldsets = (
        (None, {"fields": ("code", "title", "summary", "summit", "made", ("due", "due_basis"))}),
        (
            gettext_lazy("What sort of commitment"),
            {
                "fields": (
                    ("classification", "kind"),
                    ("strength", "firmness"),
                    ("novelty", "collectivity"),
                    "sectors",
                    "sdg_targets",
                )
            },
        ),
        (
            gettext_lazy("How one can tell"),
            {
                "fields": (
                    "success_criterion",
                    ("verifiability", "verifiability_note"),
                    "condition",
                    ("baseline", "target", "unit"),
                    "durability",
                )
            },
        ),
        (gettext_lazy("Keeping it"), {"fields": ("note", "review_interval_days")}),
    )

    # --- the list ---------------------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; that of the orphaned with the bodies that left them, where one decides on all of a body's."""
        context = dict(extra_context or {})
        rights = ("commitments.change_party", "commitments.change_commitment", "commitments.add_development")
        if request.GET.get(ATTENTION) == "orphaned" and request.user.has_perms(rights):
            context["orphaning_bodies"] = abolition_pages.bodies(today=timezone.localdate())
        return super().changelist_view(request, context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CommitmentChangeList

    @admin.display(description=gettext_lazy("makers"))
    def makers(self, commitment: Any) -> str:
        names = [row.party.name for row in commitment.makers]
        shown = ", ".join(names[:SHOWN_MAKERS])
        more = len(names) - SHOWN_MAKERS
        return shown if more <= 0 else _("%(names)s and %(number)d more") % {"names": shown, "number": more}

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, commitment: Commitment) -> str:
        return commitment.get_status_display()

    @admin.display(description=gettext_lazy("due"), ordering="due_end")
    def due_shown(self, commitment: Commitment) -> str:
        return str(commitment.due or "–")

    @admin.display(description=gettext_lazy("log"))
    def log_link(self, commitment: Commitment) -> SafeString | str:
        if getattr(commitment, "is_outside", False) or commitment.publication in GONE_PUBLICATIONS:
            return "–"
        return format_html(
            '<a class="log-link" href="{}">{}<span class="visually-hidden"> {}</span></a>',
            admin_url(commitment, "log"),
            _("Log"),
            commitment.code,
        )

    # --- the form ---------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Commitment | None = None) -> Any:
        if obj is None and request.method == "POST":
            return (*self.base_fieldsets, (gettext_lazy("Recorded already?"), {"fields": ("is_another",)}))
        if obj is None or not obj.is_public or not self.has_change_permission(request, obj):
            return self.base_fieldsets
        return (*self.base_fieldsets, (gettext_lazy("Why the public record changes"), {"fields": ("reason",)}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        commitment = context["original"]
        if commitment is not None:
            # What was typed is on the form; the page around it says what is saved.
            is_typed = context["adminform"].form.is_bound
            saved = Commitment.objects.select_related("summit").get(pk=commitment.pk) if is_typed else commitment
            is_within = remits.may_write(request.user, saved)
            context["saved"], context["record"] = (
                saved,
                commitment_record.of(saved, by=request.user, with_drafts=is_within),
            )
            is_gone = saved.publication in GONE_PUBLICATIONS
            context["may_log"] = is_within and not is_gone and request.user.has_perm("commitments.add_development")
            context["merges"] = merge_pages.merges_of(saved) if is_within else []
        context["show_publish"] = self.may_publish(request, commitment) and not context["is_popup"]
        return super().render_change_form(request, context, *args, **kwargs)

    def may_publish(self, request: HttpRequest, commitment: Commitment | None) -> bool:
        """Whether this user may publish this commitment, which is not public yet."""
        return (commitment is None or not commitment.is_public) and self.has_change_permission(request, commitment)

    def write_record(self, request: HttpRequest, record: Any, form: Any, write: Write, version: int | None) -> None:
        by: User = request.user  # type: ignore[assignment]
        if version is None:
            commitment_actions.create(by=by, commitment=record, write=write)
            for double in form.doubles:
                merges.tell_apart(by=by, one=record, other=double.other)
        else:
            reason = form.cleaned_data.get("reason", "")
            record._change_reason = reason[:REASON_LENGTH_IN_HISTORY] or None
            commitment_actions.edit(by=by, commitment=record, version=version, reason=reason, write=write)
        if "_publish" in request.POST:
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            commitment_actions.publish(by=by, commitment=record)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if "_publish" in request.POST:
            return self._response_published(request, obj)
        response: HttpResponse = super().response_add(request, obj, post_url_continue)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            return self._response_published(request, obj)
        response: HttpResponse = super().response_change(request, obj)
        return response

    def _response_published(self, request: HttpRequest, commitment: Commitment) -> HttpResponse:
        said = _("%(commitment)s is published.") % {"commitment": commitment}
        messages.success(request, commitment_pages.with_public_link(said, commitment))
        return commitment_pages.back_to(commitment)

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("log", development_pages.log),
            ("check", commitment_pages.check),
            ("close", commitment_pages.close),
            ("retract", commitment_pages.retract),
            ("check_from_desk", commitment_pages.check_from_desk),
            ("merge", merge_pages.merge),
            ("distinct", merge_pages.distinct),
            ("split", split_pages.split),
            ("assess", assessment_pages.assess),
        )
        urls = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"commitments_commitment_{name}")
            for name, view in pages
        ]
        urls += [
            path(route, self.admin_site.admin_view(view), name=f"commitments_commitment_{name}")
            for route, view, name in (
                ("duplicates/", merge_pages.queue, "duplicates"),
                ("assessments/", assessment_pages.queue, "assessments"),
                ("merges/<int:pk>/undo/", merge_pages.undo, "undo_merge"),
            )
        ]
        return [*urls, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of a field, and every change of what the public read, developments included."""
        commitment = self.get_object(request, object_id)
        shown = revision_changes.of(commitment) if commitment and self.has_view_permission(request, commitment) else []
        return super().history_view(request, object_id, {**(extra_context or {}), "revision_changes": shown})

    def has_view_permission(self, request: HttpRequest, obj: Commitment | None = None) -> bool:
        return super().has_view_permission(request, obj) and (obj is None or remits.may_read(request.user, obj))

    # --- what may be ------------------------------------------------------------------------------------------------

    def is_public(self, record: Commitment) -> bool:
        return record.is_public

    def has_change_permission(self, request: HttpRequest, obj: Commitment | None = None) -> bool:
        """What was merged into another record is read; the other one is edited."""
        may: bool = super().has_change_permission(request, obj)
        return may and (obj is None or obj.publication != Publication.MERGED)

    def has_delete_permission(self, request: HttpRequest, obj: Commitment | None = None) -> bool:
        """A draft that was never public may go; what was public is retracted."""
        may = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return may and (obj is None or (obj.published_at is None and not obj.developments.exists()))
