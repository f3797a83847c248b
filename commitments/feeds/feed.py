"""A page of a feed: the entries of all sources in one order, each as it is told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commitments.characters import allowed, one_line
from commitments.codelists import DevelopmentKind
from commitments.feeds import sources
from commitments.feeds.sources import SOURCES, Asked, Cursor, Source
from commitments.models import Commitment, Development, Merge, Revision, StatusChange

ENTRIES_A_PAGE = 50
_LONGEST_TITLE = 160


@dataclass(frozen=True)
class Entry:
    """What is told once and stays as it is told. `terms` say of which sort it is, by code and by word."""

    id: str
    at: dt.datetime
    code: str
    title: str
    html: str
    address: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """Some entries, the last said first, and where the earlier ones begin: None where there are none."""

    entries: list[Entry]
    earlier: Cursor | None


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself, and the addresses of the site, of its first page, and of the page for people."""

    asked: Asked
    title: str
    subtitle: str
    site: str
    address: str
    home: str

    def page(self, before: Cursor | None = None, *, size: int = 0) -> Page:
        """The entries said before that place, or the last. In a fixed number of queries."""
        size = size or ENTRIES_A_PAGE
        found: list[Cursor] = []
        for rank, source in enumerate(SOURCES):
            rows = source.timed(self.asked)
            if before is not None:
                rows = rows.filter(before.earlier(rank))
            latest = rows.order_by("-said_at", "-pk").values_list("said_at", "pk")[: size + 1]
            found += [Cursor(at, rank, pk) for at, pk in latest]
        found.sort(reverse=True)
        shown = found[:size]
        rows_of = {
            rank: SOURCES[rank].load(self.asked, [place.pk for place in shown if place.rank == rank])
            for rank in sorted({place.rank for place in shown})
        }
        entries = [
            self._entry(SOURCES[place.rank], place.at, rows_of[place.rank][place.pk])
            for place in shown
            # Deleted meanwhile.
            if place.pk in rows_of[place.rank]
        ]
        return Page(entries, shown[-1] if len(found) > size else None)

    @property
    def id(self) -> str:
        """Of the feed, whatever address it has."""
        return tag(f"feed{self.address.removeprefix(self.site)}")

    def _entry(self, source: Source, at: dt.datetime, row: Any) -> Entry:
        told = _TELLING[source.name](row)
        context = {"row": row, "site": self.site, "commitment": told.commitment, "source": source.name}
        html = render_to_string(f"feeds/{source.name.replace('-', '_')}.html", context)
        title = Truncator(one_line(f"{told.commitment.code}: {told.title}")).chars(_LONGEST_TITLE)
        return Entry(
            id=tag(f"{source.name}/{told.key}"),
            at=at,
            code=told.commitment.code,
            title=title,
            html=allowed(html).strip(),
            address=f"{self.site}{told.path}",
            terms=((source.name, str(told.label)), *told.terms),
        )


def tag(name: str) -> str:
    """A name by RFC 4151 that stays, also when the site moves: its authority is a setting."""
    return f"tag:{settings.TAG_AUTHORITY}:{name}"


@dataclass(frozen=True)
class _Told:
    """How a row is told, before its text: `key` is what tells it from others of its sort."""

    commitment: Commitment
    key: str
    title: str
    path: str
    label: str
    terms: tuple[tuple[str, str], ...] = ()


def _published(row: Commitment) -> _Told:
    title = _("Newly published: %(title)s") % {"title": row.title}
    return _Told(row, row.code, title, row.get_absolute_url(), _("Newly published"))


def _development(row: Development) -> _Told:
    kind = DevelopmentKind(row.kind)
    words = [str(kind.label), row.get_status_display()] if row.status else [str(kind.label)]
    title = f"{' · '.join(words)}: {row.summary}"
    # A correction is an entry of its own: what it corrects stays where it was told.
    return _Told(
        row.commitment, str(row.pk), title, row.get_absolute_url(), _("Entry"), ((kind.value, str(kind.label)),)
    )


def _status_change(row: StatusChange) -> _Told:
    moved = _("%(before)s → %(after)s") % {
        "before": row.get_from_status_display(),
        "after": row.get_to_status_display(),
    }
    title = f"{row.party.local_name}: {moved}" if row.party else moved
    path = f"{row.commitment.get_absolute_url()}#history"
    return _Told(
        row.commitment, str(row.pk), title, path, _("Change of status"), ((row.to_status, row.get_to_status_display()),)
    )


def _merge(row: Merge) -> _Told:
    title = _("%(code)s was merged into this record") % {"code": row.absorbed.code}
    return _Told(row.kept, str(row.pk), title, row.kept.get_absolute_url(), _("Merged"))


def _undone_merge(row: Merge) -> _Told:
    title = _("%(code)s is a record of its own again") % {"code": row.absorbed.code}
    return _Told(row.kept, str(row.pk), title, row.kept.get_absolute_url(), _("Merge undone"))


def _retraction(row: Revision) -> _Told:
    key = f"{row.commitment.code}/{row.number}"
    return _Told(row.commitment, key, _("retracted"), row.commitment.get_absolute_url(), _("Retracted"))


def _restored(row: Revision) -> _Told:
    key = f"{row.commitment.code}/{row.number}"
    title = _("Published again: %(title)s") % {"title": row.commitment.title}
    return _Told(row.commitment, key, title, row.commitment.get_absolute_url(), _("Published again"))


_TELLING: dict[str, Callable[[Any], _Told]] = {
    sources.PUBLISHED: _published,
    sources.DEVELOPMENT: _development,
    sources.STATUS_CHANGE: _status_change,
    sources.MERGE: _merge,
    sources.UNDONE_MERGE: _undone_merge,
    sources.RETRACTION: _retraction,
    sources.RESTORED: _restored,
}
