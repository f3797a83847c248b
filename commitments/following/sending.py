"""Emptying the outbox: claim a message, send it, record what came of it; one after the other."""

import datetime as dt
import logging
import smtplib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils import timezone

from commitments.actions import deliveries, subscriptions
from commitments.codelists import Channel
from commitments.following import webhooks
from commitments.following.mail import message_of
from commitments.links.posting import NotSent
from commitments.models import Delivery

GONE = 410
_log = logging.getLogger(__name__)


class Posts(Protocol):
    """Something that posts: a `Poster`."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer. Raises `NotSent`."""


@dataclass
class Sender:
    """Sends what waits. `poster` says what may post to an address."""

    poster: Callable[[str], Posts] = webhooks.poster_for
    clock: Callable[[], dt.datetime] = timezone.now
    lease: dt.timedelta = deliveries.LEASE
    # A mail server that does not answer is asked again in the next run, not by every message of this one.
    without: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)

    def send_waiting(self) -> Counter[str]:
        """Send everything that is due; how many messages were `sent` and how many `failed`."""
        while (delivery := deliveries.claim_next(at=self.clock(), lease=self.lease, without=self.without)) is not None:
            if delivery.subscription.channel == Channel.EMAIL:
                self._mail(delivery)
            else:
                self._post(delivery)
        return self.counts

    def _mail(self, delivery: Delivery) -> None:
        try:
            message_of(delivery).send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            self._failed(delivery, type(error).__name__)
        except ValueError as error:
            # One message that cannot be made holds nobody else up.
            _log.exception("A message could not be made: %s", delivery.identifier)
            self._failed(delivery, type(error).__name__)
        except (smtplib.SMTPException, OSError) as error:
            _log.warning("The mail server did not take a message: %s", type(error).__name__)
            self.without = (*self.without, Channel.EMAIL)
            self._failed(delivery, type(error).__name__, is_theirs=False)
        else:
            self._sent(delivery, "")

    def _post(self, delivery: Delivery) -> None:
        url = delivery.subscription.address
        body = webhooks.body_of(delivery)
        try:
            status = self.poster(url).post(url, body, webhooks.headers_of(delivery, body, self.clock()))
        except NotSent as error:
            self._failed(delivery, _printable(str(error)))
            return
        outcome = f"HTTP {status}"
        if 200 <= status < 300:
            self._sent(delivery, outcome)
        else:
            # Whoever says that it is gone does not want to be asked again.
            self._failed(delivery, outcome, is_final=status == GONE)

    def _sent(self, delivery: Delivery, outcome: str) -> None:
        at = self.clock()
        if delivery.content["kind"] == deliveries.PING:
            subscriptions.confirm(subscription=delivery.subscription, at=at)
        deliveries.record_sent(delivery=delivery, outcome=outcome, at=at)
        self.counts["sent"] += 1

    def _failed(self, delivery: Delivery, outcome: str, *, is_theirs: bool = True, is_final: bool = False) -> None:
        deliveries.record_failure(
            delivery=delivery, outcome=outcome, is_theirs=is_theirs, is_final=is_final, at=self.clock()
        )
        self.counts["failed"] += 1


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())
