"""Where a follower confirms, changes and ends: pages for whoever was given their address."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from commitments.actions import subscriptions
from commitments.changes import Followed
from commitments.codelists import Channel, Frequency
from commitments.following import addresses
from commitments.following.webhooks import list_path
from commitments.limits import HOUR, seconds_to_wait, wait_for
from commitments.models import Subscription
from commitments.public.follow_forms import FrequencyForm
from commitments.public.posts import FORM, as_much_as_is_taken, public_form
from commitments.tasks import deliver

MOST_LOGGED = 50
MOST_BYTES = 4_000
GONE = 410
# What a mail program sends (RFC 8058), and the button of the page.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@public_form(most=MOST_BYTES)
def follow_confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """A button that confirms: programs that look at the links in a message only read, and so confirm nothing."""
    pk = addresses.to_confirm(signed)
    found = None if pk is None else Subscription.objects.filter(pk=pk, channel=Channel.EMAIL).first()
    if found is None:
        return _private(render(request, "public/follow_over.html", status=GONE))
    if request.method == "POST":
        subscriptions.confirm(subscription=found)
    if request.method == "POST" or found.confirmed_at is not None:
        return _private(redirect("follow_manage", found.token))
    return _private(render(request, "public/follow_confirm.html", _context(found)))


# A mail program brings no cookie and no token: the signed address alone is its right, and can do nothing else.
@public_form(most=MOST_BYTES, types=(FORM, "multipart/form-data"), with_token=False)
def follow_unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Ends it by one POST. By GET a page with a button that sends the same."""
    pk = addresses.to_unsubscribe(signed)
    if pk is None:
        raise Http404
    if request.method == "POST":
        name, value = ONE_CLICK
        if request.POST.get(name) != value:
            raise BadRequest
        subscriptions.end(subscription=Subscription(pk=pk))
        return _private(render(request, "public/follow_ended.html"))
    found = Subscription.objects.filter(pk=pk).first()
    if found is None:
        return _private(render(request, "public/follow_ended.html"))
    return _private(render(request, "public/follow_unsubscribe.html", _context(found)))


@public_form(most=MOST_BYTES)
def follow_manage(request: HttpRequest, token: str) -> HttpResponse:
    """What is followed, how often, what was sent; a POST changes how often, asks for a ping, or ends it."""
    found = get_object_or_404(Subscription, token=token)
    form = FrequencyForm(initial={"frequency": found.frequency})
    if request.method == "POST":
        if wait := _wait(request, found):
            return _private(wait_for(_page(request, found, form, as_much_as_is_taken(wait)), wait))
        if "end" in request.POST:
            subscriptions.end(subscription=found)
            return _private(render(request, "public/follow_ended.html"))
        if "ping" in request.POST and found.channel == Channel.WEBHOOK:
            return _ping(found)
        form = FrequencyForm(request.POST)
        if form.is_valid():
            subscriptions.change(subscription=found, frequency=Frequency(form.cleaned_data["frequency"]))
            return _private(redirect(f"{reverse('follow_manage', args=[token])}?saved=1"))
    return _private(_page(request, found, form))


def _wait(request: HttpRequest, found: Subscription) -> int:
    """How long until this subscription may be changed, or its program pinged, again. It may be ended at any time."""
    if "end" in request.POST:
        return 0
    if "ping" in request.POST:
        # Another machine is asked: as seldom as somebody may follow, from one place too.
        most = settings.FOLLOWS_PER_HOUR
        from_here = seconds_to_wait(request, what="ping", most=most, within=HOUR)
        of_this = seconds_to_wait(request, what="ping", most=most, within=HOUR, who=found.token)
        return max(from_here, of_this)
    return seconds_to_wait(request, what="change", most=settings.CHANGES_PER_HOUR, within=HOUR, who=found.token)


def _ping(found: Subscription) -> HttpResponse:
    subscriptions.ping(subscription=found)
    transaction.on_commit(deliver.enqueue, robust=True)
    return _private(redirect("follow_manage", found.token))


def _page(request: HttpRequest, found: Subscription, form: FrequencyForm, refused: str = "") -> HttpResponse:
    context = {
        **_context(found),
        "form": form,
        "refused": refused,
        "saved": "saved" in request.GET,
        "deliveries": found.deliveries.order_by("-created_at", "-pk").defer("content")[:MOST_LOGGED],
    }
    return render(request, "public/follow_manage.html", context)


def _context(found: Subscription) -> dict[str, Any]:
    return {
        "subscription": found,
        "followed": Followed(found.query, today=timezone.localdate()),
        "list_path": list_path(found.query),
        "is_webhook": found.channel == Channel.WEBHOOK,
    }


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no robot keeps the page. The site's referrer policy keeps it from other sites."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
