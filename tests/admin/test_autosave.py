"""What is typed into a form and not saved is kept, offered, restored and discarded."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.codelists import Status
from commitments.models import Commitment, Development, FormDraft
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_editor
from tests.factories import make_commitment, make_country, make_draft_development
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db

AUTOSAVE = "/admin/autosave/"
DISCARD = "/admin/autosave/discard/"
LOG = "/admin/commitments/development/log/"


@pytest.fixture
def commitment(db: None) -> Commitment:
    return make_commitment("RAIL-1", makers=(make_country("KZ"), make_country("UZ")))


def type_into(desk: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What the script does: open the form, type, and send what it holds. Gives what the form then holds."""
    values = filled(desk.get(address), **changes)
    response = desk.post(AUTOSAVE, {**values, "_address": address, "_save": "1"})
    assert response.status_code == 200
    return {**values, "_kept": response.json()["kept"]}


def field(page: Markup, name: str, tag: str = "input") -> str:
    return page.one(tag, name=name)["value"]


def test_what_is_typed_is_offered_and_restored(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    type_into(desk, address, summary="They met.", happened="soon", evidence__0__title="Rail")

    offered = read(desk, address)
    assert "You had typed something here at" in offered.words
    # Said where one chooses, and not only by the buttons once something is typed.
    assert "Until you restore or discard that, nothing that you type here now is kept." in offered.words
    assert "They met." not in offered.words

    restored = read(desk, f"{address}?restore=1")
    assert "It is not saved yet." in restored.words
    assert "They met." in restored.words
    assert (field(restored, "happened"), field(restored, "evidence-0-title")) == ("soon", "Rail")
    assert "This field is required" not in restored.words
    assert not Development.objects.exists()


def test_saving_the_form_forgets_it(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    source = {"evidence__0__url": "https://a.example/", "evidence__0__title": "A", "evidence__0__publisher": "B"}
    values = type_into(desk, address, summary="They met.", happened="2024", **source)

    desk.post(address, {**values, "summary": "", "_save": "1"})
    assert FormDraft.objects.count() == 1

    assert desk.post(address, {**values, "_save": "1"}).status_code == 302
    assert not FormDraft.objects.exists()


def test_what_was_restored_is_forgotten_when_it_is_saved(desk: Client, commitment: Commitment) -> None:
    source = {"source__url": "https://a.example/", "source__title": "A", "source__publisher": "B"}
    status = {f"item__{commitment.pk}__status": Status.STALLED}
    type_into(desk, LOG, summary="They met.", happened="2024", commitments=[str(commitment.pk)], **source, **status)

    values = filled(desk.get(f"{LOG}?restore=1"))
    assert desk.post(f"{LOG}?restore=1", {**values, "_save": "1"}).status_code == 302

    assert commitment.developments.get().status == Status.STALLED
    assert not FormDraft.objects.exists()


def test_what_was_offered_and_left_alone_stays(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    type_into(desk, address, summary="Long ago.")
    source = {"evidence__0__url": "https://a.example/", "evidence__0__title": "A", "evidence__0__publisher": "B"}

    desk.post(address, {**filled(desk.get(address), summary="New.", happened="2024", **source), "_save": "1"})

    assert FormDraft.objects.get().content["summary"] == ["Long ago."]


def test_it_is_discarded_at_will(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    type_into(desk, address, summary="They met.")

    response = desk.post(DISCARD, {"_address": address})

    assert response["Location"] == address
    assert not FormDraft.objects.exists()
    assert "You had typed" not in read(desk, address).words


def test_each_editor_sees_their_own(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    type_into(desk, address, summary="They met.")
    other = logged_in(make_editor("bota"))

    assert "You had typed" not in read(other, address).words
    assert "They met." not in read(other, f"{address}?restore=1").words
    other.post(DISCARD, {"_address": address})
    assert FormDraft.objects.count() == 1


def test_another_window_does_not_write_over_it(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    type_into(desk, address, summary="In one window.")

    response = desk.post(AUTOSAVE, {"_address": address, "summary": "In another."})

    assert response.status_code == 409
    assert "Restore or discard" in response.json()["said"]
    assert FormDraft.objects.get().content["summary"] == ["In one window."]


def test_neither_token_nor_button_nor_too_much_is_kept(desk: Client) -> None:
    typed = {"_address": LOG, "_publish": "1", "csrfmiddlewaretoken": "t", "summary": "They met.\x00"}
    desk.post(AUTOSAVE, typed)
    assert FormDraft.objects.get().content == {"summary": ["They met."]}

    response = desk.post(AUTOSAVE, {"_address": f"{LOG}x/", "summary": "x" * 400_000})
    assert response.status_code == 413
    assert FormDraft.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["", "/commitments/", "https://elsewhere.example/admin/", "/admin/?x=1", "//admin/"]
)
@pytest.mark.parametrize("to", [AUTOSAVE, DISCARD])
def test_only_forms_of_this_site_have_an_address(desk: Client, to: str, address: str) -> None:
    assert desk.post(to, {"_address": address}).status_code == 400
    assert not FormDraft.objects.exists()


def test_reading_writes_nothing(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "log", commitment.pk)
    type_into(desk, address, summary="They met.")
    before = FormDraft.objects.values().get()

    for page in (address, f"{address}?restore=1"):
        desk.get(page)
    for page in (AUTOSAVE, DISCARD):
        assert desk.get(page).status_code == 405

    assert FormDraft.objects.values().get() == before


# --- records --------------------------------------------------------------------------------------------------------


def test_the_form_of_a_commitment_keeps_what_is_typed_too(desk: Client, commitment: Commitment) -> None:
    address = url("commitment", "change", commitment.pk)
    type_into(desk, address, title="Build two railways", parties__0__role="addressee")

    assert "You had typed something here at" in read(desk, address).words
    response = desk.get(f"{address}?restore=1")
    restored = Markup.of(response)
    assert field(restored, "title") == "Build two railways"
    assert "It is not saved yet." in restored.words
    assert "Please correct the error" not in restored.words
    commitment.refresh_from_db()
    assert commitment.title != "Build two railways"

    saved = desk.post(address, {**filled(response, reason="Clearer"), "_save": "1"})
    assert saved.status_code == 302
    commitment.refresh_from_db()
    assert commitment.title == "Build two railways"
    assert commitment.parties.filter(role="addressee").count() == 1
    assert not FormDraft.objects.exists()


def test_a_new_record_is_restored_without_being_made(desk: Client) -> None:
    address = reverse("admin:commitments_document_add")
    type_into(desk, address, title="New", publisher="The Gazette", kind="news_report", source_kind="secondary")

    restored = desk.get(f"{address}?restore=1")

    assert field(Markup.of(restored), "title") == "New"
    assert desk.post(address, {**filled(restored), "_save": "1"}).status_code == 302
    assert not FormDraft.objects.exists()


def test_what_another_saved_meanwhile_is_put_together_with_what_is_restored(
    desk: Client, commitment: Commitment
) -> None:
    address = url("commitment", "change", commitment.pk)
    type_into(desk, address, title="Mine")
    other = logged_in(make_editor("bota"))
    other.post(address, {**filled(other.get(address), summary="Theirs.", reason="Clearer"), "_save": "1"})

    restored = read(desk, f"{address}?restore=1")

    assert field(restored, "title") == "Mine"
    assert "Theirs." in restored.words
    assert "Somebody else saved this" in restored.words


def test_a_draft_of_a_development_is_restored_with_what_another_saved(desk: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment)
    address = url("development", "change", draft.pk)
    type_into(desk, address, summary="Mine.")
    other = logged_in(make_editor("bota"))
    other.post(address, {**filled(other.get(address), note="Theirs."), "_save": "1"})

    restored = read(desk, f"{address}?restore=1")

    assert "Mine." in restored.words
    assert "Theirs." in restored.words


def test_nothing_is_restored_where_nothing_is_kept(desk: Client, commitment: Commitment) -> None:
    for address in (LOG, url("commitment", "log", commitment.pk), url("commitment", "change", commitment.pk)):
        assert "It is not saved yet" not in read(desk, f"{address}?restore=1").words
