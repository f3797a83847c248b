"""One row a development: what happened, what it supports, and its sources."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.codelists import Confidence, DevelopmentKind, EvidenceRole, Provenance, ReasonCode, Status
from commitments.exports.among import Among
from commitments.exports.column import ROWS, Cell, Column, Context, Raw, always, captions, coded, dated, plain
from commitments.exports.evidence import evidence
from commitments.exports.shape import Shape, fetch, grouped, of_each
from commitments.models import Development, Evidence

_SOURCES, _CORRECTION = "sources", "corrected_by"
_OF_SOURCES = (
    "development",
    "document__title",
    "document__publisher",
    "document__url",
    "document",
    "locator",
    "role",
    "provenance",
    "confidence",
)


def load(keys: Sequence[int], names: Collection[str], context: Context) -> Raw:
    """What was asked for of these developments; corrections that the moment does not know of are left out."""
    raw = fetch(
        Development.objects.filter(published_at__isnull=False),
        keys,
        set(names) - {_SOURCES, _CORRECTION},
        publication="commitment__publication",
    )
    present = raw[ROWS]
    if _SOURCES in names:
        rows = Evidence.objects.filter(Among("development_id", present)).order_by("pk").values_list(*_OF_SOURCES)
        raw[_SOURCES] = of_each(present, grouped(rows))
    if _CORRECTION in names:
        known = context.moment.known_before
        said = Q() if known is None else Q(published_at__lt=known)
        corrections = Development.objects.filter(said, Among("corrects_id", present), published_at__isnull=False)
        found = dict(corrections.order_by().values_list("corrects", "pk"))
        raw[_CORRECTION] = [found.get(key) for key in present]
    return raw


def _each(index: int) -> Callable[[Sequence[tuple[Any, ...]]], Cell]:
    return lambda rows: tuple([row[index] for row in rows])


def _source(name: str, label: str | Promise, definition: str | Promise, place: int, **further: Any) -> Column:
    return Column(name, label, definition, (_SOURCES,), always(_each(place)), many=True, **further)


_EACH = _("Of each of those sources, in the same order.")
_OF_SOURCE: tuple[Column, ...] = (
    _source("sources", _("Sources"), _("The titles of the sources that it rests on."), 0),
    _source("source_publishers", _("Publishers"), _EACH, 1),
    _source("source_addresses", _("Addresses of the sources"), _EACH, 2, datatype="address"),
    _source(
        "source_documents",
        _("Numbers of the sources"),
        _("Their numbers in addresses on this site."),
        3,
        datatype="integer",
    ),
    _source("source_locators", _("Where in the source"), _EACH, 4),
    _source("evidence_roles", _("What the source does"), _EACH, 5, datatype="code", codelist=EvidenceRole),
    _source("evidence_provenances", _("Who speaks"), _EACH, 6, datatype="code", codelist=Provenance),
    Column(
        "evidence_provenance_labels",
        _("Who speaks"),
        _("The same in words."),
        (_SOURCES,),
        always(lambda rows: captions(Provenance)([row[6] for row in rows])),
        many=True,
    ),
    _source("evidence_confidences", _("Confidence"), _EACH, 7, datatype="code", codelist=Confidence),
)
COLUMNS: tuple[Column, ...] = (
    plain("id", _("Number"), _("The development's number. It never changes."), reads="pk", datatype="integer"),
    evidence(_("Where this site tells of it."), code="commitment__code", development="pk"),
    plain("code", _("Code"), _("The code of its commitment."), reads="commitment__code", datatype="code"),
    plain("title", _("Title"), _("That commitment in one line."), reads="commitment__title"),
    plain(
        "summit",
        _("Summit"),
        _("The code of the summit at which that commitment was made."),
        reads="commitment__summit__code",
        datatype="code",
    ),
    *coded("kind", _("Kind of entry"), _("What sort of entry it is."), DevelopmentKind),
    *dated("happened", _("Happened"), _("When it happened, as exactly as its source.")),
    plain("summary", _("What happened"), _("What happened, in words of our own.")),
    plain(
        "party",
        _("Party"),
        _("The name in addresses of the party that it concerns; empty when it concerns all."),
        reads="party__slug",
        datatype="code",
    ),
    plain("party_name", _("Party"), _("The same in words."), reads="party__name"),
    plain(
        "party_country",
        _("Country"),
        _("ISO 3166-1 alpha-3 code of that party; empty for who is no country."),
        reads="party__alpha3",
        datatype="code",
    ),
    *coded("status", _("Status it supports"), _("The status that it supports; empty when it supports none."), Status),
    *coded("reason_code", _("Reason for non-delivery"), _("Why it was not delivered, if it was not."), ReasonCode),
    plain("searched", _("Where we looked"), _("For a check: which places were read.")),
    plain("note", _("Note"), _("What is uncertain about it, or why it was corrected.")),
    plain("corrects", _("Corrects"), _("The number of the development that it puts right."), datatype="integer"),
    plain(
        "corrected_by",
        _("Corrected by"),
        _("The number of the development that puts it right: this one counts no more."),
        datatype="integer",
    ),
    *_OF_SOURCE,
    plain("published_at", _("Published at"), _("When this site published it."), datatype="moment"),
)
SHAPE = Shape("developments", _("Developments"), _("One row a development."), COLUMNS, load)
