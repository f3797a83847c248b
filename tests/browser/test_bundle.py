"""The bundle in a browser, opened from its folder: no server, no errors, and links that lead on."""

from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Request, expect
from pytest_django.live_server_helper import LiveServer

from commitments.bundle.make import make
from tests.site.addresses import make_world


def test_a_reader_walks_through_it_without_a_server(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    make_world()
    folder = make(tmp_path / "site").folder
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    def failed(request: Request) -> None:
        faults.append(f"failed: {request.url}")

    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", note)
        page.on("requestfailed", failed)
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))

        page.goto((folder / "index.html").as_uri())
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Commitments").click()
        expect(page.get_by_role("heading", level=1, name="Commitments")).to_be_visible()
        page.get_by_role("link", name="Open a dialogue on minerals").click()
        expect(page.get_by_role("heading", level=1, name="Open a dialogue on minerals")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        assert page.evaluate("document.fonts.ready.then(fonts => fonts.size > 0)")
        page.get_by_role("link", name="All pages of this copy").click()
        page.get_by_role("link", name="The summit of 2023").first.click()
        expect(page.get_by_role("heading", level=1, name="The summit of 2023")).to_be_visible()

    assert faults == []
