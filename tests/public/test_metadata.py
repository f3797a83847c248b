"""What pages say of themselves to machines: their one address, and their matter in the words of schema.org."""

import json
from typing import Any

import pytest
from django.test import Client

from commitments.codelists import Classification, Status, Strength
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_sector,
    make_series,
    make_summit,
)
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db


def canonical(page: Markup) -> str:
    return page.one("link", rel="canonical")["href"]


def linked_data(page: Markup) -> dict[str, dict[str, Any]]:
    """Every block of data on a page, by its type."""
    blocks = [json.loads(block.text) for block in page.all("script", type="application/ld+json")]
    return {block["@type"]: block for block in blocks}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/", "/"),
        ("/about/?from=a-newsletter", "/about/"),
        ("/commitments/", "/commitments/"),
        ("/commitments/?colour=red&page=1", "/commitments/"),
        ("/commitments/?status=delivered&country=kz", "/commitments/?country=KZ&status=delivered"),
        ("/commitments/META-01/?as_of=2024-01-01", "/commitments/META-01/"),
    ],
)
def test_a_page_has_one_address_however_it_was_asked_for(client: Client, asked: str, address: str) -> None:
    make_commitment("META-01")

    assert canonical(read(client, asked)) == f"http://testserver{address}"


@pytest.mark.usefixtures("short_pages")
def test_a_further_page_of_a_list_is_a_page_of_its_own(client: Client) -> None:
    for number in range(7):
        make_commitment(f"META-{number:02}")

    second = read(client, "/commitments/?country=KZ&page=2")

    assert canonical(second) == "http://testserver/commitments/?country=KZ&page=2"


def test_pages_that_are_not_to_be_found_say_so_and_name_no_address(client: Client) -> None:
    page = read(client, "/nowhere/", 404)

    assert page.one("meta", name="robots")["content"] == "noindex"
    assert not page.all("link", rel="canonical")


def test_a_commitment_is_told_with_its_makers_summit_sectors_and_sources(client: Client) -> None:
    summit = make_summit("META", name="The summit", series=make_series(), place="New York")
    commitment = make_commitment(
        "META-01",
        title="Build a railway",
        summit=summit,
        makers=(make_country("KZ"),),
        sectors=(make_sector("21030", "Rail"),),
        due="2024",
    )
    make_development(commitment, status=Status.DELIVERED)

    told = linked_data(read(client, "/commitments/META-01/"))["CreativeWork"]

    action, event, sector = told["about"]
    assert (told["identifier"], told["name"]) == ("META-01", "Build a railway")
    assert told["temporalCoverage"] == "2023-09-19/2024-12-31"
    assert action["actionStatus"] == "https://schema.org/CompletedActionStatus"
    assert [agent["name"] for agent in action["agent"]] == ["Kazakhstan"]
    assert event["superEvent"]["name"] == "C5+1"
    assert (sector["termCode"], sector["name"]) == ("21030", "Rail")
    assert told["isBasedOn"][0]["publisher"]["name"] == "The Gazette"
    assert told["version"] == str(commitment.revisions.count())


def test_what_nobody_assessed_has_no_status_and_a_topic_promises_nothing(client: Client) -> None:
    make_commitment("META-01")
    make_commitment("META-02", classification=Classification.TOPIC, strength=Strength.DISCUSSED)

    promise = linked_data(read(client, "/commitments/META-01/"))["CreativeWork"]
    topic = linked_data(read(client, "/commitments/META-02/"))["CreativeWork"]

    assert "actionStatus" not in promise["about"][0]
    assert "Action" not in [one["@type"] for one in topic["about"]]


def test_a_page_seen_from_another_day_tells_machines_nothing(client: Client) -> None:
    make_commitment("META-01")

    assert "CreativeWork" not in linked_data(read(client, "/commitments/META-01/?as_of=2024-01-01"))


def test_each_page_of_a_record_says_what_it_is_about(client: Client) -> None:
    document = make_document("The article", dated_start="2023-10-01", dated_end="2023-10-31", dated_precision="month")
    summit = make_summit("META", series=make_series(), place="New York")
    commitment = make_commitment("META-01", summit=summit, sectors=(make_sector("21030"),))
    make_development(commitment, documents=(document,))

    about = {
        "/summits/META/": "Event",
        "/series/c5-plus-1/": "EventSeries",
        "/countries/KZ/": "Country",
        "/sectors/21030/": "DefinedTerm",
        f"/documents/{document.pk}/": "CreativeWork",
    }
    found = {address: linked_data(read(client, address))["WebPage"]["mainEntity"]["@type"] for address in about}

    assert found == about
    assert linked_data(read(client, "/"))["WebSite"]["url"] == "http://testserver/"
    assert linked_data(read(client, "/data/"))["Dataset"]["distribution"][0]["encodingFormat"] == "text/csv"


def test_the_way_to_a_page_is_told_step_by_step(client: Client) -> None:
    make_commitment("META-01", summit=make_summit("META", name="Leaders' summit & more"))

    steps = linked_data(read(client, "/commitments/META-01/"))["BreadcrumbList"]["itemListElement"]

    assert [step["name"] for step in steps] == ["Home", "Commitments", "Leaders' summit & more", "META-01"]
    assert steps[2]["item"] == "http://testserver/summits/META/"
    assert "item" not in steps[3]


def test_nothing_that_an_editor_writes_ends_the_block_of_data(client: Client) -> None:
    make_commitment("META-01", title="</script><script>alert(1)</script>&<!--", summary="<!--<script>")

    response = client.get("/commitments/META-01/")

    assert "<script>alert" not in body(response)
    assert linked_data(Markup.of(response))["CreativeWork"]["name"] == "</script><script>alert(1)</script>&<!--"
