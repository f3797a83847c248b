"""A plan as the rows it will be, in memory, with the statuses that the rules derive from its developments."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.text import Truncator

from commitments.codelists import DevelopmentKind, DueBasis, MoneyStage, Publication, Role, Status
from commitments.models import Amount, Commitment, CommitmentParty, Development, Evidence, Wording
from commitments.models.commitments import DEFAULT_REVIEW_INTERVAL_DAYS
from commitments.rules import Segment, StatusEvent, timelines
from commitments.synthetic.plans import Plan, PlannedDevelopment
from commitments.synthetic.reference import Reference

# From an event to its entry here.
LATER = dt.timedelta(days=3)
NOON = dt.time(12, tzinfo=dt.UTC)


def code_of(seed: int, number: int) -> str:
    """The code of a synthetic commitment."""
    return f"SYN{seed}-{number:07}"


@dataclass
class Record:
    """One commitment with all its rows; its developments in the order of their days, which is that of publication."""

    plan: Plan
    commitment: Commitment
    parties: list[CommitmentParty] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    developments: list[Development] = field(default_factory=list)
    # By the places of the developments.
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)

    def timelines(self, known: int) -> dict[int | None, list[Segment]]:
        """The statuses over time that the first `known` developments give; segments name them by their places."""
        events = [
            StatusEvent(one.party_id, Status(one.status), one.happened, place, place)
            for place, one in enumerate(self.developments[:known])
            if one.status
        ]
        return timelines(events, {row.party_id for row in self._makers})  # type: ignore[return-value]

    @property
    def _makers(self) -> list[CommitmentParty]:
        return [row for row in self.parties if row.is_maker]

    def derive(self, known: int) -> None:
        """Let commitment and makers stand as the first `known` of the developments give it."""
        derived = self.timelines(known)
        rows: list[tuple[Commitment | CommitmentParty, list[Segment]]] = [(self.commitment, derived[None])]
        rows += [(row, derived[row.party_id]) for row in self._makers]
        for row, segments in rows:
            row.status = segments[-1].status if segments else Status.NOT_ASSESSED
            row.status_since = segments[-1].effective if segments else None
        checks = [one.happened.end for one in self.developments[:known] if one.kind == DevelopmentKind.CHECK]
        checked = max(checks, default=None)
        self.commitment.last_checked_on = checked
        self.commitment.next_check_on = checked and checked + dt.timedelta(days=DEFAULT_REVIEW_INTERVAL_DAYS)


def records(plans: Iterable[Plan], seed: int, reference: Reference) -> list[Record]:
    """The rows of these plans, none of them saved."""
    return [_record(plan, seed, reference) for plan in plans]


def _record(plan: Plan, seed: int, reference: Reference) -> Record:
    record = Record(plan, _commitment(plan, seed, reference))
    roles = [*((maker, Role.MAKER) for maker in plan.makers), *plan.others]
    record.parties = [
        CommitmentParty(commitment=record.commitment, party=reference.parties[party], role=role)
        for party, role in roles
    ]
    record.wordings = [_wording(record, reference)]
    record.amounts = [_amount(record.commitment, plan.amount)] if plan.amount else []
    record.developments = [_development(record, planned, reference) for planned in plan.developments]
    record.derive(len(record.developments))
    return record


def _commitment(plan: Plan, seed: int, reference: Reference) -> Commitment:
    commitment = Commitment(
        code=code_of(seed, plan.number),
        title=plan.title,
        summary=plan.summary,
        summit=reference.summits[plan.summit],
        classification=plan.classification,
        kind=plan.kind,
        strength=plan.strength,
        firmness=plan.firmness,
        novelty=plan.novelty,
        collectivity=plan.collectivity,
        due_basis=DueBasis.STATED if plan.due else DueBasis.NONE,
    )
    commitment.made, commitment.due = plan.made, plan.due
    if not plan.is_draft:
        commitment.publication = Publication.CLOSED if plan.is_closed else Publication.PUBLISHED
        commitment.published_at, commitment.published_by = _entered(plan.made.start), reference.reviewer
    return commitment


def _wording(record: Record, reference: Reference) -> Wording:
    return Wording(
        commitment=record.commitment,
        document=reference.statements[record.plan.summit],
        paragraph=1 + record.plan.number % 90,
        sentence=1 + record.plan.number % 7,
        strength=record.plan.strength,
        quotation=Truncator(record.plan.summary).chars(200),
    )


def _amount(commitment: Commitment, value: int) -> Amount:
    return Amount(commitment=commitment, stage=MoneyStage.ANNOUNCED, value=Decimal(value), currency="USD")


def _development(record: Record, planned: PlannedDevelopment, reference: Reference) -> Development:
    development = Development(
        commitment=record.commitment,
        kind=planned.kind,
        summary=planned.summary,
        party=None if planned.maker is None else reference.parties[record.plan.makers[planned.maker]],
        status=planned.status,
        reason_code=planned.reason_code,
        searched=planned.searched,
        entered_by=reference.author,
        entered_at=_entered(planned.happened.start),
    )
    development.happened = planned.happened
    return development


def _entered(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + LATER, NOON)
