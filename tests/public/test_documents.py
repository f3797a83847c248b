"""A source and what rests on it: public only as far as what rests on it is."""

import datetime as dt

import pytest
from django.test import Client

from commitments.codelists import Classification, DocumentKind, LinkHealth, Publication, Strength
from commitments.models import Document, Passage, Wording
from tests.factories import make_commitment, make_development, make_document, make_draft_development
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db


def page_of(client: Client, document: Document, status: int = 200) -> Markup:
    return read(client, f"/documents/{document.pk}/", status)


def add_passage(document: Document, sentence: int, **fields: object) -> Passage:
    defaults = {"classification": Classification.CONTEXT, "summary": "Who met.", "reason": "Framing."}
    return Passage.objects.create(document=document, paragraph=1, sentence=sentence, **{**defaults, **fields})


def test_it_says_what_it_is_and_how_it_can_be_read(client: Client) -> None:
    document = make_document(
        "The statement",
        publisher="The Ministry",
        kind=DocumentKind.JOINT_STATEMENT,
        language="ru",
        link_health=LinkHealth.GONE,
        gone_since=dt.date(2025, 2, 1),
        archive_url="https://archive.example.org/1",
        captured_on=dt.date(2024, 1, 2),
        sha256="a" * 64,
        caution="A copy.",
    )
    add_passage(document, 1)

    page = page_of(client, document)

    for words in (
        "Joint statement",
        "Caution: A copy.",
        "Publisher The Ministry",
        "Date unknown",
        "Language Russian",
        "Original gone since 1 February 2025",
        f"Captured on 2 January 2024 (SHA-256 {'a' * 64}",
    ):
        assert words in page.words
    # An address that is known to be dead is shown and not linked.
    external = [element["href"] for element in page.all("a", rel="external")]
    assert external == ["https://archive.example.org/1"]


def test_every_sentence_is_shown_with_its_class_and_reason(client: Client) -> None:
    document = make_document("The article")
    add_passage(document, 1)
    add_passage(
        document,
        2,
        classification=Classification.COMMITMENT,
        summary="A dialogue is proposed.",
        reason="An actor and an act.",
        commitment=make_commitment("DOC-01"),
    )

    page = page_of(client, document)

    assert "All of its 2 sentences are classified" in page.words
    assert "Commitment: 1; Context: 1." in page.words
    assert "1.2 A dialogue is proposed. Commitment An actor and an act. DOC-01" in page.words
    assert "/commitments/DOC-01/" in page.links


def test_it_lists_the_commitments_it_words_and_the_developments_it_is_evidence_of(client: Client) -> None:
    document = make_document("The article")
    commitment = make_commitment("DOC-01", title="Open a dialogue")
    Wording.objects.create(
        commitment=commitment, document=document, strength=Strength.PROPOSED, verb="proposed", paragraph=6, sentence=1
    )
    development = make_development(commitment, happened="2024-02-08", documents=(document,), summary="It met.")

    page = page_of(client, document)

    assert "Open a dialogue DOC-01 paragraph 6, sentence 1 proposed Not assessed" in page.words
    assert "Open a dialogue It met. 8 February 2024 Shows progress, third party –" in page.words
    assert f"/commitments/DOC-01/#{development.anchor}" in page.links


def test_a_source_on_which_nothing_public_rests_does_not_exist(client: Client) -> None:
    unused, of_a_draft, of_a_draft_development = make_document(), make_document(), make_document()
    draft = make_commitment("DOC-01", publication=Publication.DRAFT)
    Wording.objects.create(commitment=draft, document=of_a_draft, strength=Strength.AGREED)
    make_draft_development(make_commitment("DOC-02"), documents=(of_a_draft_development,))

    for document in (unused, of_a_draft, of_a_draft_development):
        page_of(client, document, status=404)
    assert client.get(f"/documents/{10**30}/").status_code == 404


def test_a_sentence_does_not_tell_of_a_record_that_is_not_public(client: Client) -> None:
    document = make_document()
    for sentence, publication in enumerate((Publication.DRAFT, Publication.RETRACTED), start=1):
        add_passage(document, sentence, commitment=make_commitment(f"SECRET-{sentence}", publication=publication))

    assert "SECRET" not in page_of(client, document).words


def test_an_address_that_did_not_answer_when_last_tried_is_not_called_gone(client: Client) -> None:
    document = make_document("The report", link_health=LinkHealth.UNREACHABLE)
    development = make_development(make_commitment(), documents=(document,))

    page = page_of(client, document)

    assert "Did not answer when last tried" in page.words
    assert [element["href"] for element in page.all("a", rel="external")] == [document.url]
    assert "(did not answer when last tried)" in read(client, development.commitment.get_absolute_url()).words
