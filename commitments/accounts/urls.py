"""The addresses of accounts. Those of django-allauth that are not here do not exist: nobody signs up, nobody joins
another site's account, and an address for messages is changed by an administrator."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from commitments.accounts import views
from commitments.accounts.guards import forgetting
from commitments.accounts.limits import tries, typed

type View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """The view, which nothing between keeps and no robot lists."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


_set_password = reauthentication_required(app="commitments.accounts")(allauth.password_set)
_PAGES: tuple[tuple[str, View, str], ...] = (
    ("", views.account, "account"),
    ("login/", tries(allauth.login, whose=typed("login")), "account_login"),
    ("logout/", forgetting(allauth.logout), "account_logout"),
    ("reauthenticate/", tries(allauth.reauthenticate), "account_reauthenticate"),
    ("password/change/", tries(allauth.password_change), "account_change_password"),
    ("password/set/", _set_password, "account_set_password"),
    ("password/reset/", tries(views.password_reset, whose=typed("email")), "account_reset_password"),
    ("password/reset/done/", views.password_reset_done, "account_reset_password_done"),
    ("password/reset/key/done/", allauth.password_reset_from_key_done, "account_reset_password_from_key_done"),
    # Second factors.
    ("2fa/", mfa.index, "mfa_index"),
    ("2fa/authenticate/", tries(mfa.authenticate), "mfa_authenticate"),
    ("2fa/reauthenticate/", tries(mfa.reauthenticate), "mfa_reauthenticate"),
    ("2fa/totp/activate/", tries(views.AddApp.as_view()), "mfa_activate_totp"),
    ("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("2fa/recovery-codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    ("2fa/recovery-codes/generate/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("2fa/webauthn/", webauthn.list_webauthn, "mfa_list_webauthn"),
    ("2fa/webauthn/add/", views.AddPasskey.as_view(), "mfa_add_webauthn"),
    ("2fa/webauthn/reauthenticate/", tries(webauthn.reauthenticate_webauthn), "mfa_reauthenticate_webauthn"),
    ("2fa/webauthn/login/", tries(webauthn.login_webauthn), "mfa_login_webauthn"),
    ("2fa/webauthn/keys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    ("2fa/webauthn/keys/<int:pk>/edit/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    # Where somebody is logged in.
    ("sessions/", views.sessions, "usersessions_list"),
)

urlpatterns = [
    *(path(route, private(view), name=name) for route, view, name in _PAGES),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/\Z",
        private(tries(allauth.password_reset_from_key, whose=lambda request: "")),
        name="account_reset_password_from_key",
    ),
]
