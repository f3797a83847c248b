"""The queue of what readers suggest, and deciding on it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions import suggestions as suggestion_actions
from commitments.models import Development, Document, Suggestion, User
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in
from tests.factories import make_commitment, make_document, make_suggestion, make_user
from tests.markup import body, read

pytestmark = pytest.mark.django_db

QUEUE = "/admin/commitments/suggestion/"


def page_of(suggestion: Suggestion) -> str:
    return url("suggestion", "change", suggestion.pk)


def accept(desk: Client, suggestion: Suggestion, **changes: str) -> Any:
    typed = {"summary": "It met again.", "happened": "2024-05", "title": "It met", "publisher": "The Gazette"}
    data = {f"accept-{name}": value for name, value in {**typed, **changes}.items()}
    return desk.post(page_of(suggestion), {"decision": "accept", **data})


def decline(desk: Client, suggestion: Suggestion, outcome: str) -> Any:
    return desk.post(page_of(suggestion), {"decision": "decline", "decline-outcome": outcome})


def test_the_queue_lists_what_waits_and_leads_to_each(desk: Client, editor: User) -> None:
    waiting, decided = make_suggestion(text="It waits."), make_suggestion(text="It is decided.")
    suggestion_actions.decline(by=editor, suggestion=decided, outcome="No.")

    page = read(desk, f"{QUEUE}?state__exact=new")

    assert "It waits." in page.words
    assert "It is decided." not in page.words
    assert any(link.startswith(page_of(waiting)) for link in page.links)
    assert f"{QUEUE}?state__exact=new" in read(desk, "/admin/").links


def test_the_page_shows_what_was_sent_as_text(desk: Client) -> None:
    suggestion = make_suggestion(text="<script>alert(1)</script>", happened="2024-05", credit="A. Reader")

    said = body(desk.get(page_of(suggestion)))

    assert "<script>alert(1)" not in said
    assert "&lt;script&gt;alert(1)" in said
    assert "A. Reader" in said
    assert f'href="{suggestion.url}" rel="external noopener nofollow"' in said


def test_the_form_opens_with_what_was_sent(desk: Client) -> None:
    suggestion = make_suggestion(text="It met.", happened="2024-05")

    values = filled(desk.get(page_of(suggestion)))

    assert values["accept-summary"] == ["It met."]
    assert values["accept-happened"] == ["2024-05"]


def test_accepting_makes_a_draft_with_a_new_source(desk: Client, editor: User) -> None:
    suggestion = make_suggestion(url="https://Example.org/met?utm_source=x", credit="A. Reader")

    response = accept(desk, suggestion, with_credit="on", outcome="Thank you.")

    development = Development.objects.get()
    assert response.url == url("development", "change", development.pk)
    assert (development.summary, str(development.happened)) == ("It met again.", "May 2024")
    assert (development.note, development.entered_by) == ("Suggested by A. Reader.", editor)
    document = development.evidence.get().document
    assert (document.url, document.title, document.publisher) == ("https://example.org/met", "It met", "The Gazette")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by, suggestion.outcome) == ("accepted", editor, "Thank you.")
    assert suggestion.development == development
    assert "Open the development made from it" in read(desk, page_of(suggestion)).words


def test_a_source_that_we_know_is_taken(desk: Client) -> None:
    document = make_document(url="https://www.example.org/met")
    before = Document.objects.count()
    suggestion = make_suggestion(make_commitment(), url="http://example.org/met/")
    known = Document.objects.count()

    assert "accept-title" not in filled(desk.get(page_of(suggestion)))
    accept(desk, suggestion, title="", publisher="")

    assert Development.objects.get().evidence.get().document == document
    assert Document.objects.count() == known > before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"summary": ""}, "This field is required."),
        ({"happened": "soon"}, "is not a date"),
        ({"title": ""}, "This source is new: say it."),
        ({"publisher": " "}, "This source is new: say it."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_decided(desk: Client, changes: dict[str, str], said: str) -> None:
    suggestion = make_suggestion()
    documents = Document.objects.count()

    response = accept(desk, suggestion, **changes)

    assert response.status_code == 200
    assert said in body(response)
    assert not Development.objects.exists()
    assert Document.objects.count() == documents
    assert list(Suggestion.objects.waiting()) == [suggestion]


def test_declining_needs_a_reason_and_tells_the_sender(desk: Client, client: Client) -> None:
    suggestion = make_suggestion()
    assert "This field is required." in body(decline(desk, suggestion, ""))

    response = decline(desk, suggestion, "The source says otherwise.")

    assert response.url == f"{QUEUE}?state__exact=new"
    assert "The source says otherwise." in read(client, suggestion.get_absolute_url()).words
    assert "Declined" in read(desk, url("suggestion", "history", suggestion.pk)).words


def test_the_second_of_two_editors_is_told(desk: Client, editor: User) -> None:
    suggestion = make_suggestion()
    suggestion_actions.decline(by=make_user(), suggestion=suggestion, outcome="No.")
    documents = Document.objects.count()

    for response in (accept(desk, suggestion), decline(desk, suggestion, "Otherwise.")):
        assert response.status_code == 200
        assert "Somebody else decided on this suggestion meanwhile." in body(response)

    assert not Development.objects.exists()
    assert Document.objects.count() == documents


def test_strangers_and_readers_of_the_desk_decide_nothing(client: Client) -> None:
    suggestion = make_suggestion()
    newcomer = logged_in(make_user("newcomer"))

    for response in (accept(client, suggestion), decline(client, suggestion, "No.")):
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/")
    for response in (accept(newcomer, suggestion), decline(newcomer, suggestion, "No."), newcomer.get(QUEUE)):
        assert response.status_code == 403
    assert list(Suggestion.objects.waiting()) == [suggestion]


@pytest.mark.parametrize("decision", ["", "burn", "accept\x00"])
def test_a_decision_that_is_none_decides_nothing(desk: Client, decision: str) -> None:
    suggestion = make_suggestion()

    assert desk.post(page_of(suggestion), {"decision": decision}).status_code == 200
    assert list(Suggestion.objects.waiting()) == [suggestion]


def test_nothing_is_added_or_deleted_here(desk: Client) -> None:
    suggestion = make_suggestion()

    assert desk.get(f"{QUEUE}add/").status_code == 403
    assert desk.post(f"{QUEUE}{suggestion.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("address", ["abc/change/", "0/change/", f"{'9' * 30}/change/", "abc/history/"])
def test_a_bad_address_is_no_fault_of_ours(desk: Client, address: str) -> None:
    assert desk.get(f"{QUEUE}{address}", follow=True).status_code < 500


def test_the_queue_asks_as_much_for_many_as_for_few(desk: Client) -> None:
    asked = []
    desk.get(QUEUE)
    for number in (3, 12):
        for _ in range(number):
            make_suggestion()
        with CaptureQueriesContext(connection) as captured:
            desk.get(QUEUE)
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_the_page_of_a_source_shows_its_tries_and_where_a_copy_may_be(desk: Client) -> None:
    document = make_document(url="https://example.org/a?b=c")

    page = read(desk, url("document", "change", document.pk))

    assert "It was not tried yet." in page.words
    assert "https://web.archive.org/web/https://example.org/a?b=c" in [
        link.attributes.get("href") for link in page.all("a")
    ]
