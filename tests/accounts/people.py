"""Somebody with an account, and how they show who they are."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from commitments.actions import editors
from commitments.models import User
from commitments.roles import DeskRole

PASSWORD = "seven pears on a plate"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN = "/accounts/login/"


def make_account(role: DeskRole = DeskRole.EDITOR, username: str = "aida") -> User:
    return editors.create(username=username, email=f"{username}@example.org", password=PASSWORD, role=role)


def with_app(user: User) -> User:
    """The account, with an authenticator app."""
    TOTP.activate(user, SECRET)
    return user


def codes_of(user: User) -> list[str]:
    """Recovery codes, made anew."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def app_code(secret: str = SECRET) -> str:
    """What the app shows now, for a door that it has not opened yet."""
    cache.clear()
    counters = list(yield_hotp_counters_from_time())
    code: str = format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
    return code


def secret_in_database(user: User) -> str:
    return str(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])


def opened(secret: str) -> str:
    return str(get_adapter().decrypt(secret))


def give_password(client: Client, username: str = "aida", password: str = PASSWORD, **fields: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password, **fields})


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
