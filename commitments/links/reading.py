"""The text of an answer, as far as it can be read: HTML without its scripts and styles, or plain text."""

import codecs
import re
import unicodedata
import zlib
from dataclasses import dataclass
from email.message import Message

from commitments.markup import PiecewiseParser

# What a person would read of the longest communiqué, many times over; and what is looked through to find it.
MOST_TEXT = 500_000
MOST_READ = 2 * 1024 * 1024
HTML = frozenset({"text/html", "application/xhtml+xml"})
PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"
MEDIA_TYPE_LENGTH = 100

_NOARCHIVE = re.compile(r"(?:^|[\s,:;])noarchive(?:$|[\s,;])", re.IGNORECASE)
# As Python calls them: the encodings of the web, and their kin.
_CHARSETS_OF_PAGES = (
    *("utf-8", "utf-16", "utf-32", "ascii", "iso8859", "iso2022", "cp12", "cp866", "cp932", "cp949", "koi8"),
    *("gb", "big5", "shift_jis", "euc", "mac-cyrillic", "kz1048", "tis"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object"})
_BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr legend li main nav ol option p pre section summary table td th title tr ul".split()
)


@dataclass(frozen=True)
class Read:
    """What an answer is and says. `text` is empty for what is no text, such as a PDF."""

    media_type: str
    text: str = ""
    forbids_archiving: bool = False


def read(body: bytes, *, content_type: str, encoding: str = "") -> Read:
    """Read a body as its headers say. Never raises: what cannot be read has no text."""
    header = Message()
    header["Content-Type"] = content_type or UNKNOWN
    media_type = "".join(letter for letter in header.get_content_type() if letter.isprintable())[:MEDIA_TYPE_LENGTH]
    if not content_type:
        media_type = UNKNOWN
    if media_type not in HTML and media_type != PLAIN:
        return Read(media_type)
    plain = _unpacked(body, encoding.strip().lower())
    is_html = media_type in HTML
    decoded = _decoded(plain, str(header.get_content_charset() or ""), is_html=is_html)
    if not is_html:
        return Read(media_type, _tidy(decoded))
    page = _Page()
    page.read(decoded)
    return Read(media_type, _tidy("".join(page.parts)), page.forbids_archiving)


def says_noarchive(robots: str) -> bool:
    """Whether a robots header or meta element asks, all robots or any one of them, to keep no copy."""
    return _NOARCHIVE.search(robots) is not None


class _Page(PiecewiseParser):
    """Collects the words of a page that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.forbids_archiving = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "meta":
            said = {name: value or "" for name, value in attrs}
            # `robots` speaks to all, `googlebot` and the like to one.
            if said.get("name", "").lower().endswith(("robots", "bot")) and says_noarchive(said.get("content", "")):
                self.forbids_archiving = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The beginning of a body as it was before it was packed, though we ask for none to be: never more of it."""
    if encoding in ("", "identity"):
        return body[:MOST_READ]
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return b""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(body, MOST_READ)
    except zlib.error:
        return b""


def _decoded(body: bytes, charset: str, *, is_html: bool) -> str:
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    found = _META_CHARSET.search(body[:4096]) if is_html else None
    for name in (marked, charset, found[1].decode("ascii", "ignore") if found else "", "utf-8"):
        if not _is_of_pages(name):
            continue
        try:
            return body.decode(name, "replace") if name else body.decode("utf-8")
        # A name that is no charset, or a codec that is none of texts.
        except (LookupError, ValueError):
            continue
    return body.decode("latin-1")


def _is_of_pages(name: str) -> bool:
    """Whether pages are written in a charset of this name. Of Python's other codecs some take minutes over a page."""
    try:
        return not name or codecs.lookup(name).name.startswith(_CHARSETS_OF_PAGES)
    except (LookupError, ValueError):
        return False


def _tidy(text: str) -> str:
    """Lines without needless space, at most one empty one between them, and nothing that cannot be stored."""
    lines: list[str] = []
    for line in text.splitlines():
        clean = " ".join("".join(map(_shown, line)).split())
        if clean or (lines and lines[-1]):
            lines.append(clean)
    return "\n".join(lines).strip()[:MOST_TEXT]


def _shown(letter: str) -> str:
    """The letter; nothing for a sign that only says how others stand, as a soft hyphen, and a space for any else."""
    if letter.isprintable():
        return letter
    return "" if unicodedata.category(letter) == "Cf" else " "
