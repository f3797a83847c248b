"""A page as tests read it: its elements, its words, and the numbers on it that link to lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponseBase
from django.test import Client

INLINE = frozenset({"a", "abbr", "code", "data", "em", "mark", "span", "strong", "time"})
VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})


@dataclass
class Element:
    """A tag with its attributes, and the text of everything inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


@dataclass
class Markup(HTMLParser):
    """The elements of one page, in order."""

    elements: list[Element] = field(default_factory=list)
    # Every piece of text that is read out, with its language: that of the innermost element that names one.
    spoken: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    @classmethod
    def of(cls, response: HttpResponseBase) -> "Markup":
        """What a response holds."""
        markup = cls()
        markup.feed(body(response))
        return markup

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._part(tag)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        while self._open and self._open.pop().tag != tag:
            pass

    def _part(self, tag: str) -> None:
        # Blocks stand apart, as they do on the screen.
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        languages = [element["lang"] for element in self._open if "lang" in element.attributes]
        if languages and self._open[-1].tag not in ("title", "script"):
            self.spoken.append((data, languages[-1]))
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of this tag with these attributes."""
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only element of this tag with these attributes."""
        (element,) = self.all(tag, **attributes)
        return element

    @property
    def words(self) -> str:
        """All the text of the page's main part, spaces made one."""
        return " ".join(self.one("main").text.split())

    @property
    def links(self) -> Iterator[str]:
        """Where the page's links lead, within this site."""
        return (element["href"] for element in self.all("a") if element["href"].startswith("/"))

    @property
    def linked_counts(self) -> dict[str, int]:
        """Every number on the page that links to the list it counts: address and number."""
        return {
            element["href"]: int(element["data-count"])
            for element in self.all("a")
            if "data-count" in element.attributes
        }

    @property
    def total(self) -> int:
        """How many rows the page says its list has."""
        (element,) = [element for element in self.elements if "data-total" in element.attributes]
        return int(element["data-total"])

    @property
    def rows(self) -> list[str]:
        """The titles of the commitments that the page lists."""
        return [element.text.strip() for element in self.all("h3") if "row__title" in element.classes]


def body(response: HttpResponseBase) -> str:
    """What a response holds, streamed or not."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode()


def read(client: Client, address: str, status: int = 200) -> Markup:
    """The page at an address, which must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, f"{address} answered {response.status_code}"
    return Markup.of(response)
