"""An uploaded file into text. Nothing in it is run, and nothing it names is fetched."""

import codecs
import re

from django.utils.translation import gettext as _

from commitments.markup import PiecewiseParser

LARGEST_FILE = 2 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
# Besides, what says only where a word may be broken: with it, no rule would know the word.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")
_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html|<head|<body|<!--|<div|<p\b|<article)", re.IGNORECASE)
# Each begins a new line.
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset("script style head noscript template svg math iframe object select textarea button".split())
_ITEM = "• "


def text_of(content: bytes) -> str:
    """The text of a file, which is plain text or HTML. Raises `ValueError` with a sentence when it cannot be read."""
    if len(content) > LARGEST_FILE:
        raise ValueError(_("The file is larger than 2 MB. Cut it, or paste the part that you read."))
    text = decode(content)
    return text_of_html(text) if _HTML.match(text) else clean(text)


def decode(content: bytes) -> str:
    """Bytes as UTF-8, UTF-16 or Windows-1251, by their marks or by what makes sense. Raises `ValueError`."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding) or _refuse()
    for encoding in ("utf-8", _utf16_by_zeros(content)):
        text = _decoded(content, encoding) if encoding else None
        if text is not None:
            return text
    text = _decoded(content, "cp1251")
    # Any bytes are something in cp1251: it must look like Russian.
    if text is None or len(_RUSSIAN.findall(text)) * 3 < sum(character.isalpha() for character in text):
        return _refuse()
    return text


def clean(text: str) -> str:
    """The text without control characters and soft hyphens, its lines ended one way."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of_html(markup: str) -> str:
    """What a page says, one line for each block of it. Raises `ValueError` where a long rest of it is no page."""
    reader = _Reader()
    # A sign at the very end may have been the beginning of an entity: now it is none.
    if not reader.read(f"{markup}\n"):
        raise ValueError(_("A tag or a comment of the page is never closed. Close it, or paste the text."))
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return clean("\n".join(line for line in lines if line and line != _ITEM.strip()))


class _Reader(PiecewiseParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipped.append(tag)
        elif tag == "body":
            # A page may leave its head open.
            self.skipped.clear()
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append(_ITEM)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.skipped:
            del self.skipped[self.skipped.index(tag) :]
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            # Line ends of the file are white space in HTML.
            self.parts.append(re.sub(r"\s+", " ", data))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _utf16_by_zeros(content: bytes) -> str:
    """Which UTF-16 bytes without a mark are, by where their zeros or the bytes of Cyrillic letters lie; else empty."""
    sample = content[:2000]
    if len(content) % 2 or not sample:
        return ""
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(byte in (0, 4) for byte in high) * 10 > len(high) * 9:
            return encoding
    return ""


def _refuse() -> str:
    raise ValueError(_("The file is no text in UTF-8, UTF-16 or Windows-1251. Save it as UTF-8, or paste the text."))
