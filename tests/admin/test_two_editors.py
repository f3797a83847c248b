"""Two editors on one record: the second is told, and nobody loses anything."""

import pytest
from django.test import Client

from commitments.models import Commitment, CommitmentParty, Development
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in, make_editor
from tests.factories import make_commitment, make_country, make_document, make_draft_development, make_summit
from tests.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> Client:
    return logged_in(make_editor("boris"))


@pytest.fixture
def commitment(db: None) -> Commitment:
    return make_commitment("TWO-1", title="Build a road", note="")


def test_the_second_is_told_and_both_changes_end_up_in_the_form(
    desk: Client, other: Client, commitment: Commitment
) -> None:
    address = url("commitment", "change", commitment.pk)
    mine = filled(desk.get(address), title="Build a good road", reason="Clearer")
    theirs = filled(other.get(address), title="Build a wide road", note="See the map.", reason="Exact")
    assert other.post(address, theirs).status_code == 302

    response = desk.post(address, mine)

    page = Markup.of(response)
    assert response.status_code == 200
    assert "Somebody else saved" in page.words
    assert "Build a wide road" in page.words
    assert page.one("input", name="title")["value"] == "Build a good road"
    # What only the other had touched is taken over.
    assert "See the map." in page.one("textarea", name="note").text
    commitment.refresh_from_db()
    assert commitment.title == "Build a wide road"

    assert desk.post(address, filled(response)).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title, commitment.note) == ("Build a good road", "See the map.")


def test_a_row_that_the_other_added_is_not_lost(desk: Client, other: Client, commitment: Commitment) -> None:
    address = url("commitment", "change", commitment.pk)
    added = {
        "parties__TOTAL_FORMS": "2",
        "parties__1__party": str(make_country("UZ").pk),
        "parties__1__role": "addressee",
        "reason": "Complete",
    }
    mine = filled(desk.get(address), title="Build a good road", reason="Clearer")
    assert other.post(address, filled(other.get(address), **added)).status_code == 302

    response = desk.post(address, mine)
    assert "Uzbekistan" in Markup.of(response).words
    assert desk.post(address, filled(response)).status_code == 302

    names = CommitmentParty.objects.filter(commitment=commitment).values_list("party__name", flat=True)
    assert sorted(names) == ["Kazakhstan", "Uzbekistan"]
    commitment.refresh_from_db()
    assert commitment.title == "Build a good road"


def test_both_adding_a_row_keeps_both(desk: Client, other: Client, commitment: Commitment) -> None:
    address = url("commitment", "change", commitment.pk)

    def adding(client: Client, alpha2: str) -> dict[str, object]:
        row = {"parties__TOTAL_FORMS": "2", "parties__1__party": str(make_country(alpha2).pk)}
        return filled(client.get(address), **row, parties__1__role="addressee", reason="Complete")

    mine, theirs = adding(desk, "UZ"), adding(other, "TJ")
    other.post(address, theirs)
    assert desk.post(address, filled(desk.post(address, mine))).status_code == 302

    names = CommitmentParty.objects.filter(commitment=commitment).values_list("party__name", flat=True)
    assert sorted(names) == ["Kazakhstan", "Tajikistan", "Uzbekistan"]


def test_two_on_one_draft(desk: Client, other: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, summary="It began.")
    address = url("development", "change", draft.pk)
    mine = filled(desk.get(address), note="Ask the ministry.")
    theirs = filled(other.get(address), summary="It began in May.")
    assert other.post(address, {**theirs, "_save": "1"}).status_code == 302

    response = desk.post(address, {**mine, "_save": "1"})

    page = Markup.of(response)
    assert "Somebody else saved" in page.words
    assert "It began in May." in page.one("textarea", name="summary").text
    assert "Ask the ministry." in page.one("textarea", name="note").text

    assert desk.post(address, {**filled(response), "_save": "1"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.summary, draft.note) == ("It began in May.", "Ask the ministry.")


def test_nobody_publishes_a_draft_that_changed_under_them(desk: Client, other: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, summary="It began.")
    address = url("development", "change", draft.pk)
    mine = filled(desk.get(address))
    other.post(address, {**filled(other.get(address), summary="It did not begin."), "_save": "1"})

    response = desk.post(address, {**mine, "_publish": "1"})

    assert "It did not begin." in Markup.of(response).words
    assert not Development.objects.get().is_published


def test_two_on_one_document(desk: Client, other: Client) -> None:
    document = make_document("A title")
    address = url("document", "change", document.pk)
    mine = filled(desk.get(address), caution="Read with care.")
    other.post(address, filled(other.get(address), title="Its real title"))

    response = desk.post(address, mine)
    assert "Its real title" in Markup.of(response).words
    assert desk.post(address, filled(response)).status_code == 302

    document.refresh_from_db()
    assert (document.title, document.caution) == ("Its real title", "Read with care.")


def test_two_on_one_summit(desk: Client, other: Client) -> None:
    summit = make_summit("SUM-1", place="Almaty")
    address = url("summit", "change", summit.pk)
    mine = filled(desk.get(address), place="Astana")
    other.post(address, filled(other.get(address), place="Aktau"))

    page = Markup.of(desk.post(address, mine))

    assert page.one("input", name="place")["value"] == "Astana"
    assert "Aktau" in page.words


def test_a_form_that_does_not_say_what_it_was_opened_with_overwrites_nothing(
    desk: Client, commitment: Commitment
) -> None:
    address = url("commitment", "change", commitment.pk)
    mine = filled(desk.get(address), title="Build a good road", reason="Clearer", opened_with="{", version="9")

    response = desk.post(address, mine)

    assert response.status_code == 200
    page = Markup.of(response)
    assert page.one("input", name="title")["value"] == "Build a good road"
    commitment.refresh_from_db()
    assert commitment.title == "Build a road"


def test_nobody_throws_away_what_another_wrote_since(desk: Client, other: Client, commitment: Commitment) -> None:
    draft = make_draft_development(commitment, summary="A road is built.")
    change, delete = url("development", "change", draft.pk), url("development", "delete", draft.pk)
    page = desk.get(delete)
    assert "A road is built." in Markup.of(page).words
    assert other.post(change, filled(other.get(change), summary="Half a road is built.")).status_code == 302

    told = desk.post(delete, filled(page), follow=True)

    assert "Somebody else saved this record after you opened it." in Markup.of(told).words
    assert "Half a road is built." in Markup.of(told).one("textarea", name="summary").text
    assert desk.post(delete, filled(desk.get(delete))).status_code == 302
    assert not Development.objects.filter(pk=draft.pk).exists()
