"""What a session has shown of who is in it: a password, a second factor, and when."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

# Codes for the day on which these are lost are no second factor by themselves.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SECOND_FACTOR = "mfa"


def has_second_factor(user: Any) -> bool:
    """Whether the account has an app or a passkey that shows who it is."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def showed_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with a second factor."""
    return any(record["method"] == SECOND_FACTOR for record in get_authentication_records(request, _user(request)))


def confirmed_lately(request: HttpRequest) -> bool:
    """Whether somebody logged in here, or showed again who they are, some minutes ago at most."""
    records = get_authentication_records(request, _user(request))
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def where_to_show_it(request: HttpRequest) -> str:
    """The address at which this account shows its second factor."""
    has_app = Authenticator.objects.filter(user=_user(request), type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


def _user(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
