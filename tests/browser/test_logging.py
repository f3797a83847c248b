"""Logging an event in a browser: by keyboard, with its preview, and kept through a closed page and a lost session."""

import http
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from commitments.actions import editors
from commitments.codelists import Status
from commitments.models import Commitment, Development, FormDraft, User
from commitments.roles import DeskRole
from tests.browser.conftest import Open, choose_option, eventually, hold
from tests.browser.test_editors import PASSWORD, choose, log_in
from tests.factories import make_commitment, make_country, make_document

pytestmark = pytest.mark.django_db(transaction=True)

LOG = "/admin/commitments/development/log/"


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    return editors.create(username="aida", email="aida@example.org", password=PASSWORD)


@pytest.fixture
def railway(live_server: LiveServer) -> Commitment:
    return make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"), make_country("UZ")))


@pytest.fixture
def port(live_server: LiveServer) -> Commitment:
    return make_commitment("PORT-1", title="Build a port")


def pick(page: Page, name: str) -> None:
    """Search for a commitment and take the one that is found. The search field has the focus."""
    page.keyboard.type(name)
    choose(page, name)


def test_one_event_is_logged_for_two_commitments_by_keyboard(
    page: Page, editor: User, railway: Commitment, port: Commitment
) -> None:
    make_document("Ministers meet", url="https://gazette.example/meeting")
    log_in(page)
    page.get_by_role("link", name="Log an event").first.press("Enter")

    # The address comes first, and tells that we know the source: nothing is to be typed of it.
    expect(page.get_by_label("Address of the source")).to_be_focused()
    page.keyboard.type("https://gazette.example/meeting?utm_source=letter")
    expect(page.locator("#source-known")).to_contain_text("We know it: Ministers meet")
    expect(page.get_by_label("Its title")).to_be_hidden()
    page.get_by_label("What happened", exact=True).focus()
    page.keyboard.type("The ministers met.")
    page.keyboard.press("Tab")
    page.keyboard.type("February 2024")
    page.keyboard.press("Tab")
    pick(page, "railway")
    pick(page, "port")

    # A row for each appears, and what readers will see follows what is chosen.
    status = page.locator(f"[name=item-{railway.pk}-status]")
    status.focus()
    choose_option(page, status, Status.IN_PROGRESS)
    preview = page.locator("#preview")
    expect(preview).to_contain_text(re.compile(r"RAIL-1.*Not assessed.*becomes.*In progress", re.DOTALL))
    expect(preview).to_contain_text("since February 2024")
    expect(preview).to_contain_text("PORT-1")
    assert not Development.objects.exists()

    page.get_by_role("button", name="Publish all").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("2 developments are published: PORT-1, RAIL-1")
    assert railway.developments.get().status == Status.IN_PROGRESS
    assert port.developments.get().status == ""
    assert not FormDraft.objects.exists()


def test_a_new_source_opens_its_fields(page: Page, editor: User, port: Commitment) -> None:
    log_in(page)
    page.goto(f"{LOG}?commitment={port.pk}")
    expect(page.get_by_label("Its title")).to_be_hidden()

    page.get_by_label("Address of the source").fill("https://gazette.example/new")

    expect(page.get_by_label("Its title")).to_be_visible()
    expect(page.locator("#source-known")).to_contain_text("We do not know it yet")


def type_and_wait(page: Page, text: str) -> None:
    page.get_by_label("What happened", exact=True).focus()
    page.keyboard.type(text)
    expect(page.locator("[data-autosaved]")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))


def test_what_is_typed_survives_the_closing_of_the_page(
    page: Page, context: BrowserContext, editor: User, port: Commitment
) -> None:
    address = f"/admin/commitments/commitment/{port.pk}/log/"
    log_in(page)
    page.goto(address)
    type_and_wait(page, "The port is half built.")
    page.get_by_label("When").fill("Feb")
    # Without waiting: what is typed last is kept as the page goes.
    page.goto("about:blank")
    eventually(page, lambda: FormDraft.objects.get().content["happened"] == ["Feb"])
    page.close()

    again = context.new_page()
    again.goto(address)
    expect(again.locator(".unsaved")).to_contain_text("You had typed something here")
    expect(again.get_by_label("What happened", exact=True)).to_have_value("")
    again.get_by_role("link", name="Restore it").click()

    expect(again.get_by_label("What happened", exact=True)).to_have_value("The port is half built.")
    expect(again.get_by_label("When")).to_have_value("Feb")
    again.get_by_label("When").fill("February 2024")
    expect(again.locator("[data-autosaved]")).to_have_text(re.compile("Saved at"))
    assert FormDraft.objects.get().content["happened"] == ["February 2024"]


