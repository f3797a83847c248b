"""Messages to programs, signed as Standard Webhooks has it: HMAC-SHA256 over identifier, time and body."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from commitments.actions import deliveries
from commitments.changes import COMMITMENT, Change
from commitments.following.addresses import on_the_site
from commitments.following.telling import told
from commitments.links.policy import IPAddress, Policy
from commitments.links.posting import HTTPS_ONLY, Poster
from commitments.models import Delivery, Subscription

PREFIX = "whsec_"
VERSION = "v1"
CHANGED, PING = "commitments.changed", "ping"
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class OwnMachine(Policy):
    """For development: a program on this machine, and nothing else."""

    def allows(self, address: IPAddress) -> bool:
        return address.is_loopback


def poster_for(url: str) -> Poster:
    """What may post there: over https to the public internet; with DEBUG on, also plainly to this machine."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Poster()
    if settings.DEBUG and parts.scheme == "http" and host in _LOOPBACK_NAMES:
        policy = OwnMachine(ports=frozenset({port or 80}), deadline=HTTPS_ONLY.deadline)
        return Poster(policy=policy, schemes=frozenset({"http"}))
    return Poster()


def leads_inwards(url: str) -> bool:
    """Whether an address names, by number, a network that is not public. A name is looked up when it is posted to."""
    try:
        return not poster_for(url).policy.allows(ip_address((urlsplit(url).hostname or "").strip("[]")))
    except ValueError:
        return False


def shown_secret(subscription: Subscription) -> str:
    """The secret in the form in which libraries take it."""
    return PREFIX + base64.b64encode(_key(subscription)).decode()


def body_of(delivery: Delivery) -> bytes:
    """The JSON that is posted: of a repeat the very same, unless something was taken back meanwhile."""
    subscription = delivery.subscription
    data: dict[str, Any] = {
        "query": subscription.query,
        "frequency": subscription.frequency,
        "list": on_the_site(list_path(subscription.query)),
    }
    kind = PING
    if delivery.content["kind"] == deliveries.CHANGES:
        kind = CHANGED
        data["until"] = delivery.content["until"]
        data["changes"] = [_of_change(change) for change in told(delivery)]
    payload = {"type": kind, "timestamp": _iso(delivery.created_at), "data": data}
    return json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()


def headers_of(delivery: Delivery, body: bytes, at: dt.datetime) -> dict[str, str]:
    """Identifier, time and signature. A repeat has the same identifier at another time."""
    identifier, timestamp = str(delivery.identifier), str(int(at.timestamp()))
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"commitment-tracker-webhooks/1.0 (+{on_the_site(reverse('about'))})",
        "Webhook-Id": identifier,
        "Webhook-Timestamp": timestamp,
        "Webhook-Signature": f"{VERSION},{_signature(_key(delivery.subscription), identifier, timestamp, body)}",
    }


def list_path(query: str) -> str:
    """Where a reader finds what is followed."""
    code = QueryDict(query).get(COMMITMENT)
    if code:
        return reverse("commitment", args=[code])
    return reverse("commitments") + (f"?{query}" if query else "")


def _of_change(change: Change) -> dict[str, Any]:
    return {**change.as_json(), "url": on_the_site(reverse("commitment", args=[change.code]))}


def _signature(key: bytes, identifier: str, timestamp: str, body: bytes) -> str:
    signed = b".".join([identifier.encode(), timestamp.encode(), body])
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _key(subscription: Subscription) -> bytes:
    """The 32 bytes that the secret stands for."""
    return base64.urlsafe_b64decode(f"{subscription.secret}=")


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
