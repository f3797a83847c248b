"""The part of the list that scripts ask for: the same list as on the page, without the page around it."""

import pytest
from django.test import Client

from tests.factories import make_commitment, make_country
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


def part(client: Client, address: str) -> Markup:
    response = client.get(address, headers={"HX-Request": "true"}, follow=True)
    assert response.status_code == 200
    return Markup.of(response)


def test_the_part_lists_the_same_rows_under_the_same_title_as_the_page(client: Client) -> None:
    make_commitment("PART-01", title="By Kazakhstan", makers=(make_country("KZ"),))
    make_commitment("PART-02", title="By Uzbekistan", makers=(make_country("UZ"),))

    page, found = read(client, "/commitments/?country=KZ"), part(client, "/commitments/?country=KZ&q=")

    assert found.rows == page.rows == ["By Kazakhstan"]
    assert found.total == page.total
    assert found.one("title").text.split() == page.one("title").text.split()
    assert found.linked_counts == page.linked_counts
    assert not found.all("html")


def test_caches_keep_the_part_and_the_page_apart(client: Client) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in client.get("/commitments/", headers=headers)["Vary"]


@pytest.mark.usefixtures("short_pages")
def test_what_is_announced_says_how_many_there_are_and_on_which_page(client: Client) -> None:
    for number in range(7):
        make_commitment(f"PART-{number:02}")

    announced = [part(client, address).one("h2", id="results")["data-announcement"].strip() for address in (
        "/commitments/", "/commitments/?page=2", "/commitments/?q=nothing+like+it"
    )]  # fmt: skip

    assert announced == [
        "7 commitments found, page 1 of 2",
        "7 commitments found, page 2 of 2",
        "0 commitments found, page 1 of 1",
    ]


def test_the_order_in_force_by_default_is_not_said_in_the_address(client: Client) -> None:
    make_commitment("PART-01", title="Railway")

    plain, searched = read(client, "/commitments/"), read(client, "/commitments/?q=railway")

    # A search then begins with the best match, whatever the order was before.
    for page in (plain, searched):
        (selected,) = [option for option in page.all("option") if "selected" in option.attributes]
        assert selected["value"] == ""
