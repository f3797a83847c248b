"""The tables of a release, in the order in which they are written: the shapes of the downloads, and what ties them."""

from django.utils.translation import gettext_lazy as _

from commitments.codelists import AmountQualifier, Confidence, EvidenceRole, MoneyStage, Provenance, RelationKind
from commitments.exports import columns
from commitments.exports import of_records as shapes
from commitments.exports.column import Column, Text, coded, plain
from commitments.releases import of_entries, of_records, of_shared
from commitments.releases.table import Reference, Table

_CODE = plain("code", _("Code"), _("The code of the commitment."), datatype="code")
_PLACE = plain("place", _("Place"), _("Its place among those of the same record."), datatype="integer")
_OF_A_RECORD = Reference("code", "commitments", "code")
_OF_A_PARTY = Reference("party", "party-records", "party")


def _party(name: str, definition: Text, *, reads: str = "") -> Column:
    return plain(name, _("Party"), definition, reads=reads or f"{name}__slug", datatype="code")


RECORDS: tuple[Table, ...] = (
    Table.of_shape(
        columns.COMMITMENTS,
        ("code",),
        of_records.commitments,
        references=(Reference("summit", "summits", "code"), Reference("series", "series", "series")),
        facets=("status", "summit", "kind", "strength"),
    ),
    Table.of_shape(
        columns.PARTIES,
        ("code", "party"),
        of_records.parties,
        references=(_OF_A_RECORD, _OF_A_PARTY, Reference("summit", "summits", "code")),
        facets=("party_name", "status"),
    ),
    Table(
        "commitment-countries",
        _("Countries of commitments"),
        _("One row a commitment and country under which it is found, through blocs and bodies too."),
        (
            _CODE,
            _party("party", _("The country’s name in addresses.")),
            plain("alpha3", _("Country"), _("ISO 3166-1 alpha-3 code."), reads="party__alpha3", datatype="code"),
            plain("name", _("Country"), _("The same in words."), reads="party__name"),
        ),
        ("code", "party"),
        of_records.countries,
        references=(_OF_A_RECORD, _OF_A_PARTY),
        facets=("name",),
    ),
    Table(
        "commitment-sectors",
        _("Sectors of commitments"),
        _("One row a commitment and sector."),
        (
            _CODE,
            plain("sector", _("Sector"), _("DAC/CRS: three digits a category, five a purpose."), datatype="code"),
            plain("label", _("Sector"), _("The same in words.")),
        ),
        ("code", "sector"),
        of_records.sectors,
        references=(_OF_A_RECORD, Reference("sector", "sectors", "code")),
        facets=("label",),
    ),
    Table(
        "commitment-sdg-targets",
        _("SDG targets of commitments"),
        _("One row a commitment and target of the Sustainable Development Goals; our assignment."),
        (_CODE, plain("target", _("Target"), _("The target’s number."), datatype="code")),
        ("code", "target"),
        of_records.sdg_targets,
        references=(_OF_A_RECORD,),
        facets=("target",),
    ),
    Table(
        "amounts",
        _("Amounts"),
        _("One row a sum that a commitment names. Never add across currencies or stages."),
        (
            _CODE,
            _PLACE,
            plain("currency", _("Currency"), _("ISO 4217."), datatype="code"),
            plain("value", _("Value"), _("The sum, or the lower end."), datatype="decimal", unit=_("currency")),
            plain("value_max", _("Upper value"), _("The upper end."), datatype="decimal", unit=_("currency")),
            *coded("stage", _("Stage"), _("How far the sum had come."), MoneyStage),
            *coded("qualifier", _("Qualifier"), _("How exactly the source gives it."), AmountQualifier),
            plain("note", _("Note"), _("What a reader should know about it.")),
        ),
        ("code", "place"),
        of_records.amounts,
        references=(_OF_A_RECORD,),
        facets=("currency", "stage"),
    ),
    Table(
        "wordings",
        _("Wordings"),
        _("One row a commitment, document and place that words it."),
        (_CODE, _PLACE, *shapes.WORDINGS.columns),
        ("code", "place"),
        of_records.wordings,
        references=(_OF_A_RECORD, Reference("document", "documents", "id")),
        facets=("publisher", "strength"),
    ),
    Table(
        "relations",
        _("Relations"),
        _("One row a commitment’s relation to another. Read: this commitment … the other."),
        (
            _CODE,
            *coded("kind", _("Relation"), _("How it stands to the other."), RelationKind),
            plain("other", _("Other"), _("The code of the other commitment."), reads="target", datatype="code"),
        ),
        ("code", "kind", "other"),
        of_records.relations,
        references=(_OF_A_RECORD, Reference("other", "commitments", "code")),
        facets=("kind",),
    ),
    Table.of_shape(
        columns.DEVELOPMENTS,
        ("id",),
        of_entries.developments,
        references=(
            _OF_A_RECORD,
            _OF_A_PARTY,
            Reference("summit", "summits", "code"),
            Reference("corrects", "developments", "id"),
            Reference("corrected_by", "developments", "id"),
        ),
        facets=("kind", "status", "party_name"),
    ),
    Table(
        "evidence",
        _("Evidence"),
        _("One row a development and source that it rests on."),
        (
            plain("development", _("Development"), _("The number of the development."), datatype="integer"),
            plain("place", _("Place"), _("Its place among the sources of that development."), datatype="integer"),
            plain("document", _("Document"), _("The number of the source."), datatype="integer"),
            plain("locator", _("Locator"), _("Where in the source.")),
            plain("quotation", _("Quotation"), _("The words themselves, where quoting is permitted.")),
            *coded("role", _("What the source does"), _("What it does for the development."), EvidenceRole),
            *coded("provenance", _("Who speaks"), _("Who speaks in it."), Provenance),
            *coded("confidence", _("Confidence"), _("How sure the editors are."), Confidence),
        ),
        ("development", "place"),
        of_entries.evidence,
        references=(Reference("development", "developments", "id"), Reference("document", "documents", "id")),
        facets=("role", "provenance"),
    ),
    Table.of_shape(shapes.REVISIONS, ("id",), of_records.revisions, references=(_OF_A_RECORD,)),
)
LOG: tuple[Table, ...] = (
    Table.of_shape(
        columns.STATUS_CHANGES,
        ("id",),
        of_entries.status_changes,
        references=(_OF_A_RECORD, _OF_A_PARTY, Reference("development", "developments", "id")),
        of="log",
        facets=("from_status", "to_status", "party_name"),
    ),
)
SHARED: tuple[Table, ...] = (
    Table(
        "memberships",
        _("Memberships"),
        _("One row a party’s time in a bloc. Empty days: as far back or ahead as we know."),
        (
            plain("id", _("Number"), _("The membership’s number."), datatype="integer"),
            _party("bloc", _("The bloc’s name in addresses.")),
            _party("member", _("The member’s name in addresses.")),
            plain("joined_on", _("Member from"), _("Its first day."), datatype="date"),
            plain("left_on", _("Member until"), _("Its last day."), datatype="date"),
            plain("note", _("Note"), _("What a reader should know about it.")),
        ),
        ("id",),
        of_shared.memberships,
        references=(Reference("bloc", "party-records", "party"), Reference("member", "party-records", "party")),
        of="shared",
        facets=("bloc",),
    ),
    Table.of_shape(
        shapes.SUMMITS,
        ("code",),
        of_shared.summits,
        references=(
            Reference("series", "series", "series"),
            Reference("host", "party-records", "party"),
            Reference("called_by", "summits", "code"),
        ),
        of="shared",
        facets=("kind", "series_name"),
    ),
    Table(
        "series",
        _("Series"),
        _("One row a format that meets again."),
        (
            plain("series", _("Series"), _("Its name in addresses."), reads="slug", datatype="code"),
            plain("name", _("Name"), _("What it is called.")),
            plain("summary", _("Summary"), _("What it is, in our words.")),
        ),
        ("series",),
        of_shared.series,
        of="shared",
    ),
    Table.of_shape(
        shapes.PARTIES,
        ("party",),
        of_shared.parties,
        references=(
            Reference("home_country", "party-records", "alpha3"),
            Reference("successor", "party-records", "party"),
        ),
        of="shared",
        facets=("kind", "region"),
    ),
    Table.of_shape(
        shapes.SECTORS,
        ("code",),
        of_shared.sectors,
        references=(Reference("category", "sectors", "code"),),
        of="shared",
        facets=("category",),
    ),
    Table.of_shape(
        shapes.DOCUMENTS, ("id",), of_shared.documents, of="shared", facets=("kind", "source_kind", "publisher")
    ),
    Table(
        "codelists",
        _("Codelists"),
        _("One row a code of a codelist, with what it means."),
        (
            plain("codelist", _("Codelist"), _("The codelist’s name."), datatype="code"),
            plain("code", _("Code"), _("The code. It never changes its meaning."), datatype="code"),
            plain("place", _("Place"), _("Its place in the list."), datatype="integer"),
            plain("label", _("Label"), _("The code in words.")),
            plain("definition", _("Definition"), _("What it means.")),
        ),
        ("codelist", "code"),
        of_shared.codelists,
        of="shared",
        facets=("codelist",),
    ),
)
TABLES: tuple[Table, ...] = (*RECORDS, *LOG, *SHARED)
