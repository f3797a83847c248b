"""An editor reads a document sentence by sentence."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.actions import coverage
from commitments.codelists import Classification, Publication, Role
from commitments.models import Commitment, CoverageSession, Document, Passage, Summit, User
from tests.admin.addresses import url
from tests.admin.cast import filled, logged_in
from tests.factories import make_country, make_document, make_summit, make_user
from tests.markup import read

pytestmark = pytest.mark.django_db

TEXT = "The summit was held in Portville. Kazakhstan will open an embassy by June 2027.\nWe thank the host."


@pytest.fixture
def document() -> Document:
    return make_document("Joint statement")


@pytest.fixture
def summit() -> Summit:
    make_country()
    return make_summit("PORT-2026")


@pytest.fixture
def address(document: Document, summit: Summit, editor: User) -> str:
    """Where a reading that has begun goes on."""
    coverage.begin(by=editor, document=document, summit=summit, text=TEXT)
    return url("document", "sentences", document.pk)


ACCEPTED = {"s1-2-decision": "accept", "s1-2-summary": "Kazakhstan is to have an embassy there."}


def save(desk: Client, address: str, **changes: Any) -> Any:
    return desk.post(address, {**filled(desk.get(address)), **changes})


def test_a_pasted_text_is_shown_sentence_by_sentence_with_what_each_may_be_and_why(
    desk: Client, document: Document, summit: Summit
) -> None:
    begin = url("document", "read", document.pk)

    response = desk.post(begin, {"summit": summit.pk, "text": TEXT})
    words = read(desk, response["Location"]).words

    for shown in (
        "1.1 · Context",
        "1.2 · Commitment",
        "2.1 · Position",
        "Kazakhstan will open an embassy by June 2027.",
    ):
        assert shown in words
    assert "“by June 2027” (June 2027)" in words
    assert "0 of 3 sentences are decided." in words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_file_is_read_in_its_encoding(desk: Client, document: Document, summit: Summit, encoding: str) -> None:
    text = "Стороны договорились построить порт."
    file = SimpleUploadedFile("text.txt", text.encode(encoding), "text/plain")

    desk.post(url("document", "read", document.pk), {"summit": summit.pk, "file": file})

    assert CoverageSession.objects.get().text == text


def test_what_cannot_be_read_is_refused_with_a_sentence(desk: Client, document: Document, summit: Summit) -> None:
    begin = url("document", "read", document.pk)
    for posted in (
        {"file": SimpleUploadedFile("a.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF")},
        {"file": SimpleUploadedFile("a.txt", b"a" * (2 * 1024 * 1024 + 1))},
        {"text": "  "},
        {"text": "One.", "file": SimpleUploadedFile("a.txt", b"Two.")},
    ):
        response = desk.post(begin, {"summit": summit.pk, **posted})
        assert response.status_code == 200
        assert 'class="errorlist' in response.content.decode()
    assert not CoverageSession.objects.exists()


def test_an_accepted_sentence_becomes_a_draft_with_what_was_proposed(
    desk: Client, address: str, client: Client
) -> None:
    response = save(desk, address, **ACCEPTED)

    assert response.status_code == 302
    commitment = Commitment.objects.get()
    assert (commitment.code, commitment.publication) == ("PORT-2026-01", Publication.DRAFT)
    assert commitment.due is not None
    assert commitment.due.iso == "2027-06"
    assert [(row.party.name, row.role) for row in commitment.parties.all()] == [("Kazakhstan", Role.MAKER)]
    assert Passage.objects.get().commitment == commitment
    assert client.get(commitment.get_absolute_url()).status_code == 404
    assert client.get(Document.objects.get().get_absolute_url()).status_code == 404


def test_decisions_are_kept_and_the_rest_waits(desk: Client, address: str) -> None:
    save(desk, address, **ACCEPTED)

    words = read(desk, address).words
    assert "1 of 3 sentences are decided." in words
    assert "PORT-2026-01" in words
    assert [(passage.paragraph, passage.sentence) for passage in Passage.objects.all()] == [(1, 2)]


def test_the_class_of_an_accepted_sentence_can_be_another(desk: Client, address: str) -> None:
    save(desk, address, **ACCEPTED, **{"s1-2-classification": "request", "s1-2-strength": ""})

    commitment = Commitment.objects.get()
    assert (commitment.classification, commitment.strength) == ("request", "requested")


def test_a_draft_without_a_code_gets_one_that_is_free(desk: Client, address: str) -> None:
    other = {"s1-1-decision": "accept", "s1-1-summary": "A summit was held.", "s1-1-classification": "topic"}

    save(desk, address, **ACCEPTED, **other)

    assert list(Commitment.objects.values_list("code", flat=True)) == ["PORT-2026-01", "PORT-2026-02"]


def test_a_rejected_sentence_needs_a_reason_of_the_editors_own(desk: Client, address: str) -> None:
    rejected = {"s1-2-decision": "reject", "s1-2-summary": "An embassy is spoken of.", "s1-2-classification": "context"}

    assert save(desk, address, **rejected).status_code == 200
    assert not Passage.objects.exists()

    assert save(desk, address, **rejected, **{"s1-2-reason": "It opened long ago."}).status_code == 302
    passage = Passage.objects.get()
    assert (passage.classification, passage.commitment) == (Classification.CONTEXT, None)
    assert passage.reason == "It opened long ago."


@pytest.mark.parametrize(
    "changes",
    [
        {"s1-2-summary": ""},
        {"s1-2-summary": "Kazakhstan – Committed: …"},
        {"s1-2-reason": ""},
        {"s1-2-code": "not a code"},
        {"s1-2-due": "sometime"},
        {"s1-2-decision": "reject", "s1-2-reason": "Another."},
    ],
)
def test_a_refused_decision_keeps_what_was_typed_and_writes_nothing(
    desk: Client, address: str, changes: dict[str, str]
) -> None:
    other = {"s2-1-decision": "accept", "s2-1-summary": "Thanks to the host."}

    response = save(desk, address, **{**ACCEPTED, **other, **changes})

    assert response.status_code == 200
    assert "Thanks to the host." in response.content.decode()
    assert not Passage.objects.exists()
    assert not Commitment.objects.exists()


def test_the_sources_own_words_are_no_summary(desk: Client, document: Document, summit: Summit, editor: User) -> None:
    text = "Kazakhstan will open a large new embassy in the old town by June 2027."
    coverage.begin(by=editor, document=document, summit=summit, text=text)
    copied = {"s1-1-decision": "accept", "s1-1-summary": text}

    assert save(desk, url("document", "sentences", document.pk), **copied).status_code == 200
    assert not Passage.objects.exists()


def test_a_sentence_that_somebody_decided_meanwhile_is_not_decided_twice(
    desk: Client, address: str, editor: User
) -> None:
    typed = {**filled(desk.get(address)), **ACCEPTED}
    save(desk, address, **{"s1-2-decision": "accept", "s1-2-summary": "Another wording of it."})

    # The form of a sentence that was decided is no longer there: nothing of it is written.
    desk.post(address, typed)

    assert Passage.objects.get().summary == "Another wording of it."


def test_finishing_deletes_the_text_and_keeps_what_was_decided(desk: Client, address: str, document: Document) -> None:
    save(desk, address, **ACCEPTED)
    finish = url("document", "finish", document.pk)
    assert "2 of 3 sentences are not decided yet." in read(desk, finish).words

    desk.post(finish)

    assert not CoverageSession.objects.exists()
    assert Passage.objects.count() == 1


def test_who_may_not_add_commitments_may_not_read_here(address: str, document: Document) -> None:
    newcomer = logged_in(make_user("newcomer"))
    for page in ("read", "sentences", "finish"):
        assert newcomer.get(url("document", page, document.pk)).status_code == 403
        assert newcomer.post(url("document", page, document.pk)).status_code == 403
    assert CoverageSession.objects.exists()


def test_markup_in_a_text_is_shown_as_text(desk: Client, document: Document, summit: Summit, editor: User) -> None:
    coverage.begin(by=editor, document=document, summit=summit, text="We will <script>alert(1)</script> build.")

    page = desk.get(url("document", "sentences", document.pk)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("number", ["2", "99", "x"])
def test_a_long_text_has_pages(desk: Client, document: Document, summit: Summit, editor: User, number: str) -> None:
    coverage.begin(by=editor, document=document, summit=summit, text="We met. " * 50)

    assert "50" in read(desk, url("document", "sentences", document.pk) + f"?page={number}").words


def test_many_sentences_take_no_more_queries_than_few(desk: Client, summit: Summit, editor: User) -> None:
    counts = []
    for times in (1, 19):
        document = make_document()
        coverage.begin(by=editor, document=document, summit=summit, text="Kazakhstan will build a port. " * times)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(url("document", "sentences", document.pk))
        counts.append(len(queries))

    assert counts[0] == counts[1]
