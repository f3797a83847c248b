"""What an editor does to a commitment with one short form: check it, close it, retract it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.admin.desk import CHECKED, QuickCheckForm
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.models import Commitment, Development
from commitments.models.record import REASON_LENGTH

type Act = Callable[[Commitment, Any], str]


class CheckForm(forms.Form):
    """Where somebody looked, and when."""

    searched = forms.CharField(
        label=gettext_lazy("Where you looked"),
        help_text=gettext_lazy("Which sites, papers or people. Readers see it."),
        widget=AdminTextareaWidget(attrs={"rows": 3, "autofocus": True}),
    )
    on = forms.DateField(
        label=gettext_lazy("On which day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class ReasonForm(forms.Form):
    """Why. Readers see it."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("Readers see it beside the new revision."),
        widget=AdminTextareaWidget(attrs={"rows": 2, "autofocus": True}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in public that one looked and found nothing new."""
    require(request, "add_development", "publish_development")

    def act(commitment: Commitment, cleaned: dict[str, Any]) -> str:
        development_actions.record_check(by=request.user, commitment=commitment, **cleaned)  # type: ignore[arg-type]
        return _("The check is recorded.")

    form = CheckForm(request.POST or None, label_suffix="", initial={"on": timezone.localdate()})
    texts = {
        "heading": _("Record a check"),
        "explanation": _(
            "You looked for news and found nothing new. The page then says when somebody last looked, and where. "
            "If you found something, log a development instead."
        ),
        "button": _("Publish the check"),
    }
    return _page(request, pk, form, act, texts, why_not=development_actions.why_nothing_is_logged)


@require_POST
def check_from_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in public that one looked today and found nothing new, from a row of the desk."""
    require(request, "add_development", "publish_development")
    commitment = get_object_or_404(Commitment, pk=pk)
    form = QuickCheckForm(request.POST, pk=pk, code=commitment.code, autofocus=True)
    if form.is_valid():
        try:
            development_actions.record_check(
                by=request.user,  # type: ignore[arg-type] # `require` lets in users only
                commitment=commitment,
                searched=form.cleaned_data["searched"],
                on=timezone.localdate(),
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            said = _("%(code)s is checked.") % {"code": commitment.code}
            note(request, commitment, CHANGE, said)
            messages.success(request, with_public_link(said, commitment))
            return redirect(f"{reverse('admin:index')}?{urlencode({CHECKED: commitment.code})}")
    return admin.site.index(request, {"refused": (pk, form)})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop following a commitment. It stays public."""
    require(request, "change_commitment")

    def act(commitment: Commitment, cleaned: dict[str, Any]) -> str:
        commitment_actions.close(by=request.user, commitment=commitment, **cleaned)  # type: ignore[arg-type]
        return _("The commitment is closed.")

    texts = {
        "heading": _("Close the commitment"),
        "explanation": _("Nobody follows it any longer. It stays public, with its status and its history."),
        "button": _("Close it"),
    }
    return _page(request, pk, ReasonForm(request.POST or None, label_suffix=""), act, texts)


@require_http_methods(["GET", "HEAD", "POST"])
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a commitment back from the public."""
    require(request, "retract_commitment")

    def act(commitment: Commitment, cleaned: dict[str, Any]) -> str:
        commitment_actions.retract(by=request.user, commitment=commitment, **cleaned)  # type: ignore[arg-type]
        return _("The commitment is retracted.")

    texts = {
        "heading": _("Retract the commitment"),
        "explanation": _(
            "It should never have been published. Readers no longer find it; its address says that it was retracted, "
            "when and why."
        ),
        "button": _("Retract it"),
    }
    return _page(request, pk, ReasonForm(request.POST or None, label_suffix=""), act, texts)


def with_public_link(said: str, record: Commitment | Development) -> SafeString:
    """A message, followed by a link to the record's public page, or by when it will have one."""
    commitment = record if isinstance(record, Commitment) else record.commitment
    if not commitment.is_public:
        return format_html("{} {}", said, _("Readers will see it once the commitment is published."))
    return format_html('{} <a href="{}">{}</a>', said, record.get_absolute_url(), _("See it on the site"))


def back_to(commitment: Commitment) -> HttpResponseRedirect:
    """To the commitment's page in the admin."""
    return redirect(admin_url(commitment))


def _page(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    act: Act,
    texts: dict[str, str],
    *,
    why_not: Callable[[Commitment], str] = lambda _commitment: "",
) -> HttpResponse:
    """Show a form about one commitment, or do what it asks; what is refused comes back with what was typed.

    Where `why_not` gives a reason why it would be refused whatever is typed, that stands in place of the form.
    """
    commitment = get_object_or_404(Commitment.objects.select_related("summit"), pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            said = act(commitment, form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            note(request, commitment, CHANGE, said)
            messages.success(request, with_public_link(said, commitment))
            return back_to(commitment)
    context = {
        "title": texts["heading"],
        "commitment": commitment,
        "opts": Commitment._meta,
        "form": form,
        "gone": why_not(commitment),
        **texts,
    }
    return render(request, "admin/commitment_act.html", page_context(request, **context))
