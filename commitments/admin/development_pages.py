"""Logging what happened: the short form, its drafts, and the beginning of a correction."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commitments.actions import developments as development_actions
from commitments.actions import reviews
from commitments.actions.errors import Conflict
from commitments.actions.settling import lock
from commitments.admin import autocompletes, commitment_pages, review_pages, versions
from commitments.admin.development_forms import EVIDENCE_PREFIX, DevelopmentForm, EvidenceFormSet, evidence_formset
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.models import Commitment, Development, Evidence, User
from commitments.rules import needs_second_person

SHOWN_METHODS = ("GET", "HEAD", "POST")
PUBLISH = "_publish"
SUBMIT = "_submit"
MOMENT = dt.timedelta(seconds=30)
ANOTHER_SOURCE = "_another"


@dataclass
class DraftForms:
    """The form of one development and the rows of its sources, filled in or not."""

    form: DevelopmentForm
    evidence: EvidenceFormSet
    differences: list[versions.Difference] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, development: Development, data: QueryDict | None = None) -> "DraftForms":
        """The forms as they are opened, or with what was posted (`data`)."""
        sources = Evidence.objects.select_related("document").order_by("pk")
        return cls(
            DevelopmentForm(data, instance=development),
            evidence_formset(
                data,
                instance=development,
                queryset=sources if development.pk else sources.none(),
                extra=0 if development.pk and development.evidence.exists() else 1,
                form_kwargs={"plain": autocompletes.is_plain(request), "by": request.user},
            ),
        )

    def is_valid(self) -> bool:
        # Both, so that everything wrong is said at once.
        return all([self.form.is_valid(), self.evidence.is_valid()])

    def has_changed(self) -> bool:
        return self.form.has_changed() or self.evidence.has_changed()

    def forget_errors(self) -> None:
        """Show what was typed without a word about it yet."""
        for form in (self.form, *self.evidence.forms):
            form._errors = ErrorDict()
        rows: Any = self.evidence
        rows._errors, rows._non_form_errors = [], self.evidence.error_class()


@require_http_methods(SHOWN_METHODS)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Log what happened to a commitment: save it as a draft, or publish it."""
    require(request, "add_development")
    commitment = get_object_or_404(Commitment.objects.select_related("summit"), pk=pk)
    return _draft_page(request, Development(commitment=commitment))


