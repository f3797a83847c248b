"""The codelists: every code a record may bear, with its label and its definition.

A code never changes meaning: a new meaning is a new code and a new `CODEBOOK_VERSION`. The method page prints these
lists as they stand here.
"""

from enum import property as enum_property
from typing import Self

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODEBOOK_VERSION = "1.0"


class DefinedChoices(TextChoices):
    """Text choices written as `code, label, definition`."""

    _caption: str | Promise

    def __new__(cls, code: str, caption: str | Promise) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member._caption = caption
        return member

    # Django takes the last item of a member's tuple for its label; here that is the definition, and the label is
    # the item before it, because a codelist reads better in that order.
    @enum_property
    def label(self) -> str | Promise:  # type: ignore[override]
        return self._caption

    @enum_property
    def definition(self) -> str | Promise:
        return self._label_  # type: ignore[attr-defined, no-any-return]


class Status(DefinedChoices):
    """Where a commitment stands. Supported by a published development; `not_assessed` is the default."""

    NOT_ASSESSED = (
        "not_assessed",
        _("Not assessed"),
        _("Nobody has looked yet. Counts in no rate."),
    )
    NO_EVIDENCE = (
        "no_evidence",
        _("No evidence found"),
        _("Somebody looked and found nothing public."),
    )
    NOT_STARTED = (
        "not_started",
        _("Not started"),
        _("Somebody looked and confirmed that nothing began."),
    )
    IN_PROGRESS = "in_progress", _("In progress"), _("Work on it has begun.")
    STALLED = (
        "stalled",
        _("Stalled"),
        _("Blocked, or without movement for nine months."),
    )
    PARTIALLY_DELIVERED = (
        "partially_delivered",
        _("Partially delivered"),
        _("A significant part is done, the rest is not."),
    )
    DELIVERED = (
        "delivered",
        _("Delivered"),
        _("Done as promised, verified by a source."),
    )
    NOT_DELIVERED = (
        "not_delivered",
        _("Not delivered"),
        _("The deadline passed, or the maker's term ended, and it was not done."),
    )
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("The maker renounced it.")
    SUPERSEDED = (
        "superseded",
        _("Superseded"),
        _("A later commitment, linked here, replaced it."),
    )
    NOT_VERIFIABLE = (
        "not_verifiable",
        _("Not verifiable"),
        _("Its wording or secrecy forbids a judgement; the record says what is missing."),
    )


class StatusGroup(DefinedChoices):
    """Statuses taken together."""

    OPEN = (
        "open",
        _("Open"),
        _("Not started, in progress, stalled or partially delivered."),
    )
    CLOSED = (
        "closed",
        _("Closed"),
        _("Delivered, not delivered, withdrawn or superseded."),
    )
    UNKNOWN = (
        "unknown",
        _("Unknown"),
        _("Not assessed, no evidence found or not verifiable."),
    )


STATUSES_BY_GROUP: dict[StatusGroup, tuple[Status, ...]] = {
    StatusGroup.OPEN: (
        Status.NOT_STARTED,
        Status.IN_PROGRESS,
        Status.STALLED,
        Status.PARTIALLY_DELIVERED,
    ),
    StatusGroup.CLOSED: (
        Status.DELIVERED,
        Status.NOT_DELIVERED,
        Status.WITHDRAWN,
        Status.SUPERSEDED,
    ),
    StatusGroup.UNKNOWN: (
        Status.NOT_ASSESSED,
        Status.NO_EVIDENCE,
        Status.NOT_VERIFIABLE,
    ),
}
GROUP_BY_STATUS: dict[Status, StatusGroup] = {
    status: group for group, statuses in STATUSES_BY_GROUP.items() for status in statuses
}

# The verdicts: a second person must publish what another entered.
VERDICTS = frozenset({Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN})


class StatusEquivalent:
    """What other trackers call a status: PolitiFact, the G7 Research Group, OGP's IRM and IATI's activity status."""

    def __init__(self, politifact: str, g7rg: str, ogp: str, iati: str) -> None:
        self.politifact = politifact
        self.g7rg = g7rg
        self.ogp = ogp
        self.iati = iati