def test_what_is_typed_while_a_save_is_under_way_survives_the_closing_of_the_page(
    page: Page, editor: User, port: Commitment
) -> None:
    address = f"/admin/commitments/commitment/{port.pk}/log/"
    log_in(page)
    page.goto(address)
    # The first save is kept, and its answer never comes.
    sent: list[Route] = []
    page.route("**/autosave/", lambda route: sent.append(route) if not sent else route.continue_())
    page.get_by_label("What happened", exact=True).fill("The port")
    eventually(page, lambda: bool(sent))
    sent[0].fetch()
    assert FormDraft.objects.get().content["summary"] == ["The port"]

    page.get_by_label("What happened", exact=True).fill("The port is half built.")
    page.goto("about:blank")

    eventually(page, lambda: FormDraft.objects.get().content["summary"] == ["The port is half built."])


def test_a_save_that_is_never_answered_does_not_hold_up_the_button(page: Page, editor: User, port: Commitment) -> None:
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/")
    sent: list[Route] = []

    def stall(route: Route) -> None:
        sent.append(route)

    page.route("**/autosave/", stall)
    page.get_by_label("What happened", exact=True).fill("The port is half built.")

    page.get_by_role("button", name="Save as a draft").click()

    expect(page.get_by_role("alert").get_by_text("This field is required.")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("What happened", exact=True)).to_have_value("The port is half built.")
    assert sent


def test_what_is_typed_before_the_script_was_there_is_kept(page: Page, editor: User, port: Commitment) -> None:
    log_in(page)
    held = hold(page, "**/autosave*.js")
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/", wait_until="commit")
    page.get_by_label("What happened", exact=True).fill("The port is half built.")
    eventually(page, lambda: bool(held))

    held[0].continue_()

    expect(page.locator("[data-autosaved]")).to_have_text(re.compile("Saved at"))
    assert FormDraft.objects.get().content["summary"] == ["The port is half built."]


def test_back_after_publishing_shows_an_empty_form_and_keeps_nothing(
    page: Page, editor: User, port: Commitment
) -> None:
    make_document("Port opens", url="https://gazette.example/port")
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/")
    page.get_by_label("What happened", exact=True).fill("The port is half built.")
    page.get_by_label("When").fill("February 2024")
    page.get_by_label("Status it supports").first.select_option(Status.IN_PROGRESS)
    page.get_by_label("Address of the source").fill("https://gazette.example/port")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1, name="Build a port")).to_be_visible()

    page.go_back(wait_until="load")

    # The browser fills in some fields again, and leaves others empty.
    for name in ("What happened", "When", "Address of the source"):
        expect(page.get_by_label(name, exact=True)).to_have_value("")
    expect(page.get_by_label("Status it supports").first).to_have_value("")
    expect(page.locator("#preview")).to_contain_text("nothing typed yet")
    page.goto("/admin/")
    assert not FormDraft.objects.exists()


def test_back_to_what_was_not_sent_offers_it(page: Page, editor: User, port: Commitment) -> None:
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/")
    type_and_wait(page, "The port is half built.")
    page.goto("/admin/")

    page.go_back(wait_until="load")

    expect(page.locator(".unsaved")).to_contain_text("You had typed something here")
    expect(page.get_by_label("What happened", exact=True)).to_have_value("")
    assert FormDraft.objects.get().content["summary"] == ["The port is half built."]


