"""A reader travels to a day before the minerals dialogue met, and to one after: with the keyboard, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.codelists import Status
from tests.factories import make_commitment, make_development

ADDRESS = "/commitments/LB-02/"


@pytest.fixture(autouse=True)
def _dialogue(live_server: LiveServer) -> None:
    """Proposed in September 2023, met in February 2024."""
    commitment = make_commitment("LB-02", title="Set up a dialogue on critical minerals", made="2023-09-19")
    make_development(commitment, status=Status.DELIVERED, happened="2024-02-08", summary="The dialogue met.")


def travel(page: Page, day: str) -> None:
    """Ask for the page as it stood on a day, with the keyboard alone."""
    details = page.locator("details.look-back")
    if details.get_attribute("open") is None:
        details.locator("summary").press("Enter")
    field = page.get_by_label("What had happened by")
    field.fill(day)
    field.press("Enter")


def test_a_reader_travels_to_before_and_after_it_met(page: Page) -> None:
    page.goto(ADDRESS)
    travel(page, "2024-01-01")

    banner = page.get_by_role("region", name="You are looking back")
    expect(banner).to_contain_text("What had happened by 1 January 2024")
    expect(page.locator(".record .status").first).to_have_text("Not assessed")
    expect(page.locator("#timeline + *, .entries")).not_to_contain_text(["The dialogue met."])

    travel(page, "2024-03-01")
    expect(page.locator(".record .status").first).to_have_text("Delivered")
    expect(page.get_by_role("list").filter(has_text="The dialogue met.").first).to_be_visible()

    page.get_by_role("link", name="Back to today").click()
    expect(page).to_have_url(re.compile(rf"{ADDRESS}$"))
    expect(banner).to_have_count(0)


def test_the_list_travels_too_and_its_links_stay_there(page: Page) -> None:
    page.goto("/commitments/?as_of=2024-01-01")

    expect(page.locator(".row .status")).to_have_text("Not assessed")
    page.get_by_role("link", name="Set up a dialogue on critical minerals").click()

    expect(page).to_have_url(re.compile(rf"{ADDRESS}\?as_of=2024-01-01$"))
    expect(page.locator(".record .status").first).to_have_text("Not assessed")


def test_it_works_without_scripts_on_a_narrow_screen(browser: Browser, live_server: LiveServer) -> None:
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    ) as context:
        page = context.new_page()
        page.goto(f"{ADDRESS}?as_of=2024-01-01")

        expect(page.locator(".record .status").first).to_have_text("Not assessed")
        travel(page, "2024-03-01")
        expect(page.locator(".record .status").first).to_have_text("Delivered")


def test_the_way_back_is_the_first_link_of_the_banner(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{ADDRESS}?as_known=2999-01-01&as_of=2024-01-01")

    expect(page.get_by_text("That day lies ahead.")).to_be_visible()
    expect(page.locator(".moment a").first).to_have_attribute("href", ADDRESS)
