"""The rules of the codebook as pure functions over codes and dates. They read no table and no clock.

Status is held per party; the overall status follows from the makers' by rule v1. Flags are computed for a given day.
"""

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from commitments.codelists import (
    GROUP_BY_STATUS,
    VERDICTS,
    Confidence,
    DevelopmentKind,
    Durability,
    EvidenceRole,
    Flag,
    Provenance,
    Score,
    SourceKind,
    Status,
    StatusGroup,
)
from commitments.uncertain_dates import UncertainDate

OVERALL_RULE = "v1"

# Rule v1 takes the most advanced of these when nothing more decided is known.
_MOST_ADVANCED_FIRST = (
    Status.IN_PROGRESS,
    Status.STALLED,
    Status.NOT_STARTED,
    Status.NO_EVIDENCE,
)
_FAILED = frozenset({Status.NOT_DELIVERED, Status.WITHDRAWN})
_DONE_IN_PART = frozenset({Status.DELIVERED, Status.PARTIALLY_DELIVERED})


def overall_status(makers: Sequence[Status]) -> Status:
    """The commitment's status from those of all its makers, by rule v1.

    All the same: that. All failed, some withdrawn: not delivered. Any delivered or partially delivered beside others:
    partially delivered. Else the most advanced of in progress, stalled, not started, no evidence; else not assessed.
    """
    distinct = set(makers)
    if len(distinct) == 1:
        return distinct.pop()
    if distinct and distinct <= _FAILED:
        return Status.NOT_DELIVERED
    if distinct & _DONE_IN_PART:
        return Status.PARTIALLY_DELIVERED
    for status in _MOST_ADVANCED_FIRST:
        if status in distinct:
            return status
    return Status.NOT_ASSESSED


@dataclass(frozen=True)
class StatusEvent:
    """A published development that supports a status, for one party (`subject`) or for the whole (`subject` None).

    `order` is the place in which it was published: of two on one day, the later published counts.
    """

    subject: Hashable
    status: Status
    effective: UncertainDate
    order: int
    development: int


@dataclass(frozen=True)
class Segment:
    """From `effective` on, until the next segment of the same subject, the status is `status`."""

    effective: UncertainDate
    status: Status
    development: int


def timelines(events: Iterable[StatusEvent], makers: Collection[Hashable]) -> dict[Hashable, list[Segment]]:
    """Every subject's statuses over time, oldest first, with consecutive equals merged; None is the whole.

    Events of subjects that are not makers are left out: only makers bear a status of their own. What is said of the
    whole is said of its only maker too.
    """
    ordered = sorted(events, key=lambda event: (event.effective.start, event.order))
    own: dict[Hashable, list[StatusEvent]] = {subject: [] for subject in makers}
    whole: list[StatusEvent] = []
    for event in ordered:
        if event.subject is None:
            whole.append(event)
            if len(own) == 1:
                own[next(iter(own))].append(event)
        elif event.subject in own:
            own[event.subject].append(event)
    result: dict[Hashable, list[Segment]] = {
        subject: _segments((event, event.status) for event in subject_events) for subject, subject_events in own.items()
    }
    counting = [event for event in ordered if event.subject is None or event.subject in own]
    result[None] = _segments((event, _overall_on(event.effective.start, whole, own)) for event in counting)
    return result


def _segments(points: Iterable[tuple[StatusEvent, Status]]) -> list[Segment]:
    by_day: dict[dt.date, Segment] = {}
    for event, status in points:
        by_day[event.effective.start] = Segment(event.effective, status, event.development)
    merged: list[Segment] = []
    for segment in by_day.values():
        before = merged[-1].status if merged else Status.NOT_ASSESSED
        if segment.status != before:
            merged.append(segment)
    return merged


def _overall_on(
    day: dt.date,
    whole: Sequence[StatusEvent],
    own: Mapping[Hashable, Sequence[StatusEvent]],
) -> Status:
    latest_whole = _latest(whole, day)
    latest_own = [_latest(events, day) for events in own.values()]
    dated = [event.effective.start for event in latest_own if event is not None]
    # A status given for the whole stands while it is later than every party's.
    if latest_whole is not None and all(start < latest_whole.effective.start for start in dated):
        return latest_whole.status
    return overall_status([event.status if event else Status.NOT_ASSESSED for event in latest_own])


def _latest(events: Sequence[StatusEvent], day: dt.date) -> StatusEvent | None:
    before = [event for event in events if event.effective.start <= day]
    return before[-1] if before else None


def status_on(day: dt.date, segments: Sequence[Segment]) -> Status:
    """The status that these segments, oldest first, give for a day."""
    status = Status.NOT_ASSESSED
    for segment in segments:
        if segment.effective.start > day:
            break
        status = segment.status
    return status


@dataclass(frozen=True)
class EvidenceFacts:
    """What a rule needs to know of one piece of evidence."""

    role: EvidenceRole
    provenance: Provenance
    confidence: Confidence
    source_kind: SourceKind

    @property
    def carries_a_status(self) -> bool:
        """Whether it may stand alone under a status: neither an opinion, nor uncertain, nor against that status."""
        return (
            self.confidence == Confidence.HIGH
            and self.source_kind != SourceKind.OPINION
            and self.role != EvidenceRole.CONTRADICTS
        )


