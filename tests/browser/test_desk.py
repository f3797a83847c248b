"""The desk in a browser: a draft goes to and fro until readers see it, and a queue is worked off by keyboard."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.codelists import DevelopmentKind, Status
from commitments.models import Commitment, Development
from commitments.roles import DeskRole
from tests.admin.world import submitted
from tests.browser.conftest import Open
from tests.browser.test_accessibility import CONTRAST, RULES, axe_script, faults
from tests.factories import make_commitment, make_country, make_development

LONG_AGO = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_draft_is_submitted_sent_back_mended_and_approved(page: Page, at_desk: Open, javascript: bool) -> None:
    commitment = make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"),))
    contributor = at_desk(DeskRole.CONTRIBUTOR, javascript=javascript)
    reviewer = at_desk(DeskRole.REVIEWER, javascript=javascript)

    # A contributor drafts and submits.
    contributor.goto(f"/admin/commitments/commitment/{commitment.pk}/log/")
    contributor.get_by_label("What happened").fill("The line was opened.")
    contributor.get_by_label("When").fill("8 February 2024")
    contributor.get_by_label("Status it supports").select_option("delivered")
    contributor.get_by_label("Address of the source").fill("https://gazette.example/rail")
    contributor.get_by_label("Its title").fill("Line opened")
    contributor.get_by_label("Its publisher").fill("The Gazette")
    contributor.get_by_label("What it does").select_option("verifies_delivery")
    contributor.get_by_role("button", name="Submit for review").press("Enter")
    expect(contributor.locator(".messagelist")).to_contain_text("Submitted for review")

    # A reviewer finds it on the desk and asks for changes.
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name=re.compile("1 Waiting for my review")).press("Enter")
    reviewer.get_by_role("link", name="The line was opened.").press("Enter")
    reviewer.get_by_label("Comment").fill("Which of its two parts?")
    reviewer.get_by_role("button", name="Ask for changes").press("Enter")
    expect(reviewer.locator(".messagelist")).to_contain_text("It is sent back")

    # The contributor reads why, and mends it.
    contributor.goto("/admin/")
    contributor.get_by_role("link", name=re.compile("1 My drafts")).press("Enter")
    contributor.get_by_role("link", name="The line was opened.").press("Enter")
    expect(contributor.locator(".sent-back")).to_contain_text("Which of its two parts?")
    contributor.get_by_label("What happened").fill("Both parts of the line were opened.")
    contributor.get_by_role("button", name="Submit for review").press("Enter")
    expect(contributor.locator(".messagelist")).to_contain_text("Submitted for review")
    page.goto("/commitments/RAIL-1/")
    expect(page.locator("#main")).not_to_contain_text("Both parts of the line were opened.")

    # The reviewer approves, and readers see it.
    draft = Development.objects.get()
    reviewer.goto(f"/admin/commitments/development/{draft.pk}/change/")
    reviewer.get_by_role("button", name="Approve and publish").press("Enter")
    expect(reviewer.locator(".messagelist")).to_contain_text("approved and published")
    expect(reviewer.locator(".reviews")).to_contain_text("Which of its two parts?")
    page.reload()
    expect(page.locator("#main")).to_contain_text("Both parts of the line were opened.")
    expect(page.locator("#main")).to_contain_text("Delivered")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_five_of_the_queue_are_cleared_by_keyboard(live_server: LiveServer, at_desk: Open, javascript: bool) -> None:
    for number in range(6):
        make_commitment(f"OLD-{number}", at=LONG_AGO + dt.timedelta(days=number))
    page = at_desk(DeskRole.EDITOR, javascript=javascript)
    page.locator(".queue input[type=text]").first.focus()

    for number in range(5):
        expect(page.locator(".queue__row").first).to_contain_text(f"OLD-{number}")
        # The row stands ready: type, and press Enter.
        page.keyboard.type(f"Papers of day {number}")
        page.keyboard.press("Enter")
        expect(page.locator(".messagelist")).to_contain_text(f"OLD-{number} is checked")
        expect(page.locator(".queue input[type=text]").first).to_be_focused()

    expect(page.locator(".queue__row")).to_have_count(1)
    checks = Development.objects.filter(kind=DevelopmentKind.CHECK).order_by("pk")
    assert [check.searched for check in checks] == [f"Papers of day {number}" for number in range(5)]
    assert Commitment.objects.filter(last_checked_on__isnull=True).count() == 1


@pytest.mark.parametrize("where", ["desk", "draft", "review"])
def test_the_desk_and_a_review_fit_a_narrow_screen_and_have_no_barriers(
    live_server: LiveServer, at_desk: Open, where: str
) -> None:
    commitment = make_commitment("OLD-1", title="A" * 60, at=LONG_AGO)
    draft = submitted(commitment)
    page = at_desk(DeskRole.REVIEWER, bypass_csp=True)
    page.add_init_script(axe_script())
    page.set_viewport_size({"width": 320, "height": 640})
    development = f"/admin/commitments/development/{draft.pk}"
    page.goto({"desk": "/admin/", "draft": f"{development}/change/", "review": f"{development}/review/"}[where])

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    # Django's links change their colour slowly: a page that begins dark is dark at once.
    page.reload()
    assert faults(page, CONTRAST) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_lists_show_their_columns_on_a_laptop_and_that_they_go_on_elsewhere(at_desk: Open, width: int) -> None:
    makers = (make_country("KZ"), make_country("UZ"), make_country("TJ"))
    title = "Convene a ministerial on regional connectivity and on what follows from it"
    commitment = make_commitment("C51-2023-NEW-01", title=title, makers=makers, due="2024-09-30")
    make_development(
        commitment, summary=f"{title}.", party=makers[0], happened="2024-09-30", status=Status.PARTIALLY_DELIVERED
    )
    page = at_desk(DeskRole.REVIEWER)
    page.set_viewport_size({"width": width, "height": 800})

    for noun in ("commitment", "development", "document", "party", "summit"):
        page.goto(f"/admin/commitments/{noun}/")
        results = page.locator("#changelist .results")
        hidden = results.evaluate("element => element.scrollWidth - element.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, noun
        if width == 1280:
            assert hidden == 0, noun
    # Nothing in the table hides the shadows at its edges.
    page.goto("/admin/commitments/development/")
    table = page.locator("#result_list")
    backgrounds = table.evaluate(
        "table => [table, ...table.querySelectorAll('tr, th, td')].map(one => getComputedStyle(one).backgroundColor)"
    )
    assert set(backgrounds) == {"rgba(0, 0, 0, 0)"}
