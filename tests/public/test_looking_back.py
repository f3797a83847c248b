"""A reader looks back: list, record, summit, country, party and sector as they stood on another day, and said so."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.codelists import Durability, EvidenceRole, PartyKind, Status
from commitments.models import Commitment
from commitments.uncertain_dates import UncertainDate
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_party,
    make_sector,
    make_summit,
    make_user,
)
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue() -> Commitment:
    """Made in September 2023, met in February 2024, both entered here in March 2024."""
    entered = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)
    commitment = make_commitment(
        "LB-01",
        title="Open a dialogue",
        summit=make_summit("S-01"),
        makers=(make_country("KZ"), make_party("Agency", PartyKind.INSTITUTION)),
        sectors=(make_sector("32210"),),
        at=entered,
    )
    make_development(
        commitment, status=Status.DELIVERED, happened="2024-02-08", summary="The dialogue met.", at=entered
    )
    return commitment


PAGES = (
    "/commitments/",
    "/commitments/LB-01/",
    "/summits/S-01/",
    "/countries/KZ/",
    "/parties/agency/",
    "/sectors/322/",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("dialogue")
def test_before_it_met_the_page_does_not_say_that_it_met(client: Client, address: str) -> None:
    then = read(client, f"{address}?as_of=2024-01-01")
    now = read(client, address)

    assert "You are looking back" in then.words
    assert "What had happened by 1 January 2024" in then.words
    assert "Not assessed" in then.words
    assert "Delivered since" not in then.words
    assert "You are looking back" not in now.words
    assert "Delivered since 8 February 2024" in " ".join(now.words.split())


NOTHING = {
    "": (
        "No published entry supports a status yet. Counts in no rate.",
        "That it was made rests on:",
        "No entry has been published yet",
        "Last checked Not yet",
        "The status has not changed since the commitment was entered",
    ),
    "as_of=2024-01-01": (
        "Nothing is known here that had happened by 1 January 2024 and supports a status.",
        "No evidence of what had come of it by 1 January 2024 is known here.",
        "Nothing had happened by 1 January 2024 that this site knows of.",
        "Last checked Not by 1 January 2024",
        "so it was “Not assessed” on that day",
        "No change of the status by 1 January 2024 is known here",
    ),
    "as_known=2024-03-04": (
        "By the end of 4 March 2024 this site held no entry that supports a status.",
        "By the end of 4 March 2024 this site had published no evidence of what came of it.",
        "By the end of 4 March 2024 this site had published no entry of what came of it.",
        "Last checked This site had named no day by the end of 4 March 2024",
        "so it was “Not assessed” here on that day",
        "By the end of 4 March 2024 this site had recorded no change of the status",
    ),
    "as_of=2024-03-01&as_known=2024-03-04": (
        "By the end of 4 March 2024 this site knew of nothing that had happened by 1 March 2024 and supports a status.",
        "had published no evidence of what had come of it by 1 March 2024",
        "By the end of 4 March 2024 this site knew of nothing that had happened by 1 March 2024. That is",
        "Last checked Not by 1 March 2024",
        "so it was “Not assessed”",
        "this site had recorded no change of the status by 1 March 2024",
    ),
}


@pytest.mark.parametrize("query", NOTHING)
def test_where_there_is_nothing_to_tell_the_page_says_of_which_day(client: Client, query: str) -> None:
    """Looked at and delivered since, in the eyes of today."""
    entered = dt.datetime(2024, 3, 3, 12, tzinfo=dt.UTC)
    later = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)
    commitment = make_commitment("LB-01", at=entered)
    if query:
        make_development(commitment, status=Status.DELIVERED, happened="2024-02-08", at=later)
        development_actions.record_check(
            by=make_user("editor"), commitment=commitment, searched="Papers", on=dt.date(2024, 3, 5), at=later
        )

    words = read(client, f"/commitments/LB-01/?{query}").words

    for sentence in NOTHING[query]:
        assert sentence in words
    for wrong in ("Nobody has looked", "nobody has assessed", *([" yet"] if query else [])):
        assert wrong not in words


@pytest.mark.usefixtures("dialogue")
def test_the_page_says_that_the_deadline_is_that_of_today(client: Client) -> None:
    """A deadline that was entered since stands in the past too: nobody is to take it for what was said then."""
    due = {"due_start": "2025-05-01", "due_end": "2025-05-31", "due_precision": "month", "due_basis": "stated"}
    Commitment.objects.update(**due)

    for address in ("/commitments/?as_known=2024-03-05", "/commitments/LB-01/?as_known=2024-03-05"):
        words = " ".join(read(client, address).words.split())
        assert "May 2025" in words
        assert "titles, parties, sectors and deadlines, and the words that a search finds, are as they stand" in words


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("dialogue")
def test_there_is_a_way_back(client: Client, address: str) -> None:
    assert address in read(client, f"{address}?as_of=2024-01-01").links


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/commitments/LB-01/"])
@pytest.mark.usefixtures("dialogue")
def test_links_from_the_past_stay_in_the_past(client: Client, address: str) -> None:
    page = read(client, f"{address}?as_of=2024-01-01&as_known=2024-04-01")

    assert "/commitments/LB-01/?as_of=2024-01-01&as_known=2024-04-01" in page.links
    for link, count in page.linked_counts.items():
        assert "as_of=2024-01-01" in link
        assert read(client, link).total == count


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("dialogue")
def test_a_day_that_makes_no_sense_is_ignored_and_said(client: Client, address: str) -> None:
    page = read(client, f"{address}?as_of=yesterday&as_known=2999")

    assert "as_of=yesterday was ignored" in page.words
    assert "That day lies ahead." in page.words
    assert "You are looking back" not in page.words


@pytest.mark.usefixtures("dialogue")
def test_a_commitment_that_was_not_there_says_so(client: Client) -> None:
    response = client.get("/commitments/LB-01/?as_of=2023-01-01")

    assert response.status_code == 404
    assert "/commitments/LB-01/" in Markup.of(response).links


@pytest.mark.usefixtures("dialogue")
def test_the_file_is_of_that_day_and_says_so_in_its_name(client: Client) -> None:
    response = client.get("/commitments.csv?as_of=2024-01-01")

    (row,) = csv.DictReader(io.StringIO(body(response)))
    assert (row["status"], row["status_since"]) == ("not_assessed", "")
    assert "as_of-2024-01-01" in response["Content-Disposition"]
    assert client.get("/commitments.csv?as_of=2999").status_code == 400


@pytest.mark.usefixtures("dialogue")
def test_the_record_says_what_changed_since(client: Client) -> None:
    page = read(client, "/commitments/LB-01/?since=2024-01-01&as_of=2024-03-01")

    words = " ".join(page.words.split())
    assert "Changed between 1 January 2024 and 1 March 2024" in words
    assert "The status went from Not assessed to Delivered" in words
    assert "8 February 2024 : The dialogue met." in words or "8 February 2024: The dialogue met." in words


def test_what_was_corrected_away_did_not_happen_between_the_two(client: Client, dialogue: Commitment) -> None:
    contributor, wrong = make_user("contributor"), dialogue.developments.get()
    correction = development_actions.draft_correction(by=contributor, development=wrong, note="It was June.")
    correction.happened, correction.summary = UncertainDate(dt.date(2024, 6, 1)), "They met in June."
    development_actions.edit_draft(by=contributor, development=correction, version=correction.version)
    development_actions.publish(by=make_user("reviewer"), development=correction)

    def changed(query: str) -> str:
        return (
            " ".join(read(client, f"/commitments/LB-01/?since=2024-01-01&{query}").words.split())
            .partition("Changed between")[2]
            .partition("Why this status")[0]
        )

    assert "The dialogue met." not in changed("as_of=2024-03-01")
    assert "Nothing that is entered here happened" in changed("as_of=2024-03-01")
    assert "The dialogue met." not in changed("as_of=2024-07-01")
    assert "They met in June." in changed("as_of=2024-07-01")
    # Before it was known to be wrong.
    assert "The dialogue met." in changed("as_known=2024-03-05")


@pytest.mark.usefixtures("dialogue")
def test_looking_back_shows_what_came_after(client: Client) -> None:
    page = read(client, "/commitments/LB-01/?as_of=2024-01-01")

    assert "Changed between 1 January 2024 and" in page.words


@pytest.mark.parametrize(("since", "reason"), [("soon", "is not a date"), ("2999", "It is not before the day")])
@pytest.mark.usefixtures("dialogue")
def test_a_comparison_that_makes_no_sense_is_ignored_and_said(client: Client, since: str, reason: str) -> None:
    page = read(client, f"/commitments/LB-01/?since={since}")

    assert reason in page.words
    assert "Changed between" not in page.words


def test_a_correction_is_not_seen_before_it_was_made(client: Client, dialogue: Commitment) -> None:
    wrong = dialogue.developments.get()
    correction = development_actions.draft_correction(
        by=make_user("contributor"), development=wrong, note="The month was wrong."
    )
    development_actions.publish(by=make_user("reviewer"), development=correction)

    then = read(client, "/commitments/LB-01/?as_known=2024-03-05")
    now = read(client, "/commitments/LB-01/")

    assert "The month was wrong." in now.words
    assert "this entry no longer counts" in now.words
    assert "The month was wrong." not in then.words
    assert "this entry no longer counts" not in then.words


def test_evidence_that_was_corrected_away_contests_nothing_before_the_day_of_its_correction(
    client: Client, dialogue: Commitment
) -> None:
    contributor = make_user("contributor")
    wrong = make_development(
        dialogue, happened="2024-02-10", role=EvidenceRole.CONTRADICTS, at=dt.datetime(2024, 3, 6, 12, tzinfo=dt.UTC)
    )
    correction = development_actions.draft_correction(by=contributor, development=wrong, note="It was June.")
    correction.evidence.update(role=EvidenceRole.SHOWS_PROGRESS)
    correction.happened = UncertainDate(dt.date(2024, 6, 1))
    development_actions.edit_draft(by=contributor, development=correction, version=correction.version)
    development_actions.publish(by=make_user("reviewer"), development=correction)

    assert "Contested" not in read(client, "/commitments/LB-01/").words
    assert "Contested" not in read(client, "/commitments/LB-01/?as_of=2024-03-07").words
    assert "Contested" in read(client, "/commitments/LB-01/?as_known=2024-03-07").words


def test_what_lapsed_and_was_closed_since_was_not_known_to(client: Client, dialogue: Commitment) -> None:
    Commitment.objects.update(durability=Durability.LAPSED)
    dialogue.refresh_from_db()
    commitment_actions.close(by=make_user("editor"), commitment=dialogue, reason="It is over.")

    def durability(query: str) -> str:
        (row,) = csv.DictReader(io.StringIO(body(client.get(f"/commitments.csv?{query}"))))
        return row["durability"]

    for address in ("/commitments/LB-01/", "/embed/commitments/LB-01/", "/commitments/"):
        assert "Lapsed" in read(client, address).words
        assert "Lapsed" not in read(client, f"{address}?as_known=2024-03-05").words
    assert "Closed: no longer followed" in read(client, "/commitments/LB-01/").words
    then = read(client, "/commitments/LB-01/?as_known=2024-03-05").words
    assert "Closed: no longer followed" not in then
    assert "Durability once delivered" not in then
    assert (durability(""), durability("as_known=2024-03-05")) == ("lapsed", "")


def test_a_check_is_not_seen_before_it_was_logged(client: Client, dialogue: Commitment) -> None:
    development_actions.record_check(
        by=make_user("editor"),
        commitment=dialogue,
        searched="Papers",
        on=dt.date(2024, 3, 1),
        at=dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC),
    )

    assert "1 March 2024" not in read(client, "/commitments/LB-01/?as_known=2024-04-01").words
    assert "1 March 2024" in read(client, "/commitments/LB-01/?as_known=2024-06-01").words


@pytest.mark.parametrize("address", PAGES)
def test_looking_back_costs_as_many_queries_for_thirty_as_for_three(
    client: Client, dialogue: Commitment, address: str, django_assert_max_num_queries: object
) -> None:
    def ask() -> int:
        with django_assert_max_num_queries(80) as counted:  # type: ignore[operator]
            client.get(f"{address}?as_of=2024-01-01")
        return len(counted.captured_queries)

    shared: dict[str, Any] = {
        "summit": dialogue.summit,
        "makers": tuple(row.party for row in dialogue.parties.all()),
        "sectors": (make_sector("32210"),),
    }
    for _number in range(2):
        make_commitment(**shared)
    few = ask()
    for _number in range(17):
        make_development(make_commitment(**shared), status=Status.IN_PROGRESS, happened="2023-12-01")
    assert ask() == few
