"""Side by side: two to six countries, other parties or summits, the same numbers of each on the same filters."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.codelists import Classification, Publication, Status
from commitments.filters import CommitmentFilter
from commitments.models import Summit
from tests.factories import (
    COUNTRIES,
    make_commitment,
    make_country,
    make_development,
    make_party,
    make_sector,
    make_summit,
)
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db
SIDE_BY_SIDE = "/compare/?country=KZ&country=US"


@pytest.fixture
def summit() -> Summit:
    """Kazakhstan made four: one is a topic, two were assessed, one of these delivered. The US made one with it."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    summit = make_summit("S-01", name="The summit")
    shared: dict[str, Any] = {"summit": summit, "sectors": (make_sector("32210", "Mining"),)}
    delivered = make_commitment("CP-01", makers=(kazakhstan,), due="2023-12", **shared)
    make_development(delivered, status=Status.DELIVERED, happened="2023-11-01")
    begun = make_commitment("CP-02", makers=(kazakhstan,), due="2024-01", **shared)
    make_development(begun, status=Status.IN_PROGRESS, happened="2024-02-01")
    make_commitment("CP-03", makers=(kazakhstan, usa), **shared)
    make_commitment("CP-04", makers=(kazakhstan,), classification=Classification.TOPIC, **shared)
    make_commitment("CP-05", makers=(kazakhstan,), publication=Publication.DRAFT, **shared)
    make_commitment("CP-06", makers=(make_party("Agency"),), addressees=(usa,), summit=make_summit("S-02"))
    return summit


def rows(page: Markup) -> dict[str, list[str]]:
    """The words of each row of the comparison by its measure, without the name of its column."""
    found: dict[str, list[str]] = {}
    cells: list[str] = []
    for element in page.elements:
        if element.tag == "th" and element.attributes.get("scope") == "row":
            found[" ".join(element.text.split())] = cells = []
        elif element.tag == "td":
            cells.append(" ".join(element.text.split()))
    return found


@pytest.mark.usefixtures("summit")
def test_each_column_says_how_many_it_made_and_where_they_stand(client: Client) -> None:
    found = rows(read(client, SIDE_BY_SIDE))

    usa = "United States of America"
    assert found["Commitments made"] == ["Kazakhstan 3", f"{usa} 1"]
    assert found["Assessed"] == ["Kazakhstan 2", f"{usa} 0"]
    assert found["Share delivered"] == [
        "Kazakhstan 50 % 1 of 2 assessed; 3 identified",
        f"{usa} None assessed 0 of 0 assessed; 1 identified",
    ]
    assert found["In progress"] == ["Kazakhstan 1", f"{usa} 0"]
    assert found["Overdue"] == ["Kazakhstan 1", f"{usa} 0"]
    assert found["Most frequent sectors"] == ["Kazakhstan Sector 322 3", f"{usa} Sector 322 1"]
    assert found["Topics left out"] == ["Kazakhstan 1 with them: 4", f"{usa} 0"]
    assert "Withdrawn" not in found


@pytest.mark.usefixtures("summit")
@pytest.mark.parametrize(
    "address",
    [
        SIDE_BY_SIDE,
        f"{SIDE_BY_SIDE}&status=delivered&status=in_progress",
        f"{SIDE_BY_SIDE}&sector=322&topics=1",
        f"{SIDE_BY_SIDE}&role=addressee",
        f"{SIDE_BY_SIDE}&as_of=2023-12-01",
        "/compare/?of=party&party=kazakhstan&party=agency&country=US",
        "/compare/?summit=S-01&summit=S-02",
    ],
)
def test_every_number_leads_to_as_many_commitments(client: Client, address: str) -> None:
    page = read(client, address)

    assert page.all("table")
    assert page.linked_counts
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


@pytest.mark.usefixtures("summit")
def test_summits_stand_side_by_side_on_the_filters_of_the_list(client: Client) -> None:
    page = read(client, "/compare/?summit=S-01&summit=S-02&country=US")

    assert rows(page)["Commitments"] == ["The summit 1", "Summit S-02 1"]
    assert "Commitments, with United States of America, newest first." in page.words


@pytest.mark.usefixtures("summit")
def test_of_says_what_is_compared_where_several_could_be(client: Client) -> None:
    query = "country=KZ&country=US&summit=S-01&summit=S-02"

    assert "Kazakhstan 3" in rows(read(client, f"/compare/?{query}"))["Commitments made"]
    assert "The summit 3" in rows(read(client, f"/compare/?of=summit&{query}"))["Commitments"]