@dataclass(frozen=True)
class DevelopmentFacts:
    """What the rules of publication need to know of a development and its commitment."""

    kind: DevelopmentKind
    status: Status | None
    happened: UncertainDate
    made: UncertainDate
    due: UncertainDate | None
    has_reason_code: bool
    has_what_is_missing: bool
    is_superseded: bool
    party_is_maker: bool
    # Whether it corrects a check or a reply, which needed no evidence either.
    corrects_without_evidence: bool = False
    # Whether it says that somebody looked for news: a check, or what stands in a check's place.
    is_look: bool = False
    evidence: Sequence[EvidenceFacts] = field(default_factory=tuple)


def publication_problems(facts: DevelopmentFacts, *, today: dt.date) -> list[str]:
    """Every reason why a development may not be published, as sentences for the editor; none means it may."""
    problems = []
    may_stand_alone = facts.kind in (DevelopmentKind.CHECK, DevelopmentKind.REPLY) or facts.corrects_without_evidence
    if not facts.evidence and (facts.status is not None or not may_stand_alone):
        problems.append(_("Add a source: a development rests on evidence."))
    if facts.happened.start > today:
        problems.append(_("It cannot have happened after today."))
    elif facts.is_look and facts.happened.end > today:
        problems.append(_("Say more exactly when somebody looked: that date ends after today."))
    if facts.status is not None:
        problems += _status_problems(facts.status, facts)
    return problems


def _status_problems(status: Status, facts: DevelopmentFacts) -> list[str]:
    problems = []
    carrying = [evidence for evidence in facts.evidence if evidence.carries_a_status]
    if facts.evidence and not carrying:
        problems.append(
            _(
                "A status needs a source of high confidence that is no opinion and does not contradict it; add one, "
                "or leave the status empty."
            )
        )
    if facts.happened.end < facts.made.start:
        problems.append(_("A status cannot begin before the commitment was made."))
    if not facts.party_is_maker:
        problems.append(_("Only a maker bears a status of its own: pick a maker, or no party for all of them."))
    if status == Status.DELIVERED and not any(e.role == EvidenceRole.VERIFIES_DELIVERY for e in carrying):
        problems.append(_("“Delivered” needs a source that verifies the delivery."))
    if status == Status.NOT_DELIVERED and facts.due is None and not facts.has_reason_code:
        problems.append(_("“Not delivered” without a due date needs a reason."))
    # By its start, from which the status would hold: “2024” may lie before a deadline in June 2024.
    if status == Status.NOT_DELIVERED and facts.due is not None and facts.happened.start <= facts.due.end:
        problems.append(
            _("“Not delivered” is refused before the due date has ended (%(due)s), unless the maker withdrew.")
            % {"due": facts.due}
        )
    if status == Status.NOT_VERIFIABLE and not facts.has_what_is_missing:
        problems.append(_("“Not verifiable” needs a note on the commitment that says what is missing."))
    if status == Status.SUPERSEDED and not facts.is_superseded:
        problems.append(_("“Superseded” needs a relation to the commitment that took its place."))
    return problems


def needs_second_person(status: str) -> bool:
    """Whether a development with this status must be published by someone other than who entered it."""
    return status in VERDICTS


# As the G7 and G20 Research Groups score compliance. A status that is missing here is no score, and never a zero.
SCORE_BY_STATUS: Mapping[Status, Score] = {
    Status.DELIVERED: Score.FULL,
    Status.PARTIALLY_DELIVERED: Score.PARTIAL,
    Status.IN_PROGRESS: Score.PARTIAL,
    Status.STALLED: Score.PARTIAL,
    Status.NOT_STARTED: Score.NONE,
    Status.NOT_DELIVERED: Score.NONE,
    Status.WITHDRAWN: Score.NONE,
}
SCORE_VALUES: Mapping[Score, int] = {Score.FULL: 1, Score.PARTIAL: 0, Score.NONE: -1}


def score_of(status: Status, *, silence_is_zero: bool = False, verdicts_only: bool = False) -> Score | None:
    """What a maker's status scores; None where it scores nothing.

    `silence_is_zero` makes “no evidence found” a zero; `verdicts_only` lets nothing count that is no verdict.
    """
    if verdicts_only and status not in VERDICTS:
        return None
    if silence_is_zero and status == Status.NO_EVIDENCE:
        return Score.PARTIAL
    return SCORE_BY_STATUS.get(status)


@dataclass(frozen=True)
class FlagFacts:
    """What the flags are computed from. Absent facts (None, empty) raise no flag."""

    status: Status
    status_since: UncertainDate | None
    due: UncertainDate | None
    next_check_on: dt.date | None
    durability: str = ""
    abolitions: Sequence[dt.date] = ()
    provenances: Sequence[Provenance] = ()
    is_contested: bool = False


def flags(facts: FlagFacts, *, today: dt.date) -> list[Flag]:
    """The flags that hold on `today`, in the codelist's order."""
    settled = GROUP_BY_STATUS[facts.status] == StatusGroup.CLOSED
    delivered = facts.status == Status.DELIVERED
    holds = {
        Flag.OVERDUE: facts.due is not None and facts.due.end < today and not settled,
        Flag.DELIVERED_LATE: delivered
        and facts.due is not None
        and facts.status_since is not None
        and facts.status_since.start > facts.due.end,
        Flag.STALE: facts.next_check_on is not None and facts.next_check_on < today,
        Flag.CONTESTED: facts.is_contested,
        Flag.SELF_REPORTED_ONLY: bool(facts.provenances)
        and all(provenance == Provenance.SELF_REPORTED for provenance in facts.provenances),
        Flag.ORPHANED: not settled and any(day <= today for day in facts.abolitions),
        Flag.LAPSED: delivered and facts.durability in (Durability.LAPSED, Durability.REVERSED),
    }
    return [flag for flag, held in holds.items() if held]
