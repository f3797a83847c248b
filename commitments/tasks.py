"""Work that is done beside requests, by `django.tasks`: whatever worker the deployment runs."""

from django.tasks import task

from commitments.actions import captures
from commitments.actions import links as link_actions
from commitments.actions.service_accounts import service_account
from commitments.codelists import Frequency
from commitments.following import run
from commitments.links import Capturer, Checker
from commitments.models import Subscription


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