@pytest.mark.usefixtures("summit")
@pytest.mark.parametrize("query", ["", "?country=KZ", "?of=summit&country=KZ&country=US", "?country=KZ&country=QQ"])
def test_fewer_than_two_are_not_compared_and_it_says_what_to_do(client: Client, query: str) -> None:
    page = read(client, f"/compare/{query}")

    assert not page.all("table")
    assert "choose at least 2 and at most 6" in page.words
    assert page.all("input", type="checkbox")


def test_more_than_six_are_cut_and_it_says_which_and_what_to_do(client: Client) -> None:
    for number in range(7):
        make_commitment(makers=(make_party(f"Party number {number}"),))
    query = "&".join(f"party=party-number-{number}" for number in range(7))

    page = read(client, f"/compare/?of=party&{query}")

    assert len(rows(page)["Commitments made"]) == 6
    assert "Party number 6 is left out: at most 6 fit side by side. Take one off to make room." in page.words


@pytest.mark.usefixtures("summit")
def test_it_says_what_it_ignored_and_applies_the_rest(client: Client) -> None:
    page = read(client, f"{SIDE_BY_SIDE}&country=QQ&of=colour&shade=red&status=splendid")

    for words in ("of=colour was ignored", "country=QQ was ignored", "shade=red was ignored", "status=splendid"):
        assert words in page.words
    assert rows(page)["Commitments made"][0] == "Kazakhstan 3"


@pytest.mark.usefixtures("summit")
def test_each_can_be_taken_off_and_each_filter_taken_back(client: Client) -> None:
    page = read(client, f"{SIDE_BY_SIDE}&country=UZ&summit=S-01")

    assert "/compare/?of=country&country=US&summit=S-01" in page.links
    assert [element["href"] for element in page.all("a") if "chip" in element.classes] == [
        "/compare/?of=country&country=KZ&country=US"
    ]


@pytest.mark.usefixtures("summit")
def test_the_form_offers_what_the_filters_leave_and_keeps_them(client: Client) -> None:
    page = read(client, "/compare/?of=party&party=agency&q=&has_amount=0".replace("&q=", ""))

    boxes = {element["value"]: "checked" in element.attributes for element in page.all("input", name="party")}
    assert boxes == {"agency": True}
    assert page.one("input", type="hidden", name="of")["value"] == "party"
    assert page.one("input", type="hidden", name="has_amount")["value"] == "0"
    assert "/compare/?of=country&has_amount=0" in page.links
    everything = read(client, "/compare/?of=country")
    assert {element["value"] for element in everything.all("input", name="country")} == {"KZ", "US"}


def test_empty_values_of_the_form_leave_the_address(client: Client) -> None:
    response = client.get("/compare/?of=summit&q=&role=")

    assert (response.status_code, response["Location"]) == (302, "/compare/?of=summit")


@pytest.mark.usefixtures("summit")
def test_looking_back_compares_that_day(client: Client) -> None:
    page = read(client, f"{SIDE_BY_SIDE}&as_of=2023-12-15")

    assert rows(page)["Assessed"][0] == "Kazakhstan 1"
    assert rows(page)["Overdue"][0] == "Kazakhstan 0"
    assert "You are looking back" in page.words
    assert "/compare/?of=country&country=KZ&country=US" in [
        f"/compare/{element['href']}" for element in page.all("a") if element.text == "Back to today"
    ]


@pytest.mark.usefixtures("summit")
def test_the_table_can_be_read_by_its_headers_and_scrolled_by_keyboard(client: Client) -> None:
    page = read(client, SIDE_BY_SIDE)

    assert page.one("caption").text.strip()
    (region,) = [element for element in page.all("div") if "compare" in element.classes]
    assert (region["tabindex"], region["role"], region["aria-labelledby"]) == ("0", "group", "results")


def test_thirty_commitments_cost_as_many_queries_as_three(client: Client) -> None:
    def spent() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(SIDE_BY_SIDE)
        return len(captured)

    def make(number: int) -> None:
        for _ in range(number):
            make_commitment(makers=(make_country("KZ"), make_country("US")), sectors=(make_sector(),))

    make(3)
    few = spent()
    make(27)
    assert spent() == few


_PARAMETERS = st.sampled_from([*CommitmentFilter.base_filters, "of", "page", "x"])
_VALUES = st.text(max_size=30) | st.sampled_from([*COUNTRIES, "country", "party", "summit", "S-01", "\x00", "2024"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(_PARAMETERS, st.lists(_VALUES, min_size=1, max_size=9), max_size=4))
def test_no_query_breaks_the_comparison(client: Client, summit: Summit, query: dict[str, list[str]]) -> None:
    page = client.get("/compare/", query, follow=True)

    assert page.status_code == 200
    Markup.of(page)
