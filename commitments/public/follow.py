"""Where readers follow a query by e-mail or by a webhook: asking for it."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from commitments.actions import subscriptions
from commitments.actions.errors import Refused
from commitments.changes import COMMITMENT, Followed
from commitments.codelists import Frequency
from commitments.following import addresses
from commitments.following.webhooks import list_path, shown_secret
from commitments.limits import HOUR, seconds_to_wait
from commitments.models.subscriptions import QUERY_LENGTH
from commitments.public.follow_forms import MailForm, WebhookForm
from commitments.public.posts import TOO_MANY, refusal
from commitments.tasks import deliver

MOST_AN_HOUR = 10
MINUTE = 60
BAD_REQUEST = 400


# The token is asked for within: before a byte is read, the request must be a form, and a small one.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form that asks for messages by e-mail. Its answer is the same whoever has that address, or none."""
    refused = refusal(request) if request.method == "POST" else None
    return refuse(request, *refused) if refused else _follow(request)


@csrf_protect
def _follow(request: HttpRequest) -> HttpResponse:
    followed = Followed(request.GET, today=timezone.localdate())
    if problem := _problem(followed):
        return refuse(request, BAD_REQUEST, problem)
    form = MailForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "public/follow.html", followed, form)
    if wait := seconds_to_wait(request, what="follow", most=MOST_AN_HOUR, within=HOUR):
        return _wait(request, "public/follow.html", followed, form, wait)
    asked = form.cleaned_data
    subscriptions.follow_by_mail(
        address=asked["address"], query=followed.canonical, frequency=Frequency(asked["frequency"])
    )
    transaction.on_commit(deliver.enqueue, robust=True)
    return render(request, "public/follow_asked.html", _context(followed))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_webhook(request: HttpRequest) -> HttpResponse:
    """The form that asks for messages to a program. Its answer shows the secret, this once."""
    refused = refusal(request) if request.method == "POST" else None
    return refuse(request, *refused) if refused else _follow_webhook(request)


@csrf_protect
def _follow_webhook(request: HttpRequest) -> HttpResponse:
    followed = Followed(request.GET, today=timezone.localdate())
    if problem := _problem(followed):
        return refuse(request, BAD_REQUEST, problem)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "public/follow_webhook.html", followed, form)
    if wait := seconds_to_wait(request, what="follow", most=MOST_AN_HOUR, within=HOUR):
        return _wait(request, "public/follow_webhook.html", followed, form, wait)
    asked = form.cleaned_data
    try:
        made = subscriptions.follow_by_webhook(
            address=asked["address"], query=followed.canonical, frequency=Frequency(asked["frequency"])
        )
    except Refused as refusal_of_it:
        form.add_error("address", refusal_of_it.messages)
        return _page(request, "public/follow_webhook.html", followed, form)
    context = {**_context(followed), "secret": shown_secret(made), "manage": addresses.managing_path(made)}
    return render(request, "public/follow_secret.html", context)


def refuse(request: HttpRequest, status: int, why: str) -> HttpResponse:
    """A page that says why nothing was done."""
    return render(request, "public/suggest_refused.html", {"why": why}, status=status)


def _problem(followed: Followed) -> str:
    if not followed.exists:
        return _("There is no public commitment of this code.")
    if len(followed.canonical) > QUERY_LENGTH:
        return _("This query is too long to be followed: choose fewer filters.")
    return ""


def _context(followed: Followed) -> dict[str, Any]:
    canonical = followed.canonical
    return {
        "followed": followed,
        "list_path": list_path(canonical),
        "query": f"?{canonical}" if canonical else "",
        "ignored": [one for one in followed.filter.ignored if one.parameter != COMMITMENT],
    }


def _page(
    request: HttpRequest, template: str, followed: Followed, form: MailForm | WebhookForm, status: int = 200
) -> HttpResponse:
    return render(request, template, {**_context(followed), "form": form}, status=status)


def _wait(
    request: HttpRequest, template: str, followed: Followed, form: MailForm | WebhookForm, seconds: int
) -> HttpResponse:
    """The form with everything that was typed, to be sent again later."""
    form.add_error(
        None,
        _("That is as much as is taken from one place in an hour. Send it again in %(minutes)d minutes.")
        % {"minutes": -(-seconds // MINUTE)},
    )
    response = _page(request, template, followed, form, TOO_MANY)
    response.headers["Retry-After"] = str(seconds)
    return response
