"""A commitment that was retracted or merged is logged about no more: nothing offers it, and what is typed is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.actions import commitments as commitment_actions
from commitments.codelists import Publication, Status
from commitments.models import Commitment, Development, User
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.admin.world import submitted
from tests.factories import make_commitment, make_development, make_draft_development, make_suggestion
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db

SAID = "The commitment was retracted: nothing is logged for it unless it is published again."
STEPS = {"_save", "_submit", "_publish", "_approve", "_request_changes", "_reject"}
TYPED = {
    "summary": "The line was opened.",
    "happened": "February 2024",
    "evidence__0__url": "https://gazette.example/railway",
    "evidence__0__title": "Railway opens",
    "evidence__0__publisher": "The Gazette",
}


@pytest.fixture
def commitment(db: None) -> Commitment:
    return make_commitment("RAIL-1")


def retract(commitment: Commitment, by: User) -> None:
    commitment_actions.retract(by=by, commitment=commitment, reason="Nobody promised it.")


def links(page: Markup) -> set[str]:
    return {link.attributes.get("href", "") for link in page.all("a")}


def steps(page: Markup) -> set[str]:
    return STEPS & {button.attributes.get("name", "") for button in page.all("input", type="submit")}


@pytest.mark.parametrize("publication", [Publication.RETRACTED, Publication.MERGED])
def test_its_pages_lead_to_no_form_to_log(desk: Client, publication: Publication) -> None:
    gone = make_commitment("GONE-1", publication=publication)
    log = url("commitment", "log", gone.pk)

    for address in (url("commitment", "change", gone.pk), reverse("admin:commitments_commitment_changelist")):
        assert log not in links(read(desk, address)), address

    page = read(desk, log)
    assert "The commitment was" in page.words
    assert not page.all("textarea", name="summary")
    assert not steps(page)


@pytest.mark.parametrize("button", ["_save", "_submit", "_publish"])
def test_what_was_typed_before_it_was_retracted_is_refused_and_kept(
    desk: Client, editor: User, commitment: Commitment, button: str
) -> None:
    address = url("commitment", "log", commitment.pk)
    typed = filled(desk.get(address), **TYPED)
    retract(commitment, editor)

    page = Markup.of(desk.post(address, {**typed, button: "1"}))

    assert SAID in page.words
    assert "The line was opened." in page.one("textarea", name="summary").text
    assert not steps(page)
    assert not Development.objects.exists()


def test_a_draft_of_it_is_kept_and_not_published(desk: Client, editor: User, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, by=editor)
    address = url("development", "change", draft.pk)
    retract(commitment, editor)

    page = read(desk, address)
    assert SAID in page.words
    assert steps(page) == {"_save"}
    for button in ("_publish", "_submit"):
        assert SAID in Markup.of(desk.post(address, {**filled(desk.get(address)), button: "1"})).words
    draft.refresh_from_db()
    assert not draft.is_published
    assert not draft.reviews.exists()
    typed = filled(desk.get(address), summary="Said better.")
    assert desk.post(address, {**typed, "_save": "1"}).status_code == 302


def test_what_was_submitted_for_it_is_sent_back_and_not_approved(editor: User, commitment: Commitment) -> None:
    draft = submitted(commitment)
    reviewer = logged_in(make_member(DeskRole.REVIEWER, "rosa"))
    address = url("development", "change", draft.pk)
    typed = filled(reviewer.get(address))
    retract(commitment, editor)

    for page in (read(reviewer, address), read(reviewer, url("development", "review", draft.pk))):
        assert steps(page) - {"_save"} == {"_request_changes", "_reject"}
        assert SAID in page.words
    assert SAID in Markup.of(reviewer.post(address, {**typed, "_approve": "1"})).words
    assert draft.reviews.count() == 1


def test_nothing_of_it_is_corrected(desk: Client, editor: User, commitment: Commitment) -> None:
    development = make_development(commitment, status=Status.IN_PROGRESS)
    correct = url("development", "correct", development.pk)
    typed: Any = filled(desk.get(correct), note="It was another line.")
    retract(commitment, editor)

    for address in (url("development", "change", development.pk), url("commitment", "change", commitment.pk)):
        page = read(desk, address)
        assert correct not in links(page)
        assert development.get_absolute_url() not in links(page)
    assert not read(desk, correct).all("textarea", name="note")
    refused = Markup.of(desk.post(correct, typed))
    assert SAID in refused.words
    assert "It was another line." in refused.one("textarea", name="note").text
    assert Development.objects.count() == 1


def test_a_suggestion_about_it_is_declined_and_not_taken_up(desk: Client, editor: User, commitment: Commitment) -> None:
    suggestion = make_suggestion(commitment)
    address = url("suggestion", "change", suggestion.pk)
    retract(commitment, editor)

    page = read(desk, address)
    assert SAID in page.words
    assert [one["value"] for one in page.all("input", name="decision")] == ["decline"]
    typed = {"accept-summary": "It met.", "accept-happened": "2024", "accept-title": "It met", "accept-publisher": "G"}
    refused = Markup.of(desk.post(address, {"decision": "accept", **typed}))
    assert SAID in refused.words
    assert "It met." in refused.one("textarea", name="accept-summary").text
    assert not Development.objects.exists()


def test_a_check_of_it_is_refused(desk: Client, editor: User, commitment: Commitment) -> None:
    address = url("commitment", "check", commitment.pk)
    assert read(desk, address).all("textarea", name="searched")
    retract(commitment, editor)

    asked = read(desk, address)
    assert SAID in asked.words
    assert not asked.all("textarea", name="searched")
    page = Markup.of(desk.post(address, {"searched": "Papers", "on": "2024-03-01"}))
    assert SAID in page.words
    assert "Papers" in page.one("textarea", name="searched").text
    assert not Development.objects.exists()


def test_it_is_logged_about_again_once_it_is_published_again(
    desk: Client, editor: User, commitment: Commitment
) -> None:
    retract(commitment, editor)
    commitment_actions.publish(by=editor, commitment=commitment)
    address = url("commitment", "log", commitment.pk)

    desk.post(address, {**filled(desk.get(address), **TYPED), "_publish": "1"})

    assert Development.objects.get().is_published
