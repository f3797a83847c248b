"""The first page: what this is, where things stand, what happened last, what is due, and numbers that hold."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from commitments.actions import developments as development_actions
from commitments.codelists import Status
from commitments.public.urls import urlpatterns
from tests.factories import (
    make_commitment,
    make_development,
    make_document,
    make_sector,
    make_summit,
    make_user,
)
from tests.markup import body, read

pytestmark = pytest.mark.django_db


def test_it_counts_every_status_and_links_each_number_to_its_list(client: Client) -> None:
    make_commitment("HOME-01", title="Nobody looked")
    make_development(make_commitment("HOME-02", title="Done"), status=Status.DELIVERED)
    make_development(make_commitment("HOME-03", title="Done too"), status=Status.DELIVERED)

    page = read(client, "/")

    assert page.linked_counts["/commitments/"] == 3
    assert page.linked_counts["/commitments/?status=delivered"] == 2
    assert {link: read(client, link).total for link in page.linked_counts} == page.linked_counts


def test_it_shows_the_latest_developments_with_their_commitments(client: Client) -> None:
    commitment = make_commitment("HOME-01", title="Build a railway")
    development = make_development(commitment, happened="2024-03-04", summary="The first rail was laid.")

    page = read(client, "/")

    assert "4 March 2024 Build a railway The first rail was laid." in page.words
    assert f"/commitments/HOME-01/#{development.anchor}" in page.links


def test_it_shows_what_is_due_next_and_what_is_overdue(client: Client) -> None:
    ahead = timezone.localdate() + dt.timedelta(days=40)
    make_commitment("HOME-01", title="Due soon", due=ahead.isoformat())
    make_commitment("HOME-02", title="Too late", due="2023-10")
    make_development(make_commitment("HOME-03", title="Done", due="2024-12"), status=Status.DELIVERED)

    page = read(client, "/")

    assert page.rows == ["Due soon", "Too late"]


def test_it_shows_what_was_checked_last_and_the_newest_summit_that_was_held(client: Client) -> None:
    held = make_summit("HELD", name="The held summit", starts_on=dt.date(2025, 11, 6))
    make_summit("AHEAD", name="The coming summit", starts_on=timezone.localdate() + dt.timedelta(days=9))
    commitment = make_commitment("HOME-01", title="Looked at", summit=held)
    development_actions.record_check(
        by=make_user("editor"), commitment=commitment, searched="Newspapers", on=dt.date(2026, 3, 4)
    )

    words = read(client, "/").words

    assert "Looked at 4 March 2026" in words
    assert "The held summit" in words
    assert "The coming summit" not in words


def test_it_claims_a_date_of_entries_and_none_of_sources_whose_date_nobody_knows(client: Client) -> None:
    make_development(make_commitment("HOME-01"), status=Status.IN_PROGRESS, documents=(make_document(),))

    page = read(client, "/")

    for part in (page.words, page.one("footer").text):
        assert "Every status that was given rests on a dated entry with its sources." in part
        assert "dated source" not in part
    assert "its date where that is known" in read(client, "/method/").words


def test_an_empty_site_says_what_will_stand_there(client: Client) -> None:
    words = read(client, "/").words

    assert "follows 0 commitments" in words
    assert "No development has been published yet." in words
    assert "No commitment has a deadline ahead." in words


def test_robots_are_kept_from_the_admin_and_from_endless_filters(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines()[:4] == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /commitments/?",
        "Disallow: /developments/?",
    ]
    for address in ("/", "/commitments/", "/commitments/C51-2023-02/", "/scores/", "/scores/agreement/", "/data/"):
        assert not is_kept_from(client, address), address


def is_kept_from(client: Client, address: str) -> bool:
    """Whether robots.txt asks robots to leave this address alone."""
    lines = client.get("/robots.txt").content.decode().splitlines()
    starts = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    return any(re.match(re.escape(start).replace(r"\*", ".*"), address) for start in starts)


def test_robots_are_kept_from_every_address_that_takes_the_lists_filters(client: Client) -> None:
    sector = make_sector("322")
    make_commitment("HOME-01", sectors=(sector,))
    make_development(make_commitment("HOME-02"))
    one_of = {"<format:ending>": "csv", "<shape:shape>": "parties", "<citation:form>": "txt"}
    filtered = []
    for pattern in urlpatterns:
        address = f"/{pattern.pattern}"
        for placeholder, value in one_of.items():
            address = address.replace(placeholder, value)
        if "<" not in address and takes_filters(client, address):
            filtered.append(address)

    assert {"/commitments/", "/scores/", "/developments.csv", "/commitments.ics"} <= set(filtered)
    assert "/about/" not in filtered
    assert [address for address in filtered if not is_kept_from(client, f"{address}?sector=322")] == []


def takes_filters(client: Client, address: str) -> bool:
    """Whether the address answers what is asked of the list: by another answer, and none that says otherwise."""
    plain, asked = client.get(address), client.get(address, {"sector": "322"})
    if (plain.status_code, asked.status_code) != (200, 200):
        return False
    return body(plain) != body(asked) and "<code>sector=322</code> was ignored" not in body(asked)
