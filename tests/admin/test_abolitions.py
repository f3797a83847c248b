"""Marking a body as abolished, and saying what becomes of its commitments."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import Publication
from commitments.models import Commitment, Development, Party
from tests.admin.addresses import url
from tests.admin.cast import filled
from tests.admin.test_query_counts import asked
from tests.factories import make_commitment, make_document, make_party
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 7, 1)


@pytest.fixture
def successor() -> Party:
    return make_party("The ministry")


@pytest.fixture
def body(successor: Party) -> Party:
    return make_party("The agency", abolished_on=DAY, successor=successor)


def page_of(party: Party) -> str:
    return url("party", "abolition", party.pk)


def test_saving_the_abolition_asks_what_becomes_of_its_commitments(desk: Client, successor: Party) -> None:
    body = make_party("The agency")
    make_commitment("ORPHAN-1", makers=(body,))
    address = url("party", "change", body.pk)

    response = desk.post(address, filled(desk.get(address), abolished_on="2025-07-01", successor=str(successor.pk)))

    assert response.status_code == 302
    assert response["Location"] == page_of(body)
    assert "ORPHAN-1" in read(desk, page_of(body)).words


def test_other_savings_lead_where_they_always_do(desk: Client, body: Party) -> None:
    address = url("party", "change", body.pk)
    make_commitment(makers=(body,))

    noted = desk.post(address, filled(desk.get(address), note="A note."))
    stays = desk.post(address, {**filled(desk.get(address), abolished_on="2025-07-02"), "_continue": "1"})

    assert noted["Location"] == "/admin/commitments/party/"
    assert stays["Location"] == address


def test_nothing_is_asked_where_nothing_is_left(desk: Client) -> None:
    body = make_party("The agency")
    address = url("party", "change", body.pk)

    response = desk.post(address, filled(desk.get(address), abolished_on="2025-07-01"))

    assert response["Location"] == "/admin/commitments/party/"
    assert "It leaves nothing to decide" in read(desk, page_of(body)).words


def test_it_is_found_again_from_the_party_and_from_the_list_of_the_orphaned(desk: Client, body: Party) -> None:
    make_commitment("ORPHAN-1", makers=(body,))

    assert page_of(body) in read(desk, url("party", "change", body.pk)).links
    listed = read(desk, "/admin/commitments/commitment/?attention=orphaned")
    assert page_of(body) in listed.links
    assert "The agency: 1 commitment" in listed.words
    assert page_of(body) not in read(desk, "/admin/commitments/commitment/").links


def test_one_form_does_with_each_what_was_decided(desk: Client, body: Party) -> None:
    kept, handed, logged, closed = (make_commitment(f"ORPHAN-{n}", makers=(body,)) for n in range(4))
    typed = {
        f"c{handed.pk}__step": "hand_over",
        f"c{logged.pk}__step": "log",
        f"c{closed.pk}__step": "close",
        "document": str(make_document().pk),
    }

    response = desk.post(page_of(body), filled(desk.get(page_of(body)), **typed), follow=True)

    assert "3 commitments are decided." in Markup.of(response).words
    closed.refresh_from_db()
    assert closed.publication == Publication.CLOSED
    assert set(handed.parties.values_list("party__name", flat=True)) == {"The agency", "The ministry"}
    assert Development.objects.get().commitment == logged
    # Its summary, and why the record changed, begin with what happened.
    assert handed.revisions.latest("number").reason == "The agency was abolished; The ministry succeeded it."
    assert kept.revisions.count() == 1


def test_what_was_chosen_stays_when_somebody_else_was_quicker(desk: Client, body: Party) -> None:
    commitment = make_commitment("ORPHAN-1", makers=(body,))
    typed = filled(desk.get(page_of(body)), **{f"c{commitment.pk}__step": "close", "reason": "It is no more."})
    Commitment.objects.update(version=commitment.version + 1)

    response = desk.post(page_of(body), typed)

    page = Markup.of(response)
    assert "ORPHAN-1" in page.one("div", role="alert").text
    assert "It is no more." in page.one("textarea", name="reason").text
    commitment.refresh_from_db()
    assert commitment.publication == Publication.PUBLISHED

    # Read once more, and posted as it stands.
    desk.post(page_of(body), filled(response))
    commitment.refresh_from_db()
    assert commitment.publication == Publication.CLOSED


def test_what_a_decision_needs_is_said_on_the_form(desk: Client, body: Party) -> None:
    commitment = make_commitment(makers=(body,))
    typed = {f"c{commitment.pk}__step": "log", "reason": ""}

    page = Markup.of(desk.post(page_of(body), filled(desk.get(page_of(body)), **typed)))

    assert "Name the source" in page.one("div", role="alert").text
    assert not Development.objects.exists()


def test_what_nobody_offered_is_refused(desk: Client, body: Party) -> None:
    commitment, other = make_commitment(makers=(body,), publication=Publication.DRAFT), make_commitment()
    typed = filled(desk.get(page_of(body)))

    wrong = desk.post(page_of(body), {**typed, f"c{commitment.pk}-step": "close"})
    foreign = desk.post(page_of(body), {**typed, "row": str(other.pk), f"c{other.pk}-step": "close"})
    garbled = desk.post(page_of(body), {**typed, "row": ["x", "9" * 30, "²"], "document": "x"})

    assert "Select a valid choice" in Markup.of(wrong).words
    assert foreign.status_code == 302
    assert garbled.status_code == 200
    assert set(Commitment.objects.values_list("publication", flat=True)) == {Publication.DRAFT, Publication.PUBLISHED}


def test_many_are_paged_and_ask_the_database_no_more(desk: Client) -> None:
    few, many = (make_party(name, abolished_on=DAY) for name in ("Few", "Many"))
    for body, number in ((few, 2), (many, 21)):
        for place in range(number):
            make_commitment(f"{body.name.upper()}-{place:02}", makers=(body,))

    first, second = read(desk, page_of(many)), read(desk, page_of(many) + "?page=2")

    assert "MANY-19" in first.words
    assert "MANY-20" not in first.words
    assert "MANY-20" in second.words
    assert len(asked(desk, page_of(few))) == len(asked(desk, page_of(many)))


def test_it_needs_no_script(desk: Client, body: Party) -> None:
    make_commitment(makers=(body,))
    document = make_document("The decree")

    page = read(desk, page_of(body) + "?plain=1")

    assert str(document) in page.one("select", name="document").text
