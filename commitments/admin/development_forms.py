"""The short form: what happened, when, to whom, what it means, and the sources for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import source_urls
from commitments.actions import shared_records
from commitments.admin import autocompletes
from commitments.admin.fields import ModelForm, SourceURLField, UncertainDateField, UncertainDatesForm, add_refusal
from commitments.codelists import STATUSES_BY_GROUP, DevelopmentKind, DocumentKind, SourceKind, Status
from commitments.models import CommitmentParty, Development, Document, Evidence, Party, User

if TYPE_CHECKING:
    EvidenceRows = BaseInlineFormSet[Any, Any, Any]
else:
    EvidenceRows = BaseInlineFormSet

# What a document that we do not know yet is described by.
NEW_SOURCE = ("title", "publisher", "dated", "document_kind", "source_kind", "language")
# Corrections and checks are begun on pages of their own.
KINDS_TO_LOG = (DevelopmentKind.DEVELOPMENT, DevelopmentKind.REPLY)


def status_choices() -> list[Any]:
    """The statuses that a development may support, by group, and first that it supports none."""
    # “Not assessed” is what stands where no development speaks; none can support it.
    groups = [
        (group.label, [(status.value, status.label) for status in statuses if status != Status.NOT_ASSESSED])
        for group, statuses in STATUSES_BY_GROUP.items()
    ]
    return [("", _("It changes nothing")), *groups]


class DevelopmentForm(UncertainDatesForm):
    """A development being written."""

    happened = UncertainDateField(label=gettext_lazy("When"))

    class Meta:
        model = Development
        fields = ("summary", "happened", "party", "status", "kind", "reason_code", "searched", "note")
        labels = {
            "summary": gettext_lazy("What happened"),
            "party": gettext_lazy("Which party"),
            "status": gettext_lazy("Status it supports"),
        }
        widgets = {
            "summary": AdminTextareaWidget(attrs={"rows": 3}),
            "searched": AdminTextareaWidget(attrs={"rows": 2}),
            "note": AdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        development = self.instance
        party = cast("forms.ModelChoiceField[Party]", self.fields["party"])
        # With the one that it concerns already, whatever has become of that: else it would turn into all, unseen.
        listed = CommitmentParty.objects.filter(commitment=development.commitment_id)
        party.queryset = Party.objects.filter(Q(pk__in=listed.values("party")) | Q(pk=development.party_id))
        party.empty_label, party.help_text = _("All its makers"), ""
        self._offer_statuses()
        if development.kind == DevelopmentKind.CORRECTION:
            del self.fields["kind"]
            self.fields["note"].label = _("Why it is corrected")
            self.fields["note"].required = True
        elif development.kind in KINDS_TO_LOG:
            kinds = [(kind.value, kind.label) for kind in KINDS_TO_LOG]
            cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        else:
            del self.fields["kind"]
        if development.kind != DevelopmentKind.CHECK:
            del self.fields["searched"]

    def _offer_statuses(self) -> None:
        status = cast("forms.ChoiceField", self.fields["status"])
        status.choices = status_choices()
        status.help_text = _("Delivered, not delivered and withdrawn need a second person.")


class EvidenceForm(ModelForm):
    """One source: a known document, picked or recognised by its address, or a new one, described."""

    url = SourceURLField(
        label=gettext_lazy("Address of the source"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Paste it. A source that we know already is recognised."),
        widget=forms.URLInput(attrs={"class": "vURLField", "autocomplete": "off"}),
    )
    title = forms.CharField(label=gettext_lazy("Its title"), max_length=300, required=False)
    publisher = forms.CharField(
        label=gettext_lazy("Its publisher"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("May stay empty if we know another source of the same site."),
    )
    dated = UncertainDateField(label=gettext_lazy("Its date"), required=False)
    document_kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=DocumentKind.choices,
        initial=DocumentKind.NEWS_REPORT,
        required=False,
    )
    source_kind = forms.ChoiceField(
        label=gettext_lazy("How near it stands"),
        choices=SourceKind.choices,
        initial=SourceKind.SECONDARY,
        required=False,
    )
    language = forms.CharField(
        label=gettext_lazy("Its language"),
        max_length=12,
        initial="en",
        required=False,
        help_text=gettext_lazy("BCP 47, such as en or ru."),
    )

    class Meta:
        model = Evidence
        fields = ("document", "quotation", "locator", "role", "provenance", "confidence")
        labels = {"document": gettext_lazy("Or a known document")}
        widgets = {"quotation": AdminTextareaWidget(attrs={"rows": 2})}

    def __init__(self, *args: Any, plain: bool = False, by: User | None = None, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.by = by
        # Which of several sources it is.
        self.called = ""
        self.new_document: Document | None = None
        field = Evidence._meta.get_field("document")
        document = cast("forms.ModelChoiceField[Document]", self.fields["document"])
        document.required = False
        document.help_text = _("Type a part of its title, publisher or address.") if not plain else ""
        if not plain:
            widget = autocompletes.Autocomplete(field, admin.site)
            widget.is_required = False
            # The field gives its choices to the widget it has.
            document.widget = widget
            widget.choices = document.choices
            autocompletes.show_known(widget, self.instance, "document")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "url" in self.errors or "document" in self.errors:
            return cleaned
        url, document = self.cleaned_data.get("url"), self.cleaned_data.get("document")
        known = source_urls.find_document(url) if url else None
        if document is not None and url and known != document:
            self.add_error("document", _("Give the address or pick a document, not both: they are two sources."))
        elif document is None and known is not None:
            self.cleaned_data["document"] = known
        elif document is None and url:
            self._describe(url)
        elif document is None:
            self.add_error("url", _("Give the address of the source, or pick a known document."))
        return cleaned

    def _describe(self, url: str) -> None:
        """Make the new document of what was typed, and say what is missing."""
        typed = self.cleaned_data
        if self.by is not None and not self.by.has_perm("commitments.add_document"):
            self.add_error("url", _("You may not add sources: pick a known document."))
            return
        document = Document(
            url=url,
            title=typed.get("title", ""),
            publisher=typed.get("publisher") or source_urls.publisher_of(url),
            kind=typed.get("document_kind") or DocumentKind.NEWS_REPORT,
            source_kind=typed.get("source_kind") or SourceKind.SECONDARY,
            language=typed.get("language") or "en",
        )
        document.dated = typed.get("dated")
        if not document.title:
            self.add_error("title", _("This source is new: give its title."))
        if not document.publisher:
            self.add_error("publisher", _("This source is new: say who publishes it."))
        if not self.errors:
            try:
                document.full_clean()
            except ValidationError as refusal:
                add_refusal(self, refusal)
        self.new_document = document

    def known_document(self) -> Document | None:
        """The document that stands under the address in this form, checked or not yet."""
        url = self["url"].value()
        return source_urls.find_document(url) if isinstance(url, str) and url else None

    @property
    def is_unknown(self) -> bool:
        """Whether what stands in this form is the address of a document that we do not know."""
        if self["document"].value() or not self["url"].value():
            return False
        try:
            return bool(self.fields["url"].clean(self["url"].value())) and self.known_document() is None
        except ValidationError:
            return False

    @property
    def has_new_source(self) -> bool:
        """Whether a new source is described, or has to be: there is none yet, or something about it is wrong."""
        fields = [self[name] for name in NEW_SOURCE]
        is_none = not self["document"].value() and "url" not in self.errors
        return is_none or bool(self["title"].value()) or any(field.errors for field in fields)

    def _get_validation_exclusions(self) -> set[str]:
        # A new document is saved after the form is checked.
        return {*super()._get_validation_exclusions(), "document"}  # type: ignore[misc] # Django's own, untyped


class EvidenceFormSet(EvidenceRows):
    """The sources of one development."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None and self.total_form_count() > 1:
            form.called = _("Source %(number)d") % {"number": index + 1}
        if forms.formsets.DELETION_FIELD_NAME in form.fields:
            form.fields[forms.formsets.DELETION_FIELD_NAME].label = _("Remove this source")

    def save_with_documents(self, by: User) -> None:
        """Save the rows, and first the documents that are new; a source named twice is one document."""
        for form in self.kept():
            if form.new_document is not None:
                document = form.new_document
                if document._state.adding:
                    shared_records.save(by=by, record=document)
                form.instance.document = document
        self.save()

    def clean(self) -> None:
        """A new source named twice is one document."""
        super().clean()
        added: dict[tuple[str, str], Document] = {}
        for form in self.kept():
            if form.new_document is not None:
                identity = source_urls.identity(form.new_document.url or "")
                form.new_document = added.setdefault(identity, form.new_document)

    def kept(self) -> Iterable[EvidenceForm]:
        return [form for form in self.forms if form not in self.deleted_forms]


EVIDENCE_PREFIX = "evidence"


def evidence_formset(*args: Any, extra: int, **kwargs: Any) -> EvidenceFormSet:
    """The sources of a development with so many empty rows."""
    factory = inlineformset_factory(
        Development, Evidence, form=EvidenceForm, formset=EvidenceFormSet, fk_name="development", extra=extra
    )
    return cast("EvidenceFormSet", factory(*args, **{**kwargs, "prefix": EVIDENCE_PREFIX}))
