"""The short form in which a development is drafted: shown, previewed, kept, refused with everything typed, written."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.actions import developments as development_actions
from commitments.actions import events, reviews
from commitments.actions.errors import Conflict, Refused
from commitments.actions.settling import lock
from commitments.admin import autocompletes, commitment_pages, previews, review_pages, unsaved_forms, versions
from commitments.admin.draft_forms import DraftForms, merged, with_another_source
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.codelists import ReviewKind
from commitments.models import Development, Review, User
from commitments.rules import needs_second_person

PUBLISH = "_publish"
SUBMIT = "_submit"
ANOTHER_SOURCE = "_another"
PREVIEW = "_preview"


def draft_page(request: HttpRequest, development: Development) -> HttpResponse:
    """The short form for a development that is new or a draft."""
    if request.method != "POST":
        return _open(request, development)
    if ANOTHER_SOURCE in request.POST:
        forms = DraftForms.of(request, development, with_another_source(request.POST))
        forms.forget_errors()
        return _show(request, development, forms)
    if PREVIEW in request.POST:
        return _preview(request, development)
    if development.pk and development.version != versions.posted_version(request.POST):
        return _show(request, development, merged(request, development, request.POST), Conflict())
    if review_pages.DECISIONS.keys() & request.POST.keys():
        return _decide(request, development)
    forms = DraftForms.of(request, development, request.POST)
    if request.POST.get(review_pages.COMMENT, "").strip():
        refusal = Refused(_("Your comment goes along with a decision only: decide, or take the comment out and save."))
        return _show(request, development, forms, refusal)
    if not forms.is_valid():
        return _show(request, development, forms)
    try:
        with transaction.atomic():
            saved = _save(request, development, forms)
            unsaved_forms.forget(request)
    except (ValidationError, IntegrityError) as error:
        return _refuse(request, development, error)
    return _done(request, saved)


def _open(request: HttpRequest, development: Development) -> HttpResponse:
    """The form as it is saved, or with what its editor had typed and not saved."""
    typed = unsaved_forms.restored(request)
    if typed is None:
        return _show(request, development, DraftForms.of(request, development))
    if development.pk and development.version != versions.posted_version(typed):
        return _show(request, development, merged(request, development, typed))
    forms = DraftForms.of(request, development, typed)
    forms.forget_errors()
    return _show(request, development, forms)


def _decide(request: HttpRequest, development: Development) -> HttpResponse:
    """A reviewer's decision on the draft as it is stored. If anything else was typed: refused, and all of it kept."""
    require(request, "review_development")
    forms = DraftForms.of(request, development, request.POST)
    decision = review_pages.DecisionForm(request.POST, label_suffix="")
    if forms.has_changed():
        return _show(request, development, forms, review_pages.why_not_decided(forms.form["status"].value() or ""))
    if not decision.is_valid():
        return _show(request, development, forms, ValidationError([*decision.errors.get(review_pages.COMMENT, [])]))
    try:
        with transaction.atomic():
            said = review_pages.decide(request, development, decision)
            unsaved_forms.forget(request)
    except ValidationError as refusal:
        return _refuse(request, development, refusal)
    return review_pages.decided(request, development, said)


def _preview(request: HttpRequest, development: Development) -> HttpResponse:
    """What readers would see, above the form; to a script, that alone. Writes nothing."""
    forms = DraftForms.of(request, development, request.POST)
    forms.is_valid()
    found = previews.of(forms.sketches())
    if getattr(request, "htmx", False):
        context = {"previews": found, "sources": forms.evidence.forms, "is_update": True}
        return render(request, "admin/includes/preview_update.html", context)
    forms.forget_errors()
    return _show(request, development, forms, previews=found)


def _save(request: HttpRequest, development: Development, forms: DraftForms) -> list[Development]:
    """Write what the forms say; what was written comes back, also if that was a moment ago."""
    if forms.is_by_maker:
        return _log_by_maker(request, development, forms)
    twin = _just_saved(request, development, forms)
    if twin is None:
        _write(request, development, forms)
    return [twin or development]


def _log_by_maker(request: HttpRequest, development: Development, forms: DraftForms) -> list[Development]:
    """An entry for each maker with a status, and one for all if a status is given for all."""
    by: User = request.user  # type: ignore[assignment]
    step = posted_step(request)
    typed = forms.form.cleaned_data
    event = events.Event(
        summary=typed["summary"],
        happened=typed["happened"],
        evidence=forms.sources(),
        kind=development.kind,
        reason_code=typed["reason_code"],
        note=typed["note"],
    )
    items = [row.item() for row in forms.makers if row.has_status]
    if typed["status"]:
        items.insert(0, events.Item(development.commitment, status=typed["status"]))
    return events.log_event(by=by, event=event, items=items, step=step)


