"""What a file refers to is found by the names that files give it, in as many queries for many rows as for few."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from commitments.codelists import Publication, Status
from commitments.imports.files import lookups as module
from commitments.imports.files.lookups import Lookups, is_merged, is_retracted
from commitments.models import Document, SDGTarget, StatusWord
from tests.factories import make_commitment, make_country, make_document, make_party, make_sector, make_summit

GONE = dt.date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lookups() -> Lookups:
    return Lookups()


def test_nothing_is_known_before_it_is_looked_up(lookups: Lookups) -> None:
    make_country("KZ")
    make_document(url="https://example.org/a")

    assert lookups.document("https://example.org/a") is None
    assert (lookups.parties, lookups.sectors, lookups.targets, lookups.summits) == ({}, {}, {}, {})
    assert (lookups.commitments, lookups.words) == ({}, {})


def test_parties_are_known_by_slug_and_countries_by_code_too(
    lookups: Lookups, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    country = make_country("KZ")
    body = make_party("USAID", country=make_country("US"), successor=make_party("Heir"), abolished_on=GONE)

    with django_assert_num_queries(1):
        lookups.find_parties()
        found = lookups.parties["usaid"]
        assert (found.country, found.successor) == (body.country, body.successor)

    assert lookups.parties.keys() == {"kazakhstan", "KZ", "united-states-of-america", "US", "usaid", "heir"}
    assert lookups.parties["KZ"] == lookups.parties["kazakhstan"] == country


def test_sectors_targets_and_summits_are_known_by_code(lookups: Lookups) -> None:
    sector, summit = make_sector("322"), make_summit("S-1")
    target = SDGTarget.objects.create(code="7.1")

    lookups.find_lists()

    assert lookups.sectors == {"322": sector.pk}
    assert lookups.targets == {"7.1": target.pk}
    assert lookups.summits == {"S-1": summit}


def test_foreign_words_mean_what_an_editor_decided(lookups: Lookups) -> None:
    StatusWord.objects.create(word="kept", status=Status.DELIVERED)

    lookups.find_words()

    assert lookups.words == {"kept": Status.DELIVERED}
    assert isinstance(lookups.words["kept"], Status)


def test_commitments_are_found_by_code_in_portions(
    lookups: Lookups, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    codes = [make_commitment(f"TEST-{number}").code for number in range(4)]

    with django_assert_num_queries(2):
        lookups.find_commitments([*codes[:3], "TEST-0", "NONE-1"])

    assert lookups.commitments.keys() == set(codes[:3])
    lookups.find_commitments(codes[3:])
    assert {code: found.code for code, found in lookups.commitments.items()} == {code: code for code in codes}


def test_documents_written_as_they_are_stored_are_found_in_portions(
    lookups: Lookups, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    documents = [make_document(url=f"https://example.org/{number}") for number in range(3)]

    with django_assert_num_queries(2):
        lookups.find_documents(document.url or "" for document in documents)

    assert [lookups.document(document.url or "") for document in documents] == documents


def test_documents_written_otherwise_are_found_among_all_and_of_two_the_older_one(
    lookups: Lookups, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    make_document(url=None)
    older = make_document(url="http://example.org/a")
    make_document(url="https://example.org/a/")
    others = [make_document(url=f"https://example.org/{number}") for number in range(2)]

    with django_assert_num_queries(5):
        lookups.find_documents(
            ["https://www.example.org/a", "http://example.org/0", "http://example.org/1/", "https://example.org/new"]
        )

    assert lookups.document("example.org/a") is None
    assert lookups.document("https://example.org/a") == older
    assert [lookups.document(f"https://example.org/{number}") for number in range(2)] == others
    assert lookups.document("https://example.org/new") is None


def test_documents_that_came_with_a_record_are_known_until_it_is_refused(lookups: Lookups) -> None:
    known, new = make_document(url="https://example.org/a"), Document(url="https://www.example.org/a/")
    lookups.find_documents(["https://example.org/a"])

    lookups.know_documents([new, Document(url="https://example.org/b"), Document(url=None)])

    assert lookups.document("https://example.org/a") == known
    assert lookups.document("http://example.org/b") is not None
    lookups.forget_documents([Document(url="https://example.org/b"), Document(url="https://example.org/c")])
    assert lookups.document("https://example.org/b") is None
    assert lookups.document("https://example.org/a") == known


@pytest.mark.parametrize("publication", list(Publication))
def test_what_was_merged_or_retracted_is_told_apart(publication: Publication) -> None:
    commitment = make_commitment(publication=publication)

    assert is_merged(commitment) == (publication == Publication.MERGED)
    assert is_retracted(commitment) == (publication == Publication.RETRACTED)
