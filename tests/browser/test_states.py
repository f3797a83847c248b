"""Pages as they are when nothing is there, when a form is wrong, when words are long, at the desk, in forced colours,
and with the spacing of text that some readers need: axe finds nothing, nothing is cut off, and all fits 320 pixels,
which is a page of 1,280 enlarged four times.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.codelists import Status
from commitments.roles import DeskRole
from tests.admin.addresses import make_world as make_desk
from tests.browser.conftest import Open
from tests.browser.test_accessibility import CONTRAST, RULES, axe_script, faults
from tests.factories import make_commitment, make_country, make_development, make_document, make_sector, make_summit
from tests.site.addresses import make_world, page_addresses

pytestmark = pytest.mark.once
NARROW, WIDE = 320, 1280
# Rules of good practice, none of the standard, that Django’s own templates of the admin break: its search is labelled
# by a picture, and its columns that name the record and take a row away have no heading.
OF_DJANGO = ("label-title-only", "empty-table-header")
LONG = "Zusammenarbeitsvereinbarungsentwurf " * 5 + "Donaudampfschifffahrtsgesellschaftskapitaensmuetze" * 2
# WCAG 1.4.12, word for word.
_SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
# Text that its box does not show whole, though nobody can scroll it. What is hidden on purpose is one pixel large.
_CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    const cuts = (value) => value === "hidden" || value === "clip";
    return one.clientWidth > 1 && one.clientHeight > 1 && one.innerText?.trim()
        && (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1
            || cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map((one) => `${one.tagName}.${one.className}: ${one.innerText.slice(0, 40)}`)"""
# What can be reached by keyboard and looks as before when it is. What draws a box for another is its neighbour.
_NO_FOCUS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one => {
    if (!one.checkVisibility() || one.disabled) return false;
    const edges = ["outlineStyle", "outlineWidth", "borderTopWidth", "textDecorationThickness"];
    const look = (seen, part) => edges.map((name) => getComputedStyle(seen, part)[name]).join();
    const looks = () => [one, one.nextElementSibling].filter(Boolean)
        .flatMap((seen) => [look(seen), look(seen, "::before"), look(seen, "::after")]).join();
    document.activeElement.blur();
    const before = looks();
    one.focus({focusVisible: true});
    return document.activeElement === one && looks() === before;
}).map((one) => `${one.tagName} ${one.name || one.innerText.slice(0, 40)}`)"""


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that brings axe along."""
    with browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce") as context:
        context.set_default_timeout(30_000)
        context.add_init_script(axe_script())
        yield context.new_page()


def faults_when_narrow(page: Page) -> list[str]:
    """What is wrong with an open page at 320 pixels, in light and in dark."""
    page.set_viewport_size({"width": NARROW, "height": 640})
    page.emulate_media(color_scheme="light")
    found = faults(page, RULES)
    if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
        found.append(f"{width} pixels wide")
    page.emulate_media(color_scheme="dark")
    return [*found, *faults(page, CONTRAST)]


def of_each_template() -> list[str]:
    return [of_one_kind[0] for of_one_kind in page_addresses(make_world()).values()]


def test_pages_with_nothing_on_them_have_no_barriers(page: Page) -> None:
    empty = (
        "/", "/commitments/", "/summits/", "/countries/", "/parties/", "/sectors/", "/developments/", "/corrections/",
        "/calendar/", "/map/", "/matrix/", "/compare/", "/scores/", "/scores/agreement/", "/data/", "/follow/",
    )  # fmt: skip
    found = {}
    for address in empty:
        page.goto(address)
        found[address] = faults_when_narrow(page)

    assert {address: problems for address, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    "address", ["/commitments/ROAD-1/suggest/", "/follow/", "/follow/webhook/", "/accounts/login/"]
)
def test_a_form_that_is_wrong_has_no_barriers_and_says_what_is_wrong(page: Page, address: str) -> None:
    make_commitment("ROAD-1", title="Build a road")
    page.goto(address)
    page.locator("main form[novalidate] button[type=submit]").click()
    expect(page).to_have_title(re.compile("^Error"))

    assert faults_when_narrow(page) == []
    # Each wrong field is told apart by more than its colour, and says what is wrong with it.
    wrong = page.locator("main [aria-invalid=true]")
    assert wrong.count()
    for field in wrong.all():
        # Of several for one answer, all together say it.
        assert field.evaluate("one => one.closest('[aria-describedby]') !== null"), field.get_attribute("name")


