"""What readers and editors come to do, by the keyboard alone: what Tab does not reach is not there for everybody.

Finding and filtering: test_readers.py; logging: test_editors.py and test_logging.py.
"""

import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.codelists import Status
from commitments.models import Import, Subscription, Suggestion
from commitments.roles import DeskRole
from tests.browser.conftest import Open, eventually
from tests.factories import make_commitment, make_country, make_development, make_document

pytestmark = pytest.mark.django_db(transaction=True)
FURTHEST = 120


@pytest.fixture(autouse=True)
def _railway(live_server: LiveServer) -> None:
    commitment = make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"),))
    source = make_document("First rail laid", url="https://gazette.example/rail")
    make_development(commitment, status=Status.IN_PROGRESS, documents=(source,), summary="The first rail was laid.")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    expect(wanted).to_have_count(1)
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_a_status_is_read_and_its_evidence_opened(page: Page) -> None:
    page.goto("/commitments/")
    tab_to(page, page.get_by_role("link", name="Build a railway"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Build a railway")
    expect(page.locator("main")).to_contain_text("In progress")

    tab_to(page, page.locator(".entries .source a[href='https://gazette.example/rail']"))


def test_a_list_is_followed(page: Page) -> None:
    page.goto("/commitments/?country=KZ")
    tab_to(page, page.get_by_role("link", name="Follow this list"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow by e-mail")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type("reader@example.org")
    tab_to(page, page.get_by_role("button", name="Send me the link"))
    page.keyboard.press("Enter")

    eventually(page, Subscription.objects.exists)
    assert Subscription.objects.get().address == "reader@example.org"
    assert not mail.outbox or mail.outbox[0].to == ["reader@example.org"]


def test_something_is_suggested(page: Page) -> None:
    page.goto("/commitments/RAIL-1/")
    tab_to(page, page.locator("main a[href$='/suggest/']").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell the editors")
    tab_to(page, page.get_by_label("Something happened"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("In your words"))
    page.keyboard.type("The second rail was laid.")
    tab_to(page, page.get_by_label(re.compile("^Address of a source")))
    page.keyboard.type("https://gazette.example/second")
    tab_to(page, page.get_by_role("button", name="Send it to the editors"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/suggestions/"))
    assert Suggestion.objects.get().text == "The second rail was laid."


def test_a_file_is_imported(page: Page, at_desk: Open, tmp_path: Path) -> None:
    file = tmp_path / "parties.csv"
    file.write_text("slug,kind,name\nport-fund,institution,Port Fund\n", encoding="utf-8")
    page = at_desk(DeskRole.EDITOR)
    # The browser hands over windows of the system from now on: told so only when Enter is pressed, it may be too late.
    page.on("filechooser", lambda _: None)
    tab_to(page, page.get_by_role("navigation", name="Records").get_by_role("link", name="Imports"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Add import"))
    page.keyboard.press("Enter")
    kind = page.get_by_label("What it holds")
    tab_to(page, kind)
    for _ in range(10):
        if kind.input_value() == "parties":
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("File"))
    # Enter opens the window of the system, where files are chosen by keyboard too.
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    tab_to(page, page.get_by_role("button", name="Show what it would do"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-created]")).to_have_attribute("data-created", "1")
    tab_to(page, page.get_by_role("button", name="Confirm"))
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Imported: 1 created")
    assert Import.objects.get().state == "done"


def test_what_tab_does_not_reach_is_found(page: Page) -> None:
    page.goto("/commitments/RAIL-1/")
    page.evaluate("document.querySelectorAll('main a').forEach((link) => { link.tabIndex = -1; })")

    with pytest.raises(AssertionError, match="Tab does not reach"):
        tab_to(page, page.locator("main a[href$='/suggest/']").first)
