"""Where a commitment stands on the day of reading."""

import datetime as dt

import pytest

from commitments.actions import developments as development_actions
from commitments.codelists import VERDICTS, DevelopmentKind, Durability, EvidenceRole, Flag, Provenance, Status
from commitments.models import Commitment, Development, Evidence
from commitments.rules import FlagFacts, flags, overall_status
from commitments.standing import NextFacts, counting, next_moves, page_flags, row_flags, what_moves_it, why
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_party,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)


def published(commitment: Commitment) -> list[Development]:
    return list(commitment.developments.published().with_evidence())


def flags_of(commitment: Commitment) -> list[Flag]:
    commitment.refresh_from_db()
    return page_flags(commitment, published(commitment), today=TODAY)


def add_development(
    commitment: Commitment, *provenances: Provenance, role: EvidenceRole = EvidenceRole.SHOWS_PROGRESS
) -> None:
    development = make_draft_development(commitment, documents=())
    for provenance in provenances:
        Evidence.objects.create(development=development, document=make_document(), role=role, provenance=provenance)
    development_actions.publish(by=make_user("reviewer"), development=development)


def test_a_row_tells_what_its_own_columns_tell() -> None:
    overdue = make_commitment(due="2024-05")
    late = make_commitment(due="2023-10", durability=Durability.LAPSED)
    make_development(late, status=Status.DELIVERED, happened="2024-02")
    late.refresh_from_db()

    assert row_flags(overdue, today=TODAY) == [Flag.OVERDUE]
    assert row_flags(overdue, today=dt.date(2024, 5, 31)) == []
    assert row_flags(late, today=TODAY) == [Flag.DELIVERED_LATE, Flag.LAPSED]


def test_a_check_longer_ago_than_the_interval_is_stale() -> None:
    commitment = make_commitment(review_interval_days=30)
    development_actions.record_check(
        by=make_user("editor"), commitment=commitment, searched="Newspapers", on=dt.date(2024, 5, 1)
    )
    commitment.refresh_from_db()

    assert row_flags(commitment, today=dt.date(2024, 5, 31)) == []
    assert row_flags(commitment, today=TODAY) == [Flag.STALE]


def test_a_commitment_of_an_abolished_body_is_orphaned_until_it_is_settled() -> None:
    agency = make_party(abolished_on=dt.date(2024, 1, 1))
    commitment = make_commitment(makers=(agency,))
    to_it = make_commitment(addressees=(agency,))

    assert flags_of(commitment) == [Flag.ORPHANED]
    assert flags_of(to_it) == []
    make_development(commitment, status=Status.DELIVERED, happened="2023-12-01")
    assert flags_of(commitment) == []


def test_it_is_self_reported_only_while_nobody_else_speaks() -> None:
    commitment = make_commitment()
    assert flags_of(commitment) == []
    add_development(commitment, Provenance.SELF_REPORTED)
    assert flags_of(commitment) == [Flag.SELF_REPORTED_ONLY]
    add_development(commitment, Provenance.SELF_REPORTED, Provenance.THIRD_PARTY)
    assert flags_of(commitment) == []


def test_it_is_contested_by_evidence_against_it_and_by_a_reply_since_its_status_holds() -> None:
    against, answered, answered_before = make_commitment(), make_commitment(), make_commitment()
    add_development(against, Provenance.THIRD_PARTY, role=EvidenceRole.CONTRADICTS)
    for commitment, day in ((answered, "2024-02-08"), (answered_before, "2024-02-07")):
        make_development(commitment, status=Status.STALLED, happened="2024-02-08")
        make_development(commitment, kind=DevelopmentKind.REPLY, party=make_party(), happened=day, documents=())

    assert Flag.CONTESTED in flags_of(against)
    assert Flag.CONTESTED in flags_of(answered)
    assert Flag.CONTESTED not in flags_of(answered_before)


def test_what_was_corrected_counts_no_more() -> None:
    commitment = make_commitment()
    wrong = make_development(commitment, happened="2024-01-02")
    kept = make_development(commitment, happened="2024-01-03")
    correction = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Misread.")
    assert {one.pk for one in counting(published(commitment))} == {wrong.pk, kept.pk}

    development_actions.publish(by=make_user("reviewer"), development=correction)

    assert {one.pk for one in counting(published(commitment))} == {correction.pk, kept.pk}


def test_why_names_the_development_and_its_evidence() -> None:
    commitment = make_commitment()
    make_development(commitment, happened="2024-01-02")
    moving = make_development(commitment, happened="2024-01-03", status=Status.IN_PROGRESS)

    found = why(moving.pk, published(commitment))

    assert found.development == moving
    assert [row.development_id for row in found.evidence] == [moving.pk]
    assert found.is_for_the_whole
    assert why(None, published(commitment)).development is None


