"""The list: exactly what the address asks for, said in words, with numbers that hold and a way out of every corner."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments import facets
from commitments.codelists import Classification, Status, Strength
from commitments.filters import CommitmentFilter
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_party,
    make_sector,
    make_summit,
)
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db


def test_it_lists_each_commitment_with_its_status_makers_and_dates(client: Client) -> None:
    commitment = make_commitment("LIST-01", title="Build a railway", makers=(make_country("UZ"),), due="2023-10")
    make_development(commitment, status=Status.IN_PROGRESS, happened="2024-02")

    page = read(client, "/commitments/")

    assert page.rows == ["Build a railway"]
    assert page.total == 1
    for words in (
        "In progress since February 2024",
        "Uzbekistan",
        "made 19 September 2023",
        "due October 2023",
        "Overdue",
    ):
        assert words in page.words


def test_a_country_finds_what_its_bloc_promised(client: Client) -> None:
    make_commitment("BLOC-01", title="By the bloc", makers=(make_bloc("C5+1", make_country("KZ")),))
    make_commitment("OTHER-01", title="By another", makers=(make_country("US"),))

    assert read(client, "/commitments/?country=KZ").rows == ["By the bloc"]


def test_it_says_the_query_in_a_sentence_and_offers_to_take_each_part_back(client: Client) -> None:
    make_commitment("LIST-01", makers=(make_country("KZ"),))

    page = read(client, "/commitments/?country=KZ&status=not_assessed")

    sentence = next(element.text.strip() for element in page.all("p") if "sentence" in element.classes)
    assert "Kazakhstan" in sentence
    assert "Not assessed" in sentence
    chips = {element["href"] for element in page.all("a") if "chip" in element.classes}
    assert chips == {"/commitments/?status=not_assessed", "/commitments/?country=KZ", "/commitments/"}


def test_it_says_what_it_ignored_and_applies_the_rest(client: Client) -> None:
    make_commitment("LIST-01", title="Kept", makers=(make_country("KZ"),))
    make_commitment("LIST-02", title="Left out", makers=(make_country("US"),))

    page = read(client, "/commitments/?country=KZ&colour=red&status=splendid&page=9")

    assert page.rows == ["Kept"]
    for words in ("colour=red", "status=splendid", "There is no page “9”: this is page 1 of 1."):
        assert words in page.words


@pytest.mark.parametrize(
    ("asked", "shown"), [("0", 1), ("-1", 1), ("zero", 1), ("9" * 4400, 1), ("1", 1), ("2", 2), ("3", 2), ("99", 2)]
)
def test_of_pages_that_do_not_exist_it_shows_the_nearest(
    client: Client, monkeypatch: pytest.MonkeyPatch, asked: str, shown: int
) -> None:
    monkeypatch.setattr("commitments.public.pagination.PER_PAGE", 2)
    for number in range(3):
        make_commitment(f"LIST-0{number}", title=f"Title {number}")

    page = read(client, f"/commitments/?sort=code&page={asked}")

    assert page.rows == (["Title 0", "Title 1"] if shown == 1 else ["Title 2"])
    assert (f"this is page {shown} of 2." in page.words) == (asked not in ("1", "2"))


@pytest.mark.parametrize("address", ["/commitments/", "/matrix/", "/developments/"])
def test_no_page_hands_its_number_on_to_a_file(client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("commitments.public.pagination.PER_PAGE", 1)
    for number in range(3):
        make_development(make_commitment(f"LIST-0{number}"))

    html = body(client.get(f"{address}?page=2"))

    files = [link for link in re.findall(r'href="([^"]+)"', html) if re.match(r"/[\w/-]+\.\w+", link)]
    assert [link for link in files if link.startswith(f"{address.rstrip('/')}.csv")]
    assert not [link for link in files if "page=" in link]


def test_empty_values_of_the_form_leave_the_address(client: Client) -> None:
    response = client.get("/commitments/?q=&country=KZ&made_after=+&role=")

    assert response.status_code == 302
    assert response["Location"] == "/commitments/?country=KZ"


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    page = read(client, "/commitments/?status=withdrawn")

    assert page.total == 0
    assert "No commitment matches all of this." in page.words
    assert "/commitments/" in page.links


def test_every_choice_of_a_filter_links_to_as_many_commitments_as_it_says(client: Client) -> None:
    kazakhstan, usa = make_country("KZ"), make_country("US")
    mining, rail = make_sector("32210", "Mining"), make_sector("21030", "Rail")
    make_commitment("N-01", makers=(kazakhstan,), sectors=(mining,), due="2023")
    make_commitment("N-02", makers=(kazakhstan, usa), sectors=(mining, rail))
    make_commitment("N-03", makers=(usa,), sectors=(rail,), strength=Strength.PLEDGED)
    make_commitment("N-04", makers=(usa,), classification=Classification.TOPIC, strength=Strength.DISCUSSED)

    for address in ("/commitments/", "/commitments/?country=KZ", "/commitments/?sector=322&status=not_assessed"):
        counts = read(client, address).linked_counts
        assert counts
        assert {link: read(client, link).total for link in counts} == counts


def test_applying_the_form_keeps_what_has_no_control_in_it(client: Client) -> None:
    make_commitment("LIST-01", makers=(make_party("World Bank"),))

    page = read(client, "/commitments/?party=world-bank&has_amount=0")

    hidden = {(element["name"], element["value"]) for element in page.all("input", type="hidden")}
    assert hidden == {("party", "world-bank"), ("has_amount", "0")}


def test_the_choices_in_force_are_ticked_and_the_search_stays_in_its_box(client: Client) -> None:
    make_commitment("LIST-01", title="Railway", makers=(make_country("KZ"),))

    page = read(client, "/commitments/?q=railway&country=KZ&role=maker&sort=title&made_after=2023")

    ticked = {(element["name"], element["value"]) for element in page.all("input") if "checked" in element.attributes}
    assert ticked == {("country", "KZ"), ("role", "maker")}
    assert page.one("input", type="search")["value"] == "railway"
    assert page.one("input", name="made_after")["value"] == "2023"
    assert [option["value"] for option in page.all("option") if "selected" in option.attributes] == ["title"]


def test_the_words_searched_for_are_marked(client: Client) -> None:
    make_commitment("LIST-01", title="Mine <minerals> together", summary="Minerals for all.")

    page = read(client, "/commitments/?q=mineral")

    assert page.rows == ["Mine <minerals> together"]
    assert "minerals" in [element.text for element in page.all("mark")]


@pytest.mark.usefixtures("short_pages")
def test_a_long_list_comes_in_pages_that_neither_skip_nor_repeat(client: Client) -> None:
    for number in range(7):
        make_commitment(f"PAGE-{number:02}", title=f"Commitment {number:02}")

    first = read(client, "/commitments/?sort=code")
    second = read(client, first.one("a", rel="next")["href"].replace("?", "/commitments/?", 1))

    assert [*first.rows, *second.rows] == [f"Commitment {number:02}" for number in range(7)]
    assert first.total == second.total == 7
    assert second.one("a", rel="prev")["href"] == "?sort=code"


def test_the_file_holds_exactly_the_list(client: Client) -> None:
    make_commitment("FILE-01", title="=Kept", makers=(make_country("KZ"),))
    make_commitment("FILE-02", makers=(make_country("US"),))
    page = read(client, "/commitments/?country=KZ&sort=title")
    link, *_others = [element["href"] for element in page.all("a") if "download" in element.attributes]

    response = client.get(link)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Disposition"] == (
        f'attachment; filename="commitments-country-KZ-sort-title-{timezone.localdate()}.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(body(response))))
    assert [(row["code"], row["title"]) for row in rows] == [("FILE-01", "'=Kept")]


def test_a_file_is_refused_when_a_part_of_the_query_would_have_to_be_ignored(client: Client) -> None:
    response = client.get("/commitments.csv?country=KZ&colour=red")

    assert response.status_code == 400
    assert "colour=red: There is no such filter." in response.content.decode()


@pytest.mark.parametrize("address", ["/commitments/", "/matrix/", "/scores/", "/compare/?of=party"])
def test_many_choices_are_folded_and_every_page_shows_them_all_when_asked(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    make_commitment("FOLD-1", makers=(make_country("KZ"),))
    make_commitment("FOLD-2", makers=(make_country("KZ"), make_country("UZ")))
    given = address.partition("?")[2]

    page = read(client, address)
    (link,) = {link for link in page.links if "choices=country" in link}
    whole = read(client, link)

    assert [element["value"] for element in page.all("input", name="country")] == ["KZ"]
    assert given in link
    assert [element["value"] for element in whole.all("input", name="country")] == ["KZ", "UZ"]
    # It stays so when the form is sent.
    assert [element["value"] for element in whole.all("input", name="choices")] == ["country"]
    assert "was ignored" not in whole.words
    # What the filters are in is not closed over them.
    assert all("open" in drawer.attributes for drawer in whole.all("details") if "drawer" in drawer.classes)


def test_an_unfolded_filter_stays_so_on_the_next_page_and_without_a_chip(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    monkeypatch.setattr("commitments.public.pagination.PER_PAGE", 1)
    for number in range(2):
        make_commitment(f"FOLD-{number}", makers=(make_country("KZ"), make_country("UZ")))

    page = read(client, "/commitments/?country=KZ&choices=country")
    next_page = page.one("a", rel="next")["href"]
    (chip,) = [element for element in page.all("a") if "chip" in element.classes]

    assert next_page == "?country=KZ&choices=country&page=2"
    assert chip["href"] == "/commitments/?choices=country"
    assert page.one("link", rel="canonical")["href"].endswith("/commitments/?country=KZ")
    assert read(client, "/commitments/?choices=country").one("a", rel="next")["href"] == "?choices=country&page=2"


def test_to_unfold_one_filter_folds_no_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    makers = (make_country("KZ"), make_country("UZ"))
    for number in range(2):
        make_commitment(f"FOLD-{number}", makers=makers, summit=make_summit(f"S-{number}"))

    page = read(client, "/commitments/?choices=country")
    (link,) = {link for link in page.links if "choices=summit" in link}
    whole = read(client, link)

    assert [element["value"] for element in whole.all("input", name="choices")] == ["country", "summit"]
    assert len(whole.all("input", name="country")) == len(whole.all("input", name="summit")) == 2


@pytest.mark.parametrize("name", ["colour", "sort", "q", "made_after"])
def test_choices_that_there_are_not_are_said_to_be_ignored(client: Client, name: str) -> None:
    page = read(client, f"/commitments/?choices={name}")

    assert f"choices={name} was ignored: There is no such filter, or it has no choices." in page.words
    assert not page.all("input", name="choices")


_PARAMETERS = st.sampled_from([*CommitmentFilter.base_filters, "page", "choices", "x"])
_VALUES = st.text(max_size=40) | st.sampled_from(
    ["KZ", "delivered", "-1", "1e9", "\x00", "%", "2023-13", "' OR 1=1 --", "9" * 30]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(_PARAMETERS, st.lists(_VALUES, min_size=1, max_size=3), max_size=4))
def test_no_query_breaks_the_list_or_the_file(client: Client, query: dict[str, list[str]]) -> None:
    page = client.get("/commitments/", query, follow=True)
    assert page.status_code == 200
    assert Markup.of(page).total == 0
    assert client.get("/commitments.csv", query).status_code in (200, 400)


@pytest.mark.parametrize("path", ["/commitments/", "/matrix/"])
def test_an_empty_list_leads_to_the_topics_that_match(client: Client, path: str) -> None:
    for number in (1, 2):
        make_commitment(f"T-{number}", title="The Middle Corridor", classification=Classification.TOPIC)
    make_commitment("C-1", title="A port")

    page = read(client, f"{path}?q=corridor&country=KZ")

    assert page.total == 0
    assert "2 topics match. They were discussed only, so they are left out unless asked for." in page.words
    (link,) = [address for address in page.linked_counts if "topics=1" in address and address.startswith(path)][:1]
    assert page.linked_counts[link] == read(client, link).total == 2
    assert "q=corridor" in link
    assert "country=KZ" in link


@pytest.mark.parametrize("query", ["q=nowhere", "q=nowhere&topics=1", "q=port"])
def test_where_no_topic_matches_alone_nothing_leads_to_topics(client: Client, query: str) -> None:
    make_commitment("T-1", title="The port of Aktau", classification=Classification.TOPIC)
    make_commitment("C-1", title="A port")

    assert "left out unless asked for" not in read(client, f"/commitments/?{query}").words


def test_whoever_asked_for_no_topics_is_led_to_the_one_that_matches(client: Client) -> None:
    make_commitment("T-1", title="The port of Aktau", classification=Classification.TOPIC)

    page = read(client, "/commitments/?q=aktau&topics=0")

    assert "1 topic matches. It was discussed only" in page.words
    assert any(
        read(client, link).total == 1 for link in page.linked_counts if "topics=1" in link and "topics=0" not in link
    )
