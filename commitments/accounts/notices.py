"""Messages to those who have an account: what was changed about it, and the link to a new password."""

import datetime as dt
import logging
from collections.abc import Iterable
from smtplib import SMTPException

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import User

logger = logging.getLogger(__name__)

SAID = {
    "password_changed": gettext_lazy("The password of your account was changed."),
    "password_set": gettext_lazy("A password was set for your account."),
    "password_reset": gettext_lazy("The password of your account was set anew by a link in a message."),
    "totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed from your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made for your account; earlier ones are void."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "sessions_ended": gettext_lazy("Sessions of your account were ended."),
    "factors_removed": gettext_lazy("An administrator removed the second factors of your account."),
    "rights_changed": gettext_lazy("An administrator changed the rights of your account."),
    "email_changed": gettext_lazy("The e-mail address of your account was changed."),
}


def tell(user: User, what: str, at: dt.datetime, address: str = "") -> None:
    """Tell somebody what was changed about their account; at an `address` that they had until now, if it is said."""
    body = render_to_string("emails/account.txt", {"user": user, "said": SAID[what], "at": at, **_site()})
    _send(_("Your account was changed"), body, address or user.email)


def send_reset(users: Iterable[User]) -> None:
    """Send each of these a link that opens a new password."""
    for user in users:
        key = default_token_generator.make_token(user)
        path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
        context = {"user": user, "address": f"{settings.SITE_URL}{path}", **_site()}
        _send(_("A new password"), render_to_string("emails/reset.txt", context), user.email)


def _site() -> dict[str, str]:
    return {"site": settings.SITE_URL}


def _send(subject: str, body: str, address: str) -> None:
    if not address:
        return
    try:
        EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (OSError, SMTPException) as error:
        # Without the error's own words, which may name the address.
        logger.error("A message about an account was not taken: %s", type(error).__name__)  # noqa: TRY400
