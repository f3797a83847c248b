"""The codelists: every code a record may bear, with its label and its definition.

A code never changes meaning: a new meaning is a new code and a new `CODEBOOK_VERSION`. So is a definition that says
the same better a new version, but no new code. The method page prints these lists as they stand here.
"""

from dataclasses import dataclass
from typing import Self

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODEBOOK_VERSION = "1.3"
# Every version, the newest first, with what it changed. Each revision of a record bears the version it was written by.
CODEBOOK_HISTORY: tuple[tuple[str, str | Promise], ...] = (
    (
        CODEBOOK_VERSION,
        _(
            "“Not assessed” and high confidence mean what they meant, and say it as it is: that no published entry "
            "supports a status, though somebody may have looked; and that it was read in the source itself, dated or "
            "not."
        ),
    ),
    ("1.2", _("A record that tells of the same commitment as another is merged into it and says so.")),
    ("1.1", _("The health of a link tells a source that did not answer when last tried from one that is gone.")),
    ("1.0", _("The first version.")),
)


class DefinedChoices(TextChoices):
    """Text choices of which each code has a definition: `code, definition, label`.

    The label stands last because Django takes a member's last item for it.
    """

    definition: str | Promise

    def __new__(cls, code: str, definition: str | Promise = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.definition = definition
        return member


class Status(DefinedChoices):
    """Where a commitment stands. Supported by a published development; `not_assessed` is the default."""

    NOT_ASSESSED = (
        "not_assessed",
        _("No published entry supports a status yet. Counts in no rate."),
        _("Not assessed"),
    )
    NO_EVIDENCE = ("no_evidence", _("Somebody looked and found nothing public."), _("No evidence found"))
    NOT_STARTED = ("not_started", _("Somebody looked and confirmed that nothing began."), _("Not started"))
    IN_PROGRESS = "in_progress", _("Work on it has begun."), _("In progress")
    STALLED = ("stalled", _("Blocked, or without movement for nine months."), _("Stalled"))
    PARTIALLY_DELIVERED = (
        "partially_delivered",
        _("A significant part is done, the rest is not."),
        _("Partially delivered"),
    )
    DELIVERED = ("delivered", _("Done as promised, verified by a source."), _("Delivered"))
    NOT_DELIVERED = (
        "not_delivered",
        _("The deadline passed, or the maker's term ended, and it was not done."),
        _("Not delivered"),
    )
    WITHDRAWN = "withdrawn", _("The maker renounced it."), _("Withdrawn")
    SUPERSEDED = ("superseded", _("A later commitment, linked here, replaced it."), _("Superseded"))
    NOT_VERIFIABLE = (
        "not_verifiable",
        _("Its wording or secrecy forbids a judgement; the record says what is missing."),
        _("Not verifiable"),
    )


class StatusGroup(DefinedChoices):
    """Statuses taken together."""

    OPEN = ("open", _("Not started, in progress, stalled or partially delivered."), _("Open"))
    CLOSED = ("closed", _("Delivered, not delivered, withdrawn or superseded."), _("Closed"))
    UNKNOWN = ("unknown", _("Not assessed, no evidence found or not verifiable."), _("Unknown"))


STATUSES_BY_GROUP: dict[StatusGroup, tuple[Status, ...]] = {
    StatusGroup.OPEN: (Status.NOT_STARTED, Status.IN_PROGRESS, Status.STALLED, Status.PARTIALLY_DELIVERED),
    StatusGroup.CLOSED: (Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN, Status.SUPERSEDED),
    StatusGroup.UNKNOWN: (Status.NOT_ASSESSED, Status.NO_EVIDENCE, Status.NOT_VERIFIABLE),
}
GROUP_BY_STATUS: dict[Status, StatusGroup] = {
    status: group for group, statuses in STATUSES_BY_GROUP.items() for status in statuses
}

# The verdicts: a second person must publish what another entered.
VERDICTS = frozenset({Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN})


@dataclass(frozen=True)
class StatusEquivalent:
    """What other trackers call a status: PolitiFact, the G7 Research Group, OGP's IRM and IATI's activity status."""

    politifact: str
    g7rg: str
    ogp: str
    iati: str


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

    OVERDUE = ("overdue", _("The due date has ended and the status is open or unknown."), _("Overdue"))
    DELIVERED_LATE = ("delivered_late", _("Delivered after the due date had ended."), _("Delivered late"))
    STALE = ("stale", _("Last checked longer ago than its review interval."), _("Check overdue"))
    CONTESTED = ("contested", _("A party's reply disputes the assessment, or evidence contradicts it."), _("Contested"))
    SELF_REPORTED_ONLY = (
        "self_reported_only",
        _("No evidence comes from anyone but the party that made the commitment."),
        _("Self-reported only"),
    )
    ORPHANED = ("orphaned", _("The body responsible for it was abolished before it was settled."), _("Orphaned"))
    LAPSED = "lapsed", _("Delivered, and no longer in force."), _("Lapsed")


class Classification(DefinedChoices):
    """What a sentence of a source document is. An utterance is not a commitment."""

    COMMITMENT = (
        "commitment",
        _("A discrete, specific, public statement of intent to act in the future towards a stated goal."),
        _("Commitment"),
    )
    REQUEST = "request", _("One party asks another to act."), _("Request")
    REAFFIRMATION = ("reaffirmation", _("Parties restate what they had already undertaken."), _("Reaffirmation"))
    ADVOCACY = ("advocacy", _("A party urges an act without undertaking it."), _("Advocacy"))
    TOPIC = ("topic", _("A subject discussed, with no undertaking by anyone."), _("Topic"))
    POSITION = "position", _("A party states a view or a hope."), _("Position")
    CONTEXT = "context", _("Who, when, where, and framing."), _("Context")


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

    COMMITTED = "committed", _("Undertakes to do it."), _("Committed")
    PLEDGED = "pledged", _("Promises it solemnly or publicly."), _("Pledged")
    ANNOUNCED = "announced", _("Makes known that it will be done."), _("Announced")
    AGREED = ("agreed", _("Two or more parties settle that it will be done, signed or not."), _("Agreed"))
    INTENDED = "intended", _("States an intention, plan or aim."), _("Intended")
    PROPOSED = "proposed", _("Puts it forward for others to take up."), _("Proposed")
    REQUESTED = "requested", _("Asks another party to do it."), _("Requested")
    ADVOCATED = "advocated", _("Urges that it be done."), _("Advocated")
    REAFFIRMED = "reaffirmed", _("Restates an earlier undertaking."), _("Reaffirmed")
    DISCUSSED = ("discussed", _("Talked about; nobody undertook anything."), _("Discussed"))
    EXPLORED = ("explored", _("Possibilities were looked at; nobody undertook anything."), _("Explored"))


# Left out of rates, with the topics, unless the reader asks for them.
EXPLORATORY_STRENGTHS = frozenset({Strength.DISCUSSED, Strength.EXPLORED})


class Firmness(DefinedChoices):
    """How firmly the commitment is laid down."""

    PROPOSED = "proposed", _("Put forward by one party."), _("Proposed")
    DECLARED = "declared", _("Stated publicly by those who make it."), _("Declared")
    IN_STRATEGY = ("in_strategy", _("Written into a strategy or an action plan."), _("In a strategy or plan"))
    IN_POLICY = ("in_policy", _("Written into an adopted policy document."), _("In a policy document"))
    IN_LAW = "in_law", _("Binding by law, treaty or contract."), _("In law or treaty")


class Kind(DefinedChoices):
    """What sort of act a commitment promises."""

    FINANCE = "finance", _("Money given, lent, guaranteed or invested."), _("Finance")
    LAW = "law", _("A law, rule or standard made or changed."), _("Law or regulation")
    PROGRAMME = ("programme", _("A programme, project or joint activity."), _("Programme or project"))
    INSTITUTION = ("institution", _("A body or standing dialogue set up or kept."), _("Institution or dialogue"))
    EVENT = "event", _("A meeting, visit or forum held."), _("Convene an event")
    TREATY = ("treaty", _("A treaty, agreement or memorandum concluded."), _("Treaty or agreement"))
    INFORMATION = ("information", _("Information shared or a cause supported."), _("Information or advocacy"))
    PROCUREMENT = "procurement", _("Goods or services bought."), _("Procurement")
    EXPLORATORY = ("exploratory", _("Possibilities looked at, nothing undertaken."), _("Exploratory"))
    POSITION = "position", _("A shared view stated as an undertaking."), _("Position")


class Novelty(DefinedChoices):
    """Whether the commitment was new on the day it was made."""

    NEW = "new", _("Not promised before."), _("New")
    EXPANDED = "expanded", _("Adds to an earlier commitment."), _("Expanded")
    CONTINUED = ("continued", _("Goes on with what is already under way."), _("Continued"))
    REANNOUNCED = ("reannounced", _("Promised before and announced again."), _("Re-announced"))
    ALREADY_DONE = ("already_done", _("Was done before it was promised."), _("Already done"))


class Collectivity(DefinedChoices):
    """How the makers stand to one another."""

    JOINT = "joint", _("Several parties undertake it together."), _("Joint")
    SEVERAL = ("several", _("Several parties undertake it, each for itself."), _("Several"))
    UNILATERAL = "unilateral", _("One party undertakes it."), _("Unilateral")


class Verifiability(DefinedChoices):
    """Whether anybody could tell that the commitment was kept."""

    YES = ("yes", _("An observable act, actor and, where it matters, date."), _("Verifiable"))
    PARTLY = ("partly", _("Something observable is stated, something is missing."), _("Partly verifiable"))
    NO = "no", _("Nothing observable is stated."), _("Not verifiable")


class Role(DefinedChoices):
    """What a party is to a commitment."""

    MAKER = "maker", _("Makes the commitment and answers for it."), _("Maker")
    CO_MAKER = ("co_maker", _("Makes it with the maker and answers for its part."), _("Co-maker"))
    ADDRESSEE = "addressee", _("The commitment is made to it."), _("Addressee")
    RECIPIENT = "recipient", _("Benefits from it."), _("Recipient")
    HOST = "host", _("Houses what is promised."), _("Host")
    FINANCIER = "financier", _("Pays for it."), _("Financier")
    IMPLEMENTER = "implementer", _("Carries it out."), _("Implementer")


# Those who answer for a commitment: the overall status is derived from theirs.
MAKER_ROLES = (Role.MAKER, Role.CO_MAKER)
# Those whose end leaves an unsettled commitment orphaned.
RESPONSIBLE_ROLES = (Role.MAKER, Role.CO_MAKER, Role.IMPLEMENTER)


class PartyKind(DefinedChoices):
    """Who can promise."""

    COUNTRY = ("country", _("A country or area with ISO 3166-1 and UN M49 codes."), _("Country"))
    INSTITUTION = ("institution", _("A public body, national or international."), _("Institution"))
    BLOC = "bloc", _("A group of parties with dated members."), _("Bloc")
    COMPANY = "company", _("A company, public or private."), _("Company")


class SummitKind(DefinedChoices):
    """What sort of meeting it was."""

    LEADERS = "leaders", _("Heads of state or government meet."), _("Leaders' summit")
    MINISTERIAL = ("ministerial", _("Ministers or heads of agencies meet."), _("Ministerial"))
    DIALOGUE = "dialogue", _("Officials meet on one subject."), _("Dialogue")
    FORUM = "forum", _("Governments meet with business or civil society."), _("Forum")
    ASSEMBLY = ("assembly", _("A session of an international organisation."), _("Assembly"))


class ParticipationRole(DefinedChoices):
    """What a party was at a summit."""

    PARTICIPANT = "participant", _("Took part."), _("Participant")
    HOST = "host", _("Hosted and took part."), _("Host")
    GUEST = "guest", _("Was invited without being a member of the format."), _("Guest")


class DocumentKind(DefinedChoices):
    """What sort of document a source is."""

    JOINT_STATEMENT = ("joint_statement", _("A text that several parties issue together."), _("Joint statement"))
    COMMUNIQUE = ("communique", _("The agreed outcome text of a meeting."), _("Communiqué"))
    DECLARATION = "declaration", _("A solemn statement of parties."), _("Declaration")
    ACTION_PLAN = "action_plan", _("Steps with actors and dates."), _("Action plan")
    MEMORANDUM = "memorandum", _("A signed record of understanding."), _("Memorandum")
    FACT_SHEET = ("fact_sheet", _("A party's list of what was agreed or done."), _("Fact sheet"))
    READOUT = "readout", _("A party's summary of a meeting."), _("Readout")
    SPEECH = "speech", _("Words spoken by a representative."), _("Speech")
    PRESS_RELEASE = ("press_release", _("A party's announcement to the press."), _("Press release"))
    NEWS_REPORT = "news_report", _("Reporting by a news publisher."), _("News report")
    OPINION = "opinion", _("A view, not a report."), _("Opinion")
    ASSESSMENT = "assessment", _("An analysis of what was done."), _("Assessment")


class SourceKind(DefinedChoices):
    """How near a source stands to what it reports."""

    PRIMARY = "primary", _("The issuing body's own publication."), _("Primary")
    REPUBLISHED_PRIMARY = (
        "republished_primary",
        _("The issuing body's text on somebody else's site."),
        _("Republished primary"),
    )
    SECONDARY = "secondary", _("Somebody else's report of it."), _("Secondary")
    OPINION = "opinion", _("A view. Never the only evidence of a status."), _("Opinion")


class LinkHealth(DefinedChoices):
    """Whether a source still answers at its address."""

    UNCHECKED = "unchecked", _("The address has not been tried."), _("Not checked")
    OK = "ok", _("The address answered when last tried."), _("Answers")
    UNREACHABLE = (
        "unreachable",
        _("The address did not give the document when last tried. That may pass: it is not called gone yet."),
        _("Did not answer when last tried"),
    )
    GONE = "gone", _("The address no longer answers with the document."), _("Gone")


class LinkOutcome(DefinedChoices):
    """What came of trying the address of a source once."""

    ANSWERED = "answered", _("The server gave a page."), _("Answered")
    NOT_FOUND = "not_found", _("The server said that the page is not there or no longer there."), _("Not found")
    NO_ANSWER = (
        "no_answer",
        _("The name is not known, nobody answered in time, or the server had a fault of its own."),
        _("No answer"),
    )
    REFUSED = (
        "refused",
        _("The server answered, but does not serve this site's checker: it may still serve readers."),
        _("Refused"),
    )
    NOT_TRIED = "not_tried", _("The address is of a kind that this site does not open."), _("Not tried")


class EvidenceRole(DefinedChoices):
    """What a piece of evidence does for its development."""

    ESTABLISHES = ("establishes", _("Shows that the commitment or the event exists."), _("Establishes"))
    SHOWS_PROGRESS = ("shows_progress", _("Shows a step towards or away from delivery."), _("Shows progress"))
    VERIFIES_DELIVERY = (
        "verifies_delivery",
        _("Shows that what was promised was done. A status of delivered needs it."),
        _("Verifies delivery"),
    )
    CONTRADICTS = "contradicts", _("Speaks against the status given."), _("Contradicts")


class Provenance(DefinedChoices):
    """Who speaks in a piece of evidence."""

    SELF_REPORTED = ("self_reported", _("The party that made the commitment."), _("Self-reported"))
    COUNTERPART_REPORTED = ("counterpart_reported", _("Another party to the commitment."), _("Counterpart-reported"))
    THIRD_PARTY = "third_party", _("Someone who is no party to it."), _("Third party")
    INDEPENDENTLY_VERIFIED = (
        "independently_verified",
        _("Someone who is no party to it and examined it."),
        _("Independently verified"),
    )
    OFFICIAL_RECORD = ("official_record", _("A record kept by law or treaty."), _("Official record"))


class Confidence(DefinedChoices):
    """How sure the editors are that a piece of evidence says what it is cited for."""

    HIGH = "high", _("Read in the source itself; nothing is inferred."), _("High")
    MEDIUM = (
        "medium",
        _("A part is inferred, rewritten or second-hand. Never the only evidence of a status."),
        _("Medium"),
    )


class ReasonCode(DefinedChoices):
    """Why a commitment was not delivered."""

    NOT_PRIORITISED = ("not_prioritised", _("Other business came first."), _("Not prioritised"))
    CHANGED_POSITION = ("changed_position", _("The maker changed its mind."), _("Changed position"))
    LEGAL_BLOCK = ("legal_block", _("A court, law or parliament stood in the way."), _("Legal or legislative block"))
    FUNDING_WITHDRAWN = ("funding_withdrawn", _("The money was taken back."), _("Funding withdrawn"))
    BODY_ABOLISHED = ("body_abolished", _("The responsible body was abolished."), _("Body abolished"))
    OTHER_PARTY = ("other_party", _("It hung on another, who did not act."), _("Other party did not act"))
    CONDITION_NOT_MET = ("condition_not_met", _("A stated condition was not met."), _("Condition not met"))
    FORCE_MAJEURE = ("force_majeure", _("War, disaster or insecurity."), _("Security or force majeure"))
    SUPERSEDED = "superseded", _("Something else took its place."), _("Superseded")
    UNKNOWN = "unknown", _("No source gives a reason."), _("Unknown")


class Durability(DefinedChoices):
    """Whether what was delivered lasted."""

    IN_FORCE = "in_force", _("Still stands."), _("In force")
    LAPSED = "lapsed", _("Ended or ran out."), _("Lapsed")
    REVERSED = "reversed", _("Was undone."), _("Reversed")
    UNKNOWN = "unknown", _("No source says."), _("Unknown")


class MoneyStage(DefinedChoices):
    """How far a sum had come. Sums are never added across stages or currencies."""

    ANNOUNCED = "announced", _("Named in public."), _("Announced")
    COMMITTED = "committed", _("Bound by contract or decision."), _("Committed")
    ALLOCATED = "allocated", _("Set aside in a budget."), _("Allocated")
    DISBURSED = "disbursed", _("Paid out."), _("Disbursed")


class AmountQualifier(DefinedChoices):
    """How exactly the source gives a sum."""

    EXACT = "exact", _("The source gives the figure without reserve."), _("exactly")
    ABOUT = "about", _("The source rounds it."), _("about")
    ALMOST = "almost", _("A little less than the figure."), _("almost")
    UP_TO = "up_to", _("At most the figure."), _("up to")
    OVER = "over", _("More than the figure."), _("over")
    RANGE = "range", _("Between the figure and a second one."), _("between")


class DatePrecision(DefinedChoices):
    """How exactly a date is known."""

    DAY = "day", _("The day is known."), _("Day")
    MONTH = "month", _("The month is known."), _("Month")
    QUARTER = "quarter", _("The quarter of the year is known."), _("Quarter")
    YEAR = "year", _("Only the year is known."), _("Year")


class DueBasis(DefinedChoices):
    """Where a deadline comes from."""

    STATED = "stated", _("The text states it."), _("Stated")
    IMPLIED = "implied", _("Computed from the text by the editors."), _("Implied")
    NONE = "none", _("The text gives no deadline."), _("None")


class Publication(DefinedChoices):
    """Where a record stands on its way to the public."""

    DRAFT = "draft", _("Being written. Editors only."), _("Draft")
    SUBMITTED = "submitted", _("Waits for a reviewer. Editors only."), _("Submitted")
    CHANGES_REQUESTED = ("changes_requested", _("Back with its author. Editors only."), _("Changes requested"))
    PUBLISHED = "published", _("Public and followed."), _("Published")
    CLOSED = "closed", _("Public, and no longer followed."), _("Closed")
    RETRACTED = ("retracted", _("Withdrawn from the public, with a reason; its address says so."), _("Retracted"))
    MERGED = (
        "merged",
        _("Another record tells of the same commitment and holds what this one held; its address leads there."),
        _("Merged"),
    )


PUBLIC_PUBLICATIONS = (Publication.PUBLISHED, Publication.CLOSED)
# Nothing more is said of these: another record has taken their place, or they should never have been there.
GONE_PUBLICATIONS = (Publication.MERGED, Publication.RETRACTED)


class ReviewKind(DefinedChoices):
    """One step of a development's draft on its way to the public. The last one says where it stands."""

    SUBMITTED = "submitted", _("Its author asks a reviewer to decide."), _("Submitted")
    CHANGES_REQUESTED = (
        "changes_requested",
        _("A reviewer sends it back with what is to be mended."),
        _("Changes requested"),
    )
    APPROVED = "approved", _("A second person published it."), _("Approved")
    REJECTED = (
        "rejected",
        _("A reviewer does not want it as it is. It waits for nobody, unless it is submitted again."),
        _("Rejected"),
    )


class SuggestionKind(DefinedChoices):
    """What a reader wants to tell the editors."""

    HAPPENED = "happened", _("Something happened that the page does not say."), _("Something happened")
    WRONG = "wrong", _("Something on the page is wrong."), _("Something is wrong")


class SuggestionState(DefinedChoices):
    """What became of a reader's suggestion."""

    NEW = "new", _("No editor has decided on it yet."), _("Waiting")
    ACCEPTED = "accepted", _("An editor took it up: an entry is written from it."), _("Accepted")
    DECLINED = "declined", _("An editor decided against it and says why."), _("Declined")


class ImportKind(DefinedChoices):
    """What a file holds, one record a row."""

    COMMITMENTS = (
        "commitments",
        _("One commitment a row, with its parties, sectors and first wording."),
        _("Commitments"),
    )
    DEVELOPMENTS = "developments", _("One development a row, with its evidence."), _("Developments")
    DOCUMENTS = "documents", _("One source a row."), _("Documents")
    PARTIES = "parties", _("One country, institution, bloc or company a row."), _("Parties")


class ImportState(DefinedChoices):
    """What became of a file that an editor gave."""

    WAITING = "waiting", _("It was read and shown; nobody has confirmed it yet."), _("Waiting")
    DONE = "done", _("An editor confirmed it, and its rows were written."), _("Imported")
    DISCARDED = "discarded", _("An editor threw it away; nothing was written."), _("Discarded")


class Channel(DefinedChoices):
    """By what somebody follows a query."""

    EMAIL = "email", _("A message to an e-mail address that its holder confirmed."), _("E-mail")
    WEBHOOK = "webhook", _("A signed request to an address that a program listens at."), _("Webhook")


class Frequency(DefinedChoices):
    """How often somebody who follows a query is told of changes."""

    AT_ONCE = "at_once", _("As soon as something changed."), _("At once")
    DAILY = "daily", _("Once a day, if something changed."), _("Daily")
    WEEKLY = "weekly", _("Once a week, if something changed."), _("Weekly")


class DeliveryState(DefinedChoices):
    """Where a message to somebody who follows a query stands."""

    WAITING = "waiting", _("It was written and not sent yet, or is to be tried again."), _("Waiting")
    CLAIMED = "claimed", _("A worker is sending it."), _("Being sent")
    SENT = "sent", _("The other side took it."), _("Sent")
    FAILED = "failed", _("It was tried often enough, and given up."), _("Given up")


class Score(DefinedChoices):
    """What one assessor says of one maker, as the G7 and G20 Research Groups score compliance."""

    FULL = "full", _("Everything that was promised was done, or nearly: +1."), _("+1")
    PARTIAL = "partial", _("Some of it was done, or is being done: 0."), _("0")
    NONE = "none", _("Nothing was done, or the contrary: −1."), _("−1")


class DevelopmentKind(DefinedChoices):
    """What sort of entry a development is."""

    DEVELOPMENT = "development", _("Something happened."), _("Development")
    CHECK = ("check", _("Somebody looked and found nothing new; the entry says where."), _("Check"))
    REPLY = "reply", _("A party answers the assessment."), _("Reply")
    CORRECTION = ("correction", _("Puts an earlier entry right, and says why."), _("Correction"))


class RelationKind(DefinedChoices):
    """How one commitment stands to another. Read: this commitment … the other."""

    RESTATES = "restates", _("Says again what the other said."), _("Restates")
    SUPERSEDES = "supersedes", _("Takes the other's place."), _("Supersedes")
    PART_OF = "part_of", _("Is one part of the other."), _("Is part of")
    DEPENDS_ON = "depends_on", _("Cannot be done without the other."), _("Depends on")
    DELIVERED_BY = ("delivered_by", _("The other's delivery delivers this one."), _("Is delivered by"))


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
    LinkOutcome,
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
    ReviewKind,
    SuggestionKind,
    SuggestionState,
    ImportKind,
    ImportState,
    Channel,
    Frequency,
    DeliveryState,
    Score,
    RelationKind,
)
