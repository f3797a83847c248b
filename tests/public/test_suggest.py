"""Readers tell the editors something, without an account, and read what became of it."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.actions import developments as development_actions
from commitments.actions import suggestions as suggestion_actions
from commitments.actions.errors import Refused
from commitments.codelists import DevelopmentKind, Publication, Status
from commitments.limits import client_address
from commitments.models import Commitment, Development, Suggestion
from commitments.uncertain_dates import UncertainDate
from tests.factories import make_commitment, make_country, make_development, make_suggestion, make_user
from tests.markup import Markup, body, read

pytestmark = pytest.mark.django_db

ADDRESS = "/commitments/S-01/suggest/"
MOST_AN_HOUR = 5
FORM = "application/x-www-form-urlencoded"
SENT = {
    "kind": "happened",
    "text": "The railway was opened.",
    "url": "https://example.org/opened",
    "happened": "May 2024",
    "credit": "A. Reader",
    "website": "",
}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment("S-01", title="Build a railway")


def send(client: Client, address: str = ADDRESS, headers: dict[str, str] | None = None, **changes: Any) -> Any:
    return client.post(address, urlencode({**SENT, **changes}), content_type=FORM, headers=headers)


# --- the form ---------------------------------------------------------------------------------------------------------


def test_every_commitment_leads_to_its_form(commitment: Commitment, client: Client) -> None:
    assert ADDRESS in read(client, commitment.get_absolute_url()).links

    page = read(client, ADDRESS)

    assert "Build a railway" in page.words
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert [script["type"] for script in page.all("script")] == ["application/ld+json"]


def test_what_is_sent_waits_for_an_editor_and_its_sender_gets_a_page(commitment: Commitment, client: Client) -> None:
    response = send(client)

    suggestion = Suggestion.objects.get()
    assert response.status_code == 302
    assert response.url == f"/suggestions/{suggestion.reference}/"
    assert (suggestion.commitment, suggestion.kind, suggestion.text) == (commitment, "happened", SENT["text"])
    assert (suggestion.url, str(suggestion.happened), suggestion.credit) == (SENT["url"], "May 2024", "A. Reader")
    page = read(client, response.url)
    assert "Waiting" in page.words
    assert "The railway was opened." in page.words
    assert "The railway was opened." not in body(client.get(commitment.get_absolute_url()))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "This field is required."),
        ({"kind": "praise"}, "Select a valid choice."),
        ({"text": " "}, "This field is required."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"url": ""}, "This field is required."),
        ({"url": "ftp://example.org/"}, "Enter a valid URL."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"url": "https://example.org/" + "x" * 500}, "at most 500 characters"),
        ({"url": "http://["}, "Enter a valid URL."),
        ({"happened": "soon"}, "is not a date"),
        ({"happened": "2999"}, "That day has not come yet."),
        ({"happened": "0000-01-01"}, "not a day of the calendar"),
        ({"credit": "x" * 101}, "at most 100 characters"),
        ({"website": "https://spam.example/"}, "it is there for robots only"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    commitment: Commitment, client: Client, changes: dict[str, Any], said: str
) -> None:
    response = send(client, **changes)

    page = Markup.of(response)
    assert response.status_code == 200
    assert said in page.words
    assert "What you typed is all here." in page.words
    if "credit" not in changes:
        assert page.one("input", name="credit")["value"] == "A. Reader"
    if "text" not in changes:
        assert page.one("textarea", name="text").text.strip() == SENT["text"]
    ids = {element.attributes.get("id") for element in page.elements}
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= ids
    assert not Suggestion.objects.exists()


def test_two_thousand_characters_fit_however_lines_end(commitment: Commitment, client: Client) -> None:
    assert send(client, text="\r\n".join(["я" * 9] * 200)).status_code == 302

    assert len(Suggestion.objects.get().text) == 1999


def test_people_do_not_see_the_field_for_robots(commitment: Commitment, client: Client) -> None:
    text = body(client.get(ADDRESS))

    assert re.search(r'<div hidden>(?:(?!</div>).)*name="website"', text, re.DOTALL)


def test_it_takes_no_form_from_elsewhere(commitment: Commitment) -> None:
    client = Client(enforce_csrf_checks=True)

    assert send(client).status_code == 403

    token = read(client, ADDRESS).one("input", name="csrfmiddlewaretoken")["value"]
    assert send(client, csrfmiddlewaretoken=token).status_code == 302
    assert Suggestion.objects.count() == 1


def test_it_takes_no_more_than_the_form_can_hold_and_nothing_but_the_form(
    commitment: Commitment, client: Client
) -> None:
    too_large = send(client, text="x" * 50_000)
    files = client.post(ADDRESS, SENT)
    json = client.post(ADDRESS, "{}", content_type="application/json")

    assert [response.status_code for response in (too_large, files, json)] == [413, 415, 415]
    assert "could not be sent" in body(too_large)
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("text", [b"%00=%00&kind=%ff%fe", b"&" * 2000, b"text=%ED%A0%80&url=%F0%9F%92%A9", b"\xff\xfe"])
def test_nothing_that_is_sent_is_a_fault_of_ours(commitment: Commitment, client: Client, text: bytes) -> None:
    assert client.post(ADDRESS, text, content_type=FORM).status_code < 500


def test_what_is_not_public_has_no_form(client: Client) -> None:
    make_commitment("S-02", publication=Publication.DRAFT)
    make_commitment("S-03", publication=Publication.RETRACTED)

    for code, status in (("S-02", 404), ("S-03", 410), ("S-99", 404)):
        assert client.get(f"/commitments/{code}/suggest/").status_code == status
        assert send(client, f"/commitments/{code}/suggest/").status_code == status
    assert not Suggestion.objects.exists()


def test_a_code_in_small_letters_leads_to_the_form(commitment: Commitment, client: Client) -> None:
    response = client.get("/commitments/s-01/suggest/")

    assert (response.status_code, response.url) == (301, ADDRESS)  # type: ignore[attr-defined]


def test_neither_page_is_kept_by_anybody(commitment: Commitment, client: Client) -> None:
    for address in (ADDRESS, send(client).url):
        assert "no-store" in client.get(address).headers["Cache-Control"]


# --- how often --------------------------------------------------------------------------------------------------------


def test_five_an_hour_are_taken_and_the_sixth_keeps_what_was_typed(commitment: Commitment, client: Client) -> None:
    answers = [send(client, text=f"News {number}.") for number in range(MOST_AN_HOUR + 1)]

    assert [answer.status_code for answer in answers] == [302] * MOST_AN_HOUR + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    page = Markup.of(answers[-1])
    assert "Send it again in" in page.words
    assert page.one("textarea", name="text").text.strip() == f"News {MOST_AN_HOUR}."
    assert Suggestion.objects.count() == MOST_AN_HOUR


def test_what_is_sent_back_as_wrong_does_not_count(commitment: Commitment, client: Client) -> None:
    for _ in range(MOST_AN_HOUR + 1):
        send(client, url="")

    assert send(client).status_code == 302


def test_others_and_the_next_hour_are_not_kept_waiting(
    commitment: Commitment, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(MOST_AN_HOUR + 1):
        send(client)
    assert send(client).status_code == 429

    assert send(client, headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 302
    later = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert send(client).status_code == 302


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        # Who is no proxy of ours is not believed.
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        # Only what our proxy saw counts: the rest the visitor may have made up.
        ("127.0.0.1", "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "nonsense", ""),
        ("", "", ""),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ],
)
def test_a_visitor_is_told_by_the_address_that_cannot_be_made_up(remote: str, forwarded: str, address: str) -> None:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == address  # type: ignore[arg-type]


@override_settings(TRUSTED_PROXIES=["*"])
def test_any_proxy_may_be_believed() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "203.0.113.9"})

    assert client_address(request) == "203.0.113.9"


def test_the_address_of_a_visitor_is_nowhere_in_the_cache(
    commitment: Commitment, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Mock(wraps=cache.add)
    monkeypatch.setattr(cache, "add", kept)

    send(client, headers={"X-Forwarded-For": "198.51.100.7"})

    assert kept.called
    assert "198.51.100.7" not in repr(kept.call_args_list)


# --- what became of it ------------------------------------------------------------------------------------------------


def test_the_sender_reads_why_it_was_declined(client: Client) -> None:
    suggestion = make_suggestion()
    suggestion_actions.decline(by=make_user("aida"), suggestion=suggestion, outcome="The source says otherwise.")

    page = read(client, suggestion.get_absolute_url())

    assert "Declined." in page.words
    assert "The source says otherwise." in page.words
    assert "aida" not in page.words


def test_the_sender_is_led_to_the_entry_once_it_is_published(client: Client) -> None:
    suggestion = make_suggestion()
    development = Development(summary="It met.", kind=DevelopmentKind.DEVELOPMENT)
    development.happened = UncertainDate.parse("2024-05")
    suggestion_actions.accept(by=make_user(), suggestion=suggestion, development=development)
    page = read(client, suggestion.get_absolute_url())
    assert "once it is written and checked" in page.words
    assert development.get_absolute_url() not in page.links

    correction = make_development(suggestion.commitment)
    Suggestion.objects.update(development=correction)

    assert correction.get_absolute_url() in read(client, suggestion.get_absolute_url()).links


def test_what_was_taken_back_meanwhile_is_not_named(client: Client) -> None:
    suggestion = make_suggestion(make_commitment("S-04", title="A title to forget"))
    Commitment.objects.update(publication=Publication.RETRACTED)

    said = body(client.get(suggestion.get_absolute_url()))

    assert "no longer public" in said
    assert "A title to forget" not in said


def test_robots_keep_out(client: Client) -> None:
    response = client.get(make_suggestion().get_absolute_url())

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert Markup.of(response).one("meta", name="robots")["content"] == "noindex"
    robots = body(client.get("/robots.txt"))
    assert "Disallow: /suggestions/" in robots
    assert "Disallow: /commitments/*/suggest/" in robots


@pytest.mark.parametrize("reference", ["x" * 32, "x", "%00" * 32, "а" * 32])
def test_a_reference_that_nobody_was_given_leads_nowhere(client: Client, reference: str) -> None:
    make_suggestion()

    assert client.get(f"/suggestions/{reference}/").status_code == 404


def test_what_readers_write_is_shown_as_text(client: Client) -> None:
    suggestion = make_suggestion(text="<script>alert(1)</script>", credit="<b>A</b>")

    said = body(client.get(suggestion.get_absolute_url()))

    assert "<script>alert" not in said
    assert "<b>A" not in said


# --- the right of reply -----------------------------------------------------------------------------------------------


def replied(commitment: Commitment, **fields: Any) -> Development:
    return make_development(
        commitment, kind=DevelopmentKind.REPLY, party=make_country("KZ"), documents=(), happened="2024-04", **fields
    )


def test_a_partys_reply_stands_beside_the_status(commitment: Commitment, client: Client) -> None:
    make_development(commitment, status=Status.IN_PROGRESS)
    reply = replied(commitment)

    page = read(client, commitment.get_absolute_url())

    assert "Kazakhstan replied (April 2024); the assessment has not changed since." in page.words
    assert f"#{reply.anchor}" in [link["href"] for link in page.all("a")]


def test_it_says_that_the_assessment_changed_since(commitment: Commitment, client: Client) -> None:
    replied(commitment)
    make_development(commitment, status=Status.IN_PROGRESS, happened="2024-05")

    assert (
        "Kazakhstan replied (April 2024); the assessment has changed since."
        in read(client, commitment.get_absolute_url()).words
    )


def test_a_reply_that_was_put_right_stands_once_and_as_it_is_now(commitment: Commitment, client: Client) -> None:
    reply = replied(commitment)
    correction = development_actions.draft_correction(by=make_user("contributor"), development=reply, note="The month.")
    correction.happened = UncertainDate.parse("2024-03")
    correction.save()
    development_actions.publish(by=make_user("reviewer"), development=correction)

    words = read(client, commitment.get_absolute_url()).words

    assert words.count("Kazakhstan replied") == 1
    assert "Kazakhstan replied (March 2024)" in words


def test_replies_ask_the_database_nothing_more(commitment: Commitment, client: Client) -> None:
    asked = []
    for _ in range(2):
        replied(commitment)
        with CaptureQueriesContext(connection) as captured:
            client.get(commitment.get_absolute_url())
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_what_the_form_lets_through_and_the_record_refuses_is_said(
    commitment: Commitment, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestion_actions, "send", Mock(side_effect=Refused("It cannot be kept.")))

    response = send(client)

    assert response.status_code == 200
    assert "It cannot be kept." in Markup.of(response).words
