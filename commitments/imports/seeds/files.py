"""The seed files, in the order in which they are loaded: their columns, keys, and what refers to what."""

from commitments.imports.columns import yes
from commitments.imports.seeds.schema import (
    SeedColumn,
    SeedFile,
    column_of,
    columns_of,
    date,
    own_key,
    reference,
    references,
    unstored,
)
from commitments.models import (
    Amount,
    Commitment,
    CommitmentParty,
    Development,
    Document,
    Evidence,
    Membership,
    Participation,
    Party,
    Passage,
    Relation,
    SDGTarget,
    Sector,
    Summit,
    SummitSeries,
    Wording,
)

PARTY_FILES = ("countries.csv", "parties.csv")

COUNTRIES = SeedFile(
    "countries.csv",
    Party,
    (
        column_of("alpha2", Party, "alpha2", required=True),
        column_of("alpha3", Party, "alpha3", required=True),
        column_of("m49", Party, "m49", required=True),
        column_of("name_en", Party, "name"),
        column_of("name_ru", Party, "name_ru", required=True),
        unstored("region_m49"),
        *columns_of(Party, "region"),
        unstored("subregion_m49"),
        *columns_of(Party, "subregion"),
    ),
    key=("alpha2",),
)
SECTORS = SeedFile(
    "sectors.csv",
    Sector,
    (
        *columns_of(Sector, "code"),
        reference("parent", "sectors.csv", required=False),
        *columns_of(Sector, "name", "short_label"),
        SeedColumn("withdrawn", yes, empty=False, attribute="withdrawn"),
    ),
    key=("code",),
)
SDG_TARGETS = SeedFile("sdg_targets.csv", SDGTarget, columns_of(SDGTarget, "code"), key=("code",))
PARTIES = SeedFile(
    "parties.csv",
    Party,
    (
        *columns_of(Party, "slug", "kind", "name", "name_ru"),
        reference("country", "countries.csv", required=False),
        *columns_of(Party, "abolished_on"),
        reference("successor", *PARTY_FILES, required=False),
        *columns_of(Party, "note"),
    ),
    key=("slug",),
)
MEMBERSHIPS = SeedFile(
    "memberships.csv",
    Membership,
    (
        reference("bloc", "parties.csv"),
        reference("member", *PARTY_FILES),
        *columns_of(Membership, "joined_on", "left_on", "note"),
    ),
    key=("bloc", "member", "joined_on"),
    part_of="bloc",
)
SERIES = SeedFile(
    "series.csv",
    SummitSeries,
    (*columns_of(SummitSeries, "slug", "name", "summary"), references("members", *PARTY_FILES)),
    key=("slug",),
)
SUMMITS = SeedFile(
    "summits.csv",
    Summit,
    (
        *columns_of(Summit, "code", "name"),
        reference("series", "series.csv", required=False),
        *columns_of(Summit, "kind", "starts_on", "ends_on", "place"),
        reference("host", *PARTY_FILES, required=False),
        reference("parent", "summits.csv", required=False),
        *columns_of(Summit, "setting", "summary"),
    ),
    key=("code",),
)
PARTICIPATIONS = SeedFile(
    "participations.csv",
    Participation,
    (
        reference("summit", "summits.csv"),
        reference("party", *PARTY_FILES),
        *columns_of(Participation, "role", "representative", "office"),
    ),
    key=("summit", "party", "representative"),
    part_of="summit",
)
DOCUMENTS = SeedFile(
    "documents.csv",
    Document,
    (
        own_key(),
        *columns_of(Document, "title", "publisher", "kind", "source_kind", "language"),
        date("dated"),
        *columns_of(Document, "url", "archive_url", "captured_on", "link_health", "gone_since", "caution"),
    ),
    key=("key",),
)
COMMITMENTS = SeedFile(
    "commitments.csv",
    Commitment,
    (
        *columns_of(Commitment, "code"),
        reference("summit", "summits.csv"),
        *columns_of(Commitment, "classification", "title", "summary"),
        *columns_of(Commitment, "kind", "strength", "firmness", "novelty", "collectivity"),
        references("sectors", "sectors.csv"),
        references("sdg_targets", "sdg_targets.csv"),
        date("made", required=True),
        date("due"),
        *columns_of(Commitment, "due_basis", "success_criterion", "verifiability", "verifiability_note", "condition"),
        *columns_of(Commitment, "baseline", "target", "unit", "durability", "last_checked_on", "note"),
    ),
    key=("code",),
)
COMMITMENT_PARTIES = SeedFile(
    "commitment_parties.csv",
    CommitmentParty,
    (
        reference("commitment", "commitments.csv"),
        reference("party", *PARTY_FILES),
        *columns_of(CommitmentParty, "role"),
    ),
    key=("commitment", "party", "role"),
    part_of="commitment",
)
AMOUNTS = SeedFile(
    "amounts.csv",
    Amount,
    (
        reference("commitment", "commitments.csv"),
        *columns_of(Amount, "stage", "qualifier", "value", "value_max", "currency", "note"),
    ),
    # Not the value, so that a corrected sum is the same amount; two sums of one stage and currency are told by order.
    key=("commitment", "stage", "currency"),
    part_of="commitment",
    numbered=True,
)
WORDINGS = SeedFile(
    "wordings.csv",
    Wording,
    (
        reference("commitment", "commitments.csv"),
        reference("document", "documents.csv"),
        *columns_of(Wording, "paragraph", "sentence", "locator", "verb", "strength", "language", "note"),
    ),
    key=("commitment", "document", "paragraph", "sentence", "locator"),
    part_of="commitment",
)
RELATIONS = SeedFile(
    "relations.csv",
    Relation,
    (
        reference("commitment", "commitments.csv", attribute="source"),
        *columns_of(Relation, "kind"),
        reference("other", "commitments.csv", attribute="target"),
        *columns_of(Relation, "note"),
    ),
    key=("commitment", "kind", "other"),
    part_of="commitment",
    later=True,
)
PASSAGES = SeedFile(
    "passages.csv",
    Passage,
    (
        reference("document", "documents.csv"),
        *columns_of(Passage, "paragraph", "sentence", "classification", "summary", "reason"),
        reference("commitment", "commitments.csv", required=False),
    ),
    key=("document", "paragraph", "sentence"),
    part_of="document",
    later=True,
)
DEVELOPMENTS = SeedFile(
    "developments.csv",
    Development,
    (
        own_key(),
        reference("commitment", "commitments.csv"),
        *columns_of(Development, "kind"),
        date("happened", required=True),
        *columns_of(Development, "summary"),
        reference("party", *PARTY_FILES, required=False),
        *columns_of(Development, "status", "reason_code", "searched", "note"),
        reference("corrects", "developments.csv", required=False),
    ),
    key=("key",),
)
EVIDENCE = SeedFile(
    "evidence.csv",
    Evidence,
    (
        reference("development", "developments.csv"),
        reference("document", "documents.csv"),
        *columns_of(Evidence, "locator", "role", "provenance", "confidence"),
    ),
    key=("development", "document", "locator"),
    part_of="development",
)

SEED_FILES: tuple[SeedFile, ...] = (
    COUNTRIES,
    SECTORS,
    SDG_TARGETS,
    PARTIES,
    MEMBERSHIPS,
    SERIES,
    SUMMITS,
    PARTICIPATIONS,
    DOCUMENTS,
    COMMITMENTS,
    COMMITMENT_PARTIES,
    AMOUNTS,
    WORDINGS,
    RELATIONS,
    PASSAGES,
    DEVELOPMENTS,
    EVIDENCE,
)
