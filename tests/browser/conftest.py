"""A browser for the tests that need one.

`page` is a fresh visitor: no cookies, nothing cached, nothing from another host. A test that uses it fails when the
page throws an error, or breaks the Content-Security-Policy, or asks another host for anything.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from commitments.actions import editors
from commitments.roles import DeskRole
from tests.browser import chromium

PASSWORD = "seven pears on a plate"
type Open = Callable[..., Page]

_HERE = Path(__file__).parent
_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Chromium's own calls home fail at once rather than wait for an answer.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as `browser`."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    patch = pytest.MonkeyPatch()
    # Playwright keeps an event loop in this thread, in which Django would refuse the tests' own queries.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    # The sandbox refuses root, who runs the tests in containers; the pages tested are our own.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=[*_ARGUMENTS, *sandbox])
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh visitor. Addresses without a host are those of the site."""
    with browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="UTC") as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """A page of a fresh visitor, held to making no errors by itself."""
    page = context.new_page()
    faults: list[str] = []
    own_host = urlsplit(live_server.url).netloc

    def note_console(message: ConsoleMessage) -> None:
        # The answer to a request that a test makes on purpose (a 404, say) is no fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def note_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https") and url.netloc != own_host:
            faults.append(f"asked another host: {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", note_request)
    yield page
    assert faults == []


@pytest.fixture
def at_desk(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Opens the desk for somebody new in a role, in a browser of their own."""
    with ExitStack() as stack:

        def open_(role: DeskRole, *, javascript: bool = True, bypass_csp: bool = False) -> Page:
            editors.create(username=f"one-{role}", email=f"{role}@example.org", password=PASSWORD, role=role)
            context = stack.enter_context(
                browser.new_context(
                    base_url=live_server.url,
                    java_script_enabled=javascript,
                    bypass_csp=bypass_csp,
                    reduced_motion="reduce",
                )
            )
            context.set_default_timeout(10_000)
            page = context.new_page()
            page.goto("/admin/")
            page.get_by_label("Username").fill(f"one-{role}")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Log in").press("Enter")
            expect(page.get_by_role("heading", name="What to work on")).to_be_visible()
            return page

        yield open_


def choose_option(page: Page, select: Locator, value: str) -> None:
    """Go down a list by keyboard to the option of this value. Typed words are another's where the machine is slow."""
    for _ in range(40):
        if select.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The list has no {value}.")


def hold(page: Page, pattern: str) -> list[Route]:
    """What the page asks for from now on at addresses of this pattern, in order. None is answered until one says so."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds that no page shows."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not come about in half a minute.")
