"""Everything that is to be done for followers, once. Safe to run beside itself, and to be killed at any point."""

from dataclasses import dataclass

from commitments.actions import subscriptions
from commitments.actions.subscriptions import Tidied
from commitments.following.composing import compose_due
from commitments.following.sending import Sender


@dataclass(frozen=True)
class Done:
    """How many messages were written, sent, and not taken; and what was deleted because its time was over."""

    composed: int
    sent: int
    failed: int
    tidied: Tidied


def deliver(sender: Sender | None = None) -> Done:
    """Delete what is over, write the messages that are due, and send what waits."""
    tidied = subscriptions.tidy()
    composed = compose_due()
    counts = (sender or Sender()).send_waiting()
    return Done(composed, counts["sent"], counts["failed"], tidied)
