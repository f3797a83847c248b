"""Where readers tell the editors something, and read what became of it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.actions import suggestions as suggestion_actions
from commitments.codelists import SuggestionKind
from commitments.limits import HOUR, seconds_to_wait, wait_for
from commitments.models import Commitment, Suggestion
from commitments.once import once
from commitments.public.errors import not_public
from commitments.public.moved import in_capitals
from commitments.public.posts import as_much_as_is_taken, public_form
from commitments.public.suggest_form import SuggestForm


@public_form()
@once
@in_capitals("code")
def suggest(request: HttpRequest, code: str) -> HttpResponse:
    """The form about one commitment, and what it sends. Answers with the sender's own page."""
    commitment = Commitment.objects.published().select_related("summit").filter(code=code).first()
    if commitment is None:
        return not_public(request, code, page="suggest")
    form = SuggestForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, commitment, form)
    wait = seconds_to_wait(request, what="suggest", most=settings.SUGGESTIONS_PER_HOUR, within=HOUR)
    if wait:
        return _wait(request, commitment, form, wait)
    sent = form.cleaned_data
    try:
        suggestion = suggestion_actions.send(
            commitment=commitment,
            kind=SuggestionKind(sent["kind"]),
            text=sent["text"],
            url=sent["url"],
            happened=sent["happened"],
            credit=sent["credit"],
        )
    except ValidationError as refusal:
        # The form asks for the same; should it ever let something through, the reader is told.
        form.add_error(None, refusal.messages)
        return _page(request, commitment, form)
    return redirect(suggestion)


@never_cache
@require_safe
def suggestion(request: HttpRequest, reference: str) -> HttpResponse:
    """What somebody sent and what became of it, for whoever has its address. Robots keep out."""
    found = get_object_or_404(
        Suggestion.objects.select_related("commitment__summit", "development"), reference=reference
    )
    entry = found.development
    is_public = found.commitment.is_public
    context = {
        "suggestion": found,
        "commitment": found.commitment if is_public else None,
        "entry": entry if entry is not None and entry.is_published and is_public else None,
    }
    response = render(request, "public/suggestion.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, commitment: Commitment, form: SuggestForm) -> HttpResponse:
    return render(request, "public/suggest.html", {"commitment": commitment, "form": form})


def _wait(request: HttpRequest, commitment: Commitment, form: SuggestForm, seconds: int) -> HttpResponse:
    """The form with everything that was typed, to be sent again later."""
    form.add_error(None, as_much_as_is_taken(seconds))
    return wait_for(_page(request, commitment, form), seconds)
