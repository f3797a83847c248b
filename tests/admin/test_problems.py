"""What is wrong with a form is summed up above it: every problem with its field, and the way there."""

from typing import Any

import pytest
from django.test import Client

from commitments.codelists import DueBasis, Status
from commitments.models import Commitment
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import make_commitment, make_country
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db

LOG = "/admin/commitments/development/log/"


@pytest.fixture
def railway(db: None) -> Commitment:
    return make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"), make_country("UZ")))


def sent(desk: Client, address: str, button: str = "_save", **changes: Any) -> Markup:
    """The page that comes back when a form is sent with these fields."""
    return Markup.of(desk.post(address, {**filled(desk.get(address), **changes), button: "1"}))


def summed_up(page: Markup) -> dict[str, str]:
    """The links of the summary, which is the only one and has the focus: what they say, and the id they lead to."""
    (summary,) = [one for one in page.elements if "refusal" in one.classes]
    assert "tabindex" in summary.attributes
    # The first that asks for the focus gets it.
    assert next(one for one in page.elements if "autofocus" in one.attributes) is summary
    places = {one["id"] for one in page.elements if "id" in one.attributes}
    anchors = [one for one in page.all("a") if one.attributes.get("href", "").startswith("#id_")]
    links = {one.text: one["href"] for one in anchors if one.text in summary.text}
    assert {target.removeprefix("#") for target in links.values()} <= places
    return links


def test_the_summary_of_a_log_form_leads_to_its_fields_and_those_of_its_sources(
    desk: Client, railway: Commitment
) -> None:
    page = sent(desk, url("commitment", "log", railway.pk), evidence__0__title="Railway opens")

    assert summed_up(page) == {
        "What happened": "#id_summary",
        "When": "#id_happened",
        "Address of the source": "#id_evidence-0-url",
    }
    assert "Address of the source: Give the address of the source" in page.words


def test_of_several_sources_the_summary_says_which(desk: Client, railway: Commitment) -> None:
    address = url("commitment", "log", railway.pk)
    two = filled(desk.post(address, {**filled(desk.get(address)), "_another": "1"}))

    page = Markup.of(desk.post(address, {**two, "evidence-1-url": "nonsense", "_save": "1"}))

    assert summed_up(page)["Source 2: Address of the source"] == "#id_evidence-1-url"


def test_the_title_says_that_a_source_alone_is_wrong(desk: Client, railway: Commitment) -> None:
    typed = {"summary": "It opened.", "happened": "February 2024", "evidence__0__title": "Railway opens"}

    page = sent(desk, url("commitment", "log", railway.pk), **typed)

    assert page.all("title")[0].text.startswith("Error:")
    assert summed_up(page) == {"Address of the source": "#id_evidence-0-url"}


def test_the_summary_of_an_event_names_the_commitment_that_refused(desk: Client, railway: Commitment) -> None:
    changes = {
        "source__url": "https://gazette.example/railway",
        "source__title": "Railway opens",
        "source__publisher": "The Gazette",
        "summary": "It opened.",
        "happened": "February 2024",
        f"item__{railway.pk}__status": Status.DELIVERED,
    }

    page = sent(desk, f"{LOG}?commitment={railway.pk}", "_publish", **changes)

    assert summed_up(page) == {"RAIL-1": f"#id_item-{railway.pk}-status"}
    assert "RAIL-1: “Delivered” needs a source that verifies the delivery" in page.words


def test_the_summary_of_an_empty_event_leads_to_its_fields(desk: Client) -> None:
    assert list(summed_up(sent(desk, LOG)).values()) == [
        "#id_source-url",
        "#id_summary",
        "#id_happened",
        "#id_commitments",
    ]


def test_the_summary_of_a_record_leads_to_its_fields_and_rows(desk: Client, railway: Commitment) -> None:
    page = sent(
        desk,
        url("commitment", "change", railway.pk) + "?plain=1",
        title="",
        reason="",
        amounts__0__value="many",
        parties__0__party="",
    )

    assert summed_up(page) == {
        "Title": "#id_title",
        "Reason for the change": "#id_reason",
        "Party to the commitment 1: Party": "#id_parties-0-party",
        "Amount 1: Stage": "#id_amounts-0-stage",
        "Amount 1: Value": "#id_amounts-0-value",
        "Amount 1: Currency (ISO 4217)": "#id_amounts-0-currency",
    }
    assert page.all("title")[0].text.startswith("Error:")
    assert "Please correct the error" not in page.words
    assert "Nothing is saved yet. What you typed is all here." in page.words


@pytest.mark.parametrize("noun", ["commitment", "document", "party", "summit", "summitseries", "user"])
def test_every_form_for_a_new_record_has_a_summary(noun: str) -> None:
    somebody = logged_in(make_member(DeskRole.ADMINISTRATOR if noun == "user" else DeskRole.EDITOR))

    page = sent(somebody, f"/admin/commitments/{noun}/add/")

    assert summed_up(page)
    # Django's script would take the focus to the first field.
    assert "change_form.js" not in "".join(script.attributes.get("src", "") for script in page.all("script"))


def test_a_row_that_is_deleted_has_no_problems(desk: Client, railway: Commitment) -> None:
    page = sent(desk, url("commitment", "change", railway.pk), title="", parties__0__party="", parties__0__DELETE="on")

    assert "Title" in summed_up(page)
    assert not any(name.startswith("Party to the") for name in summed_up(page))


@pytest.mark.parametrize(
    ("typed", "basis", "answer"),
    [("2027", DueBasis.NONE, "There is a deadline: choose Stated"), ("", DueBasis.STATED, "There is no deadline")],
)
def test_a_deadline_that_does_not_fit_its_basis_is_told_at_the_basis(
    desk: Client, railway: Commitment, typed: str, basis: str, answer: str
) -> None:
    page = sent(desk, url("commitment", "change", railway.pk), due=typed, due_basis=basis, reason="Clearer")

    assert summed_up(page) == {"Basis of the deadline": "#id_due_basis"}
    assert f"Basis of the deadline: {answer}" in page.words
    assert "A deadline is stated or implied" not in page.words


@pytest.mark.parametrize(
    "typed", ["htps:/example.org/a", "not an address", "javascript:alert(1)", "ftp://example.org/"]
)
def test_what_is_no_address_is_not_taken_for_a_new_source(desk: Client, railway: Commitment, typed: str) -> None:
    page = sent(desk, url("commitment", "log", railway.pk), evidence__0__url=typed)

    assert "write it whole, from https:// on" in page.words
    assert "We do not know it yet" not in page.words
    (fields,) = [one for one in page.all("details") if "data-new-source" in one.attributes]
    assert "open" not in fields.attributes


def test_the_cursor_stands_in_the_first_field_of_what_is_logged(desk: Client, railway: Commitment) -> None:
    assert "autofocus" in read(desk, url("commitment", "log", railway.pk)).one("textarea", name="summary").attributes
    assert "autofocus" in read(desk, LOG).one("input", name="source-url").attributes
