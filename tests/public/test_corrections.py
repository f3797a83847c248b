"""The corrections log: what was said, what is said now, why and when; and what was taken back, without what it said."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.codelists import Publication, Status
from commitments.models import Commitment, Development
from tests.factories import make_commitment, make_country, make_development, make_user
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def correct(commitment: Commitment, *, note: str = "Misread.", at: dt.datetime = NOON, **changes: Any) -> Development:
    """A published correction of a new entry, with these fields put right."""
    wrong = make_development(
        commitment, happened="2024-01", summary="It began.", status=Status.IN_PROGRESS, at=at - dt.timedelta(days=1)
    )
    correction = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note=note, at=at)
    for name, value in changes.items():
        setattr(correction, name, value)
    correction.save()
    return development_actions.publish(by=make_user("reviewer"), development=correction, at=at)


def entries(page: Markup) -> list[str]:
    return [" ".join(element.text.split()) for element in page.all("li") if "entry" in element.classes]


def test_a_correction_says_what_was_said_what_is_said_now_why_and_when(client: Client) -> None:
    commitment = make_commitment("COR-01", title="Build a railway")
    correct(commitment, summary="It was planned.", status=Status.NOT_STARTED, note="A plan is no beginning.")

    page = read(client, "/corrections/")

    assert entries(page) == [
        (
            "1 May 2024, 12:00 Correction Build a railway COR-01 "
            "What was said January 2024 In progress It began. "
            "What is said now January 2024 Not started It was planned. "
            "Why: A plan is no beginning."
        )
    ]
    assert any(link.startswith("/commitments/COR-01/#development-") for link in page.links)


def test_a_retraction_says_code_day_and_reason_and_nothing_of_what_it_said(client: Client) -> None:
    commitment = make_commitment("COR-01", title="Build a railway", summary="Rails for all.")
    correct(commitment, note="A secret of the record.")
    commitment_actions.retract(by=make_user("editor"), commitment=commitment, reason="Nobody promised it.", at=NOON)

    page = read(client, "/corrections/")

    assert entries(page) == ["1 May 2024, 12:00 Retraction COR-01 was retracted Why: Nobody promised it."]
    for secret in ("railway", "Rails", "It began", "A secret"):
        assert secret not in page.words
    assert "/commitments/COR-01/" in page.links


def test_a_retraction_stays_in_the_log_when_the_record_returns(client: Client) -> None:
    retracted = make_commitment("COR-01", publication=Publication.RETRACTED)
    commitment_actions.publish(by=make_user("editor"), commitment=retracted)

    (entry,) = entries(read(client, "/corrections/"))

    assert entry.endswith("COR-01 was retracted Why: Not a commitment It was published again since.")


def test_both_come_together_the_last_published_first(client: Client) -> None:
    correct(make_commitment("COR-01"), at=NOON)
    make_commitment("COR-02", publication=Publication.RETRACTED, at=NOON + dt.timedelta(days=1))
    correct(make_commitment("COR-03"), at=NOON + dt.timedelta(days=2))

    listed = entries(read(client, "/corrections/"))

    assert [next(code for code in ("COR-01", "COR-02", "COR-03") if code in entry) for entry in listed] == [
        "COR-03",
        "COR-02",
        "COR-01",
    ]


def test_drafts_of_corrections_and_entries_of_other_kinds_are_not_in_it(client: Client) -> None:
    commitment = make_commitment("COR-01", makers=(make_country("KZ"),))
    published = make_development(commitment)
    development_actions.draft_correction(by=make_user("contributor"), development=published, note="A doubt.")

    assert "Nothing has been corrected or taken back yet." in read(client, "/corrections/").words


def test_a_long_log_comes_in_pages_and_asks_as_much_for_thirty_as_for_three(client: Client) -> None:
    asked = {}
    made = 0
    for number in (3, 30):
        while made < number:
            made += 1
            at = NOON + dt.timedelta(days=made)
            correct(make_commitment(f"COR-{made}"), at=at)
            make_commitment(f"RET-{made}", publication=Publication.RETRACTED, at=at)
        with CaptureQueriesContext(connection) as captured:
            read(client, "/corrections/")
        asked[number] = len(captured)

    # How many, which, the corrections and the retractions among them.
    assert asked == {3: 4, 30: 4}
    assert read(client, "/corrections/").total == 60
    seen = [entry for number in (1, 2) for entry in entries(read(client, f"/corrections/?page={number}"))]
    assert len(seen) == len(set(seen)) == 60
    assert "There is no page “9”" in read(client, "/corrections/?page=9").words
