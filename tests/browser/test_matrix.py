"""Matrix and comparison in a real browser: evidence one click away, cards on a phone, everything by keyboard."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from commitments.codelists import Status
from tests.factories import make_commitment, make_country, make_development, make_party

NARROW: ViewportSize = {"width": 320, "height": 640}
# What a page of A4 between its margins is wide.
PAPER = 680


@pytest.fixture
def railway(live_server: LiveServer) -> None:
    """Two makers, of which one is on its way."""
    kazakhstan, usa = make_country("KZ"), make_country("US")
    commitment = make_commitment(
        "MX-01", title="Build a railway", makers=(kazakhstan, usa), addressees=(make_country("UZ"),)
    )
    make_development(
        commitment, party=kazakhstan, status=Status.IN_PROGRESS, happened="2024-03", summary="Tracks were laid."
    )
    make_commitment("MX-02", title="Grow cotton", makers=(make_country("UZ"),))


@pytest.mark.usefixtures("railway")
def test_a_cell_leads_to_its_evidence(page: Page) -> None:
    page.goto("/matrix/?sort=code")

    cell = page.get_by_role("row", name="Build a railway").get_by_role("cell").nth(1)
    cell.get_by_role("link", name="In progress since March 2024").click()

    expect(page).to_have_url(re.compile(r"/commitments/MX-01/#development-\d+$"))
    expect(page.locator(".entry:target")).to_contain_text("Tracks were laid.")


@pytest.mark.usefixtures("railway")
def test_the_list_leads_to_the_matrix_and_a_number_back_to_its_list(page: Page) -> None:
    page.goto("/commitments/?country=KZ")
    page.get_by_role("link", name="See as a matrix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Matrix")

    total = page.get_by_role("row", name="Commitments in the list")
    total.get_by_role("link").last.click()

    expect(page).to_have_url(re.compile(r"/commitments/\?country=KZ&party="))
    expect(page.locator("#results")).to_have_text("1 commitment")


@pytest.mark.usefixtures("railway")
def test_headers_stay_in_sight_while_the_table_moves(page: Page) -> None:
    for number in range(30):
        make_commitment(f"MORE-{number:02}", makers=(make_country("KZ"),))
    page.set_viewport_size({"width": 800, "height": 500})
    page.goto("/matrix/?sort=code")
    region = page.locator(".matrix")

    region.evaluate("element => element.scrollTo(200, 600)")

    edge = region.bounding_box()
    corner = region.locator("thead th").first.bounding_box()
    assert edge
    assert corner
    assert abs(corner["x"] - edge["x"]) <= 1
    assert abs(corner["y"] - edge["y"]) <= 1


@pytest.mark.usefixtures("railway")
def test_the_table_scrolls_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 780, "height": 600})
    page.goto("/matrix/")
    region = page.get_by_role("group", name="Matrix of commitments and parties")
    region.focus()
    expect(region).to_be_focused()

    page.keyboard.press("ArrowRight")

    for _ in range(50):
        if region.evaluate("element => element.scrollLeft") > 0:
            break
        page.wait_for_timeout(20)
    assert region.evaluate("element => element.scrollLeft") > 0


@pytest.mark.usefixtures("railway")
def test_on_a_phone_each_commitment_is_a_card_that_names_its_parties(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/matrix/?sort=code")

    card = page.locator(".matrix tbody tr").first
    expect(card.get_by_text("Kazakhstan")).to_be_visible()
    expect(card.get_by_text("Not assessed on its own")).to_be_visible()
    expect(card.get_by_text("Addressee")).to_be_visible()
    # Nobody is listed who is not party to it.
    expect(page.locator(".matrix tbody tr").last.locator("td:visible")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    card.get_by_role("link", name="In progress since March 2024").last.click()
    expect(page.locator(".entry:target")).to_be_visible()


@pytest.mark.usefixtures("railway")
def test_two_are_chosen_by_keyboard_and_stand_side_by_side(page: Page) -> None:
    page.goto("/compare/")
    for name in ("Kazakhstan", "Uzbekistan"):
        page.get_by_label(name, exact=True).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"\?country=KZ&country=UZ&of=country$"))
    expect(page.get_by_role("columnheader", name="Uzbekistan")).to_be_visible()
    page.get_by_role("link", name="take off Uzbekistan").click()
    expect(page.locator("main")).to_contain_text("choose at least 2")


@pytest.mark.usefixtures("railway")
def test_on_a_phone_the_comparison_fits(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/compare/?country=KZ&country=US&country=UZ")

    expect(page.locator(".compare td").first).to_contain_text("Kazakhstan")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_on_paper_more_makers_than_fit_a_page_stand_in_lists_that_can_be_read(
    live_server: LiveServer, page: Page
) -> None:
    makers = [make_party(f"Railway company number {number}") for number in range(1, 13)]
    commitment = make_commitment("MX-01", title="Build a railway", makers=(makers[0],))
    make_development(commitment, status=Status.IN_PROGRESS, happened="2024-03")
    for number, maker in enumerate(makers[1:], 2):
        make_commitment(f"MX-{number:02}", makers=(maker,))
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    page.goto("/matrix/?sort=code")
    words = page.locator(".matrix__table :is(th, td, td *):visible")

    row = page.locator("tbody tr").first
    expect(row.get_by_text("Railway company number 1")).to_be_visible()
    expect(row.get_by_text("In progress").first).to_be_visible()
    assert (
        words.evaluate_all("words => Math.min(...words.map((one) => parseFloat(getComputedStyle(one).fontSize)))") > 10
    )
    assert words.evaluate_all("words => Math.max(...words.map((one) => one.getBoundingClientRect().right))") <= PAPER
