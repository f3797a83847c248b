"""The two accounts under which seed data is entered and approved. Nobody can log in as either."""

from commitments.actions.service_accounts import AccountCanLogIn, service_account

__all__ = ["AUTHOR", "REVIEWER", "SERVICE_ACCOUNTS", "AccountCanLogIn", "service_account"]

AUTHOR = "seed-author"
REVIEWER = "seed-reviewer"
SERVICE_ACCOUNTS = (AUTHOR, REVIEWER)
