"""Feeds of a list and of one commitment: what became of them, as the site said it, and nothing twice or lost."""

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from commitments.actions import commitments as commitment_actions
from commitments.actions import developments as development_actions
from commitments.actions import merges
from commitments.codelists import Publication, Status
from commitments.feeds import Asked, Cursor, Feed, feed
from commitments.models import Commitment
from tests.factories import (
    make_commitment,
    make_country,
    make_development,
    make_draft_development,
    make_summit,
    make_user,
    merge,
)

pytestmark = pytest.mark.django_db
NAMES = {"a": "http://www.w3.org/2005/Atom"}
EARLY = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC)


def atom(client: Client, address: str = "/commitments.atom") -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return ET.fromstring(response.content)


def told(root: ET.Element, name: str = "title") -> list[str]:
    return [entry.findtext(f"a:{name}", "", NAMES) for entry in root.iterfind("a:entry", NAMES)]


def links(root: ET.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in root.iterfind("a:link", NAMES)}


def items(client: Client, address: str = "/commitments.feed.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(address).json()["items"]
    return found


def test_it_tells_the_last_said_first_and_when_the_site_said_so(client: Client, settings: Any) -> None:
    settings.TAG_AUTHORITY = "tracker.example,2026"
    commitment = make_commitment("FEED-01", title="Build a railway", at=EARLY)
    entry = make_development(
        commitment, status=Status.DELIVERED, happened="2023-12", at=EARLY + dt.timedelta(days=2), summary="It runs."
    )
    change = commitment.status_changes.get(party=None)

    root = atom(client)

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert told(root, "id") == [
        f"tag:tracker.example,2026:status-change/{change.pk}",
        f"tag:tracker.example,2026:development/{entry.pk}",
        "tag:tracker.example,2026:commitment/FEED-01",
    ]
    assert told(root) == [
        "FEED-01: Not assessed → Delivered",
        "FEED-01: Development · Delivered: It runs.",
        "FEED-01: Newly published: Build a railway",
    ]
    assert told(root, "updated") == ["2024-01-03T09:00:00+00:00"] * 2 + ["2024-01-01T09:00:00+00:00"]
    assert root.findtext("a:updated", "", NAMES) == "2024-01-03T09:00:00+00:00"
    assert links(root)["self"] == links(root)["first"] == "http://testserver/commitments.atom"


def test_what_was_entered_before_the_record_was_public_was_said_when_it_became_public(client: Client) -> None:
    commitment = make_commitment("FEED-01", publication=Publication.DRAFT, at=EARLY)
    make_development(commitment, happened="2023-12", at=EARLY)
    commitment.refresh_from_db()
    commitment_actions.publish(by=make_user("editor"), commitment=commitment, at=EARLY + dt.timedelta(days=5))

    assert set(told(atom(client), "updated")) == {"2024-01-06T09:00:00+00:00"}


def test_a_correction_is_an_entry_of_its_own_and_what_it_corrects_stays(client: Client) -> None:
    commitment = make_commitment("FEED-01")
    wrong = make_development(commitment, happened="2024-05-06", summary="The rails came.")
    before = told(atom(client), "id")
    draft = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Misread.")
    development_actions.publish(by=make_user("reviewer"), development=draft)

    after = items(client)

    assert [item["id"] for item in after][1:] == before
    assert after[0]["tags"] == ["development", "correction"]
    assert "Correction" in after[0]["title"]
    assert "Misread." in after[0]["content_html"]
    assert "Corrected since" in next(item["content_html"] for item in after if f"/{wrong.pk}" in item["id"])


def test_a_retraction_is_told_by_its_code_and_takes_all_else_with_it(client: Client) -> None:
    gone = make_commitment("FEED-01", title="Zebra", makers=(make_country("KZ"),))
    make_development(gone, summary="Zebra ran.")
    gone.refresh_from_db()
    commitment_actions.retract(by=make_user("editor"), commitment=gone, reason="Not a commitment")

    assert told(atom(client)) == ["FEED-01: retracted"]
    assert "Zebra" not in client.get("/commitments.feed.json").content.decode()
    # A list that is narrowed would tell what the record said by telling that it was in it.
    assert told(atom(client, "/commitments.atom?country=KZ")) == []
    assert told(atom(client, "/commitments.atom?q=zebra")) == []
    assert client.get("/commitments/FEED-01.atom").status_code == 410

    gone.refresh_from_db()
    commitment_actions.publish(by=make_user("editor"), commitment=gone)
    assert told(atom(client, "/commitments.atom?country=KZ"))[:2] == [
        "FEED-01: Published again: Zebra",
        "FEED-01: retracted",
    ]


def test_a_merge_is_told_where_the_other_record_is_listed_and_so_is_its_end(client: Client) -> None:
    kept, gone = make_commitment("FEED-01"), make_commitment("FEED-02")
    row = make_development(gone, summary="It went on.")
    merged = merge(gone, kept)

    ids = told(atom(client, "/commitments.atom?country=KZ"), "id")
    assert ids[0].rpartition(":")[2] == f"merge/{merged.pk}"
    assert any(one.endswith(f"development/{row.pk}") for one in ids)
    moved = client.get("/commitments/FEED-02.feed.json")
    assert (moved.status_code, moved["Location"]) == (301, "/commitments/FEED-01.feed.json")

    merges.undo(by=make_user("editor"), merge=merged, reason="Two after all.")
    assert told(atom(client))[0] == "FEED-01: FEED-02 is a record of its own again"


def test_every_page_leads_to_the_one_before_and_all_of_them_hold_everything_once(client: Client) -> None:
    commitment = make_commitment("FEED-01", at=EARLY)
    for number in range(4):
        make_development(commitment, summary=f"Step {number}.", happened="2023-12", at=EARLY)
    told_of = Feed(Asked(Commitment.objects.published()), "", "", "https://a.example", "https://a.example/x", "")
    whole = [entry.id for entry in told_of.page(size=99).entries]

    found, place = [], None
    while True:
        page = told_of.page(place, size=2)
        found += [entry.id for entry in page.entries]
        if not page.earlier:
            break
        place = Cursor.parse(str(page.earlier))

    assert len(set(whole)) == 5
    assert found == whole


def test_what_is_said_meanwhile_moves_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "ENTRIES_A_PAGE", 2)
    commitment = make_commitment("FEED-01", at=EARLY)
    for number in range(2):
        make_development(
            commitment, summary=f"Step {number}.", happened="2023-12", at=EARLY + dt.timedelta(days=number)
        )
    first = atom(client)
    following = links(first)["next"].removeprefix("http://testserver")
    before = told(atom(client, following), "id")

    make_development(commitment, summary="Meanwhile.")

    assert len(told(first)) == 2
    assert len(before) == 1
    assert told(atom(client, following), "id") == before
    assert (
        client.get("/commitments.feed.json").json()["next_url"].startswith("http://testserver/commitments.feed.json?")
    )


