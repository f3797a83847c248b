"""What django-allauth asks this site: who may sign up (nobody), whom to trust, where to send people and messages."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from commitments.accounts.factors import confirmed_lately
from commitments.limits import visitor
from commitments.models import User
from commitments.tasks import soon, tell_account

NO_ADDRESS = "0.0.0.0"  # noqa: S104 # said of a connection that has none, not listened to


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by others. Whoever has none learns nothing here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user with this name and password; nobody for one who left, who is answered as if there were none."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(visitor(request) or NO_ADDRESS)

    def is_safe_url(self, url: str) -> bool:
        """Whether `url` leads within this very host."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within some minutes of the log-in either."""
        return not confirmed_lately(context.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the account's holder what was changed."""
        soon(tell_account, user=user.pk, what=template_prefix.rpartition("/")[2], at=timezone.now().isoformat())


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie encrypted: a copy of the database alone opens nothing."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.get_username()}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 # allauth's own
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def build_totp_svg(self, url: str) -> str:
        """Nothing: the page draws it, within the policy that lets no picture in that is not the site's (`picture`)."""
        return ""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted; nothing, with which no code agrees, where the key was replaced and not kept."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


def _box() -> MultiFernet:
    """Opens what this secret key or an earlier one closed."""
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factors").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
