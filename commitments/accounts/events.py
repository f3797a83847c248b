"""A line in the log for every log-in, log-out, failure and change of what somebody logs in with.

Lines have the account's number and never its name: who has the database can tell whose it is, who has the log cannot.
What was typed in vain has no number, as that would tell who has an account.
"""

import logging
from functools import partial
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

_log = logging.getLogger(__name__)

# By signal, what the line says.
SAID = (
    (user_logged_in, "logged in"),
    (user_logged_out, "logged out"),
    (user_login_failed, "log-in failed"),
    (account.password_changed, "password changed"),
    (account.password_set, "password set"),
    (account.password_reset, "password reset"),
    (mfa.authenticator_added, "second factor added"),
    (mfa.authenticator_removed, "second factor removed"),
    (mfa.authenticator_reset, "recovery codes made anew"),
    (mfa.authentication_failed, "second factor failed"),
)


def listen() -> None:
    """Hear all of them. Safe to repeat."""
    for signal, said in SAID:
        signal.connect(partial(_write, said), weak=False, dispatch_uid=f"commitments.accounts.events.{said}")


def _write(said: str, *, user: Any = None, **kwargs: Any) -> None:
    level = logging.WARNING if said.endswith("failed") else logging.INFO
    _log.log(level, "Account: %s", said, extra={"event": said, "account": getattr(user, "pk", None)})
