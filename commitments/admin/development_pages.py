"""Logging what happened: the short form, its drafts, and the beginning of a correction."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commitments import remits
from commitments.actions import developments as development_actions
from commitments.admin import draft_pages, review_pages, unsaved_forms
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require, require_readable, require_within
from commitments.models import Commitment, Development, User

SHOWN_METHODS = ("GET", "HEAD", "POST")


@require_http_methods(SHOWN_METHODS)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Log what happened to a commitment: save it as a draft, or publish it."""
    require(request, "add_development")
    commitment = get_object_or_404(Commitment.objects.select_related("summit"), pk=pk)
    require_within(request, commitment)
    return draft_pages.draft_page(request, Development(commitment=commitment))


@require_http_methods(SHOWN_METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft; a published development is shown, with the way to correct it."""
    require(request, "view_development")
    development = _development(pk)
    require_readable(request, development)
    is_within = remits.may_write(request.user, development)
    may_change = is_within and request.user.has_perm("commitments.change_development")
    if request.method == "POST":
        require(request, "change_development")
        require_within(request, development)
    # What was typed into a draft that somebody published meanwhile is shown beside the refusal.
    is_typed = request.method == "POST" or unsaved_forms.RESTORE in request.GET
    if may_change and (is_typed or not development.is_published):
        return draft_pages.draft_page(request, development)
    evidence = development.evidence.select_related("document").order_by("pk")
    gone = development_actions.why_nothing_is_logged(development.commitment)
    context = {
        "title": _("Development of %(date)s") % {"date": development.happened},
        "development": development,
        "evidence": evidence,
        "commitment": development.commitment,
        "opts": Development._meta,
        "correction": Development.objects.filter(corrects=development).first(),
        "may_correct": may_change and development.is_published and not gone,
        "gone": gone,
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
    require_within(request, development)
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
        "gone": development_actions.why_nothing_is_logged(development.commitment),
        "opts": Development._meta,
        "form": form,
    }
    return render(request, "admin/development_correct.html", page_context(request, **context))


def _development(pk: int) -> Development:
    joins = ("commitment__summit", "party", "entered_by", "approved_by", "corrects")
    return get_object_or_404(Development.objects.select_related(*joins), pk=pk)
