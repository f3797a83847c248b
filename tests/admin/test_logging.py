"""Logging a development: in one form, as a draft or for all to see."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.codelists import DevelopmentKind, DocumentKind, EvidenceRole, Publication, Status
from commitments.models import Commitment, Development, Document, Evidence, StatusChange, User
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_editor, make_member
from tests.factories import make_commitment, make_country, make_development, make_document, make_draft_development
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db

NEW_SOURCE = {
    "evidence__0__url": "https://gazette.example/railway?utm_source=letter#top",
    "evidence__0__title": "Railway opens",
    "evidence__0__publisher": "The Gazette",
    "evidence__0__dated": "8 February 2024",
    "evidence__0__quotation": "The line was opened.",
}


@pytest.fixture
def commitment(db: None) -> Commitment:
    return make_commitment("RAIL-1", makers=(make_country("KZ"), make_country("UZ")), due="2024-06")


def post(desk: Client, address: str, button: str = "_save", **changes: Any) -> Any:
    """Open the form at an address as a browser does, change these fields, and press a button."""
    return desk.post(address, {**filled(desk.get(address), **changes), button: "1"})


def log(desk: Client, commitment: Commitment, button: str = "_save", **changes: Any) -> Any:
    what = {"summary": "The line was opened.", "happened": "February 2024", **NEW_SOURCE}
    return post(desk, url("commitment", "log", commitment.pk), button, **{**what, **changes})


def test_a_development_saved_as_a_draft_is_the_editors_alone(
    desk: Client, editor: User, commitment: Commitment, client: Client
) -> None:
    response = log(desk, commitment)

    assert response.url == url("commitment", "change", commitment.pk)
    draft = Development.objects.get()
    assert (draft.published_at, draft.entered_by) == (None, editor)
    assert draft.happened.iso == "2024-02"
    assert "The line was opened" in read(desk, response.url).words
    assert "The line was opened" not in read(client, commitment.get_absolute_url()).words


def test_a_published_development_is_shown_on_the_site(
    desk: Client, editor: User, commitment: Commitment, client: Client
) -> None:
    response = log(desk, commitment, "_publish", status=Status.IN_PROGRESS)

    development = Development.objects.get()
    assert response.url == url("commitment", "change", commitment.pk)
    assert (development.approved_by, development.status) == (editor, Status.IN_PROGRESS)
    page = read(client, commitment.get_absolute_url())
    assert "The line was opened" in page.words
    assert "In progress" in page.words
    commitment.refresh_from_db()
    assert commitment.status == Status.IN_PROGRESS


def test_what_was_published_is_said_at_once_by_name_and_not_again_elsewhere(
    desk: Client, commitment: Commitment
) -> None:
    response = log(desk, commitment, "_publish")

    said = Markup.of(desk.get(response.url))
    assert "RAIL-1: the development of February 2024 is published. See it on the site" in said.words
    assert Development.objects.get().get_absolute_url() in [link.attributes.get("href") for link in said.all("a")]
    other = url("commitment", "change", make_commitment("PORT-1").pk)
    assert "is published. See it" not in read(desk, other).words


def test_what_was_published_maker_by_maker_is_said_with_its_number(desk: Client, commitment: Commitment) -> None:
    makers = {f"maker__{make_country(code).pk}__status": Status.IN_PROGRESS for code in ("KZ", "UZ")}

    response = log(desk, commitment, "_publish", **makers)

    assert "RAIL-1: 2 developments are published." in read(desk, response.url).words


def test_a_new_source_becomes_a_document_in_one_form_of_its_address(desk: Client, commitment: Commitment) -> None:
    log(desk, commitment)

    document = Document.objects.get(title="Railway opens")
    assert document.url == "https://gazette.example/railway"
    assert (document.kind, document.publisher) == (DocumentKind.NEWS_REPORT, "The Gazette")
    assert document.dated is not None
    assert document.dated.iso == "2024-02-08"
    assert document.history.get().history_user.username == "aida"
    evidence = Evidence.objects.get()
    assert (evidence.document, evidence.quotation) == (document, "The line was opened.")


def test_a_known_source_is_recognised_by_its_address(desk: Client, commitment: Commitment) -> None:
    known = make_document(url="https://www.gazette.example/railway/")
    before = Document.objects.count()

    log(desk, commitment, evidence__0__title="", evidence__0__publisher="")

    assert Evidence.objects.get().document == known
    assert Document.objects.count() == before


def test_a_known_document_can_be_picked(desk: Client, commitment: Commitment) -> None:
    known = make_document()

    log(desk, commitment, evidence__0__url="", evidence__0__document=str(known.pk))

    assert Evidence.objects.get().document == known


def test_an_address_and_another_document_are_two_sources(desk: Client, commitment: Commitment) -> None:
    response = log(desk, commitment, evidence__0__document=str(make_document().pk))

    assert "not both" in Markup.of(response).words
    assert not Development.objects.exists()


def test_the_publisher_of_a_site_that_we_know_need_not_be_typed(desk: Client, commitment: Commitment) -> None:
    make_document(url="https://gazette.example/other", publisher="The Old Gazette")

    log(desk, commitment, evidence__0__publisher="")

    assert Document.objects.get(title="Railway opens").publisher == "The Old Gazette"


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        ("summary", "", "This field is required"),
        ("happened", "last spring", "“last spring” is not a date"),
        ("happened", "31 February 2024", "is not a day of the calendar"),
        ("happened", "", "This field is required"),
        ("party", "999999", "Select a valid choice"),
        ("party", "abc", "Select a valid choice"),
        ("status", "nonsense", "Select a valid choice"),
        ("evidence__0__url", "not an address at all", "write it whole, from https:// on"),
        ("evidence__0__url", "", "Give the address of the source"),
        ("evidence__0__title", "", "This source is new: give its title"),
        ("evidence__0__publisher", "", "This source is new: say who publishes it"),
        ("evidence__0__document", "abc", "Select a valid choice"),
        ("evidence__0__role", "nonsense", "Select a valid choice"),
        ("evidence__TOTAL_FORMS", "many", "ManagementForm data is missing"),
        ("evidence__0__title", "x" * 301, "at most 300"),
        ("summary", "\x00", "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    desk: Client, commitment: Commitment, field: str, typed: str, answer: str
) -> None:
    response = log(desk, commitment, "_publish", note="A note of my own", **{field: typed})

    assert response.status_code == 200
    page = Markup.of(response)
    assert answer in page.words
    assert "A note of my own" in page.one("textarea", name="note").text
    assert not Development.objects.exists()
    assert not Document.objects.filter(title="Railway opens").exists()


def test_a_verdict_is_kept_for_a_second_person(desk: Client, commitment: Commitment, client: Client) -> None:
    response = log(
        desk, commitment, "_publish", status=Status.DELIVERED, evidence__0__role=EvidenceRole.VERIFIES_DELIVERY
    )

    page = Markup.of(response)
    assert "“Delivered” is a verdict: somebody other than you must publish it" in page.words
    assert [button.text.strip() for button in page.all("button", name="_submit")] == ["Submit it to a second person"]
    assert not Development.objects.exists()

    desk.post(url("commitment", "log", commitment.pk), {**filled(response), "_submit": "1"})
    draft = Development.objects.get()
    boris = logged_in(make_member(DeskRole.REVIEWER, "boris"))
    post(boris, url("development", "change", draft.pk), "_publish")

    draft.refresh_from_db()
    assert (draft.entered_by.username, draft.approved_by and draft.approved_by.username) == ("aida", "boris")
    assert "Delivered" in read(client, commitment.get_absolute_url()).words


def test_who_changes_a_verdict_does_not_publish_it(desk: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, by=make_editor("boris"), status=Status.DELIVERED)

    response = post(desk, url("development", "change", draft.pk), "_publish", summary="Opened with music.")

    page = Markup.of(response)
    assert "somebody other than you must publish it" in page.words
    assert "Opened with music." in page.one("textarea", name="summary").text
    draft.refresh_from_db()
    assert draft.summary != "Opened with music."


def test_a_status_without_the_evidence_it_needs_is_refused_with_the_reason(
    desk: Client, commitment: Commitment
) -> None:
    response = log(desk, commitment, "_publish", status=Status.NOT_DELIVERED, happened="2024-03-01")

    words = Markup.of(response).words
    assert "refused before the due date has ended" in words
    assert not Development.objects.exists()


def test_another_source_is_asked_for_without_losing_the_first(desk: Client, commitment: Commitment) -> None:
    response = log(desk, commitment, "_another")

    page = Markup.of(response)
    assert page.one("input", name="evidence-0-title")["value"] == "Railway opens"
    assert page.all("input", name="evidence-1-title")
    assert "This field is required" not in page.words
    assert not Development.objects.exists()

    second = {"evidence__1__url": "https://gazette.example/two", "evidence__1__title": "Two"}
    second["evidence__1__publisher"] = "The Gazette"
    desk.post(url("commitment", "log", commitment.pk), {**filled(response, **second), "_publish": "1"})

    assert [row.document.title for row in Evidence.objects.order_by("pk")] == ["Railway opens", "Two"]


def test_one_new_source_named_twice_is_one_document(desk: Client, commitment: Commitment) -> None:
    first = log(desk, commitment, "_another")
    second = {
        "evidence__1__url": "http://www.gazette.example/railway",
        "evidence__1__title": "Railway opens",
        "evidence__1__publisher": "The Gazette",
        "evidence__1__locator": "paragraph 3",
    }
    desk.post(url("commitment", "log", commitment.pk), {**filled(first, **second), "_save": "1"})

    assert Evidence.objects.count() == 2
    assert Document.objects.filter(title="Railway opens").count() == 1


def test_a_draft_is_edited_and_published(desk: Client, commitment: Commitment) -> None:
    log(desk, commitment)
    draft = Development.objects.get()
    address = url("development", "change", draft.pk)

    post(desk, address, summary="The line was opened by two ministers.", evidence__0__quotation="")
    draft.refresh_from_db()
    assert draft.summary == "The line was opened by two ministers."
    assert Evidence.objects.get().quotation == ""

    response = post(desk, address, "_publish")
    draft.refresh_from_db()
    assert draft.is_published
    assert response.url == url("commitment", "change", commitment.pk)


def test_a_source_is_taken_off_a_draft(desk: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, documents=(make_document(), make_document("Stays")))

    post(desk, url("development", "change", draft.pk), evidence__0__DELETE="on")

    assert [row.document.title for row in draft.evidence.all()] == ["Stays"]


def test_a_draft_is_thrown_away(desk: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment)

    address = url("development", "delete", draft.pk)

    desk.post(address, filled(desk.get(address)))

    assert not Development.objects.exists()


def test_a_published_development_is_neither_edited_nor_deleted(desk: Client, commitment: Commitment) -> None:
    development = make_development(commitment)
    address = url("development", "change", development.pk)

    page = read(desk, address)
    assert not page.all("textarea")
    assert "it is corrected, never edited" in page.words
    assert desk.post(url("development", "delete", development.pk), {"post": "yes"}).status_code == 403
    response = desk.post(address, {"summary": "Changed", "happened": "2024", "version": "1", "_save": "1"})
    assert response.status_code == 200
    development.refresh_from_db()
    assert development.summary != "Changed"


def test_what_was_typed_into_a_draft_that_was_published_meanwhile_is_shown(
    desk: Client, commitment: Commitment
) -> None:
    draft = make_draft_development(commitment)
    address = url("development", "change", draft.pk)
    opened = filled(desk.get(address), summary="My better words")
    post(logged_in(make_editor("boris")), address, "_publish")

    response = desk.post(address, {**opened, "_save": "1"})

    page = Markup.of(response)
    assert "It was published meanwhile" in page.words or "Somebody else saved" in page.words
    assert "My better words" in page.one("textarea", name="summary").text


def test_a_correction_stands_in_the_place_of_what_it_corrects(
    desk: Client, commitment: Commitment, client: Client
) -> None:
    wrong = make_development(commitment, status=Status.IN_PROGRESS)

    response = post(desk, url("development", "correct", wrong.pk), note="It was only announced.")
    correction = Development.objects.get(corrects=wrong)
    assert response.url == url("development", "change", correction.pk)
    page = read(desk, response.url)
    assert "will no longer count" in page.words

    post(desk, response.url, "_publish", status="", summary="The line was announced.")

    correction.refresh_from_db()
    commitment.refresh_from_db()
    assert (correction.kind, correction.is_published) == (DevelopmentKind.CORRECTION, True)
    assert commitment.status == Status.NOT_ASSESSED
    assert "It was only announced." in read(client, commitment.get_absolute_url()).words
    wrong.refresh_from_db()
    assert wrong.status == Status.IN_PROGRESS


def test_a_correction_still_concerns_a_party_that_has_left_the_commitment(desk: Client, commitment: Commitment) -> None:
    gone = make_country("UZ")
    wrong = make_development(commitment, party=gone, status=Status.IN_PROGRESS, summary="It begun.")
    commitment.parties.filter(party=gone).delete()
    post(desk, url("development", "correct", wrong.pk), note="A slip of the pen.")
    correction = Development.objects.get(corrects=wrong)

    post(desk, url("development", "change", correction.pk), summary="It has begun.")
    refused = post(desk, url("development", "change", correction.pk), "_publish")

    correction.refresh_from_db()
    assert (correction.party, correction.summary) == (gone, "It has begun.")
    assert "Only a maker bears a status of its own" in Markup.of(refused).words


def test_a_development_is_corrected_once(desk: Client, commitment: Commitment) -> None:
    wrong = make_development(commitment)
    address = url("development", "correct", wrong.pk)
    first, second = (filled(desk.get(address), note="Mine") for _window in range(2))
    desk.post(address, first)

    response = desk.post(address, second)

    page = Markup.of(response)
    assert "It has a correction already" in page.words
    assert "Mine" in page.one("textarea", name="note").text
    assert Development.objects.filter(corrects=wrong).count() == 1


def test_a_correction_needs_its_reason(desk: Client, commitment: Commitment) -> None:
    wrong = make_development(commitment)

    response = post(desk, url("development", "correct", wrong.pk), note=" ")

    assert "This field is required" in Markup.of(response).words
    assert not Development.objects.filter(corrects=wrong).exists()


def test_a_reply_names_its_party(desk: Client, commitment: Commitment) -> None:
    response = log(desk, commitment, kind=DevelopmentKind.REPLY)

    assert "A reply names the party that gave it" in Markup.of(response).words


def test_only_parties_of_the_commitment_are_offered(desk: Client, commitment: Commitment) -> None:
    make_country("TJ")

    page = read(desk, url("commitment", "log", commitment.pk))

    assert {"Kazakhstan", "Uzbekistan"} <= set(page.one("select", name="party").text.split())
    assert "Tajikistan" not in page.one("select", name="party").text


def test_without_javascript_documents_are_a_plain_list(desk: Client, commitment: Commitment) -> None:
    known = make_document("Known one")
    address = f"{url('commitment', 'log', commitment.pk)}?plain=1"

    post(
        desk,
        address,
        summary="Opened.",
        happened="2024",
        evidence__0__document=str(known.pk),
    )

    assert "Known one" in read(desk, address).one("select", name="evidence-0-document").text
    assert Evidence.objects.get().document == known


def test_a_development_of_a_draft_commitment_stays_in_the_admin(desk: Client) -> None:
    commitment = make_commitment("HID-1", publication=Publication.DRAFT)

    response = log(desk, commitment, "_publish")

    assert response.url == url("commitment", "change", commitment.pk)
    page = read(desk, response.url)
    assert "is published. Readers will see it once the commitment is published." in page.words
    there = commitment.developments.get()
    for shown in (page, read(desk, url("development", "change", there.pk))):
        assert there.get_absolute_url() not in [link.attributes.get("href") for link in shown.all("a")]
        assert "Readers will see it once the commitment is published." in shown.words


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_a_button_pressed_twice_logs_one_development(desk: Client, commitment: Commitment, button: str) -> None:
    address = url("commitment", "log", commitment.pk)
    typed = filled(desk.get(address), summary="The line was opened.", happened="2024", **NEW_SOURCE)

    first, second = (desk.post(address, {**typed, button: "1"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Development.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"evidence-0-dated": "2999"}, "A source cannot be dated later than today."),
        ({"evidence-0-language": "zz-!!"}, "Give the language by its BCP 47 tag, such as en or ru."),
        ({"evidence-0-url": "ftp://example.org/x"}, "write it whole, from https:// on"),
    ],
)
def test_a_new_source_is_of_today_at_the_latest_in_a_language_and_where_a_browser_looks(
    desk: Client, commitment: Commitment, cells: dict[str, str], said: str
) -> None:
    address = url("commitment", "log", commitment.pk)
    typed = filled(desk.get(address), summary="The line was opened.", happened="2024", **NEW_SOURCE)

    refused = desk.post(address, {**typed, **cells, "_publish": "1"})

    assert said in refused.content.decode()
    assert not Development.objects.exists()
    assert not Document.objects.filter(url__contains="example.org/x").exists()


def test_a_script_is_not_led_to_where_one_signs_in(commitment: Commitment) -> None:
    """It would put the whole of that page into the form."""
    address = url("commitment", "log", commitment.pk)

    for headers, status in (({"HX-Request": "true"}, 401), ({}, 302)):
        assert Client().post(address, {"_preview": "1"}, headers=headers).status_code == status


def test_whoever_goes_back_and_mends_the_source_logs_it_with_that_source(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    wrong, right = make_document(), make_document()
    typed = filled(desk.get(address), summary="The line was opened.", happened="2024")

    for document in (wrong, right, right):
        desk.post(address, {**typed, "evidence-0-url": document.url, "_save": "1"})

    assert [one.evidence.get().document for one in Development.objects.order_by("pk")] == [wrong, right]


def test_reading_the_forms_writes_nothing(desk: Client, commitment: Commitment) -> None:
    development = make_development(commitment, status=Status.IN_PROGRESS)
    before = (Development.objects.count(), StatusChange.objects.count(), commitment.revisions.count())
    for address in (
        url("commitment", "log", commitment.pk),
        url("commitment", "check", commitment.pk),
        url("development", "correct", development.pk),
    ):
        desk.get(address)

    assert (Development.objects.count(), StatusChange.objects.count(), commitment.revisions.count()) == before


def test_the_list_of_developments_finds_drafts(desk: Client, commitment: Commitment) -> None:
    make_development(commitment, summary="Long published")
    make_draft_development(commitment, summary="Still a draft")

    words = read(desk, reverse("admin:commitments_development_changelist") + "?state=draft").words

    assert "Still a draft" in words
    assert "Long published" not in words
