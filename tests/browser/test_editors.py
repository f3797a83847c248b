"""An editor at work, in a browser, by keyboard where that is how one works."""

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.actions import editors
from commitments.models import Commitment, User
from tests.browser.conftest import choose_option, eventually
from tests.factories import make_commitment, make_country, make_document

PASSWORD = "seven pears on a plate"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    return editors.create(username="aida", email="aida@example.org", password=PASSWORD)


@pytest.fixture
def commitment(live_server: LiveServer) -> Commitment:
    make_commitment("PORT-1", title="Build a port", makers=(make_country("UZ"),))
    return make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"),))


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").focus()
    page.keyboard.type("aida")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What to work on")).to_be_visible()


def choose(page: Page, name: str) -> None:
    """Take the one thing that is left when what was typed has been searched for."""
    expect(page.locator(".select2-results__option")).to_have_text([re.compile(name)])
    page.keyboard.press("Enter")


def count(page: Page, query: str) -> int:
    page.goto(f"/commitments/?{query}")
    return int(page.locator("[data-total]").first.get_attribute("data-total") or "")


def test_an_editor_publishes_a_development_and_everything_shows_it(
    page: Page, editor: User, commitment: Commitment
) -> None:
    assert count(page, "status=in_progress") == 0
    log_in(page)

    # Find it.
    page.get_by_role("navigation", name="Records").get_by_role("link", name="Commitments").click()
    page.get_by_role("textbox", name="Search").focus()
    page.keyboard.type("railway")
    page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="RAIL-1", exact=True).press("Enter")

    # One button, one short form.
    page.get_by_role("link", name="Log a development").press("Enter")
    page.get_by_label("What happened").focus()
    page.keyboard.type("The first rail was laid.")
    page.keyboard.press("Tab")
    page.keyboard.type("February 2024")
    page.keyboard.press("Tab")
    page.keyboard.type("Kazakhstan")
    page.keyboard.press("Tab")
    choose_option(page, page.get_by_label("Status it supports"), "in_progress")
    page.keyboard.press("Tab")
    page.keyboard.type("https://gazette.example/rail?utm_source=letter")
    page.get_by_label("Its title").fill("First rail laid")
    page.get_by_label("Its publisher").fill("The Gazette")
    page.get_by_label("Quotation").fill("The first rail lies.")
    page.get_by_role("button", name="Publish").press("Enter")

    # The desk says so, and the public page shows it at once …
    expect(page.locator(".messagelist")).to_contain_text("RAIL-1: the development of February 2024 is published.")
    page.locator(".messagelist a").press("Enter")
    expect(page).to_have_url(re.compile(r"/commitments/RAIL-1/#development-\d+$"))
    entry = page.locator("#main")
    expect(entry).to_contain_text("The first rail was laid.")
    expect(entry).to_contain_text("First rail laid")
    expect(entry).to_contain_text("In progress")

    # … and so do the list, its counts, and the CSV …
    assert count(page, "status=in_progress") == 1
    expect(page.locator("#main")).to_contain_text("Build a railway")
    rows = list(csv.DictReader(io.StringIO(page.request.get("/commitments.csv?status=in_progress").text())))
    assert [row["code"] for row in rows] == ["RAIL-1"]

    # … and the history in the admin.
    page.goto(f"/admin/commitments/commitment/{commitment.pk}/history/")
    expect(page.locator("#content-main")).to_contain_text("The first rail was laid.")
    expect(page.locator("#content-main")).to_contain_text("aida")


def test_a_known_document_is_found_while_typing(page: Page, editor: User, commitment: Commitment) -> None:
    make_document("Joint statement of the ministers")
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{commitment.pk}/log/")

    page.locator(".field--document .select2-selection").press("Enter")
    page.keyboard.type("ministers")
    choose(page, "Joint statement of the ministers")
    page.get_by_label("What happened").fill("They met.")
    page.get_by_label("When").fill("2024")
    page.get_by_role("button", name="Save as a draft").press("Enter")

    expect(page.locator(".entries--drafts")).to_contain_text("They met.")
    expect(page.locator(".entries--drafts")).to_contain_text("Joint statement of the ministers")


def test_rows_are_added_to_a_commitment_within_the_policy(page: Page, editor: User, commitment: Commitment) -> None:
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{commitment.pk}/change/")

    page.get_by_role("button", name=re.compile("Add another Party")).press("Enter")
    page.locator("#parties-1 .select2-selection").press("Enter")
    page.keyboard.type("Uzbek")
    choose(page, "Uzbekistan")
    page.get_by_label("Role").nth(1).select_option("addressee")
    page.get_by_label("Reason for the change").fill("It was made to Uzbekistan")
    page.get_by_role("button", name="Save", exact=True).press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert sorted(commitment.parties.values_list("party__name", flat=True)) == ["Kazakhstan", "Uzbekistan"]


def test_what_is_made_for_a_row_that_was_just_added_is_told_to_the_page(
    page: Page, editor: User, commitment: Commitment
) -> None:
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{commitment.pk}/change/")
    page.get_by_role("button", name=re.compile("Add another Party")).press("Enter")

    # As Django's window for a new record does it.
    heard = page.locator("select[name='parties-1-party']").evaluate(
        """(list) => {
          let heard = 0;
          list.addEventListener("change", () => { heard += 1; });
          list.add(new Option("A new party", "7", true, true));
          django.jQuery(list).trigger("change");
          return heard;
        }"""
    )

    assert heard == 1


def test_without_javascript_the_whole_form_works(
    browser: Browser, live_server: LiveServer, editor: User, commitment: Commitment
) -> None:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        log_in_by_form(page)
        page.goto(f"/admin/commitments/commitment/{commitment.pk}/change/")
        page.get_by_role("link", name="Open this form with plain lists and empty rows").click()
        page.locator("[name=parties-1-party]").select_option(label="Uzbekistan")
        page.locator("[name=parties-1-role]").select_option("addressee")
        page.locator("[name=reason]").fill("It was made to Uzbekistan")
        page.get_by_role("button", name="Save", exact=True).click()
        eventually(page, lambda: commitment.parties.count() == 2)

        page.goto(f"/admin/commitments/commitment/{commitment.pk}/log/")
        page.get_by_label("What happened").fill("The first rail was laid.")
        page.get_by_label("When").fill("2024")
        page.get_by_label("Address of the source").fill("https://gazette.example/rail")
        page.get_by_label("Its title").fill("First rail laid")
        page.get_by_label("Its publisher").fill("The Gazette")
        page.get_by_role("button", name="Publish").click()
        expect(page.locator("#main")).to_contain_text("The first rail was laid.")


def log_in_by_form(page: Page) -> None:
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill("aida")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("address", ["", "change/", "log/", "check/", "history/", "close/"])
def test_the_editors_pages_fit_a_narrow_screen(page: Page, editor: User, commitment: Commitment, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    log_in(page)
    record = f"{commitment.pk}/{address}" if address else ""
    page.goto(f"/admin/commitments/commitment/{record}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
