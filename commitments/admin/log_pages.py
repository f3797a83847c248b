"""Logging an event from anywhere: its source first, then the commitments that it concerns, one or several."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commitments.actions import events
from commitments.actions.events import ItemsRefused, Step
from commitments.admin import autocompletes, previews, unsaved_forms
from commitments.admin.draft_pages import PREVIEW, posted_step
from commitments.admin.event_forms import EventForms
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.models import Development, User
from commitments.rules import needs_second_person

# Show a row for each commitment that is picked by now; a script asks for it after every pick.
ROWS = "_rows"


@require_http_methods(["GET", "HEAD", "POST"])
def log_event(request: HttpRequest) -> HttpResponse:
    """Log what happened for one or several commitments: as drafts, submitted, or published; all of them or none.

    An address may bring the source (`url`) and commitments (`commitment`, by key) along.
    """
    require(request, "add_development")
    if request.method != "POST":
        return _open(request)
    forms = _forms(request, request.POST)
    is_script = getattr(request, "htmx", False)
    if ROWS in request.POST:
        forms.forget_errors()
        if is_script:
            return render(request, "admin/includes/event_items.html", {"forms": forms})
        return _show(request, forms)
    if PREVIEW in request.POST:
        return _preview(request, forms, is_script=is_script)
    if not forms.is_valid():
        return _show(request, forms)
    try:
        return _save(request, forms)
    except ItemsRefused as refusal:
        forms = _again(request)
        forms.add_reasons(refusal)
        return _show(request, forms, is_refused=True)
    except ValidationError as refusal:
        forms = _again(request)
        add_refusal(forms.event, refusal)
        return _show(request, forms, is_refused=True)


def _forms(request: HttpRequest, data: QueryDict | None, **initial: Any) -> EventForms:
    by: User = request.user  # type: ignore[assignment]
    return EventForms(data, by=by, plain=autocompletes.is_plain(request), initial=initial)


def _again(request: HttpRequest) -> EventForms:
    # Rolled back: what the forms made says otherwise, so they are made anew.
    forms = _forms(request, request.POST)
    forms.is_valid()
    return forms


def _open(request: HttpRequest) -> HttpResponse:
    typed = unsaved_forms.restored(request)
    if typed is not None:
        forms = _forms(request, typed)
        forms.forget_errors()
        return _show(request, forms)
    return _show(
        request, _forms(request, None, url=request.GET.get("url"), commitments=request.GET.getlist("commitment"))
    )


def _preview(request: HttpRequest, forms: EventForms, *, is_script: bool) -> HttpResponse:
    """What readers would see, above the form; to a script, that alone. Writes nothing."""
    forms.is_valid()
    found = previews.of(_sketches(forms))
    if is_script:
        context = {"previews": found, "sources": [forms.source], "is_update": True}
        return render(request, "admin/includes/preview_update.html", context)
    forms.forget_errors()
    return _show(request, forms, previews=found)


def _sketches(forms: EventForms) -> list[previews.Sketch]:
    typed = forms.event.cleaned_data
    shared = {name: typed.get(name, "") for name in ("reason_code", "note")}
    sketches = []
    for form in forms.items:
        item, evidence = form.item(), forms.evidence()
        for row in evidence:
            row.role = item.role or row.role
        fields = {"summary": item.summary or typed.get("summary", ""), "party": item.party, "status": item.status}
        sketches.append(
            previews.Sketch(
                commitment_id=item.commitment.pk,
                happened=typed.get("happened"),
                evidence=evidence,
                fields={**shared, **fields},
            )
        )
    return sketches


def _save(request: HttpRequest, forms: EventForms) -> HttpResponse:
    by: User = request.user  # type: ignore[assignment]
    step = posted_step(request)
    event, items = forms.written()
    said = _said(step, len(items))
    with transaction.atomic():
        written = events.log_event(by=by, event=event, items=items, step=step)
        unsaved_forms.forget(request)
        for development in written:
            note(request, development, CHANGE if step == Step.PUBLISH else ADDITION, said)
    messages.success(request, format_html("{} {}{}", said, _links(written), _unseen(written)))
    return redirect("admin:index")


def _said(step: Step, number: int) -> str:
    said = {
        Step.DRAFT: ngettext("%(number)d draft is saved:", "%(number)d drafts are saved:", number),
        Step.SUBMIT: ngettext(
            "%(number)d draft is submitted for review:", "%(number)d drafts are submitted for review:", number
        ),
        Step.PUBLISH: ngettext(
            "%(number)d development is published:", "%(number)d developments are published:", number
        ),
    }
    return said[step] % {"number": number}


def _links(written: list[Development]) -> Any:
    """Each development by the code of its commitment, where its readers see it."""
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (
                one.get_absolute_url() if one.is_published and one.commitment.is_public else admin_url(one),
                one.commitment.code,
            )
            for one in written
        ),
    )


def _unseen(written: list[Development]) -> str:
    """That readers see nothing yet of what was published of commitments which are not public."""
    codes = [one.commitment.code for one in written if one.is_published and not one.commitment.is_public]
    said = ngettext(
        "Readers will see it once %(codes)s is published.",
        "Readers will see it once %(codes)s are published.",
        len(codes),
    )
    return f". {said % {'codes': ', '.join(codes)}}" if codes else ""


def _show(
    request: HttpRequest,
    forms: EventForms,
    *,
    is_refused: bool = False,
    previews: list[previews.Preview] | None = None,
) -> HttpResponse:
    statuses = [form["status"].value() or "" for form in forms.items]
    context = {
        "title": _("Log an event"),
        "forms": forms,
        "media": forms.media,
        "opts": Development._meta,
        "is_plain": autocompletes.is_plain(request),
        "offer_draft": is_refused and any(map(needs_second_person, statuses)),
        "may_publish": request.user.has_perm("commitments.publish_development"),
        "may_submit": request.user.has_perm("commitments.submit_development"),
        "unsaved": unsaved_forms.of(request),
        "previews": previews,
    }
    return render(request, "admin/event_log.html", page_context(request, **context))
