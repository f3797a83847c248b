"""How often somebody may try to log in or to show who they are: from one address, and with one account.

An account is counted apart for each address, so that a stranger who fails at it again and again keeps its holder, who
comes from elsewhere, out for nothing; over all addresses many more are allowed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from commitments.limits import HOUR, client_address, seconds_to_wait, too_many

type View = Callable[..., HttpResponseBase]
type Whose = Callable[[HttpRequest], str]
# Of what one address may try in all.
OF_ONE_ACCOUNT, OF_ONE_ACCOUNT_ANYWHERE = 1 / 3, 4


def typed(field: str) -> Whose:
    """The account that is named in this field of the form."""
    return lambda request: request.POST.get(field, "").strip().lower()


def whoever_is_here(request: HttpRequest) -> str:
    """The account that is logged in, or that gave its password and is asked for the second factor."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    stage = get_pending_stage(request)
    return str(stage.login.user.pk) if stage and stage.login.user else ""


def tries(view: View, *, whose: Whose = whoever_is_here) -> View:
    """The view, whose form may be sent so often; then 429 until the hour is over. Reading it is never refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wait = _wait(request, whose(request)) if request.method == "POST" else 0
        return too_many(request, wait) if wait else view(request, *args, **kwargs)

    return guarded


def _wait(request: HttpRequest, account: str) -> int:
    most = settings.LOGINS_PER_HOUR
    waits = [seconds_to_wait(request, what="login", most=most, within=HOUR)]
    if account:
        here, anywhere = f"{account} {client_address(request)}", f"account {account}"
        allowed = ((here, max(1, int(most * OF_ONE_ACCOUNT))), (anywhere, most * OF_ONE_ACCOUNT_ANYWHERE))
        waits += [seconds_to_wait(request, what="login", most=n, within=HOUR, who=who) for who, n in allowed]
    return max(waits)
