"""An editor finds a commitment, sees it whole, changes it, and what changed can be read."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from commitments.codelists import DevelopmentKind, Publication, Role, Status
from commitments.models import Commitment, CommitmentParty, User, Wording
from commitments.models.commitments import DEFAULT_REVIEW_INTERVAL_DAYS
from commitments.roles import DeskRole
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_member
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_draft_development,
    make_sector,
    make_summit,
    make_user,
)
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db

LIST = "/admin/commitments/commitment/"


def listed(desk: Client, query: str) -> list[str]:
    """The codes of the commitments that the list shows."""
    page = read(desk, LIST + query)
    cells = [cell for cell in page.elements if cell.tag in ("td", "th") and "field-code" in cell.classes]
    return [cell.text.strip() for cell in cells]


@pytest.mark.parametrize("words", ["RAIL-1", "rail-1", "Build a railway", "Kazakhstan", "railway kazakhstan"])
def test_a_commitment_is_found_by_code_title_and_country(desk: Client, words: str) -> None:
    make_commitment("RAIL-1", title="Build a railway", makers=(make_country("KZ"),))
    make_commitment("PORT-1", title="Build a port", makers=(make_country("UZ"),))

    assert listed(desk, f"?q={words}") == ["RAIL-1"]


def test_a_commitment_of_a_bloc_is_found_under_its_members(desk: Client) -> None:
    make_commitment("BLOC-1", makers=(make_bloc("C5", make_country("KZ"), make_country("UZ")),))
    make_commitment("PORT-1", makers=(make_country("TJ"),))

    assert listed(desk, "?country=UZ") == ["BLOC-1"]
    assert listed(desk, "?q=Uzbekistan") == ["BLOC-1"]


def test_a_country_in_two_roles_lists_its_commitment_once(desk: Client) -> None:
    kazakhstan = make_country("KZ")
    make_commitment("TWICE-1", makers=(kazakhstan,), addressees=(kazakhstan,))

    assert listed(desk, "?country=KZ") == ["TWICE-1"]
    assert listed(desk, "?q=Kazakhstan") == ["TWICE-1"]


def test_commitments_are_found_by_status_and_publication(desk: Client) -> None:
    begun = make_commitment("RAIL-1")
    make_development(begun, status=Status.IN_PROGRESS)
    make_commitment("PORT-1", publication=Publication.DRAFT)

    assert listed(desk, "?status__exact=in_progress") == ["RAIL-1"]
    assert listed(desk, "?publication__exact=draft") == ["PORT-1"]


def test_its_page_shows_the_whole_commitment(desk: Client) -> None:
    commitment = make_commitment("RAIL-1", title="Build a railway", addressees=(make_country("UZ"),))
    make_development(commitment, summary="The first rail was laid.", status=Status.IN_PROGRESS)
    make_draft_development(commitment, summary="The last rail was laid.")
    document = commitment.wordings.get().document

    words = read(desk, url("commitment", "change", commitment.pk)).words

    for text in ("RAIL-1", "Build a railway", "Kazakhstan", "Uzbekistan", document.title, "The first rail was laid."):
        assert text in words
    for text in ("The last rail was laid.", "In progress", "Log a development", "Status log", "Revisions"):
        assert text in words


def test_a_new_commitment_is_a_draft_and_then_published(desk: Client, editor: User, client: Client) -> None:
    summit, party, document = make_summit("S-1"), make_country("KZ"), make_document()
    changes: dict[str, Any] = {
        "code": "NEW-1",
        "title": "Build a bridge",
        "summary": "A bridge.",
        "summit": str(summit.pk),
        "made": "September 2023",
        "kind": "programme",
        "strength": "announced",
        "collectivity": "unilateral",
        "sectors": [str(make_sector().pk)],
        "parties__0__party": str(party.pk),
        "parties__0__role": "maker",
        "wordings__0__document": str(document.pk),
        "wordings__0__strength": "announced",
    }
    address = "/admin/commitments/commitment/add/?plain=1"

    response = desk.post(address, {**filled(desk.get(address), **changes), "_continue": "1"})
    assert response.status_code == 302, Markup.of(response).words
    commitment = Commitment.objects.get()
    assert (commitment.publication, commitment.made.iso) == (Publication.DRAFT, "2023-09")
    assert client.get(commitment.get_absolute_url()).status_code == 404
    assert {entry.history_user for entry in commitment.history.all()} == {editor}

    page = url("commitment", "change", commitment.pk)
    assert desk.post(page, {**filled(desk.get(page)), "_publish": "1"}).status_code == 302
    assert client.get(commitment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("days", ["99999999999", "3000000"])
def test_an_interval_beyond_the_calendar_is_refused_at_its_field(desk: Client, days: str) -> None:
    commitment = make_commitment("RAIL-1")
    make_development(commitment, kind=DevelopmentKind.CHECK, searched="The Gazette", documents=())
    page = url("commitment", "change", commitment.pk)

    response = desk.post(page, filled(desk.get(page), review_interval_days=days, reason="Less often."))

    assert "less than or equal to 32767" in Markup.of(response).words
    commitment.refresh_from_db()
    assert commitment.review_interval_days == DEFAULT_REVIEW_INTERVAL_DAYS


@pytest.mark.parametrize("field", ["sectors", "sdg_targets"])
@pytest.mark.parametrize("key", ["9" * 30, "-" + "9" * 30, "x"])
@pytest.mark.parametrize("is_stale", [False, True])
def test_a_key_that_no_row_can_have_is_refused_as_no_choice(desk: Client, field: str, key: str, is_stale: bool) -> None:
    commitment = make_commitment("RAIL-1")
    page = url("commitment", "change", commitment.pk)
    typed = filled(desk.get(page), reason="Filed anew.", **{field: [key]})

    response = desk.post(page, {**typed, "version": "0"} if is_stale else typed)

    assert "Select a valid choice" in Markup.of(response).words or "is not a valid value" in Markup.of(response).words


def test_a_refused_publication_keeps_what_was_typed_and_writes_nothing(desk: Client) -> None:
    commitment = make_commitment("BARE-1", publication=Publication.DRAFT, makers=())
    page = url("commitment", "change", commitment.pk)

    response = desk.post(page, {**filled(desk.get(page), title="Typed just now"), "_publish": "1"})

    shown = Markup.of(response)
    assert "add a maker" in shown.words
    assert shown.one("input", name="title")["value"] == "Typed just now"
    commitment.refresh_from_db()
    assert (commitment.title, commitment.publication) == ("Commitment BARE-1", Publication.DRAFT)


def test_what_the_public_reads_changes_with_a_reason_only(desk: Client) -> None:
    commitment = make_commitment("RAIL-1")
    page = url("commitment", "change", commitment.pk)

    response = desk.post(page, filled(desk.get(page), title="Another title"))
    assert "Say why" in Markup.of(response).words

    assert desk.post(page, filled(response, reason="A misprint")).status_code == 302
    commitment.refresh_from_db()
    assert commitment.title == "Another title"
    assert commitment.revisions.order_by("-number")[0].reason == "A misprint"


def test_every_change_is_in_the_history_with_who_when_and_the_difference(desk: Client, client: Client) -> None:
    commitment = make_commitment("RAIL-1", title="Build a raylway")
    page = url("commitment", "change", commitment.pk)
    desk.post(page, filled(desk.get(page), title="Build a railway", reason="A misprint"))
    make_development(commitment, summary="The first rail was laid.", status=Status.IN_PROGRESS)

    history = read(desk, url("commitment", "history", commitment.pk))

    for text in ("aida", "A misprint", "Build a raylway", "Build a railway", "The first rail was laid.", "Revision 3"):
        assert text in history.words
    deleted, inserted = [[e.text.strip() for e in history.all(tag)] for tag in ("del", "ins")]
    assert "Build a raylway" in deleted
    assert "Build a railway" in inserted


def test_a_row_changed_is_in_the_difference_too(desk: Client) -> None:
    commitment = make_commitment("RAIL-1", addressees=(make_country("UZ"),))
    page = url("commitment", "change", commitment.pk)
    opened = desk.get(page)
    desk.post(page, filled(opened, parties__1__DELETE="on", reason="Not addressed to it"))

    history = read(desk, url("commitment", "history", commitment.pk))

    assert any("uzbekistan" in element.text for element in history.all("del"))


def test_a_record_is_read_as_it_was(desk: Client) -> None:
    commitment = make_commitment("RAIL-1", title="As it was")
    page = url("commitment", "change", commitment.pk)
    desk.post(page, filled(desk.get(page), title="As it is", reason="A misprint"))
    entry = commitment.history.order_by("history_date")[0]
    address = f"/admin/commitments/commitment/{commitment.pk}/history/{entry.pk}/"

    assert "As it was" in read(desk, address).words
    assert desk.post(address, {"title": "Reverted"}).status_code == 405


def test_a_check_says_where_and_when_somebody_looked(desk: Client, client: Client) -> None:
    commitment = make_commitment("RAIL-1")
    page = url("commitment", "check", commitment.pk)

    desk.post(page, filled(desk.get(page), searched="The ministry's site", on="2024-05-01"))

    commitment.refresh_from_db()
    assert commitment.last_checked_on == dt.date(2024, 5, 1)
    assert "The ministry's site" in read(client, commitment.get_absolute_url()).words.replace("’", "'")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"searched": "", "on": "2024-05-01"}, "This field is required"),
        ({"searched": "The site", "on": "2999-01-01"}, "It cannot have happened after today"),
        ({"searched": "The site", "on": "yesterday"}, "Enter a valid date"),
    ],
)
def test_a_check_that_is_refused_keeps_what_was_typed(desk: Client, changes: dict[str, str], answer: str) -> None:
    commitment = make_commitment("RAIL-1")
    page = url("commitment", "check", commitment.pk)

    response = desk.post(page, filled(desk.get(page), **changes))

    shown = Markup.of(response)
    assert answer in shown.words
    assert changes["searched"] in shown.one("textarea", name="searched").text
    assert not commitment.developments.exists()


def test_a_commitment_is_closed_and_retracted_with_a_reason(desk: Client, client: Client) -> None:
    commitment = make_commitment("RAIL-1")
    close, retract = (url("commitment", page, commitment.pk) for page in ("close", "retract"))

    assert "This field is required" in Markup.of(desk.post(close, {"reason": ""})).words
    desk.post(close, {"reason": "Settled for good"})
    commitment.refresh_from_db()
    assert commitment.publication == Publication.CLOSED
    assert client.get(commitment.get_absolute_url()).status_code == 200

    again = Markup.of(desk.post(close, {"reason": "Once more"}))
    assert "It is already “Closed”" in again.words
    assert "Once more" in again.one("textarea", name="reason").text

    reviewer = logged_in(make_member(DeskRole.REVIEWER))
    assert desk.post(retract, {"reason": "Never promised"}).status_code == 403
    reviewer.post(retract, {"reason": "Never promised"})
    assert client.get(commitment.get_absolute_url()).status_code == 410


def test_only_what_can_be_done_is_offered(desk: Client) -> None:
    draft = make_commitment("DRAFT-1", publication=Publication.DRAFT)

    links = {link.attributes.get("href") for link in read(desk, url("commitment", "change", draft.pk)).all("a")}

    assert url("commitment", "log", draft.pk) in links
    assert not {url("commitment", page, draft.pk) for page in ("check", "close", "retract")} & links


def test_who_may_only_read_sees_no_form_and_writes_nothing(client: Client) -> None:
    reader = make_user("reader")
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    commitment = make_commitment("RAIL-1")
    desk = logged_in(reader)

    page = read(desk, url("commitment", "change", commitment.pk))
    assert not [field for field in page.all("input") if field.attributes.get("name") == "title"]
    assert url("commitment", "log", commitment.pk) not in {link.attributes.get("href") for link in page.all("a")}
    for name in ("change", "log", "check", "close", "retract"):
        assert desk.post(url("commitment", name, commitment.pk), {}).status_code == 403, name


def test_a_maker_who_becomes_something_else_leaves_its_status_behind(desk: Client) -> None:
    commitment = make_commitment("RAIL-1", makers=(make_country("KZ"), make_country("UZ")))
    make_development(commitment, status=Status.IN_PROGRESS, party=make_country("UZ"))
    page = url("commitment", "change", commitment.pk)

    desk.post(page, filled(desk.get(page), parties__1__role="addressee", reason="It only listened"))

    row = CommitmentParty.objects.get(party=make_country("UZ"))
    assert (row.role, row.status) == (Role.ADDRESSEE, Status.NOT_ASSESSED)


def test_a_constraint_that_no_field_names_is_said_on_the_form(desk: Client) -> None:
    commitment = make_commitment("RAIL-1", due="2024")
    page = url("commitment", "change", commitment.pk)

    response = desk.post(page, filled(desk.get(page), due="1999", reason="Another deadline"))

    assert "A commitment cannot be due before it was made." in Markup.of(response).words
    assert Wording.objects.count() == 1


def test_parties_sectors_and_documents_are_found_while_typing(desk: Client) -> None:
    make_country("KZ")
    make_sector("32210", "Mining")
    make_document("Joint statement")
    for model, field, term, found in (
        ("commitmentparty", "party", "Казах", "Kazakhstan"),
        ("commitment", "sectors", "mining", "32210 Mining"),
        ("evidence", "document", "joint", "Joint statement (The Gazette)"),
        ("wording", "document", "example.org", "Joint statement (The Gazette)"),
    ):
        query = f"?app_label=commitments&model_name={model}&field_name={field}&term={term}"
        results = desk.get(f"/admin/autocomplete/{query}").json()["results"]
        assert [row["text"] for row in results] == [found]
