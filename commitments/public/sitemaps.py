"""What robots may find: every page on which something public stands, and when what it says last changed."""

import datetime as dt
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from commitments.models import (
    Commitment,
    CommitmentCountry,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Party,
    Passage,
    Revision,
    Sector,
    Summit,
    Wording,
)

PAGES = (
    "home",
    "commitments",
    "summits",
    "countries",
    "parties",
    "sectors",
    "developments",
    "corrections",
    "calendar",
    "map",
    "matrix",
    "compare",
    "scores",
    "scores_agreement",
    "method",
    "data",
    "about",
    "privacy",
    "accessibility",
)

CONTENT_TYPE = "application/xml; charset=utf-8"


def _public_revisions() -> QuerySet[Revision]:
    return Revision.objects.filter(commitment__in=Commitment.objects.published())


class Section(Sitemap):  # type: ignore[type-arg]
    """Pages of one kind. The index tells one day for all of them: that of the last change of anything public."""

    limit = 10_000

    def get_latest_lastmod(self) -> dt.datetime | None:
        last: dt.datetime | None = _public_revisions().aggregate(last=Max("recorded_at"))["last"]
        return last


class PageSection(Section):
    """Pages that are there once."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSection(Section):
    """A page for every row: each knows its address, and bears `lastmod`, the last revision of what stands on it."""

    def lastmod(self, item: Any) -> dt.datetime:
        last: dt.datetime = item.lastmod
        return last


class CommitmentSection(RecordSection):
    def items(self) -> QuerySet[Commitment]:
        last = Max("revisions__recorded_at")
        return Commitment.objects.published().annotate(lastmod=last).only("code").order_by("code")


class SummitSection(RecordSection):
    def items(self) -> QuerySet[Summit]:
        rows = _public_revisions().filter(commitment__summit=OuterRef("pk"))
        return _with_lastmod(Summit.objects.all(), rows).order_by("code")


class CountrySection(RecordSection):
    def items(self) -> QuerySet[Party]:
        among = CommitmentCountry.objects.filter(country=OuterRef(OuterRef("pk")))
        rows = _public_revisions().filter(commitment__in=among.values("commitment"))
        return _with_lastmod(Party.objects.countries(), rows).order_by("alpha2")


class PartySection(RecordSection):
    def items(self) -> QuerySet[Party]:
        among = CommitmentParty.objects.filter(party=OuterRef(OuterRef("pk")))
        rows = _public_revisions().filter(commitment__in=among.values("commitment"))
        return _with_lastmod(Party.objects.filter(alpha2=None), rows).order_by("slug")


class SectorSection(RecordSection):
    def items(self) -> list[Sector]:
        # Grouped once: asked of each sector, with its purposes, the database goes through all revisions for each.
        rows = Commitment.sectors.through.objects.filter(commitment__in=Commitment.objects.published())
        grouped = rows.values_list("sector", "sector__parent").annotate(last=Max("commitment__revisions__recorded_at"))
        last: dict[int, dt.datetime] = {}
        for sector, category, recorded_at in grouped:
            for key in {sector, category} - {None}:
                last[key] = max(recorded_at, last.get(key, recorded_at))
        found = list(Sector.objects.filter(pk__in=last).order_by("code"))
        for one in found:
            one.lastmod = last[one.pk]  # type: ignore[attr-defined] # as rows of the others are annotated
        return found


class DocumentSection(RecordSection):
    def items(self) -> QuerySet[Document]:
        document = OuterRef(OuterRef("pk"))
        among = (
            Wording.objects.filter(document=document).values("commitment"),
            Evidence.objects.filter(document=document, development__in=Development.objects.published()).values(
                "development__commitment"
            ),
            Passage.objects.filter(document=document).values("commitment"),
        )
        rests = Q(commitment__in=among[0]) | Q(commitment__in=among[1]) | Q(commitment__in=among[2])
        return _with_lastmod(Document.objects.all(), _public_revisions().filter(rests)).order_by("pk")


def _with_lastmod(records: QuerySet[Any], revisions: QuerySet[Revision]) -> QuerySet[Any]:
    """Those of these records on which something public stands, with when it last changed."""
    last = Subquery(revisions.order_by(F("recorded_at").desc()).values("recorded_at")[:1])
    found: QuerySet[Any] = records.annotate(lastmod=last).exclude(lastmod=None)
    return found


SECTIONS: "dict[str, type[Sitemap[Any]] | Sitemap[Any]]" = {
    "pages": PageSection,
    "commitments": CommitmentSection,
    "summits": SummitSection,
    "countries": CountrySection,
    "parties": PartySection,
    "sectors": SectorSection,
    "documents": DocumentSection,
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """Where the sitemaps are."""
    return views.index(request, SECTIONS, sitemap_url_name="sitemap", content_type=CONTENT_TYPE)


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponseBase:
    """One section's pages."""
    return views.sitemap(request, SECTIONS, section, content_type=CONTENT_TYPE)
