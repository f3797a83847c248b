"""Countries on a map: coloured by a figure, each number a link to its list, the table beneath saying the same."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import Publication, Status
from commitments.public.map import FIGURES
from tests.factories import make_bloc, make_commitment, make_country, make_development, make_sector
from tests.markup import Element, Markup, body, read

pytestmark = pytest.mark.django_db
LIMIT = 100_000


def shapes_of(page: Markup) -> dict[str, Element]:
    """The links of the maps by their names."""
    return {link["aria-label"]: link for link in page.all("a") if "aria-label" in link.attributes}


def table_of(page: Markup) -> dict[str, int]:
    """The table's countries and numbers."""
    rows = [" ".join(row.text.split()).rsplit(" ", 1) for row in page.all("tr")[1:]]
    return {country: int(number) for country, number in rows}


@pytest.fixture
def three() -> None:
    """Three commitments of Kazakhstan, one of which is to the United States; one is delivered."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    make_country("UZ")
    make_development(make_commitment("MAP-01", makers=(kazakhstan,)), status=Status.DELIVERED)
    make_commitment("MAP-02", makers=(kazakhstan,), addressees=(usa,), due="2023-10")
    make_commitment("MAP-03", makers=(kazakhstan,), sectors=(make_sector("32210"),))


@pytest.mark.usefixtures("three")
def test_every_country_with_commitments_links_to_them_and_says_how_many(client: Client) -> None:
    page = read(client, "/map/")

    shapes = shapes_of(page)
    assert shapes["Kazakhstan: 3"]["href"] == "/commitments/?country=KZ"
    assert shapes["United States of America: 1"]["href"] == "/commitments/?country=US"
    assert table_of(page) == {"Kazakhstan": 3, "United States of America": 1}
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


@pytest.mark.usefixtures("three")
def test_a_country_without_any_leads_to_its_page_and_stops_no_keyboard(client: Client) -> None:
    page = read(client, "/map/")

    none = shapes_of(page)["Uzbekistan: none"]
    assert (none["href"], none["tabindex"]) == ("/countries/UZ/", "-1")
    assert "1 other country has none." in page.words


@pytest.mark.usefixtures("three")
def test_each_map_has_a_title_a_description_and_a_name(client: Client) -> None:
    page = read(client, "/map/")

    pictures = [picture for picture in page.all("svg") if "map__picture" in picture.classes]
    ids = {element.attributes.get("id"): element for element in page.elements}
    assert [ids[picture["aria-labelledby"]].text.strip() for picture in pictures] == [
        "Commitments: Central Asia and its neighbours",
        "Commitments: The world",
    ]
    for picture in pictures:
        assert "The stronger its colour, the more." in ids[picture["aria-describedby"]].text
        assert picture["role"] == "group"


@pytest.mark.usefixtures("three")
def test_more_is_darker_and_central_asia_says_its_numbers_in_the_picture(client: Client) -> None:
    page = read(client, "/map/")

    shades = {land["class"] for land in page.all("path") if "map__land" in land.classes}
    assert shades == {"map__land", "map__land map__land--1", "map__land map__land--5"}
    assert [text.text.strip() for text in page.all("text") if "map__number" in text.classes] == ["3"]
    legend = next(item for item in page.all("ul") if "map__legend" in item.classes)
    assert legend.text.split() == ["none", "1", "3"]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("made", {"Kazakhstan": 3}),
        ("delivered", {"Kazakhstan": 1}),
        ("overdue", {"Kazakhstan": 1, "United States of America": 1}),
        ("not_assessed", {"Kazakhstan": 2, "United States of America": 1}),
    ],
)
@pytest.mark.usefixtures("three")
def test_every_figure_counts_what_its_list_shows(client: Client, figure: str, expected: dict[str, int]) -> None:
    page = read(client, f"/map/?figure={figure}")

    assert table_of(page) == expected
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts
    assert [option["value"] for option in page.all("option") if "selected" in option.attributes] == [figure]


@pytest.mark.usefixtures("three")
def test_every_figure_has_a_page_of_its_own_title(client: Client) -> None:
    titles = {read(client, f"/map/?figure={figure}").one("meta", name="description")["content"] for figure in FIGURES}

    assert len(titles) == len(FIGURES)


@pytest.mark.usefixtures("three")
def test_the_filters_are_those_of_the_list(client: Client) -> None:
    page = read(client, "/map/?figure=made&sector=322&made_after=2023")

    assert table_of(page) == {"Kazakhstan": 1}
    (link,) = page.linked_counts
    assert link == "/commitments/?sector=322&made_after=2023-01-01&country=KZ&role=maker"
    assert read(client, link).total == 1


def test_a_commitment_of_a_bloc_is_its_members(client: Client) -> None:
    kazakhstan, uzbekistan = make_country("KZ"), make_country("UZ")
    bloc = make_bloc("C5", kazakhstan, uzbekistan, joined_on=dt.date(2015, 1, 1))
    make_commitment("MAP-01", makers=(bloc,))

    assert table_of(read(client, "/map/?figure=made")) == {"Kazakhstan": 1, "Uzbekistan": 1}


@pytest.mark.usefixtures("three")
def test_what_cannot_narrow_a_map_is_named_with_the_reason(client: Client) -> None:
    page = read(
        client, "/map/?figure=delivered&status=stalled&country=KZ&role=maker&colour=red&figure=made&figure=delivered"
    )

    assert table_of(page) == {"Kazakhstan": 1}
    for said in (
        "country=KZ was ignored: The map shows every country",
        "role=maker was ignored: The map counts all roles",
        "status=stalled was ignored: The figure chosen says it already",
        "colour=red was ignored: There is no such filter",
        "figure=made was ignored: It was given more than once",
    ):
        assert said in page.words


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("figure", ["happiness", "made\x00", "%F0%9F%A6%84"])
def test_an_unknown_figure_is_named_and_the_first_one_shown(client: Client, figure: str) -> None:
    page = read(client, f"/map/?figure={figure}")

    assert "was ignored: It is none of: commitments, made" in page.words
    assert table_of(page) == {"Kazakhstan": 3, "United States of America": 1}


def test_a_map_of_nothing_says_so(client: Client) -> None:
    page = read(client, "/map/")

    assert "No country has any." in page.words
    assert not page.linked_counts


def test_drafts_and_retracted_records_are_on_no_map(client: Client) -> None:
    make_commitment("MAP-01", publication=Publication.DRAFT)
    make_commitment("MAP-02", publication=Publication.RETRACTED)

    assert not read(client, "/map/").linked_counts


@pytest.mark.usefixtures("three")
def test_it_can_be_looked_at_from_another_day(client: Client) -> None:
    then = read(client, "/map/?figure=delivered&as_of=2023-12-31")

    assert "You are looking back" in then.words
    assert not then.linked_counts
    overdue = read(client, "/map/?figure=overdue&as_of=2023-12-31").linked_counts
    assert overdue == {
        "/commitments/?overdue=1&as_of=2023-12-31&country=KZ": 1,
        "/commitments/?overdue=1&as_of=2023-12-31&country=US": 1,
    }


@pytest.mark.usefixtures("three")
def test_it_says_whose_boundaries_they_are(client: Client) -> None:
    assert "Boundaries and names are those of Natural Earth" in read(client, "/map/").words


@pytest.mark.usefixtures("three")
def test_the_page_is_light_even_before_it_is_compressed(client: Client) -> None:
    assert len(body(client.get("/map/")).encode()) < LIMIT
