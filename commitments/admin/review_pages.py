"""The review of a draft at the desk: its history, and the decision of a reviewer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commitments.actions import developments as actions
from commitments.actions import reviews
from commitments.actions.errors import Refused
from commitments.admin import versions
from commitments.admin.fields import add_refusal
from commitments.admin.records import admin_url
from commitments.admin.site import note, page_context, require
from commitments.codelists import ReviewKind
from commitments.models import Development, Review, User
from commitments.rules import needs_second_person

COMMENT = "comment"
# By the name of its button: the action, and what is said once it is done.
DECISIONS: dict[str, tuple[Callable[..., object], Any]] = {
    "_approve": (reviews.approve, gettext_lazy("The development is approved and published.")),
    "_request_changes": (reviews.request_changes, gettext_lazy("It is sent back with your comment.")),
    "_reject": (reviews.reject, gettext_lazy("It is rejected, with your comment.")),
}


class DecisionForm(forms.Form):
    """What a reviewer says to the author of a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Needed to ask for changes or to reject. Editors only see it; it stays with the draft."),
        widget=AdminTextareaWidget(attrs={"rows": 3}),
    )


def review_context(request: HttpRequest, development: Development, comment: str = "") -> dict[str, Any]:
    """What a development's page shows of its review, and the form to decide if this user may.

    A `comment` that was typed is shown also where nothing is left to decide: it is not lost.
    """
    by: User = request.user  # type: ignore[assignment] # the site lets in members of staff only
    steps = list(Review.objects.filter(development=development).in_order()) if development.pk else []
    last = steps[-1].kind if steps and not development.is_published else None
    is_own = not development._state.adding and development.entered_by_id == by.pk
    waits = last == ReviewKind.SUBMITTED
    may_decide = waits and not is_own and by.has_perm("commitments.review_development")
    gone = actions.why_nothing_is_logged(development.commitment)
    is_open = not gone and not development.is_published
    publishes = is_open and by.has_perm("commitments.publish_development")
    bars = reviews.bars(by=by, development=development) if publishes and development.pk else []
    return {
        "reviews": steps,
        "sent_back": steps[-1] if last in (ReviewKind.CHANGES_REQUESTED, ReviewKind.REJECTED) else None,
        "waits": waits,
        "waits_for_another": waits and is_own,
        "gone": gone,
        "may_save": not development.is_published and not (gone and development._state.adding),
        "may_submit": is_open and not waits and by.has_perm("commitments.submit_development"),
        # No button that is refused whatever is typed: what bars it stands there instead. Who decides approves.
        "may_publish": publishes and not bars and not may_decide,
        "bars": bars,
        "may_decide": may_decide,
        "may_approve": may_decide and publishes and not bars,
        "decision": _form(development, comment) if may_decide or comment else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a submitted draft and decide: approve it, ask for changes, or reject it."""
    require(request, "review_development")
    joins = ("commitment__summit", "party", "entered_by", "corrects")
    development = get_object_or_404(Development.objects.select_related(*joins), pk=pk)
    form = DecisionForm(request.POST, label_suffix="") if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            said = decide(request, development, form)
        except ValidationError as refusal:
            # Rolled back: the row in hand counts a write that was not made.
            development.refresh_from_db(fields=["version", "published_at"])
            add_refusal(form, refusal)
        else:
            return decided(request, development, said)
    return _show(request, development, form)


def decide(request: HttpRequest, development: Development, form: DecisionForm) -> str:
    """Do what the button says on the draft as it is stored, and give back what to say of it."""
    button = next((name for name in DECISIONS if name in request.POST), None)
    if button is None:
        raise BadRequest("No decision was posted.")
    act, said = DECISIONS[button]
    typed = form.cleaned_data
    act(by=request.user, development=development, version=typed["version"], comment=typed["comment"])
    return str(said)


def decided(request: HttpRequest, development: Development, said: str) -> HttpResponse:
    """To the page of the development, which says what was decided."""
    note(request, development, CHANGE, said)
    messages.success(request, said)
    return redirect(admin_url(development))


def why_not_decided(status: str) -> Refused:
    """Why a decision is not taken on a draft into which something else was typed, and what to do instead.

    `status` is the one that is typed: who may publish it once it is saved depends on that.
    """
    if needs_second_person(status):
        then = _("Save it as a draft first: then a reviewer other than you has to approve it.")
    else:
        then = _("Save it as a draft first: then you may publish it as your own, or leave it to another reviewer.")
    return Refused([_("You changed it, and decide only on what is saved."), then])


def _show(request: HttpRequest, development: Development, form: DecisionForm | None) -> HttpResponse:
    context = {
        "title": _("Review a draft"),
        "development": development,
        "evidence": development.evidence.select_related("document").order_by("pk"),
        "commitment": development.commitment,
        "opts": Development._meta,
        **review_context(request, development),
    }
    if form is not None:
        # What was typed stays; whoever reads it now decides on what is shown now.
        form.data = {**form.data.dict(), versions.VERSION: str(development.version)}  # type: ignore[attr-defined] # a QueryDict
        context["decision"] = context["form"] = form
    return render(request, "admin/development_review.html", page_context(request, **context))


def _form(development: Development, comment: str) -> DecisionForm:
    return DecisionForm(initial={"version": development.version, COMMENT: comment}, label_suffix="")
