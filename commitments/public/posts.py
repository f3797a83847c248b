"""What a public form takes: looked at before a byte of it is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from commitments.limits import in_minutes

FORM = "application/x-www-form-urlencoded"
# Every field filled with the letters that take most room, encoded as forms are.
MOST_BYTES = 40_000
TOO_LARGE, NO_FORM = 413, 415

type View = Callable[..., HttpResponse]


def public_form(
    *, most: int = MOST_BYTES, types: tuple[str, ...] = (FORM,), with_token: bool = True
) -> Callable[[View], View]:
    """A decorator for the view of a form that anybody may send: `most` bytes, of these types, kept by nothing between.

    The token against forged requests is asked for within, `with_token`: to find it, the whole request is read.
    """

    def decorate(view: View) -> View:
        protected: View = csrf_protect(view) if with_token else view

        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refused = _refusal(request, most, types) if request.method == "POST" else None
            return refuse(request, *refused) if refused else protected(request, *args, **kwargs)

        return guarded

    return decorate


def refuse(request: HttpRequest, status: int, why: str) -> HttpResponse:
    """A page that says why nothing was done."""
    return render(request, "public/form_refused.html", {"why": why}, status=status)


def as_much_as_is_taken(seconds: int) -> str:
    """What stands above a form that was sent too often."""
    return _("That is as much as is taken from one place in an hour. Send it again %(when)s.") % {
        "when": in_minutes(seconds)
    }


def _refusal(request: HttpRequest, most: int, types: tuple[str, ...]) -> tuple[int, str] | None:
    """The status and the reason with which a POST is refused; None where it may be read."""
    if request.content_type not in types:
        return NO_FORM, _("This address takes nothing but its own form.")
    if _length(request) > most:
        return TOO_LARGE, _("That was more than the form can hold. Shorten it and send it again.")
    return None


def _length(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH", ""))
    return int(text[:20]) if text.isascii() and text.isdecimal() else 0