def posted_step(request: HttpRequest) -> events.Step:
    """How far the button that was pressed takes the entries, if the user may."""
    if PUBLISH in request.POST:
        require(request, "publish_development")
        return events.Step.PUBLISH
    if SUBMIT in request.POST:
        require(request, "submit_development")
        return events.Step.SUBMIT
    return events.Step.DRAFT


def _just_saved(request: HttpRequest, development: Development, forms: DraftForms) -> Development | None:
    """The same development on the same evidence, logged by the same user a moment ago: a button pressed twice."""
    if not development._state.adding:
        return None
    same = ("summary", "kind", "status", "party", "reason_code", "searched", "note", *Development.happened.columns)
    twins = Development.objects.select_related("commitment").filter(
        commitment=lock(development.commitment),
        entered_by=request.user.pk,
        entered_at__gte=timezone.now() - events.MOMENT,
        published_at__isnull=PUBLISH not in request.POST,
        reviews__isnull=SUBMIT not in request.POST,
        **{name: getattr(development, name) for name in same},
    )
    sources = events.said_by(forms.sources())
    return next((one for one in twins if events.said_by(one.evidence.select_related("document")) == sources), None)


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
        return _show(request, known, merged(request, known, request.POST), refusal)
    return _show(request, fresh, DraftForms.of(request, fresh, request.POST), refusal)


def _show(
    request: HttpRequest,
    development: Development,
    forms: DraftForms,
    refusal: ValidationError | None = None,
    previews: list[previews.Preview] | None = None,
) -> HttpResponse:
    if refusal is not None:
        forms.is_valid()
        add_refusal(forms.form, refusal)
    if development.corrects_id:
        title = _("Correction")
    else:
        title = _("Edit a draft") if development.pk else _("Log a development")
    bound = forms.form.is_bound
    reviewed = review_pages.review_context(request, development, forms.form.data.get(review_pages.COMMENT, ""))
    statuses = [form["status"].value() or "" for form in (forms.form, *forms.makers)]
    context: dict[str, Any] = {
        "title": title,
        "subtitle": None,
        "development": development,
        "commitment": development.commitment,
        "corrected": development.corrects,
        "forms": forms,
        "media": forms.form.media + forms.evidence.media,
        "opts": Development._meta,
        "today": timezone.localdate(),
        "is_plain": autocompletes.is_plain(request),
        "opened_with": forms.form.data.get(versions.OPENED, "") if bound else _opened_with(forms),
        "version": forms.form.data.get(versions.VERSION, "") if bound else development.version,
        "offer_draft": refusal is not None and reviewed["may_submit"] and any(map(needs_second_person, statuses)),
        "unsaved": unsaved_forms.of(request),
        "previews": previews,
        **reviewed,
    }
    return render(request, "admin/development_log.html", page_context(request, **context))


def _opened_with(forms: DraftForms) -> str:
    return versions.Opened.of(forms.form, [forms.evidence]).dump()


def _done(request: HttpRequest, saved: list[Development]) -> HttpResponse:
    """Say what was done, on the page of its commitment, which shows it."""
    development = saved[0]
    commitment = development.commitment
    if PUBLISH in request.POST:
        for one in saved:
            note(request, one, CHANGE, _("Published"))
        messages.success(request, commitment_pages.with_public_link(_published(saved), development))
        return commitment_pages.back_to(commitment)
    if SUBMIT in request.POST:
        said = _("Submitted for review.")
    elif Review.objects.last_kind(development) == ReviewKind.SUBMITTED:
        said = _("Saved. It still waits for a reviewer: for another one than you, since you saved it last.")
    else:
        said = _("Saved as a draft.")
    for one in saved:
        note(request, one, CHANGE if one.version > 1 else ADDITION, said)
    link = format_html('<a href="{}">{}</a>', admin_url(development), _("Open it"))
    messages.success(request, format_html("{} {}", said, link))
    return commitment_pages.back_to(commitment)


def _published(saved: list[Development]) -> str:
    """What is said of what was published, which names it: the message is read beside other entries."""
    code = saved[0].commitment.code
    if len(saved) == 1:
        return _("%(code)s: the development of %(date)s is published.") % {"code": code, "date": saved[0].happened}
    said = ngettext(
        "%(code)s: %(number)d development is published.", "%(code)s: %(number)d developments are published.", len(saved)
    )
    return said % {"code": code, "number": len(saved)}
