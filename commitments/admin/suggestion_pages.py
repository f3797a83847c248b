"""Deciding on what a reader suggests: take it up as a draft, or decline it and say why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commitments import source_urls
from commitments.actions import shared_records
from commitments.actions import suggestions as suggestion_actions
from commitments.actions.developments import why_nothing_is_logged
from commitments.admin.fields import UncertainDateField, add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require, require_readable
from commitments.codelists import DocumentKind, SourceKind, SuggestionState
from commitments.models import Development, Document, Evidence, Suggestion, User
from commitments.models.suggestions import OUTCOME_LENGTH

ACCEPT, DECLINE = "accept", "decline"
# Whoever drafts may take a suggestion up; whoever publishes may turn one away.
RIGHTS = {ACCEPT: ("add_development", "change_development"), DECLINE: ("publish_development",)}


class AcceptForm(forms.Form):
    """The draft that is made of a suggestion. Its source is described here if we do not know it yet."""

    summary = forms.CharField(label=gettext_lazy("What happened"), widget=AdminTextareaWidget(attrs={"rows": 4}))
    happened = UncertainDateField(label=gettext_lazy("When"))
    title = forms.CharField(label=gettext_lazy("Title of the source"), max_length=300, required=False)
    publisher = forms.CharField(label=gettext_lazy("Its publisher"), max_length=200, required=False)
    with_credit = forms.BooleanField(label=gettext_lazy("Thank the sender in the note"), required=False)
    outcome = forms.CharField(
        label=gettext_lazy("What the sender is told (may stay empty)"),
        max_length=OUTCOME_LENGTH,
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, suggestion: Suggestion, known: Document | None, data: QueryDict | None) -> None:
        initial = {
            "summary": suggestion.text,
            "happened": suggestion.happened,
            "publisher": source_urls.publisher_of(suggestion.url),
        }
        super().__init__(data, initial=initial, label_suffix="", prefix=ACCEPT)
        self.suggestion, self.known = suggestion, known
        if not suggestion.credit:
            del self.fields["with_credit"]
        if known is not None:
            del self.fields["title"], self.fields["publisher"]

    def clean(self) -> dict[str, Any] | None:
        for name in ("title", "publisher"):
            if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("This source is new: say it."))
        return super().clean()


class DeclineForm(forms.Form):
    """Why not."""

    outcome = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=OUTCOME_LENGTH,
        help_text=gettext_lazy("The sender reads it, and nobody else."),
        widget=AdminTextareaWidget(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One suggestion: what it says, and, while it waits, the two forms to decide on it."""
    require(request, "view_development")
    joins = ("commitment__summit", "decided_by", "development__commitment")
    suggestion = get_object_or_404(Suggestion.objects.select_related(*joins), pk=pk)
    # No suggestion is public: whoever may read one may take it up too.
    require_readable(request, suggestion)
    known = source_urls.find_document(suggestion.url)
    asked = request.POST.get("decision") if request.method == "POST" else None
    accepting = AcceptForm(suggestion, known, request.POST if asked == ACCEPT else None)
    declining = DeclineForm(request.POST if asked == DECLINE else None, label_suffix="", prefix=DECLINE)
    form: AcceptForm | DeclineForm = declining if asked == DECLINE else accepting
    require(request, *RIGHTS.get(asked or "", ()))
    if form.is_valid():
        try:
            return _accept(request, accepting) if form is accepting else _decline(request, suggestion, declining)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            suggestion.refresh_from_db()
    context = {
        "title": _("Suggestion of %(date)s") % {"date": formats.date_format(timezone.localtime(suggestion.created_at))},
        "suggestion": suggestion,
        "commitment": suggestion.commitment,
        "known": known,
        "form": form,
        "accepting": accepting,
        "declining": declining,
        "is_waiting": suggestion.state == SuggestionState.NEW,
        "gone": why_nothing_is_logged(suggestion.commitment),
        "may_accept": _may(request, ACCEPT),
        "may_decline": _may(request, DECLINE),
        "opts": Suggestion._meta,
    }
    return render(request, "admin/suggestion.html", page_context(request, **context))


def _may(request: HttpRequest, decision: str) -> bool:
    return request.user.has_perms([f"commitments.{right}" for right in RIGHTS[decision]])


def _accept(request: HttpRequest, form: AcceptForm) -> HttpResponse:
    by: User = request.user  # type: ignore[assignment]
    suggestion, typed = form.suggestion, form.cleaned_data
    development = Development(summary=typed["summary"])
    development.happened = typed["happened"]
    evidence = Evidence(document=form.known or _described(suggestion, typed))

    def write() -> None:
        if form.known is None:
            require(request, "add_document")
            shared_records.save(by=by, record=evidence.document)
            # Assigned before it had a key.
            evidence.document = evidence.document

    with transaction.atomic():
        suggestion_actions.accept(
            by=by,
            suggestion=suggestion,
            development=development,
            evidence=[evidence],
            write=write,
            with_credit=bool(typed.get("with_credit")),
            outcome=typed["outcome"],
        )
        note(request, suggestion, CHANGE, _("Accepted"))
    messages.success(request, _("This draft was made of the suggestion. Complete it, then submit or publish it."))
    return redirect(admin_url(development))


def _described(suggestion: Suggestion, typed: dict[str, Any]) -> Document:
    return Document(
        url=source_urls.normalise(suggestion.url),
        title=typed["title"],
        publisher=typed["publisher"],
        kind=DocumentKind.NEWS_REPORT,
        source_kind=SourceKind.SECONDARY,
    )


def _decline(request: HttpRequest, suggestion: Suggestion, form: DeclineForm) -> HttpResponse:
    by: User = request.user  # type: ignore[assignment]
    suggestion_actions.decline(by=by, suggestion=suggestion, outcome=form.cleaned_data["outcome"])
    note(request, suggestion, CHANGE, _("Declined"))
    messages.success(request, _("The suggestion is declined. Its sender can read why."))
    return redirect(f"{reverse('admin:commitments_suggestion_changelist')}?state__exact={SuggestionState.NEW.value}")
