"""What a page is about in the words of schema.org, for machines that read pages. Only what the page itself says."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.codelists import PartyKind, Status
from commitments.exports.about import LICENCE
from commitments.exports.formats import available
from commitments.feeds import ATOM, JSON
from commitments.models import Commitment, Document, Party, Revision, Sector, Summit, SummitSeries

Node = dict[str, Any]
Absolute = Callable[[str], str]

CONTEXT = "https://schema.org"
# Only where both words mean the same; a pledge that stalled, say, has no word there.
ACTION_STATUSES = {
    Status.IN_PROGRESS: "https://schema.org/ActiveActionStatus",
    Status.DELIVERED: "https://schema.org/CompletedActionStatus",
    Status.NOT_DELIVERED: "https://schema.org/FailedActionStatus",
}
PARTY_TYPES = {PartyKind.COUNTRY: "Country", PartyKind.COMPANY: "Corporation"}
SECTOR_CODES = "OECD DAC/CRS"


def about(thing: object, absolute: Absolute) -> Node:
    """What a record's page is about. `absolute` makes an address of this site absolute."""
    if isinstance(thing, Commitment):
        return _page_of_commitment(thing, absolute)
    describe = next(describe for kind, describe in _DESCRIPTIONS.items() if isinstance(thing, kind))
    # The thing is not of this site: its page is, and says of what it is the page.
    return {"@type": "WebPage", "url": absolute(thing.get_absolute_url()), "mainEntity": describe(thing, absolute)}  # type: ignore[attr-defined]


def revised(node: Node, revision: Revision | None) -> Node:
    """The same with the number and the moment of the record's last revision."""
    if revision is None:
        return node
    return {**node, "version": str(revision.number), "dateModified": revision.recorded_at.isoformat()}


def site(absolute: Absolute) -> Node:
    """The site, and how to search it."""
    template = f"{absolute(reverse('commitments'))}?q={{words}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": template},
        "query-input": "required name=words",
    }
    return {
        "@type": "WebSite",
        "name": _("Commitment tracker"),
        "url": absolute(reverse("home")),
        "potentialAction": search,
    }


def dataset(absolute: Absolute) -> Node:
    """All commitments as files."""
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": form.media_type.partition(";")[0],
            "contentUrl": absolute(reverse("commitments_file", args=[form.ending])),
        }
        for form in available()
    ]
    return {
        **_dataset_name(absolute),
        "description": _(
            "Commitments made at summits: who promised what to whom, how firmly, by when, where each stands, and on "
            "what evidence."
        ),
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "url": absolute(reverse("catalogue"))},
        "license": LICENCE.rpartition(" ")[2],
        "distribution": [*files, *_feeds(absolute)],
    }


def _feeds(absolute: Absolute) -> list[Node]:
    addresses = {"feed": ATOM, "feed_json": JSON, "deadlines": "text/calendar"}
    return [
        {"@type": "DataDownload", "encodingFormat": kind.partition(";")[0], "contentUrl": absolute(reverse(name))}
        for name, kind in addresses.items()
    ]


def breadcrumbs(steps: Iterable[tuple[str, str]], absolute: Absolute) -> Node:
    """The way to a page: names with their addresses; the last, the page itself, without one."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, **({"item": absolute(address)} if address else {})}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _dataset_name(absolute: Absolute) -> Node:
    return {"@type": "Dataset", "name": _("Commitments made at summits"), "url": absolute(reverse("data"))}


def _page_of_commitment(commitment: Commitment, absolute: Absolute) -> Node:
    due = commitment.due
    documents = [wording.document for wording in commitment.wordings.all()]
    return _without_gaps(
        {
            "@type": "CreativeWork",
            "url": absolute(commitment.get_absolute_url()),
            "identifier": commitment.code,
            "name": commitment.title,
            "abstract": commitment.summary,
            "datePublished": commitment.published_at.isoformat() if commitment.published_at else "",
            # Open at its end where there is no deadline.
            "temporalCoverage": f"{commitment.made.start.isoformat()}/{due.end.isoformat() if due else '..'}",
            "isPartOf": _dataset_name(absolute),
            "isBasedOn": [_document(document, absolute) for document in documents],
            "about": [
                *([] if commitment.is_topic else [_action(commitment, absolute)]),
                _summit(commitment.summit, absolute),
                *(_sector(sector, absolute) for sector in commitment.sectors.all()),
            ],
        }
    )


def _action(commitment: Commitment, absolute: Absolute) -> Node:
    """What was promised, with those who promised it."""
    makers = [_party(row.party, absolute) for row in commitment.parties.all() if row.is_maker]
    status = ACTION_STATUSES.get(Status(commitment.status))
    return _without_gaps({"@type": "Action", "name": commitment.title, "agent": makers, "actionStatus": status})


def _summit(summit: Summit, absolute: Absolute) -> Node:
    return _without_gaps(
        {
            "@type": "Event",
            "name": summit.name,
            "url": absolute(summit.get_absolute_url()),
            "startDate": summit.starts_on.isoformat(),
            "endDate": (summit.ends_on or summit.starts_on).isoformat(),
            "location": {"@type": "Place", "name": summit.place} if summit.place else None,
            "superEvent": _series(summit.series, absolute) if summit.series else None,
        }
    )


def _series(series: SummitSeries, absolute: Absolute) -> Node:
    return {"@type": "EventSeries", "name": series.name, "url": absolute(series.get_absolute_url())}


def _party(party: Party, absolute: Absolute) -> Node:
    codes = [("ISO 3166-1 alpha-2", party.alpha2), ("ISO 3166-1 alpha-3", party.alpha3), ("UN M49", party.m49)]
    return _without_gaps(
        {
            "@type": PARTY_TYPES.get(PartyKind(party.kind), "Organization"),
            "name": party.local_name,
            "url": absolute(party.get_absolute_url()),
            "identifier": [
                {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in codes if value
            ],
            "dissolutionDate": party.abolished_on.isoformat() if party.abolished_on and not party.is_country else "",
        }
    )


def _sector(sector: Sector, absolute: Absolute) -> Node:
    return {
        "@type": "DefinedTerm",
        "name": sector.label,
        "termCode": sector.code,
        "inDefinedTermSet": SECTOR_CODES,
        "url": absolute(sector.get_absolute_url()),
    }


def _document(document: Document, absolute: Absolute) -> Node:
    return _without_gaps(
        {
            "@type": "CreativeWork",
            "name": document.title,
            "publisher": {"@type": "Organization", "name": document.publisher},
            "datePublished": document.dated.datetime_attribute if document.dated else "",
            "inLanguage": document.language,
            # Where it can be read, or else what we know of it.
            "url": document.url or absolute(document.get_absolute_url()),
        }
    )


def _without_gaps(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


_DESCRIPTIONS: dict[type, Callable[[Any, Absolute], Node]] = {
    Summit: _summit,
    SummitSeries: _series,
    Party: _party,
    Sector: _sector,
    Document: _document,
}