DUE = UncertainDate.parse("2024-05")
DELIVERY = "“Delivered” takes an entry whose source verifies the delivery, published by a second person."
NO_DEADLINE = "It has no deadline, so “Not delivered” takes a reason, a source and a second person."
AHEAD = (
    "Its deadline is May 2024. Until that has ended, “Not delivered” is refused, unless a maker withdraws; from the "
    "next day on it is overdue, if it is not settled."
)
PASSED = (
    "Its deadline, May 2024, has ended: an entry of a later day may say “Not delivered”, with a source and a second "
    "person."
)


def test_what_moves_a_status_that_nobody_assessed_is_any_entry_that_supports_one() -> None:
    assert what_moves_it(NextFacts(Status.NOT_ASSESSED), today=TODAY) == [
        "The first published entry with a source that supports a status moves it.",
        DELIVERY,
        NO_DEADLINE,
    ]


@pytest.mark.parametrize(
    ("today", "said"), [("2024-05-31", AHEAD), ("2024-06-01", PASSED)], ids=["on its last day", "on the next"]
)
def test_the_end_of_the_due_date_moves_what_may_be_said(today: str, said: str) -> None:
    day = dt.date.fromisoformat(today)

    assert what_moves_it(NextFacts(Status.NOT_STARTED, due=DUE), today=day) == [DELIVERY, said]
    # The flag changes on the same day.
    held = flags(FlagFacts(Status.NOT_STARTED, status_since=None, due=DUE, next_check_on=None), today=day)
    assert (said == PASSED) == (Flag.OVERDUE in held)


def test_what_is_in_progress_may_stall() -> None:
    assert "Without movement for nine months, an entry may call it “Stalled”." in what_moves_it(
        NextFacts(Status.IN_PROGRESS), today=TODAY
    )


def test_several_makers_move_the_whole_by_the_rule() -> None:
    makers = [Status.DELIVERED, Status.IN_PROGRESS, Status.NOT_ASSESSED]
    facts = NextFacts(Status.PARTIALLY_DELIVERED, makers=makers)

    assert what_moves_it(facts, today=TODAY)[-1] == (
        "By rule v1 the whole is “Delivered” when all 3 makers are; so far 1 is."
    )
    assert overall_status([Status.DELIVERED] * 3) == Status.DELIVERED
    for_all = NextFacts(Status.STALLED, makers=makers, is_for_the_whole=True)
    assert what_moves_it(for_all, today=TODAY)[-1] == (
        "Its status was given for all makers together. An entry for one of them, of that day or later, puts rule v1 in "
        "its place."
    )


@pytest.mark.parametrize("status", sorted(VERDICTS))
def test_a_verdict_is_moved_by_a_later_entry_or_a_correction_only(status: Status) -> None:
    (said,) = what_moves_it(NextFacts(status, due=DUE), today=TODAY)

    assert said == (
        f"“{status.label}” is a verdict. Only a later entry with a source moves it, or a correction of the entry that "
        "it rests on."
    )


def test_nothing_further_is_expected_of_what_was_superseded_nor_of_a_topic() -> None:
    assert what_moves_it(NextFacts(Status.SUPERSEDED), today=TODAY) == [
        "A later commitment took its place: nothing further is expected of this one."
    ]
    assert what_moves_it(NextFacts(Status.NOT_ASSESSED, is_topic=True), today=TODAY) == [
        "It is a topic, not an undertaking: nobody is expected to deliver it."
    ]


def test_a_closed_record_says_that_nobody_looks_any_more() -> None:
    assert what_moves_it(NextFacts(Status.STALLED, is_closed=True), today=TODAY)[0] == (
        "It is closed: the editors no longer look for news of it."
    )


@pytest.mark.parametrize("status", list(Status))
def test_every_status_says_what_moves_it(status: Status) -> None:
    assert all(what_moves_it(NextFacts(status, due=DUE, makers=[status] * 2), today=TODAY))


def test_what_moves_a_commitment_comes_from_its_own_record() -> None:
    commitment = make_commitment(due="2024-05", makers=(make_country("KZ"), make_country("US")))
    make_development(commitment, status=Status.IN_PROGRESS, happened="2024-02-08")
    commitment.refresh_from_db()
    developments = published(commitment)

    moves = next_moves(commitment, why(developments[0].pk, developments), today=TODAY)

    assert PASSED in moves
    assert "for all makers together" in moves[-1]
