"""The first load of any page: within the policy, from this host alone, small, and nothing on it moves."""

import gzip
import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route
from pytest_django.live_server_helper import LiveServer

from tests.site.addresses import World, make_world, page_addresses, states

pytestmark = pytest.mark.once
MOST_BYTES = 100_000
MOST_SHIFT = 0.01
FONT_DELAY = 0.15
# What a proxy and WhiteNoise compress; pictures and fonts are compressed already.
TEXT = ("text/", "application/javascript", "application/json", "application/manifest", "image/svg")
_OBSERVE = """
window.shifts = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        window.shifts.push([entry.value, entry.sources.map(({node}) => node?.className || node?.nodeName).join(" ")]);
    }
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def world(live_server: LiveServer) -> World:
    return make_world()


def pages(world: World) -> list[str]:
    return [address for found in page_addresses(world).values() for address in found]


def one_of_each_kind(world: World) -> list[str]:
    """The first address of each page: what it weighs and whether it moves is its template's matter."""
    return [found[0] for found in page_addresses(world).values()]


def bytes_over_the_wire(response: Response) -> int:
    """How large an answer is with its headers, compressed as in production if it is text. Fonts count for nothing."""
    if response.request.resource_type == "font" or "font" in response.headers.get("content-type", ""):
        return 0
    body = response.body()
    if response.headers.get("content-type", "").startswith(TEXT):
        body = gzip.compress(body, compresslevel=6)
    return len(body) + response.request.sizes()["responseHeadersSize"]


def _slowly(route: Route) -> None:
    """A font that comes late, as it does over a real network: what it would move is then seen."""
    time.sleep(FONT_DELAY)
    route.continue_()


def size_of_first_load(browser: Browser, url: str) -> int:
    """What a visitor fetches who has been nowhere on this site yet."""
    answers: list[Response] = []

    def note(response: Response) -> None:
        answers.append(response)

    with browser.new_context() as context:
        page = context.new_page()
        page.on("response", note)
        page.goto(url, wait_until="load")
        return sum(bytes_over_the_wire(answer) for answer in answers)


def test_every_page_keeps_to_the_policy_and_to_this_host(world: World, page: Page) -> None:
    # The `page` fixture fails for whatever a page complains of or asks elsewhere.
    answers = {}
    expected = {**dict.fromkeys(pages(world), 200), **states()}
    for address in expected:
        response = page.goto(address, wait_until="load")
        answers[address] = response.status if response else 0

    assert answers == expected


def test_every_page_is_small(world: World, browser: Browser, live_server: LiveServer) -> None:
    sizes = {address: size_of_first_load(browser, f"{live_server.url}{address}") for address in one_of_each_kind(world)}

    assert {address: size for address, size in sizes.items() if not 5_000 < size < MOST_BYTES} == {}


def test_nothing_moves_while_a_page_loads(world: World, context: BrowserContext) -> None:
    context.add_init_script(_OBSERVE)
    page = context.new_page()
    page.route("**/*.woff2", _slowly)
    moved = {}
    for address in one_of_each_kind(world):
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 50)))")
        shifts = page.evaluate("window.shifts")
        if sum(value for value, _ in shifts) >= MOST_SHIFT:
            moved[address] = shifts

    assert moved == {}
