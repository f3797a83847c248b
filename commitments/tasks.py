"""Work that is done beside requests, by `django.tasks`: whatever worker the deployment runs."""

from django.tasks import task

from commitments.actions import links as link_actions
from commitments.actions.service_accounts import service_account
from commitments.links import Checker


@task()
def check_links(limit: int = link_actions.MOST_AT_ONCE, older_than: int = link_actions.DAYS_BETWEEN) -> dict[str, int]:
    """Try the addresses of sources that are due; how many came out how."""
    by = service_account(link_actions.LINK_CHECKER)
    counts = link_actions.check_links(by=by, checker=Checker(), limit=limit, older_than=older_than)
    return {outcome.value: number for outcome, number in counts.items()}
