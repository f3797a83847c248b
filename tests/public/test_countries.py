"""Countries: what each is party to, directly, through a bloc or through a body, and in which role."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.codelists import Status
from commitments.models import Participation
from commitments.public import standings
from commitments.scorecards import ASSESSED
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_party, make_summit
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db
ASSESSED_QUERY = "&".join(f"status={status.value}" for status in ASSESSED)


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
        f"/commitments/?country=KZ&role=maker&{ASSESSED_QUERY}": 1,
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


def cell(page: Markup, label: str) -> str:
    """What the scorecard says beside a label."""
    rows = [" ".join(row.text.split()) for row in page.all("tr")]
    return next(row.removeprefix(f"{label} ") for row in rows if row.startswith(f"{label} "))


def test_a_scorecard_gives_every_figure_with_its_denominator(client: Client) -> None:
    for number, status in enumerate((Status.DELIVERED, Status.PARTIALLY_DELIVERED, Status.IN_PROGRESS)):
        make_development(make_commitment(f"C-{number}"), status=status)
    make_commitment("C-10")

    page = read(client, "/countries/KZ/")

    assert "1 delivered of 3 assessed; 4 identified" in page.words
    figures = {label: cell(page, label) for label in ("Identified", "Assessed", "Delivered", "Not delivered")}
    assert figures == {"Identified": "4", "Assessed": "3", "Delivered": "1", "Not delivered": "0"}
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_where_nothing_is_assessed_there_is_no_rate_and_no_zero(client: Client) -> None:
    make_commitment("C-01")

    page = read(client, "/countries/KZ/")

    assert "All of what it made is “Not assessed”" in page.words
    assert "delivered of" not in page.words
    assert cell(page, "Not delivered") == "– nothing assessed"
    make_country("US")
    assert "It made none of the commitments that are followed here." in read(client, "/countries/US/").words


def test_a_scorecard_is_of_the_day_asked_for(client: Client) -> None:
    make_development(make_commitment("C-01"), status=Status.DELIVERED, happened="2024-02-08")

    assert "All of what it made is “Not assessed”" in read(client, "/countries/KZ/?as_of=2024-01-01").words
    assert "1 delivered of 1 assessed" in read(client, "/countries/KZ/?as_of=2024-03-01").words


def test_it_stands_beside_the_others_at_the_same_summits_by_what_was_made_there(client: Client) -> None:
    kazakhstan, usa, absent = make_country("KZ"), make_country("US"), make_country("UZ")
    summit, elsewhere = make_summit("S-01"), make_summit("S-02")
    agency = make_party("Agency")
    for party in (kazakhstan, usa, agency):
        Participation.objects.create(summit=summit, party=party)
    Participation.objects.create(summit=elsewhere, party=absent)
    make_development(make_commitment("C-01", summit=summit, makers=(usa,)), status=Status.DELIVERED)
    make_commitment("C-02", summit=summit, makers=(kazakhstan,))
    make_commitment("C-03", summit=elsewhere, makers=(usa,))

    page = read(client, "/countries/KZ/")

    table = page.words.partition("Beside others at the same summits")[2]
    assert "at the one summit that this one took part in" in table
    for row in (
        "Agency 0 0 – nothing assessed",
        "Kazakhstan this page 1 0 – nothing assessed",
        "United States of America 1 1 1 0 0",
    ):
        assert row in table
    assert "Uzbekistan" not in table
    assert page.linked_counts["/commitments/?summit=S-01&country=US&role=maker"] == 1
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts
    assert "Beside others" not in read(client, "/countries/UZ/").words


def test_of_many_parties_those_that_made_most_stand_beside_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings, "COMPARED_PARTIES", 3)
    summit = make_summit("S-01")
    parties = {name: make_party(name) for name in ("Agency A", "Agency B", "Agency C")}
    for party in (make_country("KZ"), *parties.values()):
        Participation.objects.create(summit=summit, party=party)
    for name in ("Agency C", "Agency C", "Agency A"):
        make_commitment(summit=summit, makers=(parties[name],))

    page = read(client, "/countries/KZ/")

    table = page.words.partition("Beside others at the same summits")[2]
    assert [name for name in ("Agency A", "Agency B", "Agency C", "Kazakhstan") if name in table] == [
        "Agency A",
        "Agency C",
        "Kazakhstan",
    ]
    assert "Of 4 parties, 3 are shown: this one, and the others that made most." in table
    assert "Scores of all who made anything there." in table
    assert "/scores/?summit=S-01" in page.links
    scores = read(client, "/scores/?summit=S-01")
    assert [element.text.strip() for element in scores.all("th", scope="row")] == ["Agency C", "Agency A"]


def test_comparing_thirty_parties_costs_as_many_queries_as_three(client: Client) -> None:
    summit = make_summit("S-01")
    make_commitment("C-01", summit=summit)
    Participation.objects.create(summit=summit, party=make_country("KZ"))
    asked = {}
    for number in (3, 30):
        while Participation.objects.count() < number:
            Participation.objects.create(summit=summit, party=make_party(country=make_country("KZ")))
        with CaptureQueriesContext(connection) as captured:
            read(client, "/countries/KZ/")
        asked[number] = len(captured)

    assert asked[3] == asked[30]


def test_abolished_bodies_leave_what_they_did_not_settle(client: Client) -> None:
    usa, department = make_country("US"), make_party("Department")
    agency = make_party("Agency", country=usa, abolished_on=dt.date(2025, 7, 1), successor=department)
    make_party("Living body", country=usa)
    make_commitment("C-01", makers=(agency,))
    make_development(make_commitment("C-02", makers=(agency,)), status=Status.DELIVERED)

    page = read(client, "/countries/US/")

    assert "Agency (abolished 1 July 2025) Maker → Department 1" in page.words
    (link,) = [link for link in page.linked_counts if "party=agency" in link]
    assert page.linked_counts[link] == read(client, link).total == 1
    assert "Left by abolished bodies" not in read(client, "/countries/US/?as_of=2025-06-30").words
    then = read(client, "/countries/US/?as_of=2025-07-01")
    assert "Maker → Department 1" in then.words
    assert {link: read(client, link).total for link in then.linked_counts} == then.linked_counts


def test_it_says_which_summits_the_country_hosted(client: Client) -> None:
    make_summit("S-01", name="The forum", host=make_country("KZ"))

    assert "Hosted The forum 19 September 2023" in read(client, "/countries/KZ/").words
