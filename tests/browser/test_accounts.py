"""Log-in in a browser: a passkey, the same without scripts, and what axe says of every page of accounts."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.models import User
from tests.accounts.people import LOGIN, PASSWORD, app_code, codes_of, make_account, with_app
from tests.browser.test_accessibility import axe_script, faults_in_views

WIDTHS = (320, 1280)
PAGES = (
    "/accounts/", "/accounts/password/change/", "/accounts/sessions/", "/accounts/logout/", "/accounts/reauthenticate/",
    "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/generate/",
)  # fmt: skip
OPEN_PAGES = (
    LOGIN, "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-over/", "/privacy/",
)  # fmt: skip


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    cache.clear()
    return make_account()


@pytest.fixture
def axed(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that brings axe along."""
    with browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce") as context:
        context.set_default_timeout(30_000)
        context.add_init_script(axe_script())
        yield context.new_page()


def give_password(page: Page) -> None:
    page.get_by_label("Username").fill("aida")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="What to work on")).to_be_visible()


def with_a_device(page: Page) -> None:
    """A device that keeps passkeys, and whose owner always puts a finger on it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_editor_makes_a_passkey_and_logs_in_with_it_alone(page: Page, editor: User, settings: object) -> None:
    settings.REQUIRE_MFA = True  # type: ignore[attr-defined]
    with_a_device(page)
    page.goto("/admin/")
    give_password(page)
    expect(page.get_by_role("status")).to_contain_text("Set up a second factor first")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Log in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/admin/")
    at_the_desk(page)

    page.get_by_role("button", name="Log out").click()
    page.goto("/admin/commitments/document/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", name="Documents", exact=True)).to_be_visible()

    # It is a second factor after the password, too.
    page.get_by_role("button", name="Log out").click()
    page.goto("/admin/")
    give_password(page)
    page.get_by_role("button", name="Use a passkey").click()
    at_the_desk(page)


def test_without_scripts_an_app_and_its_codes_do_the_same(
    browser: Browser, live_server: LiveServer, editor: User
) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/accounts/login/?next=/accounts/2fa/totp/activate/")
        expect(page.get_by_role("button", name="Use a passkey instead")).to_be_hidden()
        give_password(page)
        secret = page.locator("code").inner_text()
        page.get_by_label("Authenticator code").fill(app_code(secret))
        page.get_by_role("button", name="Add it").click()
        recovery = page.locator("code").first.inner_text()
        page.get_by_role("link", name="Log out").click()
        page.get_by_role("button", name="Log out").click()

        page.goto("/admin/")
        give_password(page)
        page.get_by_label("Code").fill(recovery)
        page.get_by_role("button", name="Log in", exact=True).click()
        at_the_desk(page)


@pytest.mark.once
def test_axe_finds_nothing_on_the_pages_of_accounts_and_they_fit(axed: Page, editor: User) -> None:
    found = {}
    for address in OPEN_PAGES:
        found.update(faults_in_views(axed, address, WIDTHS))
    axed.goto(LOGIN)
    give_password(axed)
    for address in PAGES:
        found.update(faults_in_views(axed, address, WIDTHS))
        axed.set_viewport_size({"width": 320, "height": 640})
        assert axed.evaluate("document.documentElement.scrollWidth") <= 320, address
    with_app(editor)
    codes_of(editor)
    found.update(faults_in_views(axed, "/accounts/2fa/recovery-codes/", WIDTHS))
    found.update(faults_in_views(axed, "/accounts/2fa/reauthenticate/", WIDTHS))
    axed.context.clear_cookies()
    axed.goto(LOGIN)
    axed.get_by_label("Username").fill("aida")
    axed.get_by_role("button", name="Log in", exact=True).click()
    axed.wait_for_selector("[role=alert]")
    give_password(axed)
    found.update(faults_in_views(axed, "/accounts/2fa/authenticate/", WIDTHS))

    assert found == {}
