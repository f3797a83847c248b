"""axe finds nothing on any page: at three widths, in light and in dark, with everything unfolded."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.site.addresses import make_world, page_addresses, states

pytestmark = pytest.mark.once
WIDTHS = (320, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
_RUN = """async ({kind, values}) => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    const found = await axe.run(document, {
        runOnly: {type: kind, values}, resultTypes: ["violations"], preload: false, iframes: false,
    });
    return found.violations.map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`);
}"""


def axe_script() -> str:
    """axe-core, from the package that carries it."""
    package = importlib.util.find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None, "axe is not installed: remove .venv and run make install"
    return (Path(package.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that brings axe along. The policy of the pages is set aside for it; test_first_load.py keeps to it."""
    with browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce") as context:
        context.set_default_timeout(30_000)
        context.add_init_script(axe_script())
        yield context.new_page()


def faults(page: Page, values: list[str]) -> list[str]:
    kind = "rule" if values == CONTRAST else "tag"
    found: list[str] = page.evaluate(_RUN, {"kind": kind, "values": values})
    return found


def faults_in_views(page: Page, address: str, widths: tuple[int, ...]) -> dict[tuple[str, int, str], list[str]]:
    """What axe finds on a page. Dark is the same page in other colours: there only contrast is asked for again."""
    found: dict[tuple[str, int, str], list[str]] = {}
    page.emulate_media(color_scheme="light")
    page.goto(address)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        found[address, width, "light"] = faults(page, RULES)
        page.emulate_media(color_scheme="dark")
        found[address, width, "dark"] = faults(page, CONTRAST)
    return {view: problems for view, problems in found.items() if problems}


def test_axe_finds_nothing_on_any_page(page: Page) -> None:
    found: dict[tuple[str, int, str], list[str]] = {}
    for first, *others in page_addresses(make_world()).values():
        found |= faults_in_views(page, first, WIDTHS)
        # The same template with other content: the narrowest view is the hardest.
        for address in others:
            found |= faults_in_views(page, address, WIDTHS[:1])
    for address in states():
        found |= faults_in_views(page, address, WIDTHS)

    assert found == {}, "\n".join(f"{view}: {problem}" for view, problems in found.items() for problem in problems)


def test_axe_finds_a_fault(page: Page, live_server: LiveServer) -> None:
    page.goto("/about/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>')")
    page.evaluate("document.querySelector('main p').setAttribute('style', 'color: #999; background: #aaa')")

    found = [problem.partition(":")[0] for problem in faults(page, RULES)]

    assert {"label", "color-contrast"} <= set(found)
    assert [problem.partition(":")[0] for problem in faults(page, CONTRAST)] == ["color-contrast"]
