"""The latest developments, over the commitments that the address asks for."""

import datetime as dt

import pytest
from django.test import Client

from commitments.actions import developments as development_actions
from commitments.codelists import Classification, Publication, Status, Strength
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_sector,
    make_user,
)
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_it_lists_published_developments_newest_event_first(client: Client) -> None:
    railway, dialogue = make_commitment("D-01", title="Railway"), make_commitment("D-02", title="Dialogue")
    make_development(railway, happened="2024-05-01", summary="Later event.", status=Status.IN_PROGRESS)
    make_development(dialogue, happened="2023-12", summary="Earlier event.")
    make_draft_development(dialogue, happened="2024-06-01", summary="Still a draft.")

    page = read(client, "/developments/")

    assert page.total == 2
    assert page.words.index("1 May 2024 D-01 In progress Railway Later event.") < page.words.index(
        "December 2023 D-02 Dialogue Earlier event."
    )
    assert "Still a draft." not in page.words


def test_a_page_that_does_not_exist_is_said_and_the_nearest_is_shown(client: Client) -> None:
    make_development(make_commitment("D-01"), summary="The only one.")

    words = read(client, "/developments/?page=zero").words

    assert "There is no page “zero”: this is page 1 of 1." in words
    assert "The only one." in words


def test_without_any_it_says_so(client: Client) -> None:
    assert "No development has been published yet." in read(client, "/developments/").words


def make_entries() -> None:
    """A check, a development and one on a topic, over two commitments of two countries."""
    railway = make_commitment(
        "D-01", title="Railway", makers=(make_country("UZ"),), sectors=(make_sector("21030", "Rail"),)
    )
    dialogue = make_commitment("D-02", title="Dialogue", makers=(make_country("KZ"),))
    topic = make_commitment("D-03", classification=Classification.TOPIC, strength=Strength.DISCUSSED)
    make_development(railway, happened="2024-05-01", summary="It began.", status=Status.IN_PROGRESS)
    make_development(dialogue, happened="2024-05", summary="They met.")
    make_development(topic, happened="2024-05-01", summary="They talked.")
    development_actions.record_check(
        by=make_user("editor"), commitment=dialogue, searched="Newspapers", on=dt.date(2024, 6, 2)
    )


def test_entries_stand_under_their_day_as_exactly_as_it_is_known(client: Client) -> None:
    make_entries()

    page = read(client, "/developments/")

    assert [element.text.strip() for element in page.all("h2")] == ["2 June 2024", "1 May 2024", "May 2024"]
    assert page.total == 4


@pytest.mark.parametrize(
    ("query", "total", "said"),
    [
        ("country=UZ", 1, "It began."),
        ("sector=210", 1, "It began."),
        ("status=in_progress", 1, "It began."),
        ("entry_status=in_progress", 1, "It began."),
        ("entry=check", 1, "Newspapers"),
        ("entry=check&country=UZ", 0, "No entry matches all of this."),
        ("topics=0", 3, "They met."),
        ("as_of=2024-05-15", 3, "They talked."),
        ("as_of=2024-04-15", 0, "You are looking back"),
    ],
)
def test_the_lists_parameters_ask_for_the_entries_of_its_commitments(
    client: Client, query: str, total: int, said: str
) -> None:
    make_entries()

    page = read(client, f"/developments/?{query}")

    assert page.total == total
    assert said in page.words


def test_of_several_kinds_of_entry_the_last_counts_and_a_file_does_not_leave_the_others_out_unsaid(
    client: Client,
) -> None:
    make_entries()

    page = read(client, "/developments/?entry=development&entry=check")
    file = client.get("/developments.csv?entry=development&entry=check")

    assert page.total == 1
    assert "entry=development was ignored: It was given more than once; the last one counts." in page.words
    assert file.status_code == 400
    assert "entry=development: It was given more than once" in file.content.decode()
    # Nothing is left out where both are the same.
    assert client.get("/developments.csv?entry=check&entry=check&entry=").status_code == 200


def test_it_says_what_it_ignored_and_applies_the_rest(client: Client) -> None:
    make_entries()

    page = read(client, "/developments/?country=UZ&colour=red&entry=poem&entry_status=fine&sort=due&page=9")

    assert page.total == 1
    for words in (
        "colour=red was ignored",
        "entry=poem was ignored",
        "entry_status=fine was ignored",
        "sort=due was ignored: Entries come newest first.",
        "There is no page “9”",
    ):
        assert words in page.words


def test_the_form_keeps_what_is_in_force_and_each_part_can_be_taken_back(client: Client) -> None:
    make_entries()

    page = read(client, "/developments/?country=UZ&summit=NONE&entry=check&entry_status=delivered&q=rail")

    chosen = {option["value"] for option in page.all("option") if "selected" in option.attributes}
    assert chosen == {"UZ", "check"}
    hidden = {(field["name"], field["value"]) for field in page.all("input", type="hidden")}
    assert hidden == {("entry_status", "delivered"), ("q", "rail")}
    chips = {element["href"] for element in page.all("a") if "chip" in element.classes}
    assert "/developments/?entry=check&entry_status=delivered&q=rail" in {
        chip if chip.startswith("/") else f"/developments/{chip}" for chip in chips
    }
    assert "/developments/" in chips


@pytest.mark.usefixtures("short_pages")
def test_pages_keep_the_query(client: Client) -> None:
    railway = make_commitment("D-01", makers=(make_country("UZ"),))
    for _ in range(6):
        make_development(railway)

    page = read(client, "/developments/?country=UZ&entry=development")

    assert page.one("a", rel="next")["href"] == "?entry=development&country=UZ&page=2"
    assert read(client, "/developments/?entry=development&country=UZ&page=2").total == 6


def test_countries_of_drafts_are_no_choice(client: Client) -> None:
    make_commitment("D-01", makers=(make_country("UZ"),), publication=Publication.DRAFT)

    assert "Uzbekistan" not in read(client, "/developments/").words
