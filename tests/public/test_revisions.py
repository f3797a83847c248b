"""What the site said in each revision: readable, with its hash, what it changed, and nothing that was taken back."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions import commitments as commitment_actions
from commitments.codelists import CODEBOOK_VERSION, Publication, Status
from commitments.models import Commitment, Revision
from tests import guards
from tests.factories import make_commitment, make_country, make_development, make_sector, make_summit, make_user
from tests.markup import read

pytestmark = pytest.mark.django_db
FIRST = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def dialogue() -> Commitment:
    """Published on 1 March 2024, delivered by an entry of 5 March, renamed on 7 March."""
    commitment = make_commitment(
        "REV-01",
        title="Open a dialogue",
        summary="To open a *standing* dialogue.",
        summit=make_summit("S-01", name="The New York summit"),
        makers=(make_country("US"),),
        due="2023-10",
        at=FIRST,
    )
    make_development(commitment, status=Status.DELIVERED, happened="2024-02-08", at=FIRST + dt.timedelta(days=4))
    commitment.refresh_from_db()
    return rename(commitment, "Open a standing dialogue", "The title was short.")


def rename(commitment: Commitment, title: str, reason: str, at: dt.datetime | None = None) -> Commitment:
    commitment.title = title
    return commitment_actions.edit(
        by=make_user("secretive-editor"),
        commitment=commitment,
        version=commitment.version,
        reason=reason,
        at=at or FIRST + dt.timedelta(days=6),
    )


@pytest.mark.usefixtures("dialogue")
def test_it_says_what_the_site_said_and_not_what_it_says_today(client: Client) -> None:
    words = read(client, "/commitments/REV-01/v1/").words

    for said in (
        "REV-01 · revision 1 Open a dialogue",
        "This is what the site said from 1 March 2024, 12:00 to 5 March 2024, 12:00 UTC.",
        "Status Not assessed",
        "Summary To open a standing dialogue.",
        "Summit The New York summit",
        "Due October 2023",
        "Kind of act Programme or project",
        "United States of America (Maker) Own status Not assessed",
        f"Codebook version {CODEBOOK_VERSION}.",
        "This is the first revision: all of it was new.",
    ):
        assert said in words
    assert "standing dialogue Status" not in words
    assert "Delivered" not in words.partition("What it said")[2].partition("Developments")[0].replace(
        "as delivered", ""
    )


def test_it_says_when_why_and_by_which_hashes_and_not_by_whom(client: Client, dialogue: Commitment) -> None:
    page = read(client, "/commitments/REV-01/v3/")

    first, second, third = dialogue.revisions.order_by("number")
    for said in (
        "Revision 3, 7 March 2024, 12:00 UTC",
        "Why it was made The title was short.",
        f"SHA-256 {third.sha256} computed anew for this page: it agrees",
        f"SHA-256 of the one before {second.sha256}",
        "There is no later revision.",
    ):
        assert said in page.words
    assert third.previous_sha256 != first.sha256
    assert "secretive-editor" not in page.words


@pytest.mark.usefixtures("dialogue")
def test_it_shows_what_it_changed_place_by_place(client: Client) -> None:
    delivered = read(client, "/commitments/REV-01/v2/").words
    renamed = read(client, "/commitments/REV-01/v3/").words

    assert "Compared with revision 1" in delivered
    assert "Status changed Not assessed Delivered" in delivered
    assert "Status since added – 8 February 2024" in delivered
    assert "Developments added – Development of 8 February 2024" in delivered
    assert "Title changed Open a dialogue Open a standing dialogue" in renamed


@pytest.mark.usefixtures("dialogue")
def test_it_leads_to_its_neighbours_and_to_todays_page(client: Client) -> None:
    page = read(client, "/commitments/REV-01/v2/")

    links = set(page.links)
    assert {"/commitments/REV-01/v1/", "/commitments/REV-01/v3/", "/commitments/REV-01/"} <= links
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_a_hash_that_does_not_hold_is_said(client: Client, dialogue: Commitment) -> None:
    with guards.lowered():
        models.QuerySet(Revision).filter(commitment=dialogue, number=2).update(reason="Forged")

    assert "it does not agree" in read(client, "/commitments/REV-01/v2/").words


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize("number", ["0", "4", "01", "999999999", "99999999999999999999", "-1", "x"])
def test_a_number_that_never_was_does_not_exist(client: Client, number: str) -> None:
    assert client.get(f"/commitments/REV-01/v{number}/").status_code == 404


def test_a_draft_has_no_revisions(client: Client) -> None:
    make_commitment("REV-02", publication=Publication.DRAFT)

    assert client.get("/commitments/REV-02/v1/").status_code == 404
    assert client.get("/commitments/REV-03/v1/").status_code == 404


@pytest.mark.usefixtures("dialogue")
def test_a_code_in_small_letters_leads_to_the_one_address(client: Client) -> None:
    response = client.get("/commitments/rev-01/v2/")

    assert (response.status_code, response["Location"]) == (301, "/commitments/REV-01/v2/")


def test_a_retraction_takes_back_every_revision(client: Client, dialogue: Commitment) -> None:
    commitment_actions.retract(by=make_user("editor"), commitment=dialogue, reason="Nobody promised it.")

    for number in (1, 2, 3, 4):
        page = read(client, f"/commitments/REV-01/v{number}/", status=410)
        assert "REV-01 was retracted" in page.words
        assert "Nobody promised it." in page.words
        assert "dialogue" not in page.words
        assert "New York" not in page.words
    assert client.get("/commitments/REV-01/v5/").status_code == 404


def test_what_was_taken_back_stays_so_when_the_record_is_published_again(client: Client, dialogue: Commitment) -> None:
    retracted = commitment_actions.retract(by=make_user("editor"), commitment=dialogue, reason="Nobody promised it.")
    again = commitment_actions.publish(by=make_user("editor"), commitment=retracted)
    again.refresh_from_db()
    rename(again, "Hold a dialogue", "It meets.", at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))

    taken_back = read(client, "/commitments/REV-01/v2/", status=410)
    assert "The editors took back what this revision said. The record was published again later." in taken_back.words
    assert "dialogue" not in taken_back.words
    first = read(client, "/commitments/REV-01/v5/")
    assert "What was taken back is not compared." in first.words
    assert "/commitments/REV-01/v4/" not in first.links
    assert "Title changed Open a standing dialogue Hold a dialogue" in read(client, "/commitments/REV-01/v6/").words
    page = read(client, "/commitments/REV-01/")
    assert {"/commitments/REV-01/v5/", "/commitments/REV-01/v6/"} <= set(page.links)
    assert "Revision 3 taken back" in page.words
    assert "/commitments/REV-01/v3/" not in page.links


def test_the_page_lists_its_revisions_and_cites_the_last_by_its_own_address(
    client: Client, dialogue: Commitment
) -> None:
    page = read(client, "/commitments/REV-01/")

    last = dialogue.revisions.order_by("-number")[0]
    assert "3 revisions" in page.words
    assert "Revision 3 7 March 2024, 12:00 The title was short." in page.words
    assert "http://testserver/commitments/REV-01/v3/" in page.words
    assert f"SHA-256 {last.sha256}" in page.words
    assert {f"/commitments/REV-01/v{number}/" for number in (1, 2, 3)} <= set(page.links)


@pytest.mark.usefixtures("dialogue")
def test_looking_back_lists_the_revisions_that_were_there(client: Client) -> None:
    page = read(client, "/commitments/REV-01/?as_known=2024-03-06")

    assert "2 revisions" in page.words
    assert "/commitments/REV-01/v3/" not in page.links
    assert "http://testserver/commitments/REV-01/v2/" in page.words


def test_it_asks_the_database_as_much_for_thirty_entries_as_for_three(client: Client) -> None:
    def ask(commitment: Commitment) -> int:
        number = Revision.objects.filter(commitment=commitment).count()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/commitments/{commitment.code}/v{number}/").status_code == 200
        return len(captured)

    asked: dict[int, Any] = {}
    for number in (3, 30):
        commitment = make_commitment(f"MANY-{number}", sectors=(make_sector(),))
        for _ in range(number):
            make_development(commitment)
        asked[number] = ask(commitment)

    # The commitment, its last retraction, the revision with its neighbours; parties, sectors and summits by name.
    assert asked == {3: 6, 30: 6}
