"""The card's address: what it shows, to whom, and how caches are told."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import Publication, Status
from tests.factories import make_commitment, make_development
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_a_published_commitment_has_a_card(client: Client) -> None:
    make_commitment("CARD-01")

    response = client.get("/commitments/CARD-01/card.png")

    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert response["Cache-Control"].startswith("public, max-age=3600, s-maxage=10, ")


def test_a_draft_has_none_and_a_retracted_one_none_any_more(client: Client) -> None:
    make_commitment("CARD-01", publication=Publication.DRAFT)
    make_commitment("CARD-02", publication=Publication.RETRACTED)

    assert client.get("/commitments/CARD-01/card.png").status_code == 404
    assert client.get("/commitments/CARD-02/card.png").status_code == 410
    assert client.get("/commitments/CARD-99/card.png").status_code == 404


def test_who_has_it_already_is_not_sent_it_again_until_the_status_changes(client: Client) -> None:
    commitment = make_commitment("CARD-01")
    etag = client.get("/commitments/CARD-01/card.png")["ETag"]

    again = client.get("/commitments/CARD-01/card.png", headers={"If-None-Match": etag})
    make_development(commitment, status=Status.DELIVERED)
    later = client.get("/commitments/CARD-01/card.png", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert later.status_code == 200


def test_it_shows_the_commitment_as_it_stood_on_a_day(client: Client) -> None:
    make_development(make_commitment("CARD-01", made="2023-09-19"), status=Status.DELIVERED, happened="2024-02-08")

    today, before = (client.get(f"/commitments/CARD-01/card.png{query}") for query in ("", "?as_of=2024-01-01"))

    assert today.content != before.content
    assert client.get("/commitments/CARD-01/card.png?as_of=2020").status_code == 404


def test_a_code_in_small_letters_leads_to_the_card(client: Client) -> None:
    make_commitment("CARD-01")

    assert client.get("/commitments/card-01/card.png")["Location"] == "/commitments/CARD-01/card.png"


def test_the_page_names_its_card_with_its_size_and_says_what_is_on_it(client: Client) -> None:
    make_development(make_commitment("CARD-01", title="Build “a” <railway>"), status=Status.DELIVERED)

    page = read(client, "/commitments/CARD-01/")
    said = {element["property"]: element["content"] for element in page.all("meta") if "property" in element.attributes}

    assert said["og:image"] == "http://testserver/commitments/CARD-01/card.png"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "Build “a” <railway>: Delivered"
    assert said["og:title"] == "Build “a” <railway> (CARD-01)"
    assert said["og:description"].startswith("CARD-01: Delivered. ")
    assert page.one("meta", name="twitter:card")["content"] == "summary_large_image"


def test_a_page_seen_from_another_day_shows_the_card_of_that_day(client: Client) -> None:
    make_commitment("CARD-01", made="2023-09-19", at=dt.datetime(2023, 9, 20, tzinfo=dt.UTC))

    page = read(client, "/commitments/CARD-01/?as_of=2024-01-01")

    image = page.one("meta", property="og:image")["content"]
    assert image == "http://testserver/commitments/CARD-01/card.png?as_of=2024-01-01"
