"""The browser holds the site to its Content-Security-Policy, and the tests hold the pages to the browser."""

from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

_INLINE_SCRIPT = "const s = document.createElement('script'); s.append('window.ran = true'); document.body.append(s)"


def test_it_refuses_inline_script(context: BrowserContext) -> None:
    # Not the `page` fixture: that one would fail the test for the very error that is wanted here.
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/accounts/login/")

    page.evaluate(_INLINE_SCRIPT)

    assert page.evaluate("window.ran") is None
    assert any("TrustedScript" in complaint or "Content Security Policy" in complaint for complaint in complaints)


def test_it_shows_the_login_page_within_the_policy(page: Page, live_server: LiveServer) -> None:
    page.goto("/accounts/login/")

    expect(page.get_by_label("Username")).to_be_visible()
    # Styled: the policy lets the site's own stylesheets in.
    assert page.evaluate("document.styleSheets.length") > 0
    assert page.url == f"{live_server.url}/accounts/login/"
