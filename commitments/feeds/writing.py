"""A page of a feed as Atom (RFC 4287, paged by RFC 5005) and as JSON Feed 1.1."""

import json
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.exports.about import LICENCE
from commitments.feeds.feed import Feed, Page
from commitments.feeds.sources import Cursor

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"
BEFORE = "before"


class PagedAtomFeed(Atom1Feed):
    """Atom with the links between pages, and with the words for its categories."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["links"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address, "type": "application/atom+xml"})

    def latest_post_date(self) -> Any:
        return max((item["updateddate"] for item in self.items), default=self.feed["none_since"])

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        for term, label in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})


def write_atom(feed: Feed, page: Page, before: Cursor | None, *, none_since: Any) -> bytes:
    """The page. `none_since` is told as the last change of a feed without entries."""
    atom = PagedAtomFeed(
        title=feed.title,
        link=feed.home,
        description="",
        subtitle=feed.subtitle,
        language=get_language() or "en",
        author_name=_("Commitment tracker"),
        author_link=f"{feed.site}/",
        feed_url=_address(feed, before),
        feed_guid=feed.id,
        feed_copyright=LICENCE,
        links={"first": feed.address, **({"next": _address(feed, page.earlier)} if page.earlier else {})},
        none_since=none_since,
    )
    for entry in page.entries:
        atom.add_item(
            title=entry.title,
            link=entry.address,
            description=entry.html,
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
            terms=entry.terms,
        )
    return atom.writeString("utf-8").encode()


def write_json(feed: Feed, page: Page, before: Cursor | None) -> bytes:
    """The page."""
    language = get_language() or "en"
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": _address(feed, before),
        "description": feed.subtitle,
        "language": language,
        "authors": [{"name": _("Commitment tracker"), "url": f"{feed.site}/"}],
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_html": entry.html,
                "date_published": rfc3339_date(entry.at),
                "date_modified": rfc3339_date(entry.at),
                "tags": [term for term, _label in entry.terms],
                "language": language,
            }
            for entry in page.entries
        ],
    }
    if page.earlier:
        said["next_url"] = _address(feed, page.earlier)
    return json.dumps(said, ensure_ascii=False).encode()


def _address(feed: Feed, before: Cursor | None) -> str:
    """Of a page of the feed."""
    if before is None:
        return feed.address
    return f"{feed.address}{'&' if '?' in feed.address else '?'}{urlencode({BEFORE: str(before)})}"
