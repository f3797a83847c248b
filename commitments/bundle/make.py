"""Makes the bundle: asks this site for every page that others lead to, then writes each with its links relative."""

import datetime as dt
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from commitments.bundle.pages import Links, Writer
from commitments.bundle.places import CONTENTS, Place, relative, split
from commitments.bundle.statics import Statics
from commitments.citations.words import day_in_words

_HTML = "text/html"
_REDIRECTS = (301, 302, 307, 308)


class NotBundled(Exception):
    """The bundle cannot be made, with the reason."""


@dataclass(frozen=True)
class Bundle:
    """What was made."""

    folder: Path
    pages: int


@dataclass
class Site:
    """This site, asked as a reader asks it. What was read waits on the disk, a file a page."""

    address: str
    folder: Path
    pages: dict[Place, Path] = field(default_factory=dict)
    moved: dict[Place, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self._secure = parts.scheme == "https"
        self._client = Client(headers={"host": parts.netloc})

    def read(self, said: Callable[[str], object]) -> None:
        """Read the first page, and every page that one leads to. Raises `NotBundled` when the site does not answer."""
        waiting, seen = deque([Place("/")]), {Place("/")}
        while waiting:
            place = waiting.popleft()
            for found in self._read(place):
                if found not in seen:
                    seen.add(found)
                    waiting.append(found)
            said(place.address)

    def _read(self, place: Place) -> Iterator[Place]:
        response = self._client.get(place.address, secure=self._secure)
        if response.status_code in _REDIRECTS:
            target = self.place(urljoin(place.address, response["Location"]))
            if target is not None:
                self.moved[place] = target
                yield target
            return
        if place == Place("/") and response.status_code != 200:
            raise NotBundled(
                _("This site does not answer at %(address)s (SITE_URL): its host has to stand in ALLOWED_HOSTS.")
                % {"address": self.address}
            )
        if response.status_code != 200 or not response["Content-Type"].startswith(_HTML):
            return
        content = response.content
        path = self.folder / str(len(self.pages))
        path.write_bytes(content)
        self.pages[place] = path
        links = Links()
        links.feed(content.decode())
        for link in links.found:
            found = self.place(urljoin(place.address, link))
            if found is not None:
                yield found

    def place(self, address: str) -> Place | None:
        """The page at an absolute address or a path, if it is one of ours."""
        url = split(address)
        if url is None or url.scheme not in ("", "http", "https"):
            return None
        if url.netloc and f"{url.scheme}://{url.netloc}" != self.address:
            return None
        return Place.of(url)

    def found(self, place: Place | None) -> Place | None:
        """The page that was read there, after redirects; None if none was."""
        for _step in range(5):
            if place is None or place in self.pages:
                return place
            place = self.moved.get(place)
        return None


def make(folder: Path, *, day: dt.date | None = None, said: Callable[[str], object] = lambda _address: None) -> Bundle:
    """Write the bundle into a folder that is not there yet. Raises `NotBundled`; then nothing is left behind."""
    day = day or timezone.localdate()
    if folder.exists():
        raise NotBundled(_("%(folder)s is there already: name a folder that is not.") % {"folder": folder})
    with _beside(folder) as place, tempfile.TemporaryDirectory() as waiting:
        site = Site(settings.SITE_URL, Path(waiting))
        site.read(said)
        _write(site, place, day)
        place.chmod(0o755)
        place.replace(folder)
    return Bundle(folder, len(site.pages))


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _write(site: Site, folder: Path, day: dt.date) -> None:
    statics = Statics(folder)
    titles: list[tuple[Place, str]] = []
    for place, path in sorted(site.pages.items()):
        title = _write_page(site, statics, folder, place, path.read_text(encoding="utf-8"), day)
        titles.append((place, title))
    contents = Place(CONTENTS)
    _write_page(site, statics, folder, contents, _contents(site, titles), day)


def _write_page(site: Site, statics: Statics, folder: Path, place: Place, text: str, day: dt.date) -> str:
    writer = Writer(
        lambda address: _rewritten(site, statics, place, address),
        notice=_notice(site, place, day),
        instead=_instead(site, place),
    )
    writer.feed(text)
    writer.close()
    target = folder / place.file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(writer.written.text, encoding="utf-8", newline="\n")
    return writer.written.title


def _rewritten(site: Site, statics: Statics, place: Place, address: str) -> str:
    """A link within the bundle, or to this site online, or as it was."""
    url = split(address)
    if url is None or address.startswith("#") or url.scheme not in ("", "http", "https"):
        return address
    whole = urljoin(f"{site.address}{place.address}", address)
    parts = urlsplit(whole)
    if f"{parts.scheme}://{parts.netloc}" != site.address:
        return address
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    found = site.found(site.place(whole)) if parts.path != CONTENTS else Place(CONTENTS)
    file = found.file if found else statics.file(parts.path)
    return f"{relative(file, seen_from=place.file)}{anchor}" if file else whole


def _notice(site: Site, place: Place, day: dt.date) -> str:
    """What stands at the top of every page."""
    return format_html(
        '<p class="notice">{} <a href="{}">{}</a> · <a href="{}">{}</a></p>',
        _("Offline copy of %(day)s. Filters, forms and downloads work online.") % {"day": day_in_words(day)},
        relative(Place(CONTENTS).file, seen_from=place.file),
        _("All pages of this copy"),
        f"{site.address}{'/' if place.path == CONTENTS else place.address}",
        _("This page online"),
    )


def _instead(site: Site, place: Place) -> str:
    """What stands in the place of a form."""
    return format_html(
        '<p class="soft small"><a href="{}">{}</a></p>',
        f"{site.address}{place.address}",
        _("A form stands here online."),
    )


def _contents(site: Site, titles: list[tuple[Place, str]]) -> str:
    """The page that lists all pages, by the first part of their addresses."""
    groups: dict[str, list[tuple[str, str]]] = {}
    ending = f" – {_('Commitment tracker')}"
    for place, title in titles:
        name = place.path.strip("/").partition("/")[0]
        groups.setdefault(name, []).append((place.address, title.removesuffix(ending)))
    request = RequestFactory(headers={"host": urlsplit(site.address).netloc}).get(
        CONTENTS, secure=site.address.startswith("https")
    )
    return render_to_string("offline/contents.html", {"groups": sorted(groups.items())}, request=request)
