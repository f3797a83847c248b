"""Summits: what each was, what was promised there, who took part, and what it called."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import Classification, ParticipationRole, Status, Strength
from commitments.models import Participation, Passage, Wording
from tests.factories import make_commitment, make_country, make_development, make_document, make_series, make_summit
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_the_list_has_every_summit_newest_first_with_its_commitments_counted(client: Client) -> None:
    old = make_summit("OLD", name="Old summit", starts_on=dt.date(2023, 9, 19))
    make_summit("NEW", name="New summit", starts_on=dt.date(2025, 11, 6))
    make_commitment("S-01", summit=old)

    page = read(client, "/summits/")

    assert page.words.index("New summit") < page.words.index("Old summit")
    assert page.linked_counts == {"/commitments/?summit=OLD": 1}


def test_a_summit_shows_what_was_promised_there_and_where_it_stands(client: Client) -> None:
    summit = make_summit("S-2023", name="The summit", place="New York", setting="on the margins of the assembly")
    make_development(make_commitment("S-01", title="Promised here", summit=summit), status=Status.DELIVERED)
    make_commitment(
        "S-02",
        title="Talked about here",
        summit=summit,
        classification=Classification.TOPIC,
        strength=Strength.DISCUSSED,
    )
    make_commitment("S-03", title="Promised elsewhere")

    page = read(client, "/summits/S-2023/")

    assert page.rows == ["Promised here", "Talked about here"]
    assert "on the margins of the assembly" in page.words
    assert page.linked_counts == {
        "/commitments/?summit=S-2023": 1,
        "/commitments/?summit=S-2023&topics=1&sort=code": 2,
        "/commitments/?summit=S-2023&status=delivered": 1,
    }
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_a_summit_shows_who_took_part_and_what_it_called(client: Client) -> None:
    summit = make_summit("S-2023", name="The summit", series=make_series(), host=make_country("US"))
    Participation.objects.create(
        summit=summit,
        party=make_country("KZ"),
        role=ParticipationRole.GUEST,
        representative="A. Person",
        office="President",
    )
    make_summit("S-2024", name="The dialogue", parent=summit)

    words = read(client, "/summits/S-2023/").words

    assert "Kazakhstan Guest A. Person, President" in words
    assert "Host United States of America" in words
    assert "Called these meetings The dialogue" in words
    assert "Called by The summit" in read(client, "/summits/S-2024/").words


def test_a_summit_links_to_the_documents_that_were_read_sentence_by_sentence(client: Client) -> None:
    commitment = make_commitment("S-01", summit=make_summit("S-2023"))
    document = make_document("The statement")
    Wording.objects.create(commitment=commitment, document=document, strength=Strength.AGREED)
    Passage.objects.create(
        document=document,
        paragraph=1,
        sentence=1,
        classification=Classification.CONTEXT,
        summary="Who met.",
        reason="Framing.",
    )

    page = read(client, "/summits/S-2023/")

    assert "Read sentence by sentence The statement" in page.words
    assert f"/documents/{document.pk}/" in page.links


def test_a_summit_without_commitments_says_so(client: Client) -> None:
    make_summit("S-2023")

    assert "No commitment made at this meeting has been published." in read(client, "/summits/S-2023/").words


def test_a_code_in_small_letters_leads_to_the_one_address(client: Client) -> None:
    make_summit("S-2023")

    response = client.get("/summits/s-2023/")

    assert (response.status_code, response["Location"]) == (301, "/summits/S-2023/")
    assert client.get("/summits/S-1999/").status_code == 404