STATUS_EQUIVALENTS: dict[Status, StatusEquivalent] = {
    Status.NOT_ASSESSED: StatusEquivalent("Not Yet Rated", "–", "Pending Review", "–"),
    Status.NO_EVIDENCE: StatusEquivalent("–", "–", "No Evidence Available", "–"),
    Status.NOT_STARTED: StatusEquivalent("–", "−1", "Not Started", "1"),
    Status.IN_PROGRESS: StatusEquivalent("In the Works", "0", "Limited", "2"),
    Status.STALLED: StatusEquivalent("Stalled", "0", "Limited", "6"),
    Status.PARTIALLY_DELIVERED: StatusEquivalent("Compromise", "0", "Substantial", "3"),
    Status.DELIVERED: StatusEquivalent("Promise Kept", "+1", "Complete", "4"),
    Status.NOT_DELIVERED: StatusEquivalent("Promise Broken", "−1", "–", "–"),
    Status.WITHDRAWN: StatusEquivalent("Promise Broken", "−1", "–", "5"),
    Status.SUPERSEDED: StatusEquivalent("–", "–", "–", "–"),
    Status.NOT_VERIFIABLE: StatusEquivalent("–", "–", "–", "–"),
}


class Flag(DefinedChoices):
    """What is computed from dates and evidence on the day of reading, and never typed."""

    OVERDUE = (
        "overdue",
        _("Overdue"),
        _("The due date has ended and the status is open or unknown."),
    )
    DELIVERED_LATE = (
        "delivered_late",
        _("Delivered late"),
        _("Delivered after the due date had ended."),
    )
    STALE = (
        "stale",
        _("Check overdue"),
        _("Last checked longer ago than its review interval."),
    )
    CONTESTED = (
        "contested",
        _("Contested"),
        _("A party's reply disputes the assessment, or evidence contradicts it."),
    )
    SELF_REPORTED_ONLY = (
        "self_reported_only",
        _("Self-reported only"),
        _("No evidence comes from anyone but the party that made the commitment."),
    )
    ORPHANED = (
        "orphaned",
        _("Orphaned"),
        _("The body responsible for it was abolished before it was settled."),
    )
    LAPSED = "lapsed", _("Lapsed"), _("Delivered, and no longer in force.")


class Classification(DefinedChoices):
    """What a sentence of a source document is. An utterance is not a commitment."""

    COMMITMENT = (
        "commitment",
        _("Commitment"),
        _("A discrete, specific, public statement of intent to act in the future towards a stated goal."),
    )
    REQUEST = "request", _("Request"), _("One party asks another to act.")
    REAFFIRMATION = (
        "reaffirmation",
        _("Reaffirmation"),
        _("Parties restate what they had already undertaken."),
    )
    ADVOCACY = (
        "advocacy",
        _("Advocacy"),
        _("A party urges an act without undertaking it."),
    )
    TOPIC = (
        "topic",
        _("Topic"),
        _("A subject discussed, with no undertaking by anyone."),
    )
    POSITION = "position", _("Position"), _("A party states a view or a hope.")
    CONTEXT = "context", _("Context"), _("Who, when, where, and framing.")


# The sentences that become a record of their own; the others are kept as passages of their document only.
RECORD_CLASSIFICATIONS = (
    Classification.COMMITMENT,
    Classification.REQUEST,
    Classification.REAFFIRMATION,
    Classification.ADVOCACY,
    Classification.TOPIC,
)