def test_back_to_what_could_not_be_kept_shows_what_the_browser_remembers(
    page: Page, editor: User, port: Commitment
) -> None:
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/")
    page.route("**/autosave/", lambda route: route.fulfill(status=503))

    def refuse(route: Route) -> None:
        if route.request.method == "POST" and route.request.is_navigation_request():
            # As the site sends it: a page without would be another process's, which hears of what is stored too late.
            headers = {"Cross-Origin-Opener-Policy": "same-origin"}
            route.fulfill(status=503, content_type="text/html", headers=headers, body="<title>Not now</title>")
        else:
            route.continue_()

    page.route("**/log/", refuse)
    page.get_by_label("What happened", exact=True).fill("The port is half built.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page).to_have_title("Not now")

    page.go_back(wait_until="load")

    expect(page.get_by_label("What happened", exact=True)).to_have_value("The port is half built.")


def test_what_is_typed_after_back_before_the_script_was_there_is_kept(
    page: Page, editor: User, port: Commitment
) -> None:
    log_in(page)
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/")
    page.goto("/admin/")
    held = hold(page, "**/autosave*.js")
    page.go_back(wait_until="commit")
    page.get_by_label("What happened", exact=True).focus()
    page.keyboard.type("The port is half built.")
    eventually(page, lambda: bool(held))

    held[0].continue_()

    expect(page.locator("[data-autosaved]")).to_have_text(re.compile("Saved at"))
    expect(page.get_by_label("What happened", exact=True)).to_have_value("The port is half built.")


def test_a_form_that_nobody_touched_keeps_nothing(page: Page, editor: User, port: Commitment) -> None:
    log_in(page)
    for address in (
        f"/admin/commitments/commitment/{port.pk}/log/",
        f"/admin/commitments/commitment/{port.pk}/change/",
    ):
        page.goto(address)
        # A form keeps what was typed into it when it goes out of sight.
        page.goto("/admin/")

    expect(page.get_by_role("heading", name="What to work on")).to_be_visible()
    assert not FormDraft.objects.exists()


def test_what_is_typed_survives_the_end_of_the_session(page: Page, editor: User, port: Commitment) -> None:
    address = f"/admin/commitments/commitment/{port.pk}/log/"
    log_in(page)
    page.goto(address)
    type_and_wait(page, "The port is half built.")
    Session.objects.all().delete()

    # The preview asks first, is told that nobody is signed in, and changes nothing.
    with page.expect_response(lambda response: response.status == http.HTTPStatus.UNAUTHORIZED):
        page.keyboard.type(" More of it.")
    page.get_by_role("button", name="Save as a draft").press("Enter")

    # Nothing was sent; the way back in is shown, and leads back here.
    expect(page.locator("[data-autosaved]")).to_contain_text("You are signed out")
    expect(page.get_by_label("What happened", exact=True)).to_have_value("The port is half built. More of it.")
    page.get_by_role("link", name="sign in and go on").click()
    page.get_by_label("Username").fill("aida")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.locator(".unsaved")).to_contain_text("This is what you had typed")
    expect(page.get_by_label("What happened", exact=True)).to_have_value("The port is half built. More of it.")


def test_without_scripts_the_log_in_says_what_became_of_a_form_that_was_sent_too_late(
    at_desk: Open, port: Commitment
) -> None:
    page = at_desk(DeskRole.EDITOR, javascript=False)
    page.goto(f"/admin/commitments/commitment/{port.pk}/log/")
    page.get_by_label("What happened", exact=True).fill("The port is half built.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save as a draft").press("Enter")

    expect(page.get_by_role("status")).to_contain_text("What you sent was not saved")
    page.get_by_label("Username").fill("one-editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").press("Enter")
    expect(page.get_by_label("What happened", exact=True)).to_have_value("")
    page.go_back()
    page.go_back()

    expect(page.get_by_label("What happened", exact=True)).to_have_value("The port is half built.")


def test_the_form_of_a_commitment_is_kept_too(page: Page, editor: User, port: Commitment) -> None:
    address = f"/admin/commitments/commitment/{port.pk}/change/"
    log_in(page)
    page.goto(address)
    page.get_by_label("Title").fill("Build two ports")
    expect(page.locator("[data-autosaved]")).to_have_text(re.compile("Saved at"))

    page.goto(address)
    page.get_by_role("link", name="Restore it").click()
    expect(page.get_by_label("Title")).to_have_value("Build two ports")
    page.get_by_label("Reason for the change").fill("There are two.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("address", [LOG, "/admin/commitments/commitment/{}/log/"])
def test_the_forms_fit_a_narrow_screen(page: Page, editor: User, railway: Commitment, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    log_in(page)
    page.goto(f"{address.format(railway.pk)}?commitment={railway.pk}")
    page.get_by_label("What happened", exact=True).fill("They met.")
    expect(page.locator("#preview")).to_contain_text("They met.")
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true; }")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
