"""Text in a picture: broken into lines that fit, and cut with an ellipsis where there are too many."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

ELLIPSIS = "…"
_FONTS = Path(__file__).parent / "fonts"


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """The cards' typeface. Laid out by Pillow itself, so that every machine draws the same."""
    return ImageFont.truetype(_FONTS / f"CardSans-{weight}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def lines(text: str, typeface: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """`text` in at most so many lines, none wider than `width`; the last ends in an ellipsis where text is left out."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < most:
        line, words = _one_line(words, typeface, width)
        found.append(line)
    if words:
        found[-1] = _cut(f"{found[-1]} {words[0]}", typeface, width)
    return found


def _one_line(words: list[str], typeface: ImageFont.FreeTypeFont, width: int) -> tuple[str, list[str]]:
    """As many words as fit, and the rest. A word too long for a line of its own is broken."""
    taken = 1
    while taken < len(words) and typeface.getlength(" ".join(words[: taken + 1])) <= width:
        taken += 1
    line = " ".join(words[:taken])
    if typeface.getlength(line) <= width:
        return line, words[taken:]
    word, fits = words[0], 1
    while typeface.getlength(word[: fits + 1]) <= width:
        fits += 1
    return word[:fits], [word[fits:], *words[1:]]


def _cut(line: str, typeface: ImageFont.FreeTypeFont, width: int) -> str:
    while line and typeface.getlength(line.rstrip() + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
