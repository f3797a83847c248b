"""Work that is done beside requests, by `django.tasks`: whatever worker the deployment runs."""

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import Task, task
from django.tasks.backends.dummy import DummyBackend

from commitments.accounts import notices
from commitments.actions import captures
from commitments.actions import links as link_actions
from commitments.actions.service_accounts import service_account
from commitments.codelists import Frequency
from commitments.following import run
from commitments.links import Capturer, Checker
from commitments.models import Subscription, User


@task()
def check_links(
    limit: int = link_actions.MOST_AT_ONCE, older_than: int = link_actions.DAYS_BETWEEN, capture: bool = False
) -> dict[str, int]:
    """Try the addresses of sources that are due; how many came out how and, with `capture`, how many were captured."""
    by = service_account(link_actions.LINK_CHECKER)
    if not capture:
        counts = link_actions.check_links(by=by, checker=Checker(), limit=limit, older_than=older_than)
        return {outcome.value: number for outcome, number in counts.items()}
    counts, captured = captures.check_and_capture(by=by, capturer=Capturer(), limit=limit, older_than=older_than)
    return {**{outcome.value: number for outcome, number in counts.items()}, "captured": captured}


@task()
def deliver() -> dict[str, int]:
    """Write the messages that followers are due, and send what waits; how many were written, sent and not taken."""
    done = run.deliver()
    return {"composed": done.composed, "sent": done.sent, "failed": done.failed}


def tell_followers() -> None:
    """Have those told who want to know at once. Where there are none, nothing is done."""
    if Subscription.objects.active().filter(frequency=Frequency.AT_ONCE).exists():
        deliver.enqueue()


# No address in what is queued: it stays there for a while.
@task()
def send_reset(users: list[int]) -> None:
    """Send these users the link to a new password. For an address that nobody has the list is empty."""
    notices.send_reset(User.objects.filter(pk__in=users))


@task()
def tell_account(user: int, what: str, at: str) -> None:
    """Tell a user what was changed about their account, and when."""
    found = User.objects.filter(pk=user).first()
    if found is not None:
        notices.tell(found, what, dt.datetime.fromisoformat(at))


def soon(job: "Task[..., Any]", **arguments: Any) -> None:
    """Have it done when this transaction is through; here and now where nobody else does tasks."""
    nobody_does = isinstance(job.get_backend(), DummyBackend)
    transaction.on_commit(partial(job.func if nobody_does else job.enqueue, **arguments), robust=True)
