"""Messages to people: plain text first, and the same as HTML that loads nothing."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.actions import deliveries
from commitments.changes import Change, Followed
from commitments.following import addresses
from commitments.following.telling import told
from commitments.following.webhooks import list_path
from commitments.models import Delivery

LONGEST_SUBJECT = 150


def message_of(delivery: Delivery) -> EmailMultiAlternatives:
    """The message that a delivery sends. A repeat bears the same Message-ID."""
    subscription, kind = delivery.subscription, delivery.content["kind"]
    followed = Followed(subscription.query, today=timezone.localdate())
    context: dict[str, Any] = {
        "subscription": subscription,
        "site": settings.SITE_URL,
        "sentence": followed.sentence,
        "manage": addresses.managing(subscription),
        "list": addresses.on_the_site(list_path(subscription.query)),
    }
    if kind == deliveries.CHANGES:
        context["changes"] = changes = told(delivery)
        subject = _subject(changes)
    elif kind == deliveries.CONFIRMATION:
        # Words that a stranger typed go to nobody who has not asked for them.
        context["sentence"] = followed.sentence_without_text
        context["confirm"] = addresses.confirming(subscription)
        subject = _("Confirm that you want to follow commitments")
    else:
        subject = _("You follow these commitments already")
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=_rendered(f"emails/{kind}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[subscription.address],
        headers=_headers(delivery),
    )
    message.attach_alternative(_rendered(f"emails/{kind}.html", context), "text/html")
    return message


def message_id(delivery: Delivery) -> str:
    """What tells a repeat from something new."""
    return f"<{delivery.identifier}@{urlsplit(settings.SITE_URL).hostname}>"


def _headers(delivery: Delivery) -> dict[str, str]:
    headers = {"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"}
    if delivery.content["kind"] == deliveries.CHANGES:
        headers["List-Unsubscribe"] = f"<{addresses.unsubscribing(delivery.subscription)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _rendered(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context).strip() + "\n"


def _subject(changes: list[Change]) -> str:
    if len(changes) > 1:
        return ngettext("%(number)d commitment changed", "%(number)d commitments changed", len(changes)) % {
            "number": len(changes)
        }
    (change,) = changes
    overall = [move for move in change.moves if not move.party]
    if overall:
        return f"{change.code}: {overall[0].before_label} → {overall[0].after_label}"
    return f"{change.code}: {change.kind_label}"