def make_long_words() -> None:
    """Records whose every text is as long as it may be, without a place to break it."""
    country = make_country("KZ")
    commitment = make_commitment(
        "LONG-1", title=LONG[:200], summit=make_summit("LONG", name=LONG[:150]), makers=(country,),
        sectors=(make_sector("32210", LONG[:100]),), summary=LONG,
    )  # fmt: skip
    document = make_document(LONG[:200], publisher=LONG[:100])
    make_development(commitment, status=Status.IN_PROGRESS, summary=LONG, documents=(document,))


def test_long_words_are_neither_cut_off_nor_wider_than_the_page(page: Page) -> None:
    make_long_words()
    found = {}
    for address in (
        "/", "/commitments/", "/commitments/LONG-1/", "/commitments/LONG-1/v1/", "/summits/LONG/", "/sectors/",
        "/developments/", "/matrix/", "/calendar/", "/commitments/LONG-1/suggest/", "/scores/", "/countries/KZ/",
    ):  # fmt: skip
        page.goto(address)
        found[address] = faults_when_narrow(page) + page.evaluate(_CUT_OFF)

    assert {address: problems for address, problems in found.items() if problems} == {}


def test_text_may_be_spaced_as_readers_need_it(page: Page) -> None:
    found = {}
    for address in of_each_template():
        page.goto(address)
        page.add_style_tag(content=_SPACED)
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 800})
            found[address, width] = page.evaluate(_CUT_OFF)
            if (found_width := page.evaluate("document.documentElement.scrollWidth")) > width:
                found[address, width].append(f"{found_width} pixels wide")

    assert {view: problems for view, problems in found.items() if problems} == {}


def test_in_forced_colours_all_can_be_read_and_the_focus_seen(page: Page) -> None:
    found = {}
    page.emulate_media(forced_colors="active")
    for address in of_each_template():
        page.goto(address)
        found[address] = faults(page, CONTRAST) + page.evaluate(_NO_FOCUS)

    assert {address: problems for address, problems in found.items() if problems} == {}


def test_each_page_of_the_desk_has_no_barriers(live_server: LiveServer, at_desk: Open) -> None:
    desk = make_desk()
    page = at_desk(DeskRole.ADMINISTRATOR, bypass_csp=True)
    page.add_init_script(axe_script())
    page.set_default_timeout(30_000)
    found = {}
    # Django's links change their colour slowly: a page that begins dark is dark at once.
    for scheme, rules, width in (("light", RULES, NARROW), ("dark", CONTRAST, WIDE)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # it is one of the two
        page.set_viewport_size({"width": width, "height": 800})
        for address in (one for of_one_kind in desk.values() for one in of_one_kind):
            page.goto(address)
            found[address, scheme] = [one for one in faults(page, rules) if not one.startswith(OF_DJANGO)]
            if (found_width := page.evaluate("document.documentElement.scrollWidth")) > width:
                found[address, scheme].append(f"{found_width} pixels wide")

    assert {view: problems for view, problems in found.items() if problems} == {}, "\n".join(
        f"{view}: {problem}" for view, problems in found.items() for problem in problems
    )


def test_what_is_cut_off_too_wide_or_without_a_focus_is_found(page: Page) -> None:
    page.goto("/about/")
    page.add_style_tag(content="main h1 { height: 4px; overflow: hidden } main p { width: 900px }")
    page.add_style_tag(content="* { outline: none !important; border: 0 !important }")
    page.add_style_tag(content="a { text-decoration: none !important }")

    assert any(problem.startswith("H1") for problem in page.evaluate(_CUT_OFF))
    assert any(problem.endswith("pixels wide") for problem in faults_when_narrow(page))
    assert page.evaluate(_NO_FOCUS)