class Strength(DefinedChoices):
    """The verb's strength, strongest first."""

    COMMITTED = "committed", _("Committed"), _("Undertakes to do it.")
    PLEDGED = "pledged", _("Pledged"), _("Promises it solemnly or publicly.")
    ANNOUNCED = "announced", _("Announced"), _("Makes known that it will be done.")
    AGREED = (
        "agreed",
        _("Agreed"),
        _("Two or more parties settle that it will be done, signed or not."),
    )
    INTENDED = "intended", _("Intended"), _("States an intention, plan or aim.")
    PROPOSED = "proposed", _("Proposed"), _("Puts it forward for others to take up.")
    REQUESTED = "requested", _("Requested"), _("Asks another party to do it.")
    ADVOCATED = "advocated", _("Advocated"), _("Urges that it be done.")
    REAFFIRMED = "reaffirmed", _("Reaffirmed"), _("Restates an earlier undertaking.")
    DISCUSSED = (
        "discussed",
        _("Discussed"),
        _("Talked about; nobody undertook anything."),
    )
    EXPLORED = (
        "explored",
        _("Explored"),
        _("Possibilities were looked at; nobody undertook anything."),
    )


# Left out of rates, with the topics, unless the reader asks for them.
EXPLORATORY_STRENGTHS = frozenset({Strength.DISCUSSED, Strength.EXPLORED})


class Firmness(DefinedChoices):
    """How firmly the commitment is laid down."""

    PROPOSED = "proposed", _("Proposed"), _("Put forward by one party.")
    DECLARED = "declared", _("Declared"), _("Stated publicly by those who make it.")
    IN_STRATEGY = (
        "in_strategy",
        _("In a strategy or plan"),
        _("Written into a strategy or an action plan."),
    )
    IN_POLICY = (
        "in_policy",
        _("In a policy document"),
        _("Written into an adopted policy document."),
    )
    IN_LAW = "in_law", _("In law or treaty"), _("Binding by law, treaty or contract.")


class Kind(DefinedChoices):
    """What sort of act a commitment promises."""

    FINANCE = "finance", _("Finance"), _("Money given, lent, guaranteed or invested.")
    LAW = "law", _("Law or regulation"), _("A law, rule or standard made or changed.")
    PROGRAMME = (
        "programme",
        _("Programme or project"),
        _("A programme, project or joint activity."),
    )
    INSTITUTION = (
        "institution",
        _("Institution or dialogue"),
        _("A body or standing dialogue set up or kept."),
    )
    EVENT = "event", _("Convene an event"), _("A meeting, visit or forum held.")
    TREATY = (
        "treaty",
        _("Treaty or agreement"),
        _("A treaty, agreement or memorandum concluded."),
    )
    INFORMATION = (
        "information",
        _("Information or advocacy"),
        _("Information shared or a cause supported."),
    )
    PROCUREMENT = "procurement", _("Procurement"), _("Goods or services bought.")
    EXPLORATORY = (
        "exploratory",
        _("Exploratory"),
        _("Possibilities looked at, nothing undertaken."),
    )
    POSITION = "position", _("Position"), _("A shared view stated as an undertaking.")


class Novelty(DefinedChoices):
    """Whether the commitment was new on the day it was made."""

    NEW = "new", _("New"), _("Not promised before.")
    EXPANDED = "expanded", _("Expanded"), _("Adds to an earlier commitment.")
    CONTINUED = (
        "continued",
        _("Continued"),
        _("Goes on with what is already under way."),
    )
    REANNOUNCED = (
        "reannounced",
        _("Re-announced"),
        _("Promised before and announced again."),
    )
    ALREADY_DONE = (
        "already_done",
        _("Already done"),
        _("Was done before it was promised."),
    )


class Collectivity(DefinedChoices):
    """How the makers stand to one another."""

    JOINT = "joint", _("Joint"), _("Several parties undertake it together.")
    SEVERAL = (
        "several",
        _("Several"),
        _("Several parties undertake it, each for itself."),
    )
    UNILATERAL = "unilateral", _("Unilateral"), _("One party undertakes it.")


class Verifiability(DefinedChoices):
    """Whether anybody could tell that the commitment was kept."""

    YES = (
        "yes",
        _("Verifiable"),
        _("An observable act, actor and, where it matters, date."),
    )
    PARTLY = (
        "partly",
        _("Partly verifiable"),
        _("Something observable is stated, something is missing."),
    )
    NO = "no", _("Not verifiable"), _("Nothing observable is stated.")


