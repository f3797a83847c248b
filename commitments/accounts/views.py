"""The pages of accounts: what django-allauth does not do itself, or not so."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from qrcode import QRCode

from commitments.accounts.factors import SECOND_FACTOR, has_second_factor
from commitments.accounts.forms import ResetForm
from commitments.actions import accounts as account_actions
from commitments.models import User
from commitments.tasks import send_reset, soon, tell_account

# One address may be that of several accounts; of more than this it is that of none.
MOST_ACCOUNTS = 5


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Where somebody keeps their own account."""
    context = {
        "groups": request.user.groups.all(),
        "is_ready": has_second_factor(request.user) or not settings.REQUIRE_MFA,
        "has_factor": is_mfa_enabled(request.user),
        "sessions": account_actions.sessions_of(_user(request)),
    }
    return render(request, "account/account.html", context)


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is logged in; a POST ends one session, or all but this one."""
    if request.method == "POST":
        ended: HttpResponse = reauthentication_required(app="commitments.accounts")(_end)(request)
        return ended
    context = {"sessions": account_actions.sessions_of(_user(request)), "current": request.session.session_key}
    return render(request, "usersessions/usersession_list.html", context)


def _end(request: HttpRequest) -> HttpResponse:
    user, pk = _user(request), request.POST.get("session", "")
    if pk and not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    kept = str(request.session.session_key)
    ended = account_actions.end_sessions(by=user, user=user, keep=kept, only=int(pk) if pk else None)
    if ended:
        soon(tell_account, user=user.pk, what="sessions_ended", at=timezone.now().isoformat())
    said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", ended)
    messages.success(request, said % {"count": ended})
    return redirect("usersessions_list")


def password_reset(request: HttpRequest) -> HttpResponse:
    """Asks for an address, to which a link goes. It answers alike, and does as much, whoever has that address."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form})
    found = User.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True)
    keys = list(found.values_list("pk", flat=True)[: MOST_ACCOUNTS + 1])
    soon(send_reset, users=keys if len(keys) <= MOST_ACCOUNTS else [])
    return redirect("account_reset_password_done")


def password_reset_done(request: HttpRequest) -> HttpResponse:
    """What everybody is told who asked for a link."""
    return render(request, "account/password_reset_done.html")


class AddApp(ActivateTOTPView):
    """An authenticator app, which shows at once that it works: so it has been used in this session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "qr": picture(context["totp_url"])}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, SECOND_FACTOR, type="totp")
        return response


class AddPasskey(AddWebAuthnView):
    """A passkey, likewise."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, SECOND_FACTOR, type="webauthn")
        return response


def picture(text: str) -> dict[str, Any]:
    """A QR code as the path of an SVG, and how many squares it is wide."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return {"size": len(rows), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}


def _user(request: HttpRequest) -> User:
    user: Any = request.user
    return user  # type: ignore[no-any-return] # the views ask for a log-in
