"""Coverage: every sentence of a summit's source texts by number, with its class, the reason and its record."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.codelists import Classification, Publication, Strength
from commitments.models import Commitment, Document, Passage, Wording
from tests.factories import make_commitment, make_document, make_summit
from tests.markup import read

pytestmark = pytest.mark.django_db
ADDRESS = "/summits/S-01/coverage/"


@pytest.fixture
def statement() -> Document:
    """A text of four sentences, one of which became a record, and one a draft."""
    summit = make_summit("S-01", name="The summit")
    commitment = make_commitment("COV-01", summit=summit)
    draft = make_commitment("COV-02", summit=summit, publication=Publication.DRAFT)
    document = make_document("The statement", publisher="The ministry")
    Wording.objects.create(commitment=commitment, document=document, strength=Strength.AGREED)
    sentences: list[tuple[int, int, Classification, Commitment | None]] = [
        (1, 1, Classification.CONTEXT, None),
        (1, 2, Classification.COMMITMENT, commitment),
        (2, 1, Classification.COMMITMENT, draft),
        (2, 2, Classification.TOPIC, None),
    ]
    for paragraph, sentence, classification, became in sentences:
        Passage.objects.create(
            document=document,
            paragraph=paragraph,
            sentence=sentence,
            classification=classification,
            summary=f"Says {paragraph}.{sentence}.",
            reason=f"Because of {paragraph}.{sentence}.",
            commitment=became,
        )
    return document


@pytest.mark.usefixtures("statement")
def test_it_shows_every_sentence_by_number_with_class_reason_and_record(client: Client) -> None:
    page = read(client, ADDRESS)

    assert page.total == 4
    assert "All 4 sentences of the texts that were read are classified" in page.words
    assert "1.1 Says 1.1. Context Because of 1.1. – " in page.words
    assert "1.2 Says 1.2. Commitment Because of 1.2. COV-01 " in page.words
    assert page.words.index("Says 1.2.") < page.words.index("Says 2.1.")
    assert "/commitments/COV-01/" in page.links


@pytest.mark.usefixtures("statement")
def test_a_sentence_that_became_a_draft_does_not_name_it(client: Client) -> None:
    page = read(client, ADDRESS)

    assert "2.1 Says 2.1. Commitment Because of 2.1. – " in page.words
    assert "COV-02" not in page.words


@pytest.mark.usefixtures("statement")
def test_each_class_leads_to_as_many_sentences_as_it_says(client: Client) -> None:
    for address in (ADDRESS, "/summits/S-01/"):
        page = read(client, address)
        counts = {
            element["href"]: int(element.text)
            for element in page.all("a")
            if element["href"].startswith(f"{ADDRESS}?classification=")
        }
        assert sorted(counts.values()) == [1, 1, 2]
        assert {link: read(client, link).total for link in counts} == counts


@pytest.mark.usefixtures("statement")
def test_a_part_says_that_it_is_one_and_what_was_asked_in_vain(client: Client) -> None:
    page = read(client, f"{ADDRESS}?classification=topic&classification=poetry")

    assert "Only these are shown: Topic." in page.words
    assert "classification=poetry was ignored: It is none of:" in page.words
    assert page.total == 1
    assert "No sentence is classified so." in read(client, f"{ADDRESS}?classification=advocacy").words


def test_without_a_text_that_was_read_it_says_so(client: Client) -> None:
    make_commitment("COV-03", summit=make_summit("S-02"))

    assert (
        "No text of this meeting has been read sentence by sentence." in read(client, "/summits/S-02/coverage/").words
    )
    assert "No text of this meeting has been read sentence by sentence." in read(client, "/summits/S-02/").words


@pytest.mark.usefixtures("statement")
def test_a_code_in_small_letters_leads_to_the_one_address(client: Client) -> None:
    response = client.get("/summits/s-01/coverage/")

    assert (response.status_code, response["Location"]) == (301, ADDRESS)
    assert client.get("/summits/S-99/coverage/").status_code == 404


def test_it_asks_the_database_as_much_for_three_hundred_sentences_as_for_four(
    client: Client, statement: Document
) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, ADDRESS)
        return len(captured)

    few = ask()
    commitment = Commitment.objects.get(code="COV-01")
    Passage.objects.bulk_create(
        Passage(
            document=statement,
            paragraph=paragraph,
            sentence=1,
            classification=Classification.POSITION,
            summary="A view.",
            reason="No act.",
            commitment=commitment,
        )
        for paragraph in range(3, 303)
    )

    # The summit, its texts, their sentences with the records that these became.
    assert (few, ask()) == (3, 3)