@require_http_methods(SHOWN_METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft; a published development is shown, with the way to correct it."""
    require(request, "view_development")
    development = _development(pk)
    may_change = request.user.has_perm("commitments.change_development")
    if request.method == "POST":
        require(request, "change_development")
    # What was typed into a draft that somebody published meanwhile is shown beside the refusal.
    if may_change and (request.method == "POST" or not development.is_published):
        return _draft_page(request, development)
    evidence = development.evidence.select_related("document").order_by("pk")
    context = {
        "title": _("Development of %(date)s") % {"date": development.happened},
        "development": development,
        "evidence": evidence,
        "commitment": development.commitment,
        "opts": Development._meta,
        "correction": Development.objects.filter(corrects=development).first(),
        "may_correct": may_change and development.is_published,
        **review_pages.review_context(request, development),
    }
    return render(request, "admin/development.html", page_context(request, **context))


class CorrectionForm(forms.Form):
    """Why a published development is put right."""

    note = forms.CharField(
        label=gettext_lazy("What is wrong with it"),
        max_length=1000,
        help_text=gettext_lazy("Readers see it in the corrections log."),
        widget=AdminTextareaWidget(attrs={"rows": 3, "autofocus": True}),
    )


@require_http_methods(SHOWN_METHODS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction: say what is wrong; the draft that follows holds what was published, to be put right."""
    require(request, "add_development", "change_development")
    development = _development(pk)
    form = CorrectionForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        by: User = request.user  # type: ignore[assignment]
        try:
            correction = development_actions.draft_correction(
                by=by, development=development, note=form.cleaned_data["note"]
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            note(request, correction, ADDITION, _("Correction begun"))
            messages.info(request, _("This draft says what was published. Put right what is wrong, then publish it."))
            return redirect(admin_url(correction))
    context = {
        "title": _("Correct a development"),
        "development": development,
        "evidence": development.evidence.select_related("document").order_by("pk"),
        "commitment": development.commitment,
        "correction": Development.objects.filter(corrects=development).first(),
        "opts": Development._meta,
        "form": form,
    }
    return render(request, "admin/development_correct.html", page_context(request, **context))


def _development(pk: int) -> Development:
    joins = ("commitment__summit", "party", "entered_by", "approved_by", "corrects")
    return get_object_or_404(Development.objects.select_related(*joins), pk=pk)


def _draft_page(request: HttpRequest, development: Development) -> HttpResponse:
    """The short form for a development that is new or a draft."""
    if request.method != "POST":
        return _show(request, development, DraftForms.of(request, development))
    if ANOTHER_SOURCE in request.POST:
        forms = DraftForms.of(request, development, _with_another_source(request.POST))
        forms.forget_errors()
        return _show(request, development, forms)
    if development.pk and development.version != versions.posted_version(request.POST):
        return _show(request, development, _merged(request, development), Conflict())
    forms = DraftForms.of(request, development, request.POST)
    if not forms.is_valid():
        return _show(request, development, forms)
    try:
        with transaction.atomic():
            saved = _just_saved(request, development)
            if saved is None:
                _write(request, development, forms)
    except (ValidationError, IntegrityError) as error:
        return _refuse(request, development, error)
    return _done(request, saved or development)


def _just_saved(request: HttpRequest, development: Development) -> Development | None:
    """The same development, logged by the same user a moment ago: whoever presses a button twice logs it once."""
    if not development._state.adding:
        return None
    same = ("summary", "kind", "status", "party", *Development.happened.columns)
    twins = Development.objects.select_related("commitment").filter(
        commitment=lock(development.commitment),
        entered_by=request.user.pk,
        entered_at__gte=timezone.now() - MOMENT,
        published_at__isnull=PUBLISH not in request.POST,
        **{name: getattr(development, name) for name in same},
    )
    return twins.first()


def _write(request: HttpRequest, development: Development, forms: DraftForms) -> None:
    """Save the draft if anything was typed, and publish it if that was asked."""
    by: User = request.user  # type: ignore[assignment]

    def write() -> None:
        forms.evidence.instance = development
        forms.evidence.save_with_documents(by)

    version = versions.posted_version(request.POST)
    if development._state.adding:
        development_actions.draft(by=by, development=development, write=write)
        version = development.version
    elif forms.has_changed() or not {PUBLISH, SUBMIT} & request.POST.keys():
        development_actions.edit_draft(by=by, development=development, version=version, write=write)
        version = development.version
    if PUBLISH in request.POST:
        require(request, "publish_development")
        reviews.publish(by=by, development=development, version=version)
    elif SUBMIT in request.POST:
        require(request, "submit_development")
        reviews.submit(by=by, development=development, version=version)


def _refuse(request: HttpRequest, development: Development, error: Exception) -> HttpResponse:
    """The form with everything that was typed and why it was refused. Nothing was written."""
    refusal = error if isinstance(error, ValidationError) else ValidationError(_("One source is named twice."))
    # Rolled back: the rows in hand say otherwise, so they are read anew.
    commitment = development.commitment
    known = Development.objects.filter(pk=development.pk).select_related("commitment__summit", "corrects").first()
    fresh = known or Development(commitment=commitment)
    if known is not None and isinstance(refusal, Conflict):
        return _show(request, known, _merged(request, known), refusal)
    return _show(request, fresh, DraftForms.of(request, fresh, request.POST), refusal)


def _merged(request: HttpRequest, development: Development) -> DraftForms:
    """What this editor typed, put together with what another saved meanwhile."""
    now = DraftForms.of(request, development)
    merged = versions.merge(request.POST, now.form, [now.evidence], development.version)
    forms = DraftForms.of(request, development, merged.data)
    forms.differences = merged.differences
    return forms


def _with_another_source(data: QueryDict) -> QueryDict:
    key = f"{EVIDENCE_PREFIX}-TOTAL_FORMS"
    text = data.get(key, "")
    total = int(text) if text.isascii() and text.isdecimal() else 0
    more = data.copy()
    more[key] = str(total + 1)
    return more


def _show(
    request: HttpRequest, development: Development, forms: DraftForms, refusal: ValidationError | None = None
) -> HttpResponse:
    if refusal is not None:
        forms.is_valid()
        add_refusal(forms.form, refusal)
    commitment = development.commitment
    if development.corrects_id:
        title = _("Correction")
    else:
        title = _("Edit a draft") if development.pk else _("Log a development")
    bound = forms.form.is_bound
    status = forms.form["status"].value() or ""
    context: dict[str, Any] = {
        "title": title,
        "subtitle": None,
        "development": development,
        "commitment": commitment,
        "corrected": development.corrects,
        "forms": forms,
        "media": forms.form.media + forms.evidence.media,
        "opts": Development._meta,
        "today": timezone.localdate(),
        "is_plain": autocompletes.is_plain(request),
        "opened_with": forms.form.data.get(versions.OPENED, "") if bound else _opened_with(forms),
        "version": forms.form.data.get(versions.VERSION, "") if bound else development.version,
        "offer_draft": refusal is not None and needs_second_person(status),
        "may_publish": request.user.has_perm("commitments.publish_development"),
        **review_pages.review_context(request, development),
    }
    return render(request, "admin/development_log.html", page_context(request, **context))


def _opened_with(forms: DraftForms) -> str:
    return versions.Opened.of(forms.form, [forms.evidence]).dump()


def _done(request: HttpRequest, development: Development) -> HttpResponse:
    """Say what was done. What was published is shown on the site, where readers see it."""
    commitment = development.commitment
    if PUBLISH in request.POST:
        note(request, development, CHANGE, _("Published"))
        messages.success(request, commitment_pages.with_public_link(_("The development is published."), development))
        return (
            redirect(development.get_absolute_url()) if commitment.is_public else commitment_pages.back_to(commitment)
        )
    said = _("Submitted for review.") if SUBMIT in request.POST else _("Saved as a draft.")
    note(request, development, CHANGE if development.version > 1 else ADDITION, said)
    link = format_html('<a href="{}">{}</a>', admin_url(development), _("Open it"))
    messages.success(request, format_html("{} {}", said, link))
    return commitment_pages.back_to(commitment)