class Role(DefinedChoices):
    """What a party is to a commitment."""

    MAKER = "maker", _("Maker"), _("Makes the commitment and answers for it.")
    CO_MAKER = (
        "co_maker",
        _("Co-maker"),
        _("Makes it with the maker and answers for its part."),
    )
    ADDRESSEE = "addressee", _("Addressee"), _("The commitment is made to it.")
    RECIPIENT = "recipient", _("Recipient"), _("Benefits from it.")
    HOST = "host", _("Host"), _("Houses what is promised.")
    FINANCIER = "financier", _("Financier"), _("Pays for it.")
    IMPLEMENTER = "implementer", _("Implementer"), _("Carries it out.")


# Those who answer for a commitment: the overall status is derived from theirs.
MAKER_ROLES = (Role.MAKER, Role.CO_MAKER)
# Those whose end leaves an unsettled commitment orphaned.
RESPONSIBLE_ROLES = (Role.MAKER, Role.CO_MAKER, Role.IMPLEMENTER)


class PartyKind(DefinedChoices):
    """Who can promise."""

    COUNTRY = (
        "country",
        _("Country"),
        _("A country or area with ISO 3166-1 and UN M49 codes."),
    )
    INSTITUTION = (
        "institution",
        _("Institution"),
        _("A public body, national or international."),
    )
    BLOC = "bloc", _("Bloc"), _("A group of parties with dated members.")
    COMPANY = "company", _("Company"), _("A company, public or private.")


class SummitKind(DefinedChoices):
    """What sort of meeting it was."""

    LEADERS = "leaders", _("Leaders' summit"), _("Heads of state or government meet.")
    MINISTERIAL = (
        "ministerial",
        _("Ministerial"),
        _("Ministers or heads of agencies meet."),
    )
    DIALOGUE = "dialogue", _("Dialogue"), _("Officials meet on one subject.")
    FORUM = "forum", _("Forum"), _("Governments meet with business or civil society.")
    ASSEMBLY = (
        "assembly",
        _("Assembly"),
        _("A session of an international organisation."),
    )


class ParticipationRole(DefinedChoices):
    """What a party was at a summit."""

    PARTICIPANT = "participant", _("Participant"), _("Took part.")
    HOST = "host", _("Host"), _("Hosted and took part.")
    GUEST = "guest", _("Guest"), _("Was invited without being a member of the format.")


class DocumentKind(DefinedChoices):
    """What sort of document a source is."""

    JOINT_STATEMENT = (
        "joint_statement",
        _("Joint statement"),
        _("A text that several parties issue together."),
    )
    COMMUNIQUE = (
        "communique",
        _("Communiqué"),
        _("The agreed outcome text of a meeting."),
    )
    DECLARATION = "declaration", _("Declaration"), _("A solemn statement of parties.")
    ACTION_PLAN = "action_plan", _("Action plan"), _("Steps with actors and dates.")
    MEMORANDUM = "memorandum", _("Memorandum"), _("A signed record of understanding.")
    FACT_SHEET = (
        "fact_sheet",
        _("Fact sheet"),
        _("A party's list of what was agreed or done."),
    )
    READOUT = "readout", _("Readout"), _("A party's summary of a meeting.")
    SPEECH = "speech", _("Speech"), _("Words spoken by a representative.")
    PRESS_RELEASE = (
        "press_release",
        _("Press release"),
        _("A party's announcement to the press."),
    )
    NEWS_REPORT = "news_report", _("News report"), _("Reporting by a news publisher.")
    OPINION = "opinion", _("Opinion"), _("A view, not a report.")
    ASSESSMENT = "assessment", _("Assessment"), _("An analysis of what was done.")


class SourceKind(DefinedChoices):
    """How near a source stands to what it reports."""

    PRIMARY = "primary", _("Primary"), _("The issuing body's own publication.")
    REPUBLISHED_PRIMARY = (
        "republished_primary",
        _("Republished primary"),
        _("The issuing body's text on somebody else's site."),
    )
    SECONDARY = "secondary", _("Secondary"), _("Somebody else's report of it.")
    OPINION = "opinion", _("Opinion"), _("A view. Never the only evidence of a status.")


