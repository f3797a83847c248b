"""Logging from anywhere: a source, and one or several commitments, or several makers of one."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.codelists import EvidenceRole, Publication, Status
from commitments.models import Commitment, Development, Document, Evidence, StatusChange, User
from tests.admin.addresses import url
from tests.admin.cast import filled
from tests.factories import make_commitment, make_country, make_development, make_document
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db

LOG = "/admin/commitments/development/log/"
TYPED = {
    "source__url": "https://gazette.example/railway?utm_source=letter#top",
    "source__title": "Railway opens",
    "source__publisher": "The Gazette",
    "summary": "The ministers met.",
    "happened": "8 February 2024",
}


@pytest.fixture
def railway(db: None) -> Commitment:
    return make_commitment("RAIL-1", makers=(make_country("KZ"), make_country("UZ")), due="2024-06")


@pytest.fixture
def port(db: None) -> Commitment:
    return make_commitment("PORT-1")


def log(desk: Client, *commitments: Commitment, button: str = "_save", **changes: Any) -> Any:
    picked = {"commitments": [str(commitment.pk) for commitment in commitments]}
    return desk.post(LOG, {**filled(desk.get(LOG), **{**TYPED, **picked, **changes}), button: "1"})


def test_it_is_reached_from_every_page(desk: Client, railway: Commitment) -> None:
    for address in (reverse("admin:index"), url("commitment", "log", railway.pk), "/admin/commitments/party/"):
        assert LOG in [link["href"] for link in read(desk, address).all("a")], address


def test_one_event_is_logged_for_several_commitments(desk: Client, railway: Commitment, port: Commitment) -> None:
    statuses = {
        f"item__{railway.pk}__status": Status.IN_PROGRESS,
        f"item__{railway.pk}__party": str(make_country("KZ").pk),
        f"item__{port.pk}__summary": "The port was spoken of.",
    }
    response = log(desk, railway, port, button="_publish", **statuses)

    assert response.url == reverse("admin:index")
    on_railway, on_port = railway.developments.get(), port.developments.get()
    assert (on_railway.status, on_railway.party, on_railway.summary) == (
        Status.IN_PROGRESS,
        make_country("KZ"),
        "The ministers met.",
    )
    assert (on_port.status, on_port.party, on_port.summary) == ("", None, "The port was spoken of.")
    assert on_railway.is_published
    assert on_port.is_published
    document = Document.objects.get(title="Railway opens")
    assert Evidence.objects.filter(document=document).count() == 2
    said = read(desk, response.url)
    assert "2 developments are published" in said.words
    assert on_port.get_absolute_url() in [link["href"] for link in said.all("a")]


def test_of_what_readers_do_not_see_yet_it_is_said_when_they_will(desk: Client, port: Commitment) -> None:
    hidden = make_commitment("HID-1", publication=Publication.DRAFT)

    said = read(desk, log(desk, hidden, port, button="_publish").url)

    assert "Readers will see it once HID-1 is published." in said.words
    links = [link.attributes.get("href") for link in said.all("a")]
    assert hidden.developments.get().get_absolute_url() not in links
    assert url("development", "change", hidden.developments.get().pk) in links


@pytest.mark.parametrize("button", ["_save", "_submit"])
def test_drafts_are_the_editors_alone(desk: Client, client: Client, port: Commitment, button: str) -> None:
    log(desk, port, button=button)

    assert not port.developments.get().is_published
    assert "The ministers met" not in read(client, port.get_absolute_url()).words


def test_one_refused_is_said_at_its_commitment_and_nothing_is_written(
    desk: Client, railway: Commitment, port: Commitment
) -> None:
    typed = {f"item__{railway.pk}__status": Status.IN_PROGRESS, f"item__{port.pk}__status": Status.DELIVERED}
    page = Markup.of(log(desk, railway, port, button="_publish", **typed))

    assert not Development.objects.exists()
    assert not Document.objects.filter(title="Railway opens").exists()
    assert "Nothing is saved yet" in page.words
    assert "needs a source that verifies the delivery" in page.words
    assert "Submit it to a second person" in page.words
    assert "The ministers met." in page.words
    assert page.one("input", name="source-title")["value"] == "Railway opens"


def test_a_known_source_is_recognised_also_where_the_address_brings_it(desk: Client, port: Commitment) -> None:
    known = make_document("Railway opens at last", url="https://www.gazette.example/railway/")
    opened = desk.get(LOG, {"url": TYPED["source__url"], "commitment": str(port.pk)})

    assert "We know it: Railway opens at last" in Markup.of(opened).words
    typed = {"summary": "They met.", "happened": "2024"}
    desk.post(LOG, {**filled(opened, **typed), "_save": "1"})
    assert port.developments.get().evidence.get().document == known


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source__url": ""}, "Give the address of the source"),
        ({"source__title": ""}, "This source is new: give its title"),
        ({"commitments": []}, "Pick a commitment"),
        ({"commitments": ["99999999999999999999999999"]}, "is not one of the available choices"),
        ({"commitments": ["x"]}, "is not a valid value"),
        ({"happened": "soon"}, "soon"),
        ({"summary": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk: Client, port: Commitment, changes: dict[str, Any], said: str
) -> None:
    page = Markup.of(log(desk, port, **changes))

    assert said in page.words
    assert page.one("input", name="source-publisher")["value"] == "The Gazette"
    assert not Development.objects.exists()


def test_what_was_retracted_cannot_be_picked(desk: Client) -> None:
    retracted = make_commitment("GONE-1", publication=Publication.RETRACTED)

    assert "is not one of the available choices" in Markup.of(log(desk, retracted)).words


def test_pressed_twice_it_is_logged_once(desk: Client, railway: Commitment, port: Commitment) -> None:
    for _press in range(2):
        assert log(desk, railway, port, button="_publish").status_code == 302

    assert Development.objects.count() == 2


def test_without_scripts_a_button_shows_a_row_for_each_and_plain_lists_are_there(
    desk: Client, railway: Commitment, port: Commitment
) -> None:
    plain = read(desk, f"{LOG}?plain=1")
    assert "RAIL-1" in plain.words

    page = Markup.of(log(desk, railway, port, button="_rows", summary=""))

    assert page.all("select", name=f"item-{railway.pk}-status")
    assert page.all("select", name=f"item-{port.pk}-party")
    assert "This field is required" not in page.words
    assert not Development.objects.exists()


def test_a_script_is_given_the_rows_alone(desk: Client, railway: Commitment) -> None:
    typed = {"commitments": [str(railway.pk)], "_rows": "1", f"item-{railway.pk}-status": Status.STALLED}
    rows = Markup.of(desk.post(LOG, typed, headers={"HX-Request": "true"}))

    assert not rows.all("h1")
    chosen = [option["value"] for option in rows.all("option") if "selected" in option.attributes]
    assert Status.STALLED in chosen


# --- a status for each maker ----------------------------------------------------------------------------------------


def log_one(desk: Client, commitment: Commitment, button: str = "_publish", **changes: Any) -> Any:
    address = url("commitment", "log", commitment.pk)
    source = {
        "evidence__0__url": "https://gazette.example/railway",
        "evidence__0__title": "Railway opens",
        "evidence__0__publisher": "The Gazette",
    }
    what = {"summary": "The line was opened.", "happened": "February 2024", **source}
    return desk.post(address, {**filled(desk.get(address), **{**what, **changes}), button: "1"})


def by_maker(**statuses: str) -> dict[str, str]:
    return {f"maker__{make_country(alpha2).pk}__status": status for alpha2, status in statuses.items()}


def test_each_maker_with_a_status_gets_an_entry(desk: Client, railway: Commitment) -> None:
    response = log_one(desk, railway, **by_maker(KZ=Status.PARTIALLY_DELIVERED, UZ=Status.STALLED))

    assert response.status_code == 302
    found = railway.developments.values_list("party__name", "status")
    assert set(found) == {("Kazakhstan", Status.PARTIALLY_DELIVERED), ("Uzbekistan", Status.STALLED)}
    assert Document.objects.filter(title="Railway opens").count() == 1


def test_the_whole_may_have_a_status_beside_its_makers(desk: Client, railway: Commitment) -> None:
    log_one(desk, railway, "_save", status=Status.IN_PROGRESS, **by_maker(KZ=Status.STALLED))

    found = railway.developments.values_list("party__name", "status")
    assert set(found) == {(None, Status.IN_PROGRESS), ("Kazakhstan", Status.STALLED)}


def test_one_party_and_statuses_by_maker_contradict_each_other(desk: Client, railway: Commitment) -> None:
    page = Markup.of(log_one(desk, railway, party=str(make_country("KZ").pk), **by_maker(UZ=Status.STALLED)))

    assert "Leave it at all its makers" in page.words
    assert not Development.objects.exists()


def test_a_verdict_for_one_maker_is_refused_and_the_others_wait(desk: Client, railway: Commitment) -> None:
    source = {"evidence__0__role": EvidenceRole.VERIFIES_DELIVERY}
    statuses = by_maker(KZ=Status.DELIVERED, UZ=Status.IN_PROGRESS)
    page = Markup.of(log_one(desk, railway, **source, **statuses))

    assert "RAIL-1, Kazakhstan: “Delivered” is a verdict" in page.words
    assert not Development.objects.exists()

    assert log_one(desk, railway, "_submit", **source, **statuses).status_code == 302
    assert railway.developments.count() == 2


def test_one_maker_has_no_grid(desk: Client, port: Commitment) -> None:
    assert "A status for each maker" not in read(desk, url("commitment", "log", port.pk)).words


# --- what readers will see ------------------------------------------------------------------------------------------


def previewed(desk: Client, address: str, **typed: Any) -> Markup:
    values = {**filled(desk.get(address), **typed), "_preview": "1"}
    fragment = body(desk.post(address, values, headers={"HX-Request": "true"}))
    markup = Markup()
    markup.feed(f"<main>{fragment}</main>")
    return markup


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Development, Document, Evidence, StatusChange))


def test_the_preview_says_what_changes_and_writes_nothing(desk: Client, port: Commitment, railway: Commitment) -> None:
    before = everything()
    page = previewed(
        desk,
        LOG,
        commitments=[str(port.pk), str(railway.pk)],
        **TYPED,
        **{f"item__{port.pk}__status": Status.IN_PROGRESS},
    )

    assert not page.all("h1")
    assert "Not assessed → becomes In progress" in page.words
    assert "since 8 February 2024" in page.words
    assert "(it stays so)" in page.words
    assert "Railway opens, The Gazette" in page.words
    assert everything() == before


def test_the_preview_of_a_draft_follows_the_makers_and_the_flags(desk: Client, railway: Commitment) -> None:
    address = url("commitment", "log", railway.pk)
    typed = {"summary": "Half.", "happened": "2024-02-08", **by_maker(KZ=Status.DELIVERED, UZ=Status.DELIVERED)}
    page = previewed(desk, address, **typed)

    assert "Kazakhstan Not assessed → becomes Delivered" in page.words
    assert "Overdue (no longer)" in page.words
    assert "A verdict: a second person publishes it." in page.words


def test_half_a_form_is_previewed_too(desk: Client, port: Commitment) -> None:
    page = previewed(desk, url("commitment", "log", port.pk), happened="so", status=Status.STALLED)

    assert "(nothing typed yet)" in page.words
    assert "Say when it happened, and the status follows." in page.words
    assert "Pick a commitment" in previewed(desk, LOG).words


def test_a_correction_is_previewed_in_place_of_what_it_corrects(desk: Client, port: Commitment) -> None:
    wrong = make_development(port, status=Status.STALLED)
    desk.post(url("development", "correct", wrong.pk), {"note": "It moved."})
    draft = Development.objects.get(corrects=wrong)

    page = previewed(desk, url("development", "change", draft.pk), status=Status.IN_PROGRESS)

    assert "Stalled since 8 February 2024 → becomes In progress" in page.words


def test_without_scripts_the_preview_stands_on_the_page(desk: Client, port: Commitment) -> None:
    address = url("commitment", "log", port.pk)
    page = Markup.of(desk.post(address, {**filled(desk.get(address), summary="They **met**."), "_preview": "1"}))

    assert page.all("h1")
    assert "They met." in page.words
    assert page.all("textarea", name="summary")
    assert "This field is required" not in page.words
    assert not Development.objects.exists()


def test_more_commitments_cost_no_more_to_show(desk: Client, editor: User) -> None:
    found = []
    for number in (1, 3):
        picked = [str(make_commitment().pk) for _one in range(number)]
        with CaptureQueriesContext(connection) as captured:
            desk.post(LOG, {"commitments": picked, "_rows": "1"}, headers={"HX-Request": "true"})
        found.append(len(captured))

    assert found[0] == found[1]
