"""A form sent twice, by a double click or a retry, does its work once: the second is led to where the first went.

Every form carries a key (`templatetags/form_keys.py`). The view's own writes and the key's row are one transaction, so
that neither is there without the other.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from commitments.actions import form_keys

FIELD = "_form_key"
LONGEST_KEY = 100
_MADE = "_form_made"
_OUTSIDE = "_form_key_outside"
# What scripts change in a form between two clicks.
_BY_THE_WAY = ("csrfmiddlewaretoken", "_kept")

type View = Callable[..., HttpResponse]
type Again = Callable[[HttpRequest, str], HttpResponse]


def made(request: HttpRequest, location: str) -> None:
    """Said by a view that answers a form with a page of its own: it did its work, and what it made is at `location`."""
    setattr(request, _MADE, location)


def outside(view: View) -> View:
    """A view that must hold no transaction, since it waits for another machine: each sending is its own."""
    setattr(view, _OUTSIDE, True)
    return view


def once(view: View, *, again: Again | None = None) -> View:
    """The view, for whose form a second sending is answered by `again`, or a redirect to where the first one led.

    A sending counts if it is answered with a redirect, or if the view says `made`. What a script asks for meanwhile
    (a preview, further rows) is none, nor is a request without a key: a program's.
    """
    if getattr(view, _OUTSIDE, False):
        return view

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        digest = _digest(request)
        if digest is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            key, is_first = form_keys.claim(digest=digest)
            if is_first:
                response = view(request, *args, **kwargs)
                form_keys.settle(key=key, location=_location(request, response))
                return response
        return again(request, key.location) if again else _redirect(request, key.location)

    return guarded


def _redirect(request: HttpRequest, location: str) -> HttpResponse:
    if request.user.is_authenticated:
        messages.info(request, _("This form was sent twice. It was taken once; nothing was made a second time."))
    return HttpResponseRedirect(location)


def _digest(request: HttpRequest) -> str | None:
    """What stands for a form, its key, what was typed, this sender and address; None where there is no key."""
    if request.method != "POST" or getattr(request, "htmx", False):
        return None
    key = request.POST.get(FIELD, "")
    if not key or len(key) > LONGEST_KEY:
        return None
    # Whoever goes back, changes what they typed and sends it again means it: that is no retry, and must not be lost.
    typed = sorted((name, texts) for name, texts in request.POST.lists() if name not in _BY_THE_WAY)
    files = sorted((name, str(file), _content(file)) for name, file in request.FILES.items())
    parts = [request.user.pk, request.get_full_path(), typed, files]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _content(file: Any) -> str:
    """What stands for all that is in a file, which is then read from its beginning again."""
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def _location(request: HttpRequest, response: HttpResponse) -> str | None:
    location: str | None = response.headers.get("Location") or getattr(request, _MADE, None)
    return location
