"""Who follows a query, and what is to be sent to them."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.codelists import Channel, DeliveryState, Frequency
from commitments.models.base import CHOICE_LENGTH, codelist_constraint

QUERY_LENGTH = 2000
TOKEN_LENGTH = 43


def new_token() -> str:
    """A name that nobody guesses: whoever has it may confirm, change or end the subscription."""
    return secrets.token_urlsafe(32)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions."""

    def active(self) -> Self:
        """Those that were confirmed and not stopped."""
        return self.filter(confirmed_at__isnull=False, stopped_at__isnull=True)


class Subscription(models.Model):
    """Somebody without an account follows what a query of the public list finds: by e-mail, or by a webhook.

    The row goes, address and all, when it is ended. `seen` is the last revision that was taken into a delivery: what
    comes after it has not been told yet. A webhook is stopped, and kept with its log, when it fails again and again.
    """

    token = models.CharField(_("token"), max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False)
    channel = models.CharField(_("channel"), max_length=CHOICE_LENGTH, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=500, help_text=_("An e-mail address, or the webhook's URL."))
    secret = models.CharField(_("secret"), max_length=TOKEN_LENGTH, blank=True, editable=False)
    query = models.CharField(_("query"), max_length=QUERY_LENGTH, blank=True)
    frequency = models.CharField(_("how often"), max_length=CHOICE_LENGTH, choices=Frequency.choices)
    created_at = models.DateTimeField(_("created at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    seen = models.PositiveBigIntegerField(_("last revision seen"), default=0)
    told_at = models.DateTimeField(_("last told at"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["created_at", "pk"]
        constraints = [
            codelist_constraint("channel", Channel),
            codelist_constraint("frequency", Frequency),
            models.UniqueConstraint(fields=["channel", "address", "query"], name="subscription_is_unique"),
            models.CheckConstraint(
                condition=Q(channel=Channel.EMAIL, secret="") | (Q(channel=Channel.WEBHOOK) & ~Q(secret="")),
                name="subscription_webhook_is_signed",
            ),
        ]
        # Those that are due, by how often they are told.
        indexes = [models.Index(fields=["frequency", "told_at"], name="subscription_due")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.created_at:%Y-%m-%d}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """What is to be sent."""

    def waiting(self) -> Self:
        """Those not sent yet, and not given up."""
        return self.filter(state__in=(DeliveryState.WAITING, DeliveryState.CLAIMED))


class Delivery(models.Model):
    """One message of the outbox: written with the changes that it tells, claimed by a worker, sent, and recorded.

    `identifier` goes out as the Message-ID or the webhook's id. It never changes, so that a repeat after a death
    between sending and recording can be told from something new.
    """

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    identifier = models.UUIDField(_("identifier"), unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=CHOICE_LENGTH, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("created at"))
    due_at = models.DateTimeField(_("due at"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["created_at", "pk"]
        constraints = [
            codelist_constraint("state", DeliveryState),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.CLAIMED, claimed_until__isnull=False)
                | (~Q(state=DeliveryState.CLAIMED) & Q(claimed_until__isnull=True)),
                name="delivery_claimed_until",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_sent_at",
            ),
        ]
        # The outbox, in the order in which it is emptied.
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_outbox")]

    def __str__(self) -> str:
        return str(self.identifier)
