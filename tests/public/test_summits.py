"""Summits: what each was, what was promised there, who took part, and what it called."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.codelists import Classification, ParticipationRole, PartyKind, Status, Strength
from commitments.models import Participation, Passage, Wording
from tests.factories import (
    make_bloc,
    make_commitment,
    make_country,
    make_development,
    make_document,
    make_party,
    make_series,
    make_summit,
)
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

    assert "Every sentence of these texts is classified, with the reason: The statement." in page.words
    assert "Context 1" in page.words
    assert f"/documents/{document.pk}/" in page.links
    assert {"/summits/S-2023/coverage/", "/summits/S-2023/coverage/?classification=context"} <= set(page.links)


def test_a_summit_without_commitments_says_so(client: Client) -> None:
    make_summit("S-2023")

    assert "No commitment made at this meeting has been published." in read(client, "/summits/S-2023/").words


def test_a_code_in_small_letters_leads_to_the_one_address(client: Client) -> None:
    make_summit("S-2023")

    response = client.get("/summits/s-2023/")

    assert (response.status_code, response["Location"]) == (301, "/summits/S-2023/")
    assert client.get("/summits/S-1999/").status_code == 404


def test_each_participant_has_its_share_of_what_was_made_there(client: Client) -> None:
    kazakhstan, usa, uzbekistan = make_country("KZ"), make_country("US"), make_country("UZ")
    summit, eu = make_summit("S-2023"), make_party("European Union", PartyKind.BLOC)
    bloc = make_bloc("C5", kazakhstan, uzbekistan)
    make_commitment("S-01", summit=summit, makers=(kazakhstan,))
    make_commitment("S-02", summit=summit, makers=(bloc,))
    make_commitment("S-03", summit=summit, makers=(eu,), addressees=(usa,))
    make_commitment("S-04", makers=(usa,))
    for party in (kazakhstan, kazakhstan, usa, uzbekistan, eu):
        number = Participation.objects.count()
        Participation.objects.create(summit=summit, party=party, representative=f"Person {number}", office="Minister")

    page = read(client, "/summits/S-2023/")

    shares = {link: count for link, count in page.linked_counts.items() if "role=maker" in link}
    assert shares == {
        "/commitments/?summit=S-2023&country=KZ&role=maker": 2,
        "/commitments/?summit=S-2023&country=UZ&role=maker": 1,
        "/commitments/?summit=S-2023&party=european-union&role=maker": 1,
    }
    assert {link: read(client, link).total for link in shares} == shares
    assert "Kazakhstan Person 0, Minister Person 1, Minister 2" in page.words
    assert "United States of America Person 2, Minister 0" in page.words


def test_shares_are_of_the_day_asked_for(client: Client) -> None:
    summit = make_summit("S-2023")
    make_commitment("S-01", summit=summit)
    make_commitment("S-02", summit=summit, made="2024-05-01")
    Participation.objects.create(summit=summit, party=make_country("KZ"))

    page = read(client, "/summits/S-2023/?as_of=2024-01-01")

    (share,) = [link for link in page.linked_counts if "role=maker" in link]
    assert page.linked_counts[share] == read(client, share).total == 1


def test_thirty_participants_cost_as_many_queries_as_three(client: Client) -> None:
    summit = make_summit("S-2023")
    make_commitment("S-01", summit=summit)
    asked = {}
    for number in (3, 30):
        while Participation.objects.count() < number:
            Participation.objects.create(summit=summit, party=make_party())
        with CaptureQueriesContext(connection) as captured:
            read(client, "/summits/S-2023/")
        asked[number] = len(captured)

    assert asked[3] == asked[30]


def test_follow_up_meetings_come_with_their_days(client: Client) -> None:
    make_summit("S-2024", name="The dialogue", parent=make_summit("S-2023"), starts_on=dt.date(2024, 2, 8))

    assert "Called these meetings The dialogue 8 February 2024" in read(client, "/summits/S-2023/").words
