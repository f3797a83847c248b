"""Any query at all, asked of every page that reads one: it answers, and says what it did not understand."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from commitments.filters import CommitmentFilter
from tests.fuzz.bounds import REQUESTS

pytestmark = pytest.mark.django_db

PAGES = (
    "/commitments/",
    "/developments/",
    "/matrix/",
    "/compare/",
    "/scores/",
    "/calendar/",
    "/map/",
    "/embed/commitments/",
)
FILES = ("/commitments.csv", "/commitments.atom", "/commitments.ics", "/commitments/cite.bib", "/api/v1/commitments/")
NAMES = st.sampled_from(
    [*CommitmentFilter.base_filters, "page", "as_of", "month", "figure", "by", "of", "entry", "fields", "cursor"]
) | st.text(max_size=6)
VALUES = st.sampled_from(
    ["1", "-1", "0", "9" * 40, "KZ", "2023-13", "2023", "322", "a" * 300, "\x00", "'--", "%s", "{{a}}", "İ"]
)
QUERIES = st.lists(st.tuples(NAMES, VALUES | st.text(max_size=12)), max_size=5)
RAW = st.binary(max_size=40)


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_any_query(client: Client, page: str) -> None:
    @REQUESTS
    @given(QUERIES.map(encoded) | RAW.map(quote_from_bytes))
    def answers(query: str) -> None:
        assert client.get(f"{page}?{query}", follow=True).status_code == 200

    answers()


@pytest.mark.parametrize("file", FILES)
def test_a_file_answers_any_query_or_says_what_is_wrong(client: Client, file: str) -> None:
    @REQUESTS
    @given(QUERIES.map(encoded) | RAW.map(quote_from_bytes))
    def answers(query: str) -> None:
        response = client.get(f"{file}?{query}")
        assert response.status_code in (200, 400, 404)

    answers()
