"""Accounts under which the site itself writes: seed data, tried links. Nobody can log in as any of them."""

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from commitments.models import User


class AccountCanLogIn(Exception):
    """Somebody could act under the name of a service account."""

    def __init__(self, username: str) -> None:
        super().__init__(
            _("The account “%(username)s” is kept for the site itself, but somebody can log in with it: rename it.")
            % {"username": username}
        )


def service_account(username: str) -> User:
    """The service account of this name, made where it is missing. Raises `AccountCanLogIn`."""
    user, _created = User.objects.get_or_create(
        username=username,
        defaults={"password": make_password(None), "is_active": False, "is_staff": False},
    )
    if not is_service_account(user, username):
        raise AccountCanLogIn(username)
    return user


def is_service_account(user: User, username: str) -> bool:
    """Whether this is the service account of that name: called so, and nobody can log in as it."""
    can_log_in = user.is_active or user.is_staff or user.has_usable_password()
    return user.username == username and not can_log_in
