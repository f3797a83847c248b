"""The links of a bundle, as a browser would follow them from its files."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

TAGS = frozenset({"form", "input", "select", "button", "textarea", "iframe"})


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.elements: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given.get("type", "")))
        self.names.add(given.get("id", ""))
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


def pages(folder: Path) -> dict[Path, _Page]:
    """Every page of a bundle."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        found[path.resolve()] = page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
    return found


def broken(found: dict[Path, _Page]) -> list[str]:
    """The links within the bundle that lead to no file, or to no place in one."""
    wrong = []
    for path, page in found.items():
        for link in page.links:
            url = urlsplit(link)
            if url.scheme or url.netloc:
                continue
            target = (path.parent / unquote(url.path)).resolve() if url.path else path
            if not target.is_file() or (
                target in found and url.fragment and unquote(url.fragment) not in found[target].names
            ):
                wrong.append(f"{path.name}: {link}")
    return wrong
