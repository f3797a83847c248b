"""An import in a browser: ten kinds of fault are listed and change nothing; mended it imports; again, no change."""

import csv
import io
from typing import Literal

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.actions import editors
from commitments.models import Commitment, Development, Document, Import, StatusWord
from tests.browser.conftest import eventually
from tests.browser.test_accessibility import CONTRAST, RULES, axe_script, faults
from tests.factories import make_commitment, make_country, make_document

PASSWORD = "seven pears on a plate"
HEADER = ["commitment", "happened", "kind", "summary", "party", "status", "documents"]
SOURCE = "https://gazette.example/rail"
# Each row has one fault, and what is said of it; the last is a foreign word, asked about by itself.
FAULTY = [
    (["NONE-1", "2024-01", "", "One.", "KZ", "", ""], "No commitment has this code"),
    (["RAIL-1", "45188", "", "Two.", "KZ", "", ""], "count of days"),
    (["RAIL-1", "2024-13", "", "Three.", "KZ", "", ""], "not a day of the calendar"),
    (["RAIL-1", "2024-01", "rumour", "Four.", "KZ", "", ""], "no code of the list"),
    (["RAIL-1", "2024-01", "", "=A1&A2", "KZ", "", ""], "holds a formula"),
    (["RAIL-1", "2024-01", "", "#REF!", "KZ", "", ""], "shows an error"),
    (["RAIL-1", "2024-01", "", "", "KZ", "", ""], "The cell is empty"),
    (["RAIL-1", "2024-01", "", "Eight.", "atlantis", "", ""], "No party has this slug"),
    (["RAIL-1", "2024-01", "", "Nine.", "KZ", "", "https://nowhere.example/"], "No document has this address"),
    (["RAIL-1", "2024-01", "check", "Ten.", "KZ", "", ""], "says where somebody looked"),
    (["RAIL-1", "2024-01", "", "Eleven.", "KZ", "Compromise", ""], "“compromise” means"),
]
MENDED = [["RAIL-1", "2024-01", "", f"Event {place}.", "KZ", "", SOURCE] for place in range(10)]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def commitment(live_server: LiveServer) -> Commitment:
    editors.create(username="aida", email="aida@example.org", password=PASSWORD)
    make_document("Rail", url=SOURCE)
    return make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"),))


def file(rows: list[list[str]]) -> FilePayload:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEADER, *rows])
    return {"name": "events.csv", "mimeType": "text/csv", "buffer": stream.getvalue().encode()}


def log_in(page: Page) -> None:
    page.goto("/admin/login/?next=/admin/")
    page.get_by_label("Username").fill("aida")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").press("Enter")


def give(page: Page, rows: list[list[str]]) -> None:
    page.get_by_label("What it holds").select_option(label="Developments")
    page.get_by_label("File").set_input_files(file(rows))
    page.get_by_role("button", name="Show what it would do").press("Enter")
    expect(page.get_by_role("heading", name="events.csv")).to_be_visible()


def begin(page: Page) -> None:
    page.get_by_role("navigation", name="Records").get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Add import").click()


def test_ten_kinds_of_fault_are_listed_and_mended_it_imports_once(page: Page, commitment: Commitment) -> None:
    log_in(page)
    begin(page)
    give(page, [row for row, _said in FAULTY])

    # All at once, and nothing is written.
    main = page.locator("#content-main")
    for _row, said in FAULTY:
        expect(main).to_contain_text(said)
    expect(page.locator("[data-problems]")).to_have_attribute("data-problems", "10")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert not Development.objects.exists()

    # The word is given its meaning, which another tracker's list suggests.
    expect(page.get_by_label("“compromise” means")).to_have_value("partially_delivered")
    page.get_by_role("button", name="Keep these meanings").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("The meanings are kept")
    assert StatusWord.objects.get().word == "compromise"

    # Mended, it is shown, and then it is written.
    page.get_by_role("link", name="Give the mended file").press("Enter")
    give(page, [*MENDED, ["RAIL-1", "2024-02", "", "The rail was cut in half.", "KZ", "Compromise", SOURCE]])
    expect(page.locator("[data-created]")).to_have_attribute("data-created", "11")
    page.get_by_role("button", name="Confirm").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Imported: 11 created, 0 changed.")
    assert Development.objects.drafts().count() == 11
    assert not Development.objects.published().exists()

    # Again: no change, and nothing to confirm.
    begin(page)
    give(page, MENDED)
    expect(page.locator("[data-unchanged]")).to_have_attribute("data-unchanged", "10")
    expect(main).to_contain_text("There is nothing to change")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    page.get_by_role("button", name="Discard the file").press("Enter")
    eventually(page, lambda: not Import.objects.waiting().exists())
    assert Development.objects.count() == 11
    assert Document.objects.count() == 2


def test_axe_finds_nothing_on_the_pages_of_imports_and_they_fit(
    browser: Browser, live_server: LiveServer, commitment: Commitment
) -> None:
    with browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.add_init_script(axe_script())
        log_in(page)
        page.goto("/admin/commitments/import/add/?kind=developments")
        assert_good(page)
        give(page, [*MENDED, *(row for row, _said in FAULTY)])
        assert_good(page)


def assert_good(page: Page) -> None:
    scheme: Literal["dark", "light"]
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, values in (("dark", CONTRAST), ("light", RULES)):
            page.emulate_media(color_scheme=scheme)
            # Django's links change their colour slowly: a page that begins dark is dark at once.
            page.reload()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert faults(page, values) == []
