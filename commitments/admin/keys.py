"""The keys and other whole numbers that addresses and forms of the editors' site name."""

from django.http import Http404

# Any number of so many digits fits the column of a key.
MOST_DIGITS = 18


def is_key(text: str) -> bool:
    """Whether it can be the key of a row: a whole number that a database could hold."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def whole_number(text: str) -> int:
    """The number that was posted; 0 for what is none, or none that a database could hold."""
    return int(text) if is_key(text) else 0


def key_of(text: str) -> int:
    """The key that a part of an address names. Raises `Http404` if it is none that a database could hold."""
    if not is_key(text):
        raise Http404
    return int(text)
