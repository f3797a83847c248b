"""Reads a page of the site, and writes it as it is to stand in the bundle."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

# A link of a page: the element, the attribute, and the address. The answer is what is to stand there.
type Rewrite = Callable[[str], str]

_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "image": "href", "source": "src"}
# Scripts do not run from files of a folder, fonts may not be fetched ahead, and a manifest is for a site.
_DROPPED_RELATIONS = frozenset({"preload", "modulepreload", "manifest", "search", "alternate"})
# Controls that belong to a form which stands elsewhere in the page.
_CONTROLS = frozenset({"button", "select", "textarea"})
# What a choice of a filter is called, beside the number that leads to its list online.
_CHOICE = re.compile(r"\bgovuk-(checkboxes|radios)__label\b")
# Nothing of the bundle runs, sends or asks for anything.
POLICY = "script-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'; connect-src 'none'"

type Attributes = list[tuple[str, str | None]]


class Links(HTMLParser):
    """Finds where a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in ("a", "area"):
            self.found += [value for name, value in attrs if name == "href" and value]


@dataclass
class Written:
    """A page as it stands in the bundle, and its title."""

    pieces: list[str] = field(default_factory=list)
    title: str = ""

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class Writer(HTMLParser):
    """Copies a page tag by tag, links by `rewrite`, without scripts; `notice` begins it, `instead` is for forms."""

    def __init__(self, rewrite: Rewrite, *, notice: str, instead: str) -> None:
        super().__init__(convert_charrefs=False)
        self._rewrite, self._notice, self._instead = rewrite, notice, instead
        self._dropped = ""
        self._depth = 0
        self._in_title = False
        self.written = Written()

    def _put(self, text: str) -> None:
        if not self._dropped:
            self.written.pieces.append(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._dropped:
            self._depth += tag == self._dropped
            return
        if self._drops(tag, dict(attrs)):
            return
        self._put(self._tag(tag, attrs))
        if tag == "head":
            self._put(f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">')
        elif tag == "main":
            self._put(self._notice)
        # The site's own title: an SVG has titles too.
        self._in_title = tag == "title" and not self.written.title

    def _drops(self, tag: str, given: dict[str, str | None]) -> bool:
        if tag == "input" or (tag == "link" and _DROPPED_RELATIONS & set((given.get("rel") or "").split())):
            return True
        if tag == "form":
            self._put(self._instead)
        elif tag == "label":
            if _CHOICE.search(given.get("class") or ""):
                return False
        elif tag not in _CONTROLS and (tag != "script" or given.get("type") == "application/ld+json"):
            return False
        self._dropped, self._depth = tag, 1
        return True

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if not self._dropped and not self._drops(tag, dict(attrs)):
            self._put(self._tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._depth -= tag == self._dropped
            if self._depth == 0:
                self._dropped = ""
            return
        self._in_title = False
        self._put("</span>" if tag == "label" else f"</{tag}>")

    def _tag(self, tag: str, attrs: Attributes) -> str:
        """The tag as it was, or with its link rewritten."""
        raw = self.get_starttag_text() or ""
        if tag == "label":
            return "<span>"
        link = _LINKS.get(tag)
        value = dict(attrs).get(link) if link else None
        # A canonical address is the one online.
        if not value or (tag == "link" and dict(attrs).get("rel") == "canonical"):
            return raw
        said = self._rewrite(value)
        if said == value:
            return raw
        words = [
            name if one is None else f'{name}="{html.escape(said if name == link else one)}"' for name, one in attrs
        ]
        return f"<{' '.join([tag, *words])}{'/' if raw.endswith('/>') else ''}>"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.written.title += data
        self._put(data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};")

    def _text(self, escaped: str) -> None:
        if self._in_title:
            self.written.title += html.unescape(escaped)
        self._put(escaped)

    def handle_decl(self, decl: str) -> None:
        self._put(f"<!{decl}>")
