"""Pictures in a real browser: words as wide as they are, at every width, by keyboard, within the policy."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commitments.codelists import DevelopmentKind, Status
from tests.factories import make_commitment, make_country, make_development

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (320, 768, 1280)
SMALLEST_TEXT = 11

_MEASURE = """(pictures) => pictures.filter((one) => getComputedStyle(one).display !== "none").map((picture) => {
    const frame = picture.getBoundingClientRect();
    const scale = frame.width / picture.viewBox.baseVal.width;
    const words = [...picture.querySelectorAll("text")].map((text) => {
        const box = text.getBoundingClientRect();
        return [text.textContent, box.left - frame.left, box.top + 3, box.right - frame.left, box.bottom - 3];
    });
    const size = parseFloat(picture.querySelector("text").getAttribute("font-size"));
    return { width: frame.width, size: scale * size, words };
})"""


def make_story() -> None:
    """A commitment with many entries close together, and every exactness of a date."""
    commitment = make_commitment("CHART-01", made="2023-09-19", due="2023-10", makers=(make_country("KZ"),))
    for happened in (
        "2023-10-22",
        "2023-10-24",
        "2023-10-24",
        "2023-11-04",
        "2024-02",
        "2024-Q3",
        "2025",
        "2026-03-04",
    ):
        make_development(commitment, happened=happened)
    make_development(commitment, happened="2023-10-23", status=Status.IN_PROGRESS)
    make_development(commitment, happened="2023-10-24", status=Status.DELIVERED)
    make_development(commitment, kind=DevelopmentKind.CHECK, happened="2026-03-05", searched="Newspapers", documents=())


def overlaps(words: list[list[Any]]) -> list[tuple[str, str]]:
    """The pairs of words that lie over one another."""
    return [
        (one[0], other[0])
        for place, one in enumerate(words)
        for other in words[:place]
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_of_the_timeline_lie_over_others_and_all_can_be_read(page: Page, width: int) -> None:
    make_story()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/commitments/CHART-01/")

    (picture,) = page.locator(".timeline__picture").evaluate_all(_MEASURE)

    assert overlaps(picture["words"]) == []
    assert all(left >= -1 and right <= picture["width"] + 1 for _text, left, _top, right, _bottom in picture["words"])
    assert picture["size"] >= SMALLEST_TEXT


def test_an_entry_is_reached_by_keyboard_from_its_mark(page: Page) -> None:
    make_story()
    page.goto("/commitments/CHART-01/")

    mark = page.get_by_role("link", name="24 October 2023, Delivered")
    mark.focus()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#development-"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/map/", "/calendar/?month=2098-11"])
def test_map_and_calendar_fit_the_screen(page: Page, address: str, width: int) -> None:
    make_commitment("CHART-01", title="Open an office in every capital of the region", due="2098-11-12")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [450, 700, 900, 1100])
@pytest.mark.parametrize("address", ["/scores/", "/calendar/", "/map/", "/developments/"])
def test_a_select_is_no_wider_than_its_field(page: Page, address: str, width: int) -> None:
    make_commitment("CHART-01", makers=(make_country("KZ"),))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    fields = page.locator(".narrowing .field").filter(has=page.locator("select"))
    room = fields.evaluate_all(
        "fields => fields.map((field) => field.clientWidth - field.querySelector('select').offsetWidth)"
    )

    assert room
    assert min(room) >= 0


def test_a_country_on_the_map_leads_to_its_commitments(page: Page) -> None:
    make_commitment("CHART-01", title="Open an office", makers=(make_country("KZ"),))
    page.goto("/map/")

    page.get_by_role("link", name="Kazakhstan: 1").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="1 commitment", exact=True)).to_be_visible()


def test_on_a_narrow_screen_the_calendar_is_a_list_of_the_days_that_have_something(page: Page) -> None:
    make_commitment("CHART-01", title="Open an office", due="2098-11-12")
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/calendar/?month=2098-11")

    shown = page.locator(".calendar__day").filter(visible=True)

    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Wed 12")
