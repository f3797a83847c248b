"""The rules of the codebook, clause by clause."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.codelists import (
    Confidence,
    DevelopmentKind,
    Durability,
    EvidenceRole,
    Flag,
    Provenance,
    Score,
    SourceKind,
    Status,
)
from commitments.rules import (
    DevelopmentFacts,
    EvidenceFacts,
    FlagFacts,
    Segment,
    StatusEvent,
    flags,
    needs_second_person,
    overall_status,
    publication_problems,
    score_of,
    status_on,
    timelines,
)
from commitments.uncertain_dates import UncertainDate

NOT_ASSESSED, NO_EVIDENCE, NOT_STARTED = Status.NOT_ASSESSED, Status.NO_EVIDENCE, Status.NOT_STARTED
IN_PROGRESS, STALLED, PARTIALLY = Status.IN_PROGRESS, Status.STALLED, Status.PARTIALLY_DELIVERED
DELIVERED, NOT_DELIVERED, WITHDRAWN = Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN
SUPERSEDED, NOT_VERIFIABLE = Status.SUPERSEDED, Status.NOT_VERIFIABLE
TODAY = dt.date(2024, 6, 1)
STATUSES = st.sampled_from(Status)


# --- overall from parties ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("makers", "overall"),
    [
        # Nobody answers for it.
        ([], NOT_ASSESSED),
        # All delivered.
        ([DELIVERED, DELIVERED], DELIVERED),
        # All not delivered, or withdrawn.
        ([NOT_DELIVERED, NOT_DELIVERED], NOT_DELIVERED),
        ([WITHDRAWN, WITHDRAWN], WITHDRAWN),
        ([WITHDRAWN, NOT_DELIVERED], NOT_DELIVERED),
        # Any delivered or partially delivered beside others.
        ([DELIVERED, IN_PROGRESS], PARTIALLY),
        ([DELIVERED, NOT_ASSESSED], PARTIALLY),
        ([DELIVERED, NOT_DELIVERED], PARTIALLY),
        ([DELIVERED, WITHDRAWN], PARTIALLY),
        ([DELIVERED, NOT_VERIFIABLE], PARTIALLY),
        ([PARTIALLY, NOT_STARTED], PARTIALLY),
        ([PARTIALLY, DELIVERED], PARTIALLY),
        ([PARTIALLY, SUPERSEDED], PARTIALLY),
        # Else the most advanced.
        ([IN_PROGRESS, STALLED, NOT_STARTED, NO_EVIDENCE], IN_PROGRESS),
        ([STALLED, NOT_STARTED, NO_EVIDENCE], STALLED),
        ([NOT_STARTED, NO_EVIDENCE], NOT_STARTED),
        ([NO_EVIDENCE, NOT_ASSESSED], NO_EVIDENCE),
        ([IN_PROGRESS, NOT_DELIVERED], IN_PROGRESS),
        ([NOT_STARTED, WITHDRAWN], NOT_STARTED),
        ([NO_EVIDENCE, NOT_VERIFIABLE], NO_EVIDENCE),
        # Nothing that the rule could rank.
        ([NOT_ASSESSED, NOT_DELIVERED], NOT_ASSESSED),
        ([NOT_ASSESSED, NOT_VERIFIABLE], NOT_ASSESSED),
        ([SUPERSEDED, NOT_VERIFIABLE], NOT_ASSESSED),
    ],
)
def test_it_derives_the_overall_status_from_the_makers(makers: list[Status], overall: Status) -> None:
    assert overall_status(makers) == overall


@pytest.mark.parametrize("status", Status)
def test_it_gives_a_single_maker_s_status_as_the_overall_one(status: Status) -> None:
    assert overall_status([status]) == status


@given(STATUSES, st.integers(1, 6))
def test_it_gives_the_status_that_all_makers_share(status: Status, makers: int) -> None:
    assert overall_status([status] * makers) == status


@given(st.lists(STATUSES).flatmap(lambda makers: st.tuples(st.just(makers), st.permutations(makers))))
def test_it_does_not_matter_in_which_order_the_makers_stand(orders: tuple[list[Status], list[Status]]) -> None:
    one, other = orders

    assert overall_status(one) == overall_status(other)


@given(st.lists(STATUSES, min_size=1))
def test_it_calls_delivered_only_what_every_maker_delivered(makers: list[Status]) -> None:
    assert (overall_status(makers) == DELIVERED) == (set(makers) == {DELIVERED})


@given(st.lists(STATUSES, min_size=1))
def test_it_calls_failed_only_what_every_maker_failed(makers: list[Status]) -> None:
    failed = {NOT_DELIVERED, WITHDRAWN}

    assert (overall_status(makers) in failed) == (set(makers) <= failed)


# --- timelines --------------------------------------------------------------------------------------------------------


def event(date: str, status: Status, subject: Hashable = None, *, order: int = 0, development: int = 0) -> StatusEvent:
    return StatusEvent(subject, status, UncertainDate.parse(date), order, development)


def spoken(segments: Sequence[Segment]) -> list[tuple[str, Status]]:
    return [(segment.effective.iso, segment.status) for segment in segments]


def overall(*events: StatusEvent, makers: Sequence[Hashable] = ("KZ",)) -> list[tuple[str, Status]]:
    return spoken(timelines(events, makers)[None])


def test_it_gives_every_maker_and_the_whole_an_empty_timeline_at_first() -> None:
    assert timelines([], ["KZ", "UZ"]) == {"KZ": [], "UZ": [], None: []}


def test_it_orders_events_by_when_they_happened_not_by_when_they_were_published() -> None:
    backfilled = event("2023-11-01", IN_PROGRESS, order=1)

    assert overall(event("2024-02-01", DELIVERED, order=0), backfilled) == [
        ("2023-11-01", IN_PROGRESS),
        ("2024-02-01", DELIVERED),
    ]


def test_it_lets_the_later_published_of_two_on_one_day_count() -> None:
    first, second = event("2024-02-01", IN_PROGRESS, order=0), event("2024-02-01", STALLED, order=1)

    assert overall(second, first) == [("2024-02-01", STALLED)]


def test_it_names_the_development_that_counts() -> None:
    first = event("2024-02-01", IN_PROGRESS, order=0, development=11)
    second = event("2024-02-01", STALLED, order=1, development=12)

    (segment,) = timelines([first, second], ["KZ"])[None]

    assert segment.development == 12


def test_it_merges_a_status_that_is_only_said_again() -> None:
    events = [event("2024-01-01", IN_PROGRESS), event("2024-03-01", IN_PROGRESS, order=1)]

    assert overall(*events) == [("2024-01-01", IN_PROGRESS)]


def test_it_begins_with_not_assessed_without_saying_so() -> None:
    assert overall(event("2024-01-01", NOT_ASSESSED)) == []


def test_it_can_return_to_not_assessed() -> None:
    events = [event("2024-01-01", IN_PROGRESS), event("2024-03-01", NOT_ASSESSED, order=1)]

    assert overall(*events) == [("2024-01-01", IN_PROGRESS), ("2024-03-01", NOT_ASSESSED)]


def test_it_keeps_each_maker_s_own_statuses() -> None:
    result = timelines([event("2024-01-01", DELIVERED, "KZ"), event("2024-02-01", STALLED, "UZ")], ["KZ", "UZ"])

    assert spoken(result["KZ"]) == [("2024-01-01", DELIVERED)]
    assert spoken(result["UZ"]) == [("2024-02-01", STALLED)]


def test_it_moves_the_whole_with_its_makers() -> None:
    events = [
        event("2024-01-01", IN_PROGRESS, "KZ"),
        event("2024-02-01", DELIVERED, "KZ"),
        event("2024-03-01", DELIVERED, "UZ"),
    ]

    assert overall(*events, makers=["KZ", "UZ"]) == [
        ("2024-01-01", IN_PROGRESS),
        ("2024-02-01", PARTIALLY),
        ("2024-03-01", DELIVERED),
    ]


def test_it_leaves_out_who_is_no_maker() -> None:
    result = timelines([event("2024-01-01", DELIVERED, "US")], ["KZ"])

    assert result == {"KZ": [], None: []}


def test_it_lets_a_status_for_the_whole_stand_when_later_than_every_party_s() -> None:
    events = [event("2024-01-01", STALLED, "KZ"), event("2024-02-01", DELIVERED)]

    assert overall(*events) == [("2024-01-01", STALLED), ("2024-02-01", DELIVERED)]


@pytest.mark.parametrize(("day", "status"), [("2024-01-01", STALLED), ("2024-01-02", DELIVERED)])
def test_of_several_makers_too_and_only_when_it_is_later(day: str, status: Status) -> None:
    events = [event("2024-01-01", STALLED, "KZ"), event(day, DELIVERED, order=1)]

    assert overall(*events, makers=["KZ", "UZ"])[-1][1] == status


def test_it_lets_the_parties_decide_again_once_one_of_them_moves_later() -> None:
    events = [
        event("2024-01-01", STALLED, "KZ"),
        event("2024-02-01", DELIVERED),
        event("2024-03-01", IN_PROGRESS, "KZ"),
    ]

    assert overall(*events) == [("2024-01-01", STALLED), ("2024-02-01", DELIVERED), ("2024-03-01", IN_PROGRESS)]


def test_it_lets_the_party_decide_when_the_whole_is_dated_the_same_day() -> None:
    events = [event("2024-02-01", STALLED, "KZ", order=0), event("2024-02-01", DELIVERED, order=1)]

    assert overall(*events, makers=("KZ", "UZ")) == [("2024-02-01", STALLED)]


def test_what_is_said_of_the_whole_is_said_of_its_only_maker() -> None:
    events = [event("2024-02-01", IN_PROGRESS), event("2024-03-01", DELIVERED, "KZ")]

    alone = timelines(events, ["KZ"])
    together = timelines(events, ["KZ", "UZ"])

    assert spoken(alone["KZ"]) == spoken(alone[None]) == [("2024-02-01", IN_PROGRESS), ("2024-03-01", DELIVERED)]
    assert spoken(together["KZ"]) == [("2024-03-01", DELIVERED)]


def test_it_lets_a_party_that_is_no_maker_leave_the_whole_s_status_alone() -> None:
    events = [event("2024-02-01", DELIVERED), event("2024-03-01", STALLED, "US")]

    assert overall(*events) == [("2024-02-01", DELIVERED)]


def test_it_dates_an_uncertain_event_from_its_start() -> None:
    events = [event("2024-02-15", DELIVERED), event("2024-02", IN_PROGRESS, order=1)]

    assert overall(*events) == [("2024-02", IN_PROGRESS), ("2024-02-15", DELIVERED)]


EVENTS = st.lists(
    st.builds(
        StatusEvent,
        subject=st.sampled_from([None, "KZ", "UZ", "US"]),
        status=STATUSES,
        effective=st.builds(UncertainDate, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 9))),
        order=st.integers(0, 10**6),
        development=st.integers(1, 10**6),
    ),
    unique_by=lambda event: event.order,
    max_size=12,
)


@given(EVENTS.flatmap(lambda events: st.tuples(st.just(events), st.permutations(events))))
def test_it_does_not_matter_in_which_order_events_are_read(orders: tuple[list[StatusEvent], list[StatusEvent]]) -> None:
    one, other = orders

    assert timelines(one, ["KZ", "UZ"]) == timelines(other, ["KZ", "UZ"])


@given(EVENTS)
def test_it_makes_every_segment_a_change_on_a_day_of_its_own(events: list[StatusEvent]) -> None:
    for segments in timelines(events, ["KZ", "UZ"]).values():
        statuses = [NOT_ASSESSED, *(segment.status for segment in segments)]
        days = [segment.effective.start for segment in segments]
        assert all(before != after for before, after in pairwise(statuses))
        assert days == sorted(set(days))


@given(EVENTS, st.dates(dt.date(2023, 12, 30), dt.date(2024, 1, 12)))
def test_it_answers_any_day_from_what_had_happened_by_then(events: list[StatusEvent], day: dt.date) -> None:
    until = [event for event in events if event.effective.start <= day]

    for subject, segments in timelines(events, ["KZ", "UZ"]).items():
        assert status_on(day, segments) == status_on(dt.date.max, timelines(until, ["KZ", "UZ"])[subject])


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (dt.date(2023, 12, 31), NOT_ASSESSED),
        (dt.date(2024, 1, 1), IN_PROGRESS),
        (dt.date(2024, 2, 29), IN_PROGRESS),
        (dt.date(2024, 3, 1), DELIVERED),
        (dt.date(2030, 1, 1), DELIVERED),
    ],
)
def test_it_says_the_status_on_a_day(day: dt.date, status: Status) -> None:
    segments = timelines([event("2024-01-01", IN_PROGRESS), event("2024-03", DELIVERED)], ["KZ"])[None]

    assert status_on(day, segments) == status


# --- publication ------------------------------------------------------------------------------------------------------

SOURCE = EvidenceFacts(EvidenceRole.SHOWS_PROGRESS, Provenance.THIRD_PARTY, Confidence.HIGH, SourceKind.SECONDARY)
VERIFYING = replace(SOURCE, role=EvidenceRole.VERIFIES_DELIVERY)
OPINION = replace(SOURCE, source_kind=SourceKind.OPINION)
UNSURE = replace(SOURCE, confidence=Confidence.MEDIUM)
AGAINST = replace(SOURCE, role=EvidenceRole.CONTRADICTS)


def problems(*, happened: str = "2024-02-08", due: str = "", today: dt.date = TODAY, **changes: Any) -> list[str]:
    facts = DevelopmentFacts(
        kind=DevelopmentKind.DEVELOPMENT,
        status=None,
        happened=UncertainDate.parse(happened),
        made=UncertainDate.parse("2023-09-19"),
        due=UncertainDate.parse(due) if due else None,
        has_reason_code=False,
        has_what_is_missing=False,
        is_superseded=False,
        party_is_maker=True,
        evidence=[SOURCE],
    )
    return publication_problems(replace(facts, **changes), today=today)


def about(sentences: list[str], part: str) -> bool:
    """Whether exactly one problem is told, and it is this one."""
    return len(sentences) == 1 and part in sentences[0]


def test_it_has_nothing_against_an_event_with_a_source() -> None:
    assert problems() == []


@pytest.mark.parametrize("kind", [DevelopmentKind.DEVELOPMENT, DevelopmentKind.CORRECTION])
def test_it_refuses_an_event_or_correction_without_a_source(kind: DevelopmentKind) -> None:
    assert about(problems(kind=kind, evidence=[]), "Add a source")


@pytest.mark.parametrize("kind", [DevelopmentKind.CHECK, DevelopmentKind.REPLY])
def test_it_takes_a_check_or_a_reply_without_a_source(kind: DevelopmentKind) -> None:
    assert problems(kind=kind, evidence=[]) == []


@pytest.mark.parametrize("happened", ["2024-06-01", "2024-06", "2024-Q2", "2024"])
def test_it_takes_what_may_have_happened_by_today(happened: str) -> None:
    assert problems(happened=happened) == []


@pytest.mark.parametrize("happened", ["2024-06", "2024-Q2", "2024"])
def test_it_refuses_a_look_for_news_that_may_lie_ahead(happened: str) -> None:
    assert about(problems(happened=happened, is_look=True), "ends after today")


@pytest.mark.parametrize("happened", ["2024-06-01", "2024-05", "2023"])
def test_it_takes_a_look_for_news_that_is_over(happened: str) -> None:
    assert problems(happened=happened, is_look=True) == []


@pytest.mark.parametrize("happened", ["2024-06-02", "2024-07", "2024-Q3", "2025"])
def test_it_refuses_what_lies_ahead(happened: str) -> None:
    assert about(problems(happened=happened), "after today")


@pytest.mark.parametrize("source", [OPINION, UNSURE, AGAINST])
def test_it_refuses_a_status_that_no_source_can_carry(source: EvidenceFacts) -> None:
    assert about(problems(status=IN_PROGRESS, evidence=[source, source]), "A status needs a source")


@pytest.mark.parametrize("source", [OPINION, UNSURE, AGAINST])
def test_it_takes_a_weak_source_beside_one_that_carries_the_status(source: EvidenceFacts) -> None:
    assert problems(status=IN_PROGRESS, evidence=[source, SOURCE]) == []


@pytest.mark.parametrize("source", [OPINION, UNSURE, AGAINST])
def test_it_takes_a_weak_source_for_an_event_without_a_status(source: EvidenceFacts) -> None:
    assert problems(evidence=[source]) == []


def test_it_refuses_a_status_from_before_the_commitment_was_made() -> None:
    assert about(problems(status=IN_PROGRESS, happened="2023-09-18"), "before the commitment was made")


@pytest.mark.parametrize("happened", ["2023-09-19", "2023-09", "2023"])
def test_it_takes_a_status_that_may_have_begun_when_the_commitment_was_made(happened: str) -> None:
    assert problems(status=IN_PROGRESS, happened=happened) == []


def test_it_takes_an_event_without_status_from_before_the_commitment() -> None:
    assert problems(happened="2022-01-01") == []


def test_it_refuses_a_status_of_a_party_that_is_no_maker() -> None:
    assert about(problems(status=IN_PROGRESS, party_is_maker=False), "Only a maker")


def test_it_takes_an_event_without_status_of_any_party() -> None:
    assert problems(party_is_maker=False) == []


def test_it_refuses_delivered_without_a_source_that_verifies_it() -> None:
    assert about(problems(status=DELIVERED), "verifies the delivery")


def test_it_takes_delivered_with_a_source_that_verifies_it() -> None:
    assert problems(status=DELIVERED, evidence=[VERIFYING]) == []


@pytest.mark.parametrize(
    "weak", [replace(OPINION, role=VERIFYING.role), replace(UNSURE, role=VERIFYING.role)], ids=["opinion", "unsure"]
)
def test_it_refuses_delivered_when_only_a_weak_source_verifies_it(weak: EvidenceFacts) -> None:
    assert about(problems(status=DELIVERED, evidence=[SOURCE, weak]), "verifies the delivery")


def test_it_refuses_not_delivered_without_deadline_or_reason() -> None:
    assert about(problems(status=NOT_DELIVERED), "needs a reason")


def test_it_takes_not_delivered_without_deadline_but_with_a_reason() -> None:
    assert problems(status=NOT_DELIVERED, has_reason_code=True) == []


@pytest.mark.parametrize(
    ("due", "happened"),
    [
        ("2024-03-31", "2024-03-30"),
        # The last day is the maker's still.
        ("2024-03-31", "2024-03-31"),
        ("2024-03", "2024-03-31"),
        ("2024-Q1", "2024-03"),
        ("2024", "2024-05-31"),
        # It may have been before the deadline.
        ("2024-03-31", "2024-03"),
        ("2024-03-31", "2024"),
    ],
)
def test_it_refuses_not_delivered_before_the_deadline_has_ended(due: str, happened: str) -> None:
    assert about(
        problems(status=NOT_DELIVERED, due=due, happened=happened, has_reason_code=True),
        "before the due date has ended",
    )


@pytest.mark.parametrize(
    ("due", "happened"),
    [("2024-03-31", "2024-04-01"), ("2024-03", "2024-04-01"), ("2024-Q1", "2024-Q2"), ("2023", "2024")],
)
def test_it_takes_not_delivered_after_the_deadline(due: str, happened: str) -> None:
    assert problems(status=NOT_DELIVERED, due=due, happened=happened) == []


def test_it_refuses_a_verdict_of_failure_that_today_cannot_know_yet() -> None:
    sentences = problems(status=NOT_DELIVERED, due="2024-06-30", happened="2024", today=dt.date(2024, 2, 1))

    assert about(sentences, "before the due date has ended")


def test_it_takes_a_withdrawal_before_the_deadline() -> None:
    assert problems(status=WITHDRAWN, due="2026", happened="2024-01-10") == []


def test_it_refuses_not_verifiable_without_what_is_missing() -> None:
    assert about(problems(status=NOT_VERIFIABLE), "what is missing")
    assert problems(status=NOT_VERIFIABLE, has_what_is_missing=True) == []


def test_it_refuses_superseded_without_the_commitment_that_took_its_place() -> None:
    assert about(problems(status=SUPERSEDED), "took its place")
    assert problems(status=SUPERSEDED, is_superseded=True) == []


def test_it_tells_every_problem_at_once() -> None:
    found = problems(status=DELIVERED, happened="2025", party_is_maker=False, evidence=[])

    assert len(found) == 4


@pytest.mark.parametrize("status", ["", *Status])
def test_it_asks_a_second_person_for_verdicts_alone(status: str) -> None:
    assert needs_second_person(status) == (status in {"delivered", "not_delivered", "withdrawn"})


# --- flags ------------------------------------------------------------------------------------------------------------


def flagged(
    status: Status = IN_PROGRESS, *, due: str = "", since: str = "", today: dt.date = TODAY, **facts: Any
) -> list[Flag]:
    return flags(
        FlagFacts(
            status=status,
            status_since=UncertainDate.parse(since) if since else None,
            due=UncertainDate.parse(due) if due else None,
            next_check_on=facts.pop("next_check_on", None),
            **facts,
        ),
        today=today,
    )


@pytest.mark.parametrize("status", Status)
def test_it_raises_no_flag_without_a_fact_for_it(status: Status) -> None:
    assert flagged(status) == []


@pytest.mark.parametrize(
    ("due", "raised"),
    [
        ("2024-05-31", True),
        ("2024-06-01", False),
        ("2024-05", True),
        ("2024-06", False),
        ("2024-Q1", True),
        ("2024-Q2", False),
        ("2023", True),
        ("2024", False),
    ],
)
def test_it_is_overdue_from_the_day_after_the_due_date_s_last(due: str, raised: bool) -> None:
    assert (Flag.OVERDUE in flagged(due=due)) == raised


@pytest.mark.parametrize("status", Status)
def test_it_is_overdue_only_while_open_or_unknown(status: Status) -> None:
    closed = {DELIVERED, NOT_DELIVERED, WITHDRAWN, SUPERSEDED}

    assert (Flag.OVERDUE in flagged(status, due="2023")) == (status not in closed)


@pytest.mark.parametrize(
    ("since", "late"),
    [
        ("2024-03-31", False),
        ("2024-04-01", True),
        ("2024-04", True),
        # It may have been in time.
        ("2024-03", False),
        ("2024", False),
    ],
)
def test_it_is_delivered_late_when_it_surely_was(since: str, late: bool) -> None:
    assert (Flag.DELIVERED_LATE in flagged(DELIVERED, due="2024-03-31", since=since)) == late


def test_it_calls_late_only_what_was_delivered() -> None:
    assert flagged(PARTIALLY, due="2024-03-31", since="2024-05-01") == [Flag.OVERDUE]


@pytest.mark.parametrize(
    ("next_check_on", "stale"), [(dt.date(2024, 5, 31), True), (TODAY, False), (dt.date(2024, 6, 2), False)]
)
def test_it_is_stale_from_the_day_after_its_check_fell_due(next_check_on: dt.date, stale: bool) -> None:
    assert (Flag.STALE in flagged(next_check_on=next_check_on)) == stale


def test_it_is_contested_when_somebody_contests_it() -> None:
    assert flagged(is_contested=True) == [Flag.CONTESTED]


@pytest.mark.parametrize(
    ("provenances", "raised"),
    [
        ([], False),
        ([Provenance.SELF_REPORTED], True),
        ([Provenance.SELF_REPORTED, Provenance.SELF_REPORTED], True),
        ([Provenance.SELF_REPORTED, Provenance.COUNTERPART_REPORTED], False),
        ([Provenance.OFFICIAL_RECORD], False),
    ],
)
def test_it_is_self_reported_only_while_nobody_else_speaks(provenances: list[Provenance], raised: bool) -> None:
    assert (Flag.SELF_REPORTED_ONLY in flagged(provenances=provenances)) == raised


@pytest.mark.parametrize(
    ("abolished", "raised"), [(dt.date(2024, 5, 31), True), (TODAY, True), (dt.date(2024, 6, 2), False)]
)
def test_it_is_orphaned_from_the_day_on_which_its_body_is_abolished(abolished: dt.date, raised: bool) -> None:
    assert (Flag.ORPHANED in flagged(abolitions=[abolished])) == raised


def test_it_is_not_orphaned_once_it_was_settled() -> None:
    assert flagged(DELIVERED, abolitions=[TODAY]) == []


@pytest.mark.parametrize("durability", ["", *Durability])
def test_it_lapses_when_what_was_delivered_no_longer_stands(durability: str) -> None:
    gone = {Durability.LAPSED, Durability.REVERSED}

    assert (Flag.LAPSED in flagged(DELIVERED, durability=durability)) == (durability in gone)
    assert flagged(IN_PROGRESS, durability=durability) == []


def test_it_tells_flags_in_the_order_of_the_codelist() -> None:
    raised = flagged(
        due="2023",
        next_check_on=dt.date(2024, 1, 1),
        is_contested=True,
        provenances=[Provenance.SELF_REPORTED],
        abolitions=[TODAY],
    )

    assert raised == [flag for flag in Flag if flag in raised]
    assert len(raised) == 5


# --- scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "plain", "silence", "verdicts"),
    [
        (DELIVERED, Score.FULL, Score.FULL, Score.FULL),
        (NO_EVIDENCE, None, Score.PARTIAL, None),
        (NOT_ASSESSED, None, None, None),
        (STALLED, Score.PARTIAL, Score.PARTIAL, None),
    ],
)
def test_what_a_status_scores_and_what_the_knobs_change(
    status: Status, plain: Score | None, silence: Score | None, verdicts: Score | None
) -> None:
    assert score_of(status) == plain
    assert score_of(status, silence_is_zero=True) == silence
    assert score_of(status, verdicts_only=True) == verdicts
