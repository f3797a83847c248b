"""What a public form takes: looked at before a byte of it is read."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

FORM = "application/x-www-form-urlencoded"
# Every field filled with the letters that take most room, encoded as forms are.
MOST_BYTES = 40_000
TOO_LARGE, NO_FORM, TOO_MANY = 413, 415, 429


def refusal(
    request: HttpRequest, *, most: int = MOST_BYTES, types: tuple[str, ...] = (FORM,)
) -> tuple[int, str] | None:
    """The status and the reason with which a POST is refused; None where it may be read."""
    if request.content_type not in types:
        return NO_FORM, _("This address takes nothing but its own form.")
    if _length(request) > most:
        return TOO_LARGE, _("That was more than the form can hold. Shorten it and send it again.")
    return None


def _length(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH", ""))
    return int(text[:20]) if text.isascii() and text.isdecimal() else 0
