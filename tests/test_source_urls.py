"""A known document is recognised when its address is pasted again."""

import pytest

from commitments.source_urls import find_document, normalise, publisher_of
from tests.factories import make_document


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("https://example.org", "https://example.org/"),
        (" HTTPS://Example.ORG/A ", "https://example.org/A"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?q=a+b&r=%20", "https://example.org/a?q=a+b&r=%20"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("no address", "no address"),
        ("https://example.org:port/", "https://example.org:port/"),
        ("", ""),
    ],
)
def test_an_address_has_one_form(pasted: str, stored: str) -> None:
    assert normalise(pasted) == stored
    assert normalise(stored) == stored


@pytest.mark.parametrize(
    "pasted",
    [
        "https://www.gov.example/statement/",
        "http://gov.example/statement",
        "https://gov.example/statement?utm_medium=mail",
        "https://GOV.example/statement#top",
    ],
)
@pytest.mark.django_db
def test_a_document_is_found_under_every_spelling_of_its_address(pasted: str) -> None:
    document = make_document(url="https://gov.example/statement")
    make_document(url="https://gov.example/statement/annex")

    assert find_document(pasted) == document


@pytest.mark.parametrize("pasted", ["https://gov.example/state", "https://gov.example/statement?page=2", "", "x", "%_"])
@pytest.mark.django_db
def test_another_address_is_another_document(pasted: str) -> None:
    make_document(url="https://gov.example/statement")

    assert find_document(pasted) is None


@pytest.mark.django_db
def test_a_document_without_an_address_is_never_found_by_one() -> None:
    make_document(url=None)

    assert find_document("https://gov.example/") is None


@pytest.mark.django_db
def test_the_publisher_of_a_site_is_the_one_of_its_newest_document() -> None:
    make_document(url="https://www.gov.example/1", publisher="The old name")
    make_document(url="https://gov.example/2", publisher="The new name")
    make_document(url="https://other.example/gov.example", publisher="Another")

    assert publisher_of("https://gov.example/3") == "The new name"
    assert publisher_of("https://unknown.example/") == ""
    assert publisher_of("nothing") == ""
