"""IATI activities: on the page, in what the site said, and at the desk; earlier hashes stay."""

import pytest
from django.test import Client

from commitments.actions import commitments as commitment_actions
from commitments.actions import merges
from commitments.models import Activity, Commitment
from commitments.snapshots import public_record
from tests.factories import make_commitment, make_user, merge
from tests.markup import read

pytestmark = pytest.mark.django_db


def report(commitment: Commitment, identifier: str = "XM-DAC-1-45/6") -> Activity:
    """Through the action by which the desk saves a record with its rows."""
    found: list[Activity] = []

    def write() -> None:
        found.append(Activity.objects.create(commitment=commitment, identifier=identifier, note="First phase"))

    commitment.refresh_from_db()
    commitment_actions.edit(
        by=make_user("editor"), commitment=commitment, version=commitment.version, reason="It is reported.", write=write
    )
    return found[0]


def test_the_page_leads_to_what_was_reported_and_the_revision_says_it(client: Client) -> None:
    commitment = make_commitment("ACT-01")
    assert "IATI" not in read(client, "/commitments/ACT-01/").words

    report(commitment, "US-GOV-1-12+3%")

    page = read(client, "/commitments/ACT-01/")
    assert "IATI activities US-GOV-1-12+3% First phase" in page.words
    assert page.all("a", href="https://d-portal.org/q.html?aid=US-GOV-1-12%2B3%25")
    revision = read(client, "/commitments/ACT-01/v2/")
    assert "US-GOV-1-12+3%" in revision.words
    assert "IATI activities" in revision.words


def test_a_record_without_any_says_what_it_said_before(client: Client) -> None:
    assert "activities" not in public_record(make_commitment())


def test_a_merge_takes_them_along_and_gives_them_back() -> None:
    kept, gone = make_commitment(), make_commitment()
    activity = report(gone)
    report(kept, "XM-DAC-1-99")

    done = merge(gone, kept)
    assert kept.activities.count() == 2
    merges.undo(by=make_user("editor"), merge=done, reason="Two after all.")

    assert list(gone.activities.all()) == [activity]
