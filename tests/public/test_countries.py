"""Countries: what each is party to, directly, through a bloc or through a body, and in which role."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import Status
from commitments.models import Participation
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_party, make_summit
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_the_list_counts_each_country_most_first_and_names_the_others(client: Client) -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    make_country("UZ")
    make_commitment("C-01", makers=(usa,), addressees=(kazakhstan,))
    make_commitment("C-02", makers=(usa,))

    page = read(client, "/countries/")

    assert page.linked_counts == {"/commitments/?country=US": 2, "/commitments/?country=KZ": 1}
    assert (
        page.words.index("United States of America") < page.words.index("Kazakhstan") < page.words.index("Uzbekistan")
    )


def test_a_country_shows_what_it_is_party_to_and_in_which_role(client: Client) -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    bloc = make_bloc("C5", kazakhstan, joined_on=dt.date(2020, 1, 1))
    make_development(make_commitment("C-01", title="Own", makers=(kazakhstan,)), status=Status.IN_PROGRESS)
    make_commitment("C-02", title="To its bloc", makers=(usa,), addressees=(bloc,))
    make_commitment("C-03", title="Of another", makers=(usa,))

    page = read(client, "/countries/KZ/")

    assert sorted(page.rows) == ["Own", "To its bloc"]
    assert "Belongs to C5 (from 1 January 2020)" in page.words
    assert page.linked_counts == {
        "/commitments/?country=KZ": 2,
        "/commitments/?country=KZ&role=maker": 1,
        "/commitments/?country=KZ&role=addressee": 1,
        "/commitments/?country=KZ&role=maker&status=in_progress": 1,
    }
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_a_country_shows_its_bodies_and_the_summits_it_took_part_in_once_each(client: Client) -> None:
    usa = make_country("US")
    make_party("Agency", country=usa, abolished_on=dt.date(2025, 7, 1))
    summit = make_summit("S-01", name="The summit")
    for person in ("A. Person", "B. Person"):
        Participation.objects.create(summit=summit, party=usa, representative=person)

    words = read(client, "/countries/US/").words

    assert "Agency (abolished 1 July 2025)" in words
    assert words.count("The summit") == 1
    assert "It is party to no published commitment." in words


def test_letters_in_any_case_lead_to_the_one_address(client: Client) -> None:
    make_country("KZ")

    response = client.get("/countries/kZ/")

    assert (response.status_code, response["Location"]) == (301, "/countries/KZ/")
    assert client.get("/countries/QQ/").status_code == 404
