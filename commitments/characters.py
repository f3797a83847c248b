"""Text as every form can hold it: what neither XML nor a line of a calendar allows is left out."""

import re

# Outside of what XML 1.0 allows: control characters save tab and line ends, halves of pairs, and two that never are
# characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def allowed(text: str) -> str:
    """The text without characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The same in one line, its spaces and line ends made one space each."""
    return _SPACES.sub(" ", allowed(text)).strip()
