"""The addresses that a follower is given: one to manage by, and signed ones that do a single thing."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from commitments.actions.subscriptions import UNCONFIRMED_FOR
from commitments.models import Subscription

_CONFIRM, _UNSUBSCRIBE = "commitments.follow.confirm", "commitments.follow.unsubscribe"


def on_the_site(path: str) -> str:
    """A path as an address of the whole web."""
    return f"{settings.SITE_URL}{path}"


def managing_path(subscription: Subscription) -> str:
    """Where its holder sees it, changes it and ends it."""
    return reverse("follow_manage", args=[subscription.token])


def managing(subscription: Subscription) -> str:
    """The same, as an address of the whole web."""
    return on_the_site(managing_path(subscription))


def confirming(subscription: Subscription) -> str:
    """Where it is confirmed, for as long as it waits for that."""
    signed = signing.TimestampSigner(salt=_CONFIRM).sign(str(subscription.pk))
    return on_the_site(reverse("follow_confirm", args=[signed]))


def unsubscribing(subscription: Subscription) -> str:
    """Where one request ends it, and does nothing else: mail programs ask there on a click (RFC 8058)."""
    signed = signing.Signer(salt=_UNSUBSCRIBE).sign(str(subscription.pk))
    return on_the_site(reverse("follow_unsubscribe", args=[signed]))


def to_confirm(signed: str) -> int | None:
    """The key of the subscription that this address confirms; None when it was not made here or is too old."""
    try:
        return int(signing.TimestampSigner(salt=_CONFIRM).unsign(signed, max_age=UNCONFIRMED_FOR))
    except (signing.BadSignature, ValueError):
        return None


def to_unsubscribe(signed: str) -> int | None:
    """The key of the subscription that this address ends, also one that was ended; None when it was not made here."""
    try:
        return int(signing.Signer(salt=_UNSUBSCRIBE).unsign(signed))
    except (signing.BadSignature, ValueError):
        return None