def test_a_wrong_parameter_is_answered_with_the_reason(client: Client) -> None:
    for address in (
        "/commitments.atom?colour=red",
        "/commitments.feed.json?before=yesterday",
        "/commitments.atom?before=99999999999999999999-development-1",
        "/commitments/FEED-01.atom?colour=red",
        "/commitments.ics?status=splendid",
    ):
        make_commitment("FEED-01") if not Commitment.objects.exists() else None
        response = client.get(address)
        assert response.status_code == 400, address
        assert response.content.decode().count("\n") == 1


def test_who_has_it_gets_304_until_something_changes(client: Client) -> None:
    commitment = make_commitment("FEED-01", at=EARLY)
    for address in ("/commitments.atom", "/commitments.feed.json", "/commitments.ics", "/data/catalog.jsonld"):
        first = client.get(address)
        assert first["ETag"]
        assert first["Cache-Control"].startswith("public, max-age=900, s-maxage=10, ")
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    etag = client.get("/commitments.atom")["ETag"]
    make_development(commitment)

    changed = client.get("/commitments.atom", headers={"If-None-Match": etag})

    assert changed.status_code == 200


def test_a_new_name_of_a_summit_reaches_whoever_asks_by_the_time_alone(client: Client) -> None:
    summit = make_summit(name="Leaders in New York")
    make_commitment("FEED-01", summit=summit, due="2099", at=EARLY)
    first = client.get("/commitments.ics")
    assert "New York" in first.content.decode().replace("\r\n ", "")
    # It has no revisions of its own.
    summit.name = "Leaders in Samarkand"
    summit.save()

    again = client.get("/commitments.ics", headers={"If-Modified-Since": http_date()})

    assert "Last-Modified" not in first
    assert again.status_code == 200
    assert "Samarkand" in again.content.decode().replace("\r\n ", "")


def test_characters_that_xml_forbids_are_left_out(client: Client) -> None:
    commitment = make_commitment("FEED-01", title="A\x0b <b>bold</b> & title\x1f")
    make_development(commitment, summary="Bell\x07 & <script>")

    root = atom(client)

    assert "FEED-01: Newly published: A <b>bold</b> & title" in told(root)
    assert not [text for text in told(root, "summary") if "<script>" in text]
    json.loads(client.get("/commitments.feed.json").content)


def test_it_looks_back_as_the_list_does(client: Client) -> None:
    commitment = make_commitment("FEED-01", at=EARLY)
    make_development(commitment, at=EARLY + dt.timedelta(days=40), happened="2024-02-08")

    assert len(told(atom(client, "/commitments.atom?as_known=2024-01-15"))) == 1
    assert len(told(atom(client, "/commitments.atom?as_of=2024-01-15"))) == 1
    assert len(told(atom(client, "/commitments.atom"))) == 2


def test_a_correction_is_not_told_of_before_it_was_made(client: Client) -> None:
    wrong = make_development(make_commitment("FEED-01", at=EARLY), at=EARLY, happened="2023-12-20")
    draft = development_actions.draft_correction(by=make_user("contributor"), development=wrong, note="Misread.")
    development_actions.publish(by=make_user("reviewer"), development=draft)

    assert "Corrected since" in client.get("/commitments.atom").content.decode()
    then = client.get("/commitments.atom?as_known=2024-01-15").content.decode()
    assert f"development/{wrong.pk}" in then
    assert "Corrected since" not in then


def test_drafts_are_not_told(client: Client) -> None:
    make_draft_development(make_commitment("FEED-01"))
    make_commitment("FEED-02", publication=Publication.DRAFT)

    assert len(told(atom(client))) == 1
    assert client.get("/commitments/FEED-02.atom").status_code == 404
    assert client.get("/commitments/feed-01.atom")["Location"] == "/commitments/FEED-01.atom"


def test_it_asks_the_database_as_often_for_many_entries_as_for_few(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/commitments.atom")
        return len(queries)

    commitment = make_commitment("FEED-01")
    make_development(commitment)
    few = asked()
    for _number in range(3):
        make_development(make_commitment(), party=None)

    # The keys of seven sources, the rows of the two that have any, the evidence of the developments.
    assert few == asked() == 7 + 2 + 1
