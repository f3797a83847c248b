"""How often one visitor may ask or send something, without keeping who they are.

An address is counted under a hash with a salt that is made anew each day and kept nowhere but in the cache: after a day
nobody can tell which address it was. So are accounts and subscriptions. Per process with Django's default cache; one
cache for all makes it exact.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
TOO_MANY = 429
# A household or a phone has as many addresses of IPv6 as it likes within this.
IPV6_HOUSEHOLD = 64
ANY_PROXY = "*"

type View = Callable[..., HttpResponseBase]


def seconds_to_wait(request: HttpRequest, *, what: str, most: int, within: int, who: str = "") -> int:
    """Count one more `what` from the visitor's address: 0 if it may be, or else after how many seconds it may.

    `most` may be in each span of `within` seconds, an hour at most. `who` counts an account or a subscription instead.
    """
    now = timezone.now()
    second = int(now.timestamp())
    key = f"{what}:{_hashed(who or client_address(request), now.date())}:{second // within}"
    cache.add(key, 0, within)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out of the cache at this very moment
        count = 1
    return 0 if count <= most else within - second % within


def limited(
    *,
    what: str,
    setting: str,
    within: int,
    when: Callable[[HttpRequest], bool] | None = None,
    is_file: bool = False,
) -> Callable[[View], View]:
    """A decorator: the view answers one address so often within so many seconds as `setting` says, then with 429.

    `when` says which requests count; all of them without it. Who asked for a file in vain is told so in plain text.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if when is None or when(request):
                wait = seconds_to_wait(request, what=what, most=getattr(settings, setting), within=within)
                if wait:
                    return too_many_files(wait) if is_file else too_many(request, wait)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def asks_words(request: HttpRequest) -> bool:
    """Whether words are searched for: that takes longest to answer."""
    return bool(request.GET.get("q", "").strip())


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """A page that says when to try again."""
    return wait_for(render(request, "429.html", {"when": in_minutes(seconds)}), seconds)


def too_many_files(seconds: int) -> HttpResponse:
    """The same for a program that asked for a file, as a line of text."""
    said = _("That was asked more often than this site answers one visitor. Try again %(when)s.")
    text = f"{said % {'when': in_minutes(seconds)}}\n"
    return wait_for(HttpResponse(text, content_type="text/plain; charset=utf-8"), seconds)


def wait_for(response: HttpResponse, seconds: int) -> HttpResponse:
    """The answer, with the status and the header that say when to try again. Nothing keeps it."""
    response.status_code = TOO_MANY
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def in_minutes(seconds: int) -> str:
    """“in 3 minutes”."""
    minutes = -(-seconds // MINUTE)
    return ngettext("in %(minutes)d minute", "in %(minutes)d minutes", minutes) % {"minutes": minutes}


def client_address(request: HttpRequest) -> str:
    """The visitor's address as it is counted: of IPv6, the household's."""
    found = visitor(request)
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), IPV6_HOUSEHOLD), strict=False))
    return str(found or "")


def visitor(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address that connects or, if that is our proxy, the one that the proxy names; None for what is no address."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXIES
    if str(_read(address) or address) in proxies or ANY_PROXY in proxies:
        # The last is the proxy's own word; what stands before it anybody may have written.
        address = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or address
    return _read(address)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """An address; None for what is none. One of IPv4 that a socket for both wrote as one of IPv6 is that of IPv4:
    else they all were one household."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _hashed(who: str, day: dt.date) -> str:
    salt = cache.get_or_set(f"visitor-salt:{day}", secrets.token_hex, DAY)
    return hashlib.sha256(f"{salt}:{who}".encode()).hexdigest()
