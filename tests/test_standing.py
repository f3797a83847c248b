"""Where a commitment stands on the day of reading."""

import datetime as dt

import pytest

from commitments.actions import developments as development_actions
from commitments.codelists import DevelopmentKind, Durability, EvidenceRole, Flag, Provenance, Status
from commitments.models import Commitment, Development, Evidence
from commitments.standing import counting, page_flags, row_flags, why
from tests.factories import (
    make_commitment,
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
