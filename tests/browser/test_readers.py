"""Journeys of readers in a real browser: with scripts and without, by keyboard alone, and on a narrow screen."""

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments import facets
from commitments.public import pagination
from tests.browser.conftest import eventually, hold
from tests.factories import make_commitment, make_country, make_sector
from tests.site.addresses import World, make_world, page_addresses

NARROW = 320
# Between a phone and a desk, where a layout made for either may not fit.
BETWEEN = (450, 700, 900)
# What a page of A4 has between margins of 15 millimetres.
PAPER = 680
# So many that the list has two pages.
MANY = 27


@pytest.fixture
def world(live_server: LiveServer) -> World:
    return make_world()


@pytest.fixture
def scriptless(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of a visitor whose browser runs no scripts."""
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


@pytest.fixture
def many(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commitments of two countries: a page and a bit."""
    monkeypatch.setattr(pagination, "PER_PAGE", MANY - 2)
    for number in range(MANY):
        makers = (make_country("KZ"),) if number else (make_country("UZ"),)
        make_commitment(f"MANY-{number:02}", title=f"Promise {number:02}", makers=makers, sectors=(make_sector(),))


def count(page: Page) -> str:
    return page.locator("#results").inner_text()


def test_a_reader_finds_a_pledge_by_country_and_sector_and_reads_where_it_stands(world: World, page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Commitments").click()
    page.get_by_label("United States of America", exact=True).check()
    expect(page).to_have_url(re.compile(r"\?country=US$"))
    page.locator("summary", has_text="Sector").click()
    page.get_by_label("Mineral policy", exact=True).check()
    expect(page).to_have_url(re.compile(r"\?country=US&sector=32210$"))

    page.get_by_role("link", name="Open a dialogue on minerals").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Open a dialogue on minerals")
    expect(page.locator("main")).to_contain_text("Delivered since 8 February 2024")
    expect(page.locator("main")).to_contain_text("The article")


def test_without_scripts_the_same_pledge_is_found(world: World, scriptless: Page) -> None:
    page = scriptless
    page.goto("/commitments/")
    page.get_by_label("United States of America", exact=True).check()
    page.locator("summary", has_text="Sector").click()
    page.get_by_label("Mineral policy", exact=True).check()
    page.get_by_role("button", name="Apply the filters").first.click()

    expect(page).to_have_url(re.compile(r"/commitments/\?country=US&sector=32210"))
    page.get_by_role("link", name="Open a dialogue on minerals").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Open a dialogue on minerals")


def test_scripts_and_no_scripts_show_the_same_list(many: None, page: Page, scriptless: Page) -> None:
    page.goto("/commitments/")
    page.get_by_label("Kazakhstan", exact=True).check()
    expect(page.locator("#results")).to_have_text(f"{MANY - 1} commitments")
    expect(page).to_have_url(re.compile("country=KZ"))

    scriptless.goto(page.url)

    assert scriptless.locator(".row__title").all_inner_texts() == page.locator(".row__title").all_inner_texts()
    assert scriptless.locator("#results").inner_text() == count(page)
    assert scriptless.title() == page.title()


def test_the_keyboard_alone_reaches_a_pledge(world: World, page: Page) -> None:
    page.goto("/commitments/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("id", "search-text")

    page.keyboard.type("railway")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_have_text("1 commitment")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "Build a railway":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Build a railway")


def test_a_filter_changes_the_list_in_place_keeps_the_focus_and_says_the_number(many: None, page: Page) -> None:
    page.goto("/commitments/")
    page.evaluate("window.stays = true")

    box = page.get_by_label("Uzbekistan", exact=True)
    box.focus()
    page.keyboard.press("Space")

    expect(page.locator("#results")).to_have_text("1 commitment")
    expect(page.get_by_role("status")).to_have_text("1 commitment found")
    expect(page.locator(":focus")).to_have_attribute("id", "country-UZ")
    expect(page).to_have_title(re.compile("with Uzbekistan"))
    expect(page).to_have_url(re.compile(r"/commitments/\?country=UZ"))
    assert page.evaluate("window.stays")


@pytest.mark.parametrize("script", ["**/filters*.js", "**/htmx*.js"])
def test_a_box_ticked_before_the_scripts_were_there_is_heeded(many: None, page: Page, script: str) -> None:
    held = hold(page, script)
    page.goto("/commitments/", wait_until="commit")
    page.get_by_label("Uzbekistan", exact=True).check()
    eventually(page, lambda: bool(held))

    held[0].continue_()

    expect(page.locator("#results")).to_have_text("1 commitment")
    expect(page).to_have_url(re.compile(r"/commitments/\?country=UZ$"))


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_a_box_ticked_far_down_the_page_stays_where_it_was(many: None, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/commitments/")
    box = page.get_by_label("Uzbekistan", exact=True)
    page.evaluate("window.scrollTo(0, 200)")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()

    box.press("Space")

    expect(page.locator("#results")).to_have_text("1 commitment")
    expect(box).to_be_focused()
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_an_order_chosen_before_the_scripts_were_there_is_heeded(many: None, page: Page) -> None:
    held = hold(page, "**/filters*.js")
    page.goto("/commitments/", wait_until="commit")
    page.get_by_label("Order").select_option("code")
    eventually(page, lambda: bool(held))

    held[0].continue_()

    expect(page).to_have_url(re.compile(r"/commitments/\?sort=code$"))


def test_the_rest_of_many_choices_comes_when_asked_for_and_the_focus_goes_on_there(
    many: None, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    page.goto("/commitments/")
    page.evaluate("window.stays = true")

    page.get_by_role("link", name="Show 1 more of Country").press("Enter")

    expect(page.locator(":focus")).to_have_attribute("id", "country-UZ")
    page.keyboard.press("Space")
    expect(page.locator("#results")).to_have_text("1 commitment")
    expect(page.get_by_label("Kazakhstan", exact=True)).to_be_visible()
    assert page.evaluate("window.stays")


def test_to_unfold_a_filter_leads_to_what_was_hidden_and_the_way_back_to_the_results(
    page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    for number, codes in enumerate((("KZ", "UZ", "TJ"), ("KZ", "TJ"), ("KZ",))):
        make_commitment(f"FOLD-{number}", makers=tuple(make_country(code) for code in codes))
    page.goto("/commitments/?country=UZ")

    # Uzbekistan, in force, stands below the first; Tajikistan comes between.
    page.get_by_role("link", name="Show 1 more of Country").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "country-TJ")
    page.go_back()

    expect(page.locator("#country-TJ")).to_have_count(0)
    expect(page.locator("#results")).to_be_focused()


def test_without_scripts_unfolding_leads_to_that_filter(
    many: None, browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_SHOWN", 1)
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": NARROW, "height": 640}
    ) as context:
        page = context.new_page()
        page.goto("/commitments/")

        page.get_by_role("link", name="Show 1 more of Country").click()

        expect(page.get_by_label("Uzbekistan", exact=True)).to_be_visible()
        expect(page.get_by_text("Country", exact=True).first).to_be_in_viewport()


def test_a_chip_a_page_and_an_order_change_the_list_in_place(many: None, page: Page) -> None:
    page.goto("/commitments/?country=KZ")
    page.evaluate("window.stays = true")

    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url(re.compile(r"country=KZ&page=2$"))
    expect(page.locator("#results")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("26 commitments found, page 2 of 2")
    page.get_by_label("Order").focus()
    page.get_by_label("Order").select_option("code")
    expect(page.locator(".row__title").first).to_have_text("Promise 01")
    expect(page.get_by_label("Order")).to_be_focused()
    page.get_by_role("link", name="Remove the filter Country: Kazakhstan").click()
    expect(page.locator("#results")).to_have_text(f"{MANY} commitments")

    assert page.evaluate("window.stays")


def test_back_and_forward_bring_back_each_list(many: None, page: Page) -> None:
    page.goto("/commitments/")
    page.get_by_label("Uzbekistan", exact=True).check()
    expect(page.locator("#results")).to_have_text("1 commitment")

    page.go_back()
    expect(page.locator("#results")).to_have_text(f"{MANY} commitments")
    expect(page.get_by_label("Uzbekistan", exact=True)).not_to_be_checked()
    page.go_forward()

    expect(page.locator("#results")).to_have_text("1 commitment")
    expect(page.get_by_label("Uzbekistan", exact=True)).to_be_checked()
    expect(page).to_have_url(re.compile(r"country=UZ"))


def test_the_filters_that_a_reader_opened_stay_open(many: None, page: Page) -> None:
    page.goto("/commitments/")
    kind = page.locator("details", has=page.locator("summary", has_text=re.compile("^Kind$")))
    kind.locator("summary").click()
    page.get_by_label("Uzbekistan", exact=True).check()

    expect(page.locator("#results")).to_have_text("1 commitment")
    expect(kind).to_have_attribute("open", "")


def test_where_the_network_fails_a_filter_still_leads_to_its_address(many: None, context: BrowserContext) -> None:
    # Not the `page` fixture: htmx tells the console of the failure that is wanted here.
    page = context.new_page()
    page.goto("/commitments/")
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_())
    page.get_by_label("Uzbekistan", exact=True).check()

    expect(page).to_have_url(re.compile(r"country=UZ"))
    expect(page.locator("#results")).to_have_text("1 commitment")


def test_no_page_scrolls_sideways_on_a_narrow_screen(world: World, page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 640})
    wide = {}
    for found in page_addresses(world).values():
        for address in found:
            page.goto(address)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > NARROW:
                wide[address] = width

    assert wide == {}


@pytest.mark.parametrize("width", BETWEEN)
def test_no_page_is_wider_than_a_window_between_narrow_and_wide(world: World, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wide = {}
    for name, found in page_addresses(world).items():
        # One page of each kind, and all that hold the widest tables.
        for address in found if name in ("compare", "matrix", "scores") else found[:1]:
            page.goto(address)
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                wide[address] = needed

    assert wide == {}


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/commitments/?country=KZ", "As of"),
        ("/commitments/?country=KZ&as_of=2024-01-01", "Read on"),
        ("/matrix/?country=KZ", "As of"),
        ("/scores/?by=summit", "As of"),
        ("/developments/", "As of"),
        ("/", "As of"),
    ],
)
def test_on_paper_it_says_of_which_day_it_is_and_where_it_was_found_and_shows_no_controls(
    world: World, page: Page, live_server: LiveServer, address: str, day: str
) -> None:
    page.goto(address)
    said, controls = page.locator(".on-paper"), page.locator(".downloads, .drawer, .look-back, .filters")
    expect(said).to_be_hidden()

    page.emulate_media(media="print")

    today = timezone.localdate()
    expect(said).to_have_text(f"{day} {today.day} {today:%B %Y} · {live_server.url}{address}")
    expect(said).to_be_visible()
    assert [one for one in controls.all() if one.is_visible()] == []


def test_what_the_list_s_script_puts_in_place_has_its_own_address_on_paper(
    world: World, page: Page, live_server: LiveServer
) -> None:
    page.goto("/commitments/")
    page.get_by_label("Search by word, party, place or code").fill("dialogue")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/commitments/?q=dialogue")

    expect(page.locator(".on-paper")).to_contain_text(f"{live_server.url}/commitments/?q=dialogue")


@pytest.mark.parametrize("address", ["/matrix/", "/compare/?country=KZ&country=US", "/scores/"])
def test_on_paper_a_table_is_a_table_and_no_column_is_cut_off(world: World, page: Page, address: str) -> None:
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    page.goto(address)
    cells = page.locator(".cards :is(th, td)")

    assert set(cells.evaluate_all("cells => cells.map((cell) => getComputedStyle(cell).display)")) == {"table-cell"}
    assert cells.evaluate_all("cells => Math.max(...cells.map((cell) => cell.getBoundingClientRect().right))") <= PAPER


def test_names_of_files_stay_whole_on_a_narrow_screen(world: World, page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 640})
    page.goto("/data/")
    region = page.get_by_role("group", name="Everything as files")

    assert region.get_by_role("rowheader").first.evaluate("cell => cell.getBoundingClientRect().width") > NARROW / 2
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
