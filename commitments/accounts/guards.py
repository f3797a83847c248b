"""What the desk asks for before it answers, a second factor and, before a dangerous act, who it is once more; and what
it leaves behind."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.accounts.factors import confirmed_lately, has_second_factor, showed_second_factor, where_to_show_it

type View = Callable[..., HttpResponseBase]


def behind_second_factor(view: View) -> View:
    """The view, for whoever showed a second factor in this session, where one is required."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.REQUIRE_MFA and request.user.is_authenticated:
            if not has_second_factor(request.user):
                messages.warning(request, _("Set up a second factor first: the editors' desk opens with one only."))
                return HttpResponseRedirect(reverse("mfa_index"))
            if not showed_second_factor(request):
                return _asked(request, where_to_show_it(request))
        return view(request, *args, **kwargs)

    return guarded


def after_confirming(view: View, *, dangerous: Collection[str], secret: Collection[str]) -> View:
    """The view; at addresses with a `dangerous` name only for whoever showed a few minutes ago who they are.

    What was posted waits meanwhile in the session and is taken up again, but for forms with a `secret` in them.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in dangerous and request.user.is_authenticated and not confirmed_lately(request):
            if name in secret:
                return _asked(request, reverse("account_reauthenticate"))
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return guarded


def forgetting(view: View) -> View:
    """The view of a log-out, after which the browser forgets what forms had shelved in it (autosave.js).

    It is not for whoever sits there next.
    """

    @wraps(view)
    def left(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return left


def _asked(request: HttpRequest, address: str) -> HttpResponseRedirect:
    query = reverse("account_login", query={"next": request.get_full_path()}).partition("?")[2]
    return HttpResponseRedirect(f"{address}?{query}")
