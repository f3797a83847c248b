"""Parties that are no countries: what each is, what it is party to, and what became of it."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import PartyKind, Status
from commitments.models import Participation
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_party, make_summit
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_the_list_has_every_party_that_is_no_country_by_kind(client: Client) -> None:
    make_party("Agency", country=make_country("US"))
    make_party("Steelworks", PartyKind.COMPANY)
    make_bloc("C5")

    words = read(client, "/parties/").words

    for expected in (
        "Bloc A group of parties with dated members. C5",
        "Company",
        "Steelworks",
        "Agency United States of America",
    ):
        assert expected in words


def test_a_party_shows_what_names_it_and_in_which_role(client: Client) -> None:
    agency = make_party("Agency")
    make_commitment("P-01", title="Promised", makers=(agency,))
    make_commitment("P-02", title="Received", addressees=(agency,))
    make_commitment("P-03", title="Not its own")

    page = read(client, "/parties/agency/")

    assert sorted(page.rows) == ["Promised", "Received"]
    assert page.linked_counts == {
        "/commitments/?party=agency": 2,
        "/commitments/?party=agency&status=not_assessed": 2,
        "/commitments/?party=agency&role=maker": 1,
        "/commitments/?party=agency&role=addressee": 1,
    }
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_an_abolished_party_says_so_and_who_took_over(client: Client) -> None:
    department = make_party("Department")
    make_party("Agency", abolished_on=dt.date(2025, 7, 1), successor=department)

    assert "Abolished on 1 July 2025. Succeeded by Department." in read(client, "/parties/agency/").words
    assert "Took over from Agency (abolished 1 July 2025)" in read(client, "/parties/department/").words


def test_a_bloc_shows_its_members_with_their_days(client: Client) -> None:
    make_bloc("C5", make_country("KZ"), joined_on=dt.date(2015, 11, 1), left_on=dt.date(2024, 1, 1))

    assert "Kazakhstan (from 1 November 2015 until 1 January 2024)" in read(client, "/parties/c5/").words


def test_a_countrys_address_among_the_parties_leads_to_the_country(client: Client) -> None:
    make_country("KZ")

    response = client.get("/parties/kazakhstan/")

    assert (response.status_code, response["Location"]) == (301, "/countries/KZ/")
    assert client.get("/parties/nobody/").status_code == 404


def test_a_party_has_a_scorecard_of_what_it_made(client: Client) -> None:
    agency = make_party("Agency")
    make_development(make_commitment("P-01", makers=(agency,)), status=Status.DELIVERED)
    make_commitment("P-02", makers=(agency,))
    make_commitment("P-03", addressees=(agency,))

    page = read(client, "/parties/agency/")

    assert "1 delivered of 1 assessed; 2 identified" in page.words
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_an_abolished_party_shows_what_it_left_unsettled(client: Client) -> None:
    agency = make_party("Agency", abolished_on=dt.date(2025, 7, 1))
    make_commitment("P-01", makers=(agency,))

    page = read(client, "/parties/agency/")

    assert "Left by abolished bodies" in page.words
    assert page.linked_counts["/commitments/?status_group=open&status_group=unknown&party=agency&role=maker"] == 1


def test_a_party_stands_beside_the_others_at_its_summits(client: Client) -> None:
    agency, summit = make_party("Agency"), make_summit("S-01")
    for party in (agency, make_country("KZ")):
        Participation.objects.create(summit=summit, party=party)
    make_commitment("P-01", summit=summit, makers=(agency,))

    page = read(client, "/parties/agency/")

    assert "Agency this page 1 0 – nothing assessed" in page.words
    assert "Kazakhstan 0 0 – nothing assessed" in page.words
    assert page.linked_counts["/commitments/?summit=S-01&party=agency&role=maker"] == 1
