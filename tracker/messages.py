"""What a page says once after a redirect, in a cookie that bears the site's prefix."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class PrefixedCookieStorage(CookieStorage):
    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class Storage(FallbackStorage):
    """In the cookie and, what does not fit there, in the session."""

    storage_classes = (PrefixedCookieStorage, SessionStorage)
