"""The downloads as a catalogue of data (DCAT 3, as JSON-LD), for portals that gather such."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.codelists import CODEBOOK_VERSION
from commitments.exports.about import LICENCE
from commitments.exports.columns import COMMITMENTS, LISTED
from commitments.exports.formats import Format, available
from commitments.exports.shape import Shape
from commitments.feeds import ATOM, JSON
from commitments.models import Commitment, Revision

Node = dict[str, Any]
Absolute = Callable[[str], str]

MEDIA_TYPE = "application/ld+json"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(absolute: Absolute) -> Node:
    """The catalogue: one dataset a shape, each in every form that this server writes, the feeds, and the API."""
    modified = Revision.objects.filter(commitment__in=Commitment.objects.published()).aggregate(last=Max("recorded_at"))
    home = absolute(reverse("data"))
    publisher = {
        "@id": f"{absolute(reverse('about'))}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": _("Commitment tracker"),
        "foaf:homepage": {"@id": absolute(reverse("home"))},
    }
    made = Commitment.objects.published().aggregate(first=Min("made_start"), last=Max("made_end"))
    shared = {
        "dcterms:publisher": {"@id": publisher["@id"]},
        **_period(made["first"], made["last"]),
        **_modified(modified["last"]),
    }
    datasets = [{**_dataset(shape, absolute), **shared} for shape in LISTED]
    return {
        "@context": CONTEXT,
        "@id": absolute(reverse("catalogue")),
        "@type": "dcat:Catalog",
        "dcterms:title": _text(_("Commitments made at summits")),
        "dcterms:description": _text(_("Every list of this site as files, as feeds and through an API.")),
        "dcterms:publisher": publisher,
        "dcterms:license": {"@id": _licence()},
        "dcterms:language": "en",
        "foaf:homepage": {"@id": home},
        **_modified(modified["last"]),
        "dcat:dataset": datasets,
        "dcat:service": [_service(absolute, [one["@id"] for one in datasets])],
    }


def _dataset(shape: Shape, absolute: Absolute) -> Node:
    page = f"{absolute(reverse('data'))}#columns-{shape.name}"
    files = [_file(shape, form, absolute) for form in available()]
    return {
        "@id": f"{absolute(reverse('catalogue'))}#{shape.name}",
        "@type": "dcat:Dataset",
        "dcterms:identifier": shape.name,
        "dcterms:title": _text(shape.label),
        "dcterms:description": _text(shape.definition),
        "dcterms:license": {"@id": _licence()},
        "dcat:version": CODEBOOK_VERSION,
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [*files, *(_feeds(absolute) if shape is COMMITMENTS else [])],
    }


def _file(shape: Shape, form: Format, absolute: Absolute) -> Node:
    address = (
        reverse("commitments_file", args=[form.ending])
        if shape is COMMITMENTS
        else reverse("shape_file", args=[shape.name, form.ending])
    )
    return _distribution(str(form.label), absolute(address), form.media_type, is_file=True)


def _feeds(absolute: Absolute) -> list[Node]:
    return [
        _distribution("Atom", absolute(reverse("feed")), ATOM),
        _distribution("JSON Feed", absolute(reverse("feed_json")), JSON),
        _distribution("iCalendar", absolute(reverse("deadlines")), "text/calendar"),
    ]


def _distribution(label: str, address: str, media_type: str, *, is_file: bool = False) -> Node:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dcterms:title": _text(label),
        "dcterms:license": {"@id": _licence()},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{media_type.partition(';')[0]}"},
        "dcat:accessURL": {"@id": address},
        **({"dcat:downloadURL": {"@id": address}} if is_file else {}),
    }


def _service(absolute: Absolute, datasets: list[str]) -> Node:
    return {
        "@id": absolute(reverse("api-root")),
        "@type": "dcat:DataService",
        "dcterms:title": _text(_("The API")),
        "dcat:endpointURL": {"@id": absolute(reverse("api-root"))},
        "dcat:endpointDescription": {"@id": absolute(reverse("api-openapi"))},
        "dcat:servesDataset": [{"@id": one} for one in datasets],
    }


def _period(first: dt.date | None, last: dt.date | None) -> Node:
    """From the first commitment of all to the last."""
    if first is None or last is None:
        return {}
    days = {"dcat:startDate": _day(first), "dcat:endDate": _day(last)}
    return {"dcterms:temporal": {"@type": "dcterms:PeriodOfTime", **days}}


def _licence() -> str:
    return LICENCE.rpartition(" ")[2]


def _text(text: object) -> Node:
    return {"@value": str(text), "@language": "en"}


def _day(day: dt.date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _modified(moment: dt.datetime | None) -> Node:
    if moment is None:
        return {}
    value = timezone.localtime(moment).isoformat(timespec="seconds")
    return {"dcterms:modified": {"@value": value, "@type": "xsd:dateTime"}}