class LinkHealth(DefinedChoices):
    """Whether a source still answers at its address."""

    UNCHECKED = "unchecked", _("Not checked"), _("The address has not been tried.")
    OK = "ok", _("Answers"), _("The address answered when last tried.")
    GONE = "gone", _("Gone"), _("The address no longer answers with the document.")


class EvidenceRole(DefinedChoices):
    """What a piece of evidence does for its development."""

    ESTABLISHES = (
        "establishes",
        _("Establishes"),
        _("Shows that the commitment or the event exists."),
    )
    SHOWS_PROGRESS = (
        "shows_progress",
        _("Shows progress"),
        _("Shows a step towards or away from delivery."),
    )
    VERIFIES_DELIVERY = (
        "verifies_delivery",
        _("Verifies delivery"),
        _("Shows that what was promised was done. A status of delivered needs it."),
    )
    CONTRADICTS = "contradicts", _("Contradicts"), _("Speaks against the status given.")


class Provenance(DefinedChoices):
    """Who speaks in a piece of evidence."""

    SELF_REPORTED = (
        "self_reported",
        _("Self-reported"),
        _("The party that made the commitment."),
    )
    COUNTERPART_REPORTED = (
        "counterpart_reported",
        _("Counterpart-reported"),
        _("Another party to the commitment."),
    )
    THIRD_PARTY = "third_party", _("Third party"), _("Someone who is no party to it.")
    INDEPENDENTLY_VERIFIED = (
        "independently_verified",
        _("Independently verified"),
        _("Someone who is no party to it and examined it."),
    )
    OFFICIAL_RECORD = (
        "official_record",
        _("Official record"),
        _("A record kept by law or treaty."),
    )


class Confidence(DefinedChoices):
    """How sure the editors are that a piece of evidence says what it is cited for."""

    HIGH = "high", _("High"), _("Read in the source, with its date.")
    MEDIUM = (
        "medium",
        _("Medium"),
        _("A part is inferred, rewritten or second-hand. Never the only evidence of a status."),
    )


class ReasonCode(DefinedChoices):
    """Why a commitment was not delivered."""

    NOT_PRIORITISED = (
        "not_prioritised",
        _("Not prioritised"),
        _("Other business came first."),
    )
    CHANGED_POSITION = (
        "changed_position",
        _("Changed position"),
        _("The maker changed its mind."),
    )
    LEGAL_BLOCK = (
        "legal_block",
        _("Legal or legislative block"),
        _("A court, law or parliament stood in the way."),
    )
    FUNDING_WITHDRAWN = (
        "funding_withdrawn",
        _("Funding withdrawn"),
        _("The money was taken back."),
    )
    BODY_ABOLISHED = (
        "body_abolished",
        _("Body abolished"),
        _("The responsible body was abolished."),
    )
    OTHER_PARTY = (
        "other_party",
        _("Other party did not act"),
        _("It hung on another, who did not act."),
    )
    CONDITION_NOT_MET = (
        "condition_not_met",
        _("Condition not met"),
        _("A stated condition was not met."),
    )
    FORCE_MAJEURE = (
        "force_majeure",
        _("Security or force majeure"),
        _("War, disaster or insecurity."),
    )
    SUPERSEDED = "superseded", _("Superseded"), _("Something else took its place.")
    UNKNOWN = "unknown", _("Unknown"), _("No source gives a reason.")


class Durability(DefinedChoices):
    """Whether what was delivered lasted."""

    IN_FORCE = "in_force", _("In force"), _("Still stands.")
    LAPSED = "lapsed", _("Lapsed"), _("Ended or ran out.")
    REVERSED = "reversed", _("Reversed"), _("Was undone.")
    UNKNOWN = "unknown", _("Unknown"), _("No source says.")


