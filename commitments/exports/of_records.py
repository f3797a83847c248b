"""What commitments refer to: one row a summit, party, sector, document or revision. The API alone gives these."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from commitments.codelists import (
    DocumentKind,
    LinkHealth,
    PartyKind,
    Publication,
    RelationKind,
    SourceKind,
    Strength,
    SummitKind,
)
from commitments.exports.column import Column, Context, Raw, address, always, coded, dated, plain
from commitments.exports.shape import Load, Shape, fetch
from commitments.models import (
    Commitment,
    Development,
    Document,
    Evidence,
    Party,
    Passage,
    Relation,
    Revision,
    Sector,
    Summit,
    Wording,
)


def public_documents() -> QuerySet[Document]:
    """Sources on which something public rests."""
    rests = (
        Wording.objects.filter(commitment__in=Commitment.objects.published()),
        Evidence.objects.filter(development__in=Development.objects.published()),
        Passage.objects.published(),
    )
    return Document.objects.filter(Q(*(Q(pk__in=rows.values("document")) for rows in rests), _connector=Q.OR))


def public_revisions() -> QuerySet[Revision]:
    """What this site said of what it still shows. A retraction takes back every revision up to itself."""
    retracted = Revision.objects.filter(
        commitment=OuterRef("commitment"),
        number__gte=OuterRef("number"),
        snapshot__publication=Publication.RETRACTED,
    )
    return Revision.objects.filter(~Exists(retracted), commitment__in=Commitment.objects.published())


def public_changes() -> QuerySet[Revision]:
    """Every write that a reader could see and, of what was taken back or merged, that it was: not what it had said."""
    notices = Revision.objects.filter(
        commitment__published_at__isnull=False, snapshot__publication__in=[Publication.RETRACTED, Publication.MERGED]
    )
    return Revision.objects.filter(Q(pk__in=public_revisions().values("pk")) | Q(pk__in=notices.values("pk")))


def public_relations() -> QuerySet[Relation]:
    """Those between commitments that the public may see."""
    public = Commitment.objects.published()
    return Relation.objects.filter(source__in=public, target__in=public)


def _loader(queryset: "QuerySet[Summit] | QuerySet[Party] | QuerySet[Sector]") -> Load:
    """Reads records of which all are public."""

    def load(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
        return fetch(queryset.all(), keys, names)

    return load


def _load_documents(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
    return fetch(public_documents(), keys, names)


def _load_changes(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
    said = public_changes().annotate(said=KT("snapshot__publication"))
    return fetch(said, keys, names)


def _load_relations(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
    return fetch(public_relations(), keys, names)


def _load_wordings(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
    return fetch(Wording.objects.filter(commitment__in=Commitment.objects.published()), keys, names)


def _load_revisions(keys: Sequence[int], names: Collection[str], _context: Context) -> Raw:
    return fetch(public_revisions(), keys, names)


SUMMITS = Shape(
    "summits",
    _("Summits"),
    _("One row a summit."),
    (
        plain("code", _("Code"), _("The summit's code. It never changes."), datatype="code"),
        address("address", _("Address"), _("Its page on this site."), reads="code", of="summit"),
        plain("name", _("Name"), _("What the meeting is called.")),
        *coded("kind", _("Kind"), _("What sort of meeting it was."), SummitKind),
        plain("series", _("Series"), _("The name in addresses of its format."), reads="series__slug", datatype="code"),
        plain("series_name", _("Series"), _("The same in words."), reads="series__name"),
        plain("starts_on", _("First day"), _("Its first day."), datatype="date"),
        plain("ends_on", _("Last day"), _("Its last day; empty when it had one day."), datatype="date"),
        plain("place", _("Place"), _("Where it was held.")),
        plain("host", _("Host"), _("The name in addresses of its host."), reads="host__slug", datatype="code"),
        plain("host_name", _("Host"), _("The same in words."), reads="host__name"),
        plain("called_by", _("Called by"), _("The summit that called it."), reads="parent__code", datatype="code"),
        plain("setting", _("Setting"), _("The larger event around it.")),
        plain("summary", _("Summary"), _("What it was, in our words.")),
    ),
    _loader(Summit.objects.all()),
)
PARTIES = Shape(
    "party-records",
    _("Parties"),
    _("One row a country, institution, bloc or company."),
    (
        plain(
            "party", _("Party"), _("The party's name in addresses. It never changes."), reads="slug", datatype="code"
        ),
        address("address", _("Address"), _("Its page on this site."), reads="slug", of="party"),
        *coded("kind", _("Kind"), _("What sort of party it is."), PartyKind),
        plain("name", _("Name"), _("Its name in English.")),
        plain("name_ru", _("Name in Russian"), _("Its name in Russian.")),
        plain("alpha2", _("Alpha-2"), _("ISO 3166-1 alpha-2 code of a country."), datatype="code"),
        plain("alpha3", _("Alpha-3"), _("ISO 3166-1 alpha-3 code of a country."), datatype="code"),
        plain("m49", _("M49"), _("UN M49 code of a country."), datatype="code"),
        plain("region", _("Region"), _("The region of a country, by UN M49.")),
        plain("subregion", _("Subregion"), _("The subregion of a country, by UN M49.")),
        plain(
            "home_country",
            _("Home country"),
            _("ISO 3166-1 alpha-3 code of the country whose body or company it is."),
            reads="country__alpha3",
            datatype="code",
        ),
        plain("abolished_on", _("Abolished on"), _("When it was abolished, if it was."), datatype="date"),
        plain(
            "successor", _("Successor"), _("The party that took its place."), reads="successor__slug", datatype="code"
        ),
    ),
    _loader(Party.objects.all()),
)
SECTORS = Shape(
    "sectors",
    _("Sectors"),
    _("One row a sector of OECD DAC/CRS."),
    (
        plain("code", _("Code"), _("DAC/CRS: three digits a category, five a purpose."), datatype="code"),
        address("address", _("Address"), _("Its page on this site."), reads="code", of="sector"),
        plain("category", _("Category"), _("The code of a purpose's category."), reads="parent__code", datatype="code"),
        Column(
            "label",
            _("Label"),
            _("What this site calls it."),
            ("short_label", "name"),
            always(lambda short, name: short or name),
        ),
        plain("name", _("Name"), _("What the DAC calls it.")),
        plain("withdrawn", _("Withdrawn"), _("Whether the DAC has withdrawn it."), datatype="boolean"),
    ),
    _loader(Sector.objects.all()),
)
DOCUMENTS = Shape(
    "documents",
    _("Documents"),
    _("One row a source on which something public rests."),
    (
        plain("id", _("Number"), _("The document's number. It never changes."), reads="pk", datatype="integer"),
        address("address", _("Address"), _("Its page on this site."), reads="pk", of="document"),
        plain("title", _("Title"), _("What it is called.")),
        plain("publisher", _("Publisher"), _("Who published it.")),
        *coded("kind", _("Type"), _("What sort of document it is."), DocumentKind),
        *coded("source_kind", _("Kind of source"), _("How near it stands to what it reports."), SourceKind),
        plain("language", _("Language"), _("BCP 47."), datatype="code"),
        *dated("dated", _("Dated"), _("Its date, as exactly as it is known.")),
        plain("url", _("Where it can be read"), _("Its address at its publisher's."), datatype="address"),
        plain("archive_url", _("Archive"), _("Its address in an archive."), datatype="address"),
        plain("captured_on", _("Captured on"), _("When this site captured it, if it did."), datatype="date"),
        plain("sha256", _("SHA-256"), _("The hash of that capture.")),
        *coded("link_health", _("Health of the link"), _("Whether its address still answers."), LinkHealth),
        plain("gone_since", _("Gone since"), _("Since when its address does not answer."), datatype="date"),
        plain("caution", _("Caution"), _("What a reader should know before trusting it.")),
    ),
    _load_documents,
)
REVISIONS = Shape(
    "revisions",
    _("Revisions"),
    _("One row a revision: what this site said of a commitment after one write."),
    (
        plain(
            "id", _("Number"), _("The revision's number among all. It never changes."), reads="pk", datatype="integer"
        ),
        plain("code", _("Code"), _("The code of the commitment."), reads="commitment__code", datatype="code"),
        plain("number", _("Number"), _("Its number among those of that commitment."), datatype="integer"),
        Column(
            "address",
            _("Address"),
            _("The page on this site with what it said."),
            ("commitment__code", "number"),
            lambda x: lambda code, number: f"{x.site}{Commitment(code=code).get_absolute_url()}v{number}/",
            "address",
        ),
        plain("recorded_at", _("Recorded at"), _("Since when this site said so."), datatype="moment"),
        plain("reason", _("Reason"), _("Why it was written.")),
        plain("sha256", _("SHA-256"), _("Its hash, over all it holds and the hash before it.")),
        plain("previous_sha256", _("SHA-256 before"), _("The hash of the revision before; empty for the first.")),
    ),
    _load_revisions,
)
CHANGES = Shape(
    "changes",
    _("Changes"),
    _("One row a write to the public record, in the order in which they were made."),
    (
        plain("id", _("Number"), _("The number of the revision that it made."), reads="pk", datatype="integer"),
        plain("code", _("Code"), _("The code of the commitment."), reads="commitment__code", datatype="code"),
        plain("number", _("Revision"), _("The revision's number among those of that commitment."), datatype="integer"),
        *coded("publication", _("Publication"), _("Where the record stood after it."), Publication, reads="said"),
        plain(
            "merged_into",
            _("Merged into"),
            _("The code of the record that tells of it now; empty if none does."),
            reads="commitment__merged_into__code",
            datatype="code",
        ),
        plain("recorded_at", _("Recorded at"), _("When it was written."), datatype="moment"),
        plain("reason", _("Reason"), _("Why it was written.")),
        plain("sha256", _("SHA-256"), _("The hash of the revision.")),
    ),
    _load_changes,
)
WORDINGS = Shape(
    "wordings",
    _("Wordings"),
    _("One row a document and place that words the commitment."),
    (
        plain("document", _("Document"), _("The number of the document."), datatype="integer"),
        plain("document_title", _("Document"), _("The same in words."), reads="document__title"),
        plain("publisher", _("Publisher"), _("Who published it."), reads="document__publisher"),
        plain("url", _("Where it can be read"), _("Its address."), reads="document__url", datatype="address"),
        plain("paragraph", _("Paragraph"), _("The paragraph in the document."), datatype="integer"),
        plain("sentence", _("Sentence"), _("The sentence in that paragraph."), datatype="integer"),
        plain("locator", _("Locator"), _("Where in the document, if not by number.")),
        plain("verb", _("Verb"), _("The verb of the promise.")),
        *coded("strength", _("Strength"), _("The strength of that verb."), Strength),
        plain("language", _("Language"), _("BCP 47."), datatype="code"),
        plain("quotation", _("Quotation"), _("The words themselves, where quoting is permitted.")),
        plain("translation", _("Translation"), _("Those words in English.")),
        plain("note", _("Note"), _("What a reader should know about this wording.")),
    ),
    _load_wordings,
)
RELATIONS = Shape(
    "relations",
    _("Relations"),
    _("One row a relation of the commitment to another. Read: this commitment … the other."),
    (
        *coded("kind", _("Relation"), _("How it stands to the other."), RelationKind),
        plain("other", _("Other"), _("The code of the other commitment."), reads="target__code", datatype="code"),
        plain("other_title", _("Other"), _("The same in words."), reads="target__title"),
        plain("note", _("Note"), _("What a reader should know about this relation.")),
    ),
    _load_relations,
)
RECORDS = (SUMMITS, PARTIES, SECTORS, DOCUMENTS, REVISIONS, CHANGES, WORDINGS, RELATIONS)
