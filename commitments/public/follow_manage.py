"""Where a follower confirms, changes and ends: pages for whoever was given their address."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from commitments.actions import subscriptions
from commitments.changes import Followed
from commitments.codelists import Channel, Frequency
from commitments.following import addresses
from commitments.following.webhooks import list_path
from commitments.limits import HOUR, seconds_to_wait
from commitments.models import Subscription
from commitments.public.follow import MINUTE, refuse
from commitments.public.follow_forms import FrequencyForm
from commitments.public.posts import FORM, TOO_MANY, refusal
from commitments.tasks import deliver

MOST_PINGS_AN_HOUR = 10
MOST_LOGGED = 50
MOST_BYTES = 4_000
GONE = 410
# What a mail program sends (RFC 8058), and the button of the page.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """A button that confirms: programs that look at the links in a message only read, and so confirm nothing."""
    refused = refusal(request, most=MOST_BYTES) if request.method == "POST" else None
    return refuse(request, *refused) if refused else _confirm(request, signed)


@csrf_protect
def _confirm(request: HttpRequest, signed: str) -> HttpResponse:
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
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Ends it by one POST. By GET a page with a button that sends the same."""
    pk = addresses.to_unsubscribe(signed)
    if pk is None:
        raise Http404
    if request.method == "POST":
        refused = refusal(request, most=MOST_BYTES, types=(FORM, "multipart/form-data"))
        if refused:
            return refuse(request, *refused)
        name, value = ONE_CLICK
        if request.POST.get(name) != value:
            raise BadRequest
        subscriptions.end(subscription=Subscription(pk=pk))
        return _private(render(request, "public/follow_ended.html"))
    found = Subscription.objects.filter(pk=pk).first()
    if found is None:
        return _private(render(request, "public/follow_ended.html"))
    return _private(render(request, "public/follow_unsubscribe.html", _context(found)))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_manage(request: HttpRequest, token: str) -> HttpResponse:
    """What is followed, how often, what was sent; a POST changes how often, asks for a ping, or ends it."""
    refused = refusal(request, most=MOST_BYTES) if request.method == "POST" else None
    return refuse(request, *refused) if refused else _manage(request, token)


@csrf_protect
def _manage(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(Subscription, token=token)
    form = FrequencyForm(initial={"frequency": found.frequency})
    if request.method == "POST":
        if "end" in request.POST:
            subscriptions.end(subscription=found)
            return _private(render(request, "public/follow_ended.html"))
        if "ping" in request.POST and found.channel == Channel.WEBHOOK:
            return _ping(request, found, form)
        form = FrequencyForm(request.POST)
        if form.is_valid():
            subscriptions.change(subscription=found, frequency=Frequency(form.cleaned_data["frequency"]))
            return _private(redirect(f"{reverse('follow_manage', args=[token])}?saved=1"))
    return _private(_page(request, found, form))


def _ping(request: HttpRequest, found: Subscription, form: FrequencyForm) -> HttpResponse:
    wait = seconds_to_wait(request, what="ping", most=MOST_PINGS_AN_HOUR, within=HOUR)
    if wait:
        why = _("That is as much as is taken from one place in an hour. Send it again in %(minutes)d minutes.")
        response = _page(request, found, form, why % {"minutes": -(-wait // MINUTE)}, TOO_MANY)
        response.headers["Retry-After"] = str(wait)
        return _private(response)
    subscriptions.ping(subscription=found)
    transaction.on_commit(deliver.enqueue, robust=True)
    return _private(redirect("follow_manage", found.token))


def _page(
    request: HttpRequest, found: Subscription, form: FrequencyForm, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **_context(found),
        "form": form,
        "refused": refused,
        "saved": "saved" in request.GET,
        "deliveries": found.deliveries.order_by("-created_at", "-pk").defer("content")[:MOST_LOGGED],
    }
    return render(request, "public/follow_manage.html", context, status=status)


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