class MoneyStage(DefinedChoices):
    """How far a sum had come. Sums are never added across stages or currencies."""

    ANNOUNCED = "announced", _("Announced"), _("Named in public.")
    COMMITTED = "committed", _("Committed"), _("Bound by contract or decision.")
    ALLOCATED = "allocated", _("Allocated"), _("Set aside in a budget.")
    DISBURSED = "disbursed", _("Disbursed"), _("Paid out.")


class AmountQualifier(DefinedChoices):
    """How exactly the source gives a sum."""

    EXACT = "exact", _("exactly"), _("The source gives the figure without reserve.")
    ABOUT = "about", _("about"), _("The source rounds it.")
    ALMOST = "almost", _("almost"), _("A little less than the figure.")
    UP_TO = "up_to", _("up to"), _("At most the figure.")
    OVER = "over", _("over"), _("More than the figure.")
    RANGE = "range", _("between"), _("Between the figure and a second one.")


class DatePrecision(DefinedChoices):
    """How exactly a date is known."""

    DAY = "day", _("Day"), _("The day is known.")
    MONTH = "month", _("Month"), _("The month is known.")
    QUARTER = "quarter", _("Quarter"), _("The quarter of the year is known.")
    YEAR = "year", _("Year"), _("Only the year is known.")


class DueBasis(DefinedChoices):
    """Where a deadline comes from."""

    STATED = "stated", _("Stated"), _("The text states it.")
    IMPLIED = "implied", _("Implied"), _("Computed from the text by the editors.")
    NONE = "none", _("None"), _("The text gives no deadline.")


class Publication(DefinedChoices):
    """Where a record stands on its way to the public."""

    DRAFT = "draft", _("Draft"), _("Being written. Editors only.")
    SUBMITTED = "submitted", _("Submitted"), _("Waits for a reviewer. Editors only.")
    CHANGES_REQUESTED = (
        "changes_requested",
        _("Changes requested"),
        _("Back with its author. Editors only."),
    )
    PUBLISHED = "published", _("Published"), _("Public and followed.")
    CLOSED = "closed", _("Closed"), _("Public, and no longer followed.")
    RETRACTED = (
        "retracted",
        _("Retracted"),
        _("Withdrawn from the public, with a reason; its address says so."),
    )


PUBLIC_PUBLICATIONS = (Publication.PUBLISHED, Publication.CLOSED)


class DevelopmentKind(DefinedChoices):
    """What sort of entry a development is."""

    DEVELOPMENT = "development", _("Development"), _("Something happened.")
    CHECK = (
        "check",
        _("Check"),
        _("Somebody looked and found nothing new; the entry says where."),
    )
    REPLY = "reply", _("Reply"), _("A party answers the assessment.")
    CORRECTION = (
        "correction",
        _("Correction"),
        _("Puts an earlier entry right, and says why."),
    )


class RelationKind(DefinedChoices):
    """How one commitment stands to another. Read: this commitment … the other."""

    RESTATES = "restates", _("Restates"), _("Says again what the other said.")
    SUPERSEDES = "supersedes", _("Supersedes"), _("Takes the other's place.")
    PART_OF = "part_of", _("Is part of"), _("Is one part of the other.")
    DEPENDS_ON = "depends_on", _("Depends on"), _("Cannot be done without the other.")
    DELIVERED_BY = (
        "delivered_by",
        _("Is delivered by"),
        _("The other's delivery delivers this one."),
    )


CODELISTS: tuple[type[DefinedChoices], ...] = (
    Status,
    StatusGroup,
    Flag,
    Classification,
    Strength,
    Firmness,
    Kind,
    Novelty,
    Collectivity,
    Verifiability,
    Role,
    PartyKind,
    SummitKind,
    ParticipationRole,
    DocumentKind,
    SourceKind,
    LinkHealth,
    EvidenceRole,
    Provenance,
    Confidence,
    ReasonCode,
    Durability,
    MoneyStage,
    AmountQualifier,
    DatePrecision,
    DueBasis,
    Publication,
    DevelopmentKind,
    RelationKind,
)
