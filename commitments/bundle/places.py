"""Which pages are in the bundle, and which file each is."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

# What needs a server: forms, machines' addresses, editors' pages, and frames for other sites.
_ONLINE = re.compile(r"/(admin|follow|suggestions|embed|api/v1)/|.*/suggest/$")
CONTENTS = "/contents/"


@dataclass(frozen=True, order=True)
class Place:
    """The address of a page within the site: its path and, of a list, the number of its page."""

    path: str
    page: int = 1

    @classmethod
    def of(cls, url: SplitResult) -> "Place | None":
        """The page at an address of this site; None for what is no page, or is asked with more than a page's number."""
        if not url.path.endswith("/") or _ONLINE.match(url.path):
            return None
        query = parse_qsl(url.query, keep_blank_values=True)
        if not query:
            return cls(url.path)
        if len(query) == 1 and query[0][0] == "page" and query[0][1].isascii() and query[0][1].isdigit():
            return cls(url.path, int(query[0][1]))
        return None

    @property
    def address(self) -> str:
        """Within the site."""
        return self.path if self.page == 1 else f"{self.path}?page={self.page}"

    @property
    def file(self) -> str:
        """Within the bundle."""
        name = self.path.strip("/") or "index"
        return f"{name}.html" if self.page == 1 else f"{name}-page-{self.page}.html"


def relative(target: str, *, seen_from: str) -> str:
    """The way from one file of the bundle to another."""
    return posixpath.relpath(target, posixpath.dirname(seen_from) or ".")


def split(address: str) -> SplitResult | None:
    """The parts of an address; None for one that is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
