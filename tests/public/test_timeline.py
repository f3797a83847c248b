"""The picture on a commitment's page: made, due, what happened, today; every mark leads to its entry in the list."""

import pytest
from django.test import Client
from django.utils.translation import override

from commitments.codelists import DevelopmentKind, Status
from commitments.models import Commitment
from tests.factories import make_commitment, make_country, make_development, make_draft_development
from tests.markup import Element, Markup, read

pytestmark = pytest.mark.django_db
FORMS = ("wide", "narrow")


def picture_of(page: Markup, form: str) -> Element:
    (picture,) = [one for one in page.all("svg") if f"timeline__picture--{form}" in one.classes]
    return picture


def words_of(page: Markup, form: str, kind: str = "") -> list[str]:
    """The words written in one of the two pictures, of one kind if given."""
    start = page.elements.index(picture_of(page, form))
    inside = page.elements[start + 1 :]
    ends = [place for place, element in enumerate(inside) if element.tag in {"svg", "figcaption"}]
    texts = [element for element in inside[: ends[0]] if element.tag == "text"]
    return [text.text.strip() for text in texts if f"chart__text{kind and '--' + kind}" in text.classes]


@pytest.fixture
def dialogue() -> Commitment:
    """Made in September 2023, due in October, begun in January, delivered on a day in February, then checked."""
    commitment = make_commitment("TIME-01", made="2023-09-19", due="2023-10", makers=(make_country("KZ"),))
    make_development(commitment, happened="2024-01", status=Status.IN_PROGRESS)
    make_development(commitment, happened="2024-02-08", status=Status.DELIVERED)
    make_development(commitment, kind=DevelopmentKind.CHECK, happened="2024-03-01", searched="Newspapers", documents=())
    return commitment


@pytest.mark.parametrize("form", FORMS)
def test_it_shows_made_due_and_today(client: Client, dialogue: Commitment, form: str) -> None:
    page = read(client, dialogue.get_absolute_url())

    assert words_of(page, form, "made") == ["Made 19 September 2023"]
    assert words_of(page, form, "due") == ["Due October 2023"]
    (today,) = words_of(page, form, "today")
    assert today.startswith("Today, ")


@pytest.mark.parametrize("form", FORMS)
def test_every_entry_is_a_link_to_its_place_in_the_list_and_has_a_name(
    client: Client, dialogue: Commitment, form: str
) -> None:
    page = read(client, dialogue.get_absolute_url())

    links = [link for link in page.all("a") if "chart__link" in link.classes]
    assert [link["aria-label"] for link in links] == [
        "January 2024, In progress", "8 February 2024, Delivered", "1 March 2024, Check",
    ] * 2  # fmt: skip
    ids = {element.attributes.get("id") for element in page.elements}
    assert {link["href"].removeprefix("#") for link in links} <= ids
    labels = {
        "wide": ["January 2024 · In progress", "8 February 2024 · Delivered", "1 March 2024 · Check"],
        "narrow": ["January 2024", "8 February 2024", "1 March 2024"],
    }
    assert words_of(page, form, "link") == labels[form]


@pytest.mark.parametrize("form", FORMS)
def test_the_statuses_are_named_under_the_line_as_they_followed(
    client: Client, dialogue: Commitment, form: str
) -> None:
    page = read(client, dialogue.get_absolute_url())

    assert words_of(page, form, "status") == ["Not assessed", "In progress", "Delivered"]


@pytest.mark.parametrize("form", FORMS)
def test_it_has_a_title_and_says_the_same_in_words(client: Client, dialogue: Commitment, form: str) -> None:
    page = read(client, dialogue.get_absolute_url())

    picture = picture_of(page, form)
    ids = {element.attributes.get("id"): element for element in page.elements}
    assert ids[picture["aria-labelledby"]].text.strip() == "TIME-01 over time"
    description = ids[picture["aria-describedby"]].text
    assert "Made 19 September 2023. Due October 2023. 3 entries since." in description
    assert "Not assessed, In progress since January 2024, Delivered since 8 February 2024." in description


def test_a_month_is_a_bar_and_a_day_a_point(client: Client, dialogue: Commitment) -> None:
    page = read(client, dialogue.get_absolute_url())

    assert len([rect for rect in page.all("rect") if "chart__bar" in rect.classes]) == len(FORMS)
    assert len([rect for rect in page.all("rect") if "chart__span--due" in rect.classes]) == len(FORMS)


def test_what_was_corrected_is_struck_and_says_so(client: Client) -> None:
    commitment = make_commitment("TIME-01")
    wrong = make_development(commitment, happened="2024-01-05", summary="Wrong.")
    make_development(
        commitment, kind=DevelopmentKind.CORRECTION, corrects=wrong, note="Misread.", happened="2024-01-06"
    )

    page = read(client, commitment.get_absolute_url())

    assert "5 January 2024, corrected since" in {link.attributes.get("aria-label") for link in page.all("a")}
    assert [path for path in page.all("path") if "chart__strike" in path.classes]


def test_nothing_yet_is_a_picture_too(client: Client) -> None:
    page = read(client, make_commitment("TIME-01").get_absolute_url())

    assert words_of(page, "wide", "status") == ["Not assessed"]
    assert "No entry since." in page.words


def test_a_draft_is_in_no_picture(client: Client) -> None:
    commitment = make_commitment("TIME-01")
    make_draft_development(commitment, happened="2024-02-08")

    page = read(client, commitment.get_absolute_url())

    assert not [link for link in page.all("a") if "chart__link" in link.classes]


def test_coordinates_are_written_for_machines_in_every_language(client: Client, dialogue: Commitment) -> None:
    with override("ru"):
        page = read(client, dialogue.get_absolute_url())

    assert words_of(page, "wide", "made")
    assert not [rect for rect in page.all("rect") if "," in rect["x"] + rect["width"]]
    assert not [text for text in page.all("text") if "," in text["x"] + text["y"]]


def test_it_can_be_looked_at_from_another_day(client: Client, dialogue: Commitment) -> None:
    page = read(client, f"{dialogue.get_absolute_url()}?as_of=2024-01-31")

    assert words_of(page, "wide", "today") == ["Seen from 31 January 2024"]
    assert "The day that you look from is 31 January 2024." in page.words
    assert "Today" not in page.words
    assert words_of(page, "wide", "status") == ["Not assessed", "In progress"]
