"""Method, data and about: what is printed there is what the code does."""

import pytest
from django.test import Client, override_settings

from commitments.codelists import CODEBOOK_HISTORY, CODEBOOK_VERSION, CODELISTS, STATUS_EQUIVALENTS
from commitments.entries import OWN
from commitments.exports.columns import DOWNLOADED
from commitments.filters import SHOWING, CommitmentFilter
from commitments.public.changes import SINCE
from commitments.sorts import SORTS
from tests.markup import read

pytestmark = pytest.mark.django_db


def test_the_method_prints_every_code_with_its_definition(client: Client) -> None:
    words = read(client, "/method/").words

    assert f"Codebook version {CODEBOOK_VERSION}" in words
    for codelist in CODELISTS:
        for code in codelist:
            assert f"{code.label} {code.definition} {code.value}" in words


def test_the_method_lists_every_version_of_the_codebook_and_explains_the_two_clocks(client: Client) -> None:
    page = read(client, "/method/")

    for version, change in CODEBOOK_HISTORY:
        assert f"{version} {change}" in page.words
    assert CODEBOOK_HISTORY[0][0] == CODEBOOK_VERSION
    assert len({version for version, _change in CODEBOOK_HISTORY}) == len(CODEBOOK_HISTORY)
    assert {"as_of", "as_known", "since"} <= {element.text for element in page.all("code")}
    assert "/corrections/" in page.links


def test_the_method_says_that_not_assessed_does_not_mean_that_nobody_looked(client: Client) -> None:
    words = read(client, "/method/").words

    assert "it says that no published entry supports a status yet, and it counts in no rate. Somebody may have" in words
    assert "nobody has looked yet" not in words.lower()


def test_the_method_says_what_other_trackers_call_each_status(client: Client) -> None:
    words = read(client, "/method/").words

    for status, other in STATUS_EQUIVALENTS.items():
        assert f"{status.label} {other.politifact} {other.g7rg} {other.ogp} {other.iati}" in words


def test_the_data_page_documents_every_column_and_every_parameter(client: Client) -> None:
    page = read(client, "/data/")

    printed = {element.text for element in page.all("code")}
    assert {column.name for shape in DOWNLOADED for column in shape.columns} <= printed
    assert set(CommitmentFilter.base_filters) <= printed
    assert {*SORTS, *SHOWING} <= printed
    assert {SINCE, *OWN} <= printed
    assert "/commitments.csv" in page.links


def test_the_about_page_says_what_to_do_about_a_mistake(client: Client) -> None:
    assert "If something is wrong" in read(client, "/about/").words


@override_settings(SUGGESTIONS_PER_HOUR=7, FOLLOWS_PER_HOUR=13)
def test_the_about_page_says_how_much_is_taken_from_one_address(client: Client) -> None:
    words = read(client, "/about/").words

    assert "no more suggestions than 7 an hour" in words
    assert "No more requests than 13 an hour" in words
