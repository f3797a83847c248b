"""Where somebody is logged in, for administrators: sessions ended, and second factors taken from who lost theirs."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commitments.accounts.factors import has_second_factor
from commitments.actions import accounts
from commitments.actions.errors import Refused
from commitments.admin.site import note, page_context, require
from commitments.models import User
from commitments.tasks import soon, tell_account

END, REMOVE = "end", "remove"


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """One account's sessions; a POST ends all of them, or takes away its second factors too."""
    require(request, "change_user")
    user = get_object_or_404(User, pk=pk)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
    if request.method == "POST":
        return _act(request, user)
    context = page_context(
        request,
        title=_("Sessions and second factors"),
        subject=user,
        sessions=accounts.sessions_of(user),
        has_factor=has_second_factor(user),
        is_own=user == request.user,
    )
    return render(request, "admin/user_sessions.html", context)


def _act(request: HttpRequest, user: User) -> HttpResponse:
    by: User = request.user  # type: ignore[assignment] # the site lets in members of staff only
    kept = str(request.session.session_key) if user == by else ""
    try:
        if END in request.POST:
            count, what = accounts.end_sessions(by=by, user=user, keep=kept), "sessions_ended"
            said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", count) % {"count": count}
        elif REMOVE in request.POST:
            count, what = accounts.remove_factors(by=by, user=user), "factors_removed"
            said = _("The second factors were removed, and the sessions ended.")
        else:
            return redirect("admin:commitments_user_sessions", user.pk)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("admin:commitments_user_sessions", user.pk)
    note(request, user, CHANGE, said)
    soon(tell_account, user=user.pk, what=what, at=timezone.now().isoformat())
    messages.success(request, said)
    return redirect("admin:commitments_user_sessions", user.pk)
