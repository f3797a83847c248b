"""What is done to somebody's account by others or from another session: sessions ended, second factors taken away."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.errors import Refused
from commitments.models import User


def sessions_of(user: User) -> list[UserSession]:
    """The sessions in which somebody is logged in, the oldest first. What is over is not among them."""
    found: Any = UserSession.objects.filter(user=user).order_by("created_at")
    return [session for session in found if session.exists()]


@transaction.atomic
def end_sessions(*, by: User, user: User, keep: str = "", only: int | None = None) -> int:
    """End somebody's sessions, but for the one with the key `keep`; or `only` the one with this primary key.

    Says how many were ended. Raises `Refused` when `by` may not: they are another's, and `by` keeps no users.
    """
    _must_keep(by, user)
    found = UserSession.objects.filter(user=user).exclude(session_key=keep)
    ended = list(found if only is None else found.filter(pk=only))
    for session in ended:
        session.end()
    return len(ended)


@transaction.atomic
def remove_factors(*, by: User, user: User) -> int:
    """Take away every second factor of somebody who lost theirs, and end their sessions. Says how many there were.

    Raises `Refused` when `by` keeps no users, or the account is their own: that is what the pages of accounts are for.
    """
    _must_keep(by, user)
    if by == user:
        raise Refused(_("Your own second factors are changed on the page of your account."))
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    end_sessions(by=by, user=user)
    return int(removed)


def _must_keep(by: User, user: User) -> None:
    if by != user and not (by.has_perm("commitments.change_user") and (by.is_superuser or not user.is_superuser)):
        raise Refused(_("Only who keeps users may do this to another’s account."))
