"""Forms of accounts, where django-allauth's are not enough."""

import hashlib
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Seconds for which a code of an app is good, with what clocks may be off, and some more.
GOOD_FOR = 120
# What is thrown at an answer that lacks a part, or has another in its place.
MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


class _OnceMixin(forms.Form):
    """A code opens one door: whoever looked over a shoulder comes too late with it."""

    user: Any

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        digest = hashlib.sha256(f"{self.user.pk}:{code}".encode()).hexdigest()
        if not cache.add(f"code-used:{digest}", 1, GOOD_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_OnceMixin, mfa.AuthenticateForm):
    """The second factor at the log-in: a code of the app, or one of those for the day on which it is lost."""


class ReauthenticateForm(_OnceMixin, mfa.ReauthenticateForm):
    """The same, asked for again."""


class _AnsweredMixin(forms.Form):
    """What a device answers. What is none, whatever is wrong with it, is a wrong code and no fault of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MISSHAPEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyForm(_AnsweredMixin, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAloneForm(_AnsweredMixin, webauthn.LoginWebAuthnForm):
    """A passkey in place of the password."""


class PasskeyAgainForm(_AnsweredMixin, webauthn.ReauthenticateWebAuthnForm):
    """A passkey, asked for again."""


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey, with what it is called and whether it logs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = _("Log in with it alone, without a password")
        alone.help_text = _("Your device then asks for a finger, a face or a number.")

    def clean(self) -> Any:
        try:
            return super().clean()
        except MISSHAPEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class ResetForm(forms.Form):
    """Where the link to a new password goes."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
