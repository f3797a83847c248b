"""Two records of one pledge are merged and parted; two editors write into one form and nobody loses a word."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from commitments.models import Commitment
from commitments.roles import DeskRole
from tests.browser.conftest import Open
from tests.browser.test_accessibility import RULES, axe_script, faults
from tests.factories import make_commitment, make_development, make_summit

pytestmark = pytest.mark.django_db(transaction=True)
DIALOGUE = "Start a dialogue on critical minerals among the six"
SAME = "A critical minerals dialogue of the six is started"


@pytest.fixture
def pair(live_server: LiveServer) -> tuple[Commitment, Commitment]:
    summit = make_summit()
    kept = make_commitment("KEPT-1", summit=summit, title=DIALOGUE, summary=DIALOGUE)
    twice = make_commitment("TWICE-1", summit=summit, title=SAME, summary=SAME)
    make_development(twice, summary="The first meeting was held.")
    return kept, twice


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_records_are_merged_and_parted_again(
    page: Page, at_desk: Open, pair: tuple[Commitment, Commitment], javascript: bool
) -> None:
    kept, _twice = pair
    editor = at_desk(DeskRole.EDITOR, javascript=javascript)

    # The desk leads to the pairs, a pair to both records side by side.
    editor.get_by_role("link", name="Recorded twice?").press("Enter")
    editor.get_by_role("link", name="Compare and merge").press("Enter")
    expect(editor.get_by_role("table")).to_contain_text(DIALOGUE)
    expect(editor.get_by_role("table")).to_contain_text(SAME)
    editor.get_by_label(re.compile("KEPT-1 stays")).check()
    editor.get_by_label("Why they are one").fill("Both are the minerals dialogue.")
    editor.get_by_role("button", name="Merge them").press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("TWICE-1 is merged into KEPT-1")

    # Whoever has the other code is led to the record that stays, with what the other brought.
    page.goto("/commitments/TWICE-1/")
    expect(page).to_have_url(re.compile("/commitments/KEPT-1/$"))
    expect(page.locator("#main")).to_contain_text("The first meeting was held.")
    expect(page.locator("#main")).to_contain_text("TWICE-1")

    # And back.
    editor.goto(f"/admin/commitments/commitment/{kept.pk}/change/")
    editor.get_by_role("link", name="Undo", exact=True).press("Enter")
    editor.get_by_label("Why").fill("One was for the ministers only.")
    editor.get_by_role("button", name="Undo the merge").press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("TWICE-1 is parted from KEPT-1 again")
    # Their browser keeps a redirect for a while; another reader asks anew.
    answer = page.request.get("/commitments/TWICE-1/")
    assert "The first meeting was held." in answer.text()
    assert "The first meeting was held." not in page.request.get("/commitments/KEPT-1/").text()


def test_two_editors_of_one_record_lose_nothing(at_desk: Open, pair: tuple[Commitment, Commitment]) -> None:
    kept, _twice = pair
    pages = [at_desk(role) for role in (DeskRole.EDITOR, DeskRole.REVIEWER)]
    for editor in pages:
        editor.goto(f"/admin/commitments/commitment/{kept.pk}/change/")
    first, second = pages

    first.get_by_label("Condition").fill("If the budget is passed")
    first.get_by_label("Reason for the change").fill("It was conditional")
    first.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(first.locator(".messagelist")).to_contain_text("changed successfully")
    second.get_by_label("Condition").fill("If parliament agrees")
    second.get_by_label("Success criterion").fill("A second meeting is held")
    second.get_by_label("Reason for the change").fill("It says when it counts as done")
    second.get_by_role("button", name="Save", exact=True).press("Enter")

    # Theirs and mine stand side by side; nothing was overwritten, and what only I wrote is in the form.
    expect(second.locator(".differences")).to_contain_text("If the budget is passed")
    expect(second.locator(".differences")).to_contain_text("If parliament agrees")
    expect(second.get_by_label("Success criterion")).to_have_value("A second meeting is held")
    kept.refresh_from_db()
    assert kept.condition == "If the budget is passed"
    second.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(second.locator(".messagelist")).to_contain_text("changed successfully")
    kept.refresh_from_db()
    assert kept.success_criterion == "A second meeting is held"


@pytest.mark.parametrize("where", ["queue", "merge", "choose", "split"])
def test_merging_and_splitting_fit_a_narrow_screen_and_have_no_barriers(
    at_desk: Open, pair: tuple[Commitment, Commitment], where: str
) -> None:
    kept, twice = pair
    page = at_desk(DeskRole.EDITOR, bypass_csp=True)
    page.add_init_script(axe_script())
    page.set_viewport_size({"width": 320, "height": 640})
    record = f"/admin/commitments/commitment/{kept.pk}"
    page.goto(
        {
            "queue": "/admin/commitments/commitment/duplicates/",
            "merge": f"{record}/merge/?with={twice.pk}",
            "choose": f"{record}/merge/",
            "split": f"{record}/split/",
        }[where]
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page, RULES) == []
