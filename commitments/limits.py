"""How often one visitor may ask or send something, without keeping who they are.

An address is counted under a hash with a salt that is made anew each day and kept nowhere but in the cache: after a day
nobody can tell which address it was. Per process with Django's default cache; one cache for all makes it exact.
"""

import datetime as dt
import hashlib
import secrets
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

HOUR, DAY = 60 * 60, 24 * 60 * 60
# A household or a phone has as many addresses of IPv6 as it likes within this.
IPV6_HOUSEHOLD = 64
ANY_PROXY = "*"


def seconds_to_wait(request: HttpRequest, *, what: str, most: int, within: int) -> int:
    """Count one more `what` from the visitor's address: 0 if it may be, or else after how many seconds it may.

    `most` may be in each span of `within` seconds, an hour at most.
    """
    now = timezone.now()
    second = int(now.timestamp())
    key = f"{what}:{_hashed(client_address(request), now.date())}:{second // within}"
    cache.add(key, 0, within)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out of the cache at this very moment
        count = 1
    return 0 if count <= most else within - second % within


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the one that connects or, if that is our proxy, the one that the proxy names."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXIES
    if address in proxies or ANY_PROXY in proxies:
        # The last is the proxy's own word; what stands before it anybody may have written.
        address = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or address
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), IPV6_HOUSEHOLD), strict=False))
    return str(found)


def _hashed(address: str, day: dt.date) -> str:
    salt = cache.get_or_set(f"visitor-salt:{day}", secrets.token_hex, DAY)
    return hashlib.sha256(f"{salt}:{address}".encode()).hexdigest()
