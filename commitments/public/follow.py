"""Where readers follow a query by e-mail or by a webhook: asking for it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions import subscriptions
from commitments.actions.errors import Refused
from commitments.changes import COMMITMENT, Followed
from commitments.codelists import Frequency
from commitments.following import addresses
from commitments.following.webhooks import list_path, shown_secret
from commitments.limits import HOUR, seconds_to_wait, wait_for
from commitments.models import Subscription
from commitments.models.subscriptions import QUERY_LENGTH
from commitments.once import made, once
from commitments.public.follow_forms import MailForm, WebhookForm
from commitments.public.posts import as_much_as_is_taken, public_form, refuse
from commitments.tasks import deliver

BAD_REQUEST = 400


def _asked(request: HttpRequest, _location: str = "") -> HttpResponse:
    """The answer to whoever asked by e-mail, once or twice."""
    return render(request, "public/follow_asked.html", _context(Followed(request.GET, today=timezone.localdate())))


@public_form()
@partial(once, again=_asked)
def follow(request: HttpRequest) -> HttpResponse:
    """The form that asks for messages by e-mail. Its answer is the same whoever has that address, or none."""
    followed = Followed(request.GET, today=timezone.localdate())
    if problem := _problem(followed):
        return refuse(request, BAD_REQUEST, problem)
    form = MailForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "public/follow.html", followed, form)
    if wait := seconds_to_wait(request, what="follow", most=settings.FOLLOWS_PER_HOUR, within=HOUR):
        return _wait(request, "public/follow.html", followed, form, wait)
    asked = form.cleaned_data
    subscriptions.follow_by_mail(
        address=asked["address"], query=followed.canonical, frequency=Frequency(asked["frequency"])
    )
    transaction.on_commit(deliver.enqueue, robust=True)
    made(request, request.get_full_path())
    return _asked(request)


def _secret(request: HttpRequest, location: str) -> HttpResponse:
    """The answer to whoever asked for a program, once or twice; `location` is where they manage it."""
    found = Subscription.objects.filter(token=location.rstrip("/").rpartition("/")[2]).first()
    if found is None:
        return redirect(location)
    context = {
        **_context(Followed(request.GET, today=timezone.localdate())),
        "secret": shown_secret(found),
        "manage": location,
    }
    return render(request, "public/follow_secret.html", context)


@public_form()
@partial(once, again=_secret)
def follow_webhook(request: HttpRequest) -> HttpResponse:
    """The form that asks for messages to a program. Its answer shows the secret, this once."""
    followed = Followed(request.GET, today=timezone.localdate())
    if problem := _problem(followed):
        return refuse(request, BAD_REQUEST, problem)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "public/follow_webhook.html", followed, form)
    if wait := seconds_to_wait(request, what="follow", most=settings.FOLLOWS_PER_HOUR, within=HOUR):
        return _wait(request, "public/follow_webhook.html", followed, form, wait)
    asked = form.cleaned_data
    try:
        subscription = subscriptions.follow_by_webhook(
            address=asked["address"], query=followed.canonical, frequency=Frequency(asked["frequency"])
        )
    except Refused as refusal_of_it:
        form.add_error("address", refusal_of_it.messages)
        return _page(request, "public/follow_webhook.html", followed, form)
    location = addresses.managing_path(subscription)
    made(request, location)
    return _secret(request, location)


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


def _page(request: HttpRequest, template: str, followed: Followed, form: MailForm | WebhookForm) -> HttpResponse:
    return render(request, template, {**_context(followed), "form": form})


def _wait(
    request: HttpRequest, template: str, followed: Followed, form: MailForm | WebhookForm, seconds: int
) -> HttpResponse:
    """The form with everything that was typed, to be sent again later."""
    form.add_error(None, as_much_as_is_taken(seconds))
    return wait_for(_page(request, template, followed, form), seconds)
