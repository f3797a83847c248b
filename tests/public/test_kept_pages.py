"""What is kept for everybody holds nothing of what one of them sent: no header, no cookie, no method."""

from collections.abc import Iterator
from copy import copy
from typing import Any
from unittest import mock

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from commitments.public import kept
from commitments.public.kept import KeptPages
from tests.deploy.test_nginx import UNKEYED
from tests.factories import make_commitment, make_country
from tests.settled import wait_until_settled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_record")]

PAGES = (
    "/",
    "/commitments/",
    "/commitments/KEPT-01/",
    "/countries/KZ/",
    "/commitments.atom",
    "/embed/commitments/",
    "/robots.txt",
)
# What htmx says beside that it asks for a part.
OF_HTMX = {
    "HX-Target": "evil",
    "HX-Trigger": "evil",
    "HX-Boosted": "true",
    "HX-Current-URL": "https://evil.example/",
    "HX-History-Restore-Request": "true",
}
PART = {"HX-Request": "true"}


@pytest.fixture
def _record() -> Iterator[None]:
    make_commitment("KEPT-01", title="A promise", makers=(make_country("KZ"),))
    wait_until_settled()
    caches[kept.CACHE].clear()
    yield
    caches[kept.CACHE].clear()


def said(response: Any) -> tuple[int, bytes, dict[str, str]]:
    # Of each answer its own.
    own = ("X-Request-ID", "ETag")
    return response.status_code, response.content, {k: v for k, v in response.headers.items() if k not in own}


def poisoned(headers: dict[str, str], *, method: str = "get") -> list[str]:
    """The pages that whoever comes next gets otherwise than made anew, after somebody sent these."""
    found = []
    for page in PAGES:
        caches[kept.CACHE].clear()
        with override_settings(KEEP_PAGES=False):
            anew = said(Client().get(page))
        getattr(Client(), method)(page, headers=headers)
        if said(Client().get(page)) != anew:
            found.append(page)
    return found


def test_pages_are_kept_at_all() -> None:
    with mock.patch.object(kept, "_is_everybodys", wraps=kept._is_everybodys) as made:
        for _ in range(2):
            Client().get("/commitments/")

    assert made.call_count == 1


def test_no_header_stays_in_what_is_kept() -> None:
    every = {**UNKEYED, **OF_HTMX}

    assert {name: found for name, value in every.items() if (found := poisoned({name: value}))} == {}


def test_a_part_is_not_kept_as_the_page() -> None:
    assert poisoned(PART) == []
    assert poisoned({**PART, **OF_HTMX}) == []


def test_nor_is_an_answer_to_another_method() -> None:
    for method in ("head", "post", "put", "options"):
        assert poisoned({}, method=method) == [], method


def test_nor_one_for_another_host_or_by_another_scheme() -> None:
    with override_settings(ALLOWED_HOSTS=["testserver", "other.example"]):
        Client().get("/commitments/KEPT-01/", headers={"Host": "other.example"})
        assert b"other.example" not in Client().get("/commitments/KEPT-01/").content
    Client().get("/commitments/KEPT-01/", secure=True)
    assert b"https://testserver" not in Client().get("/commitments/KEPT-01/").content


def test_nor_in_the_clear_what_is_asked_for_by_https() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        client = Client()
        assert client.get("/commitments/KEPT-01/", secure=True).status_code == 200
        assert client.get("/commitments/KEPT-01/").status_code == 301
        # What was answered in the clear is not kept either.
        assert client.get("/commitments/KEPT-01/", secure=True).status_code == 200


def test_whoever_has_a_page_is_told_the_same_policies_with_304() -> None:
    whole = Client().get("/commitments/KEPT-01/")
    for _ in range(2):
        not_modified = Client().get("/commitments/KEPT-01/", headers={"If-None-Match": whole["ETag"]})

        assert not_modified.status_code == 304
        own = ("Content-Type", "Content-Length", "X-Request-ID")
        expected = {name: value for name, value in whole.items() if name not in own}
        assert {name: not_modified[name] for name in expected} == expected
        assert "Content-Security-Policy" in expected


def test_under_another_policy_another_page_is_kept() -> None:
    version = kept._version.__wrapped__
    before = version()
    assert version() == before
    with override_settings(SECURE_CSP={"default-src": ["'none'"]}):
        assert version() != before


def test_what_somebody_was_refused_is_not_kept() -> None:
    # Where the searches are counted.
    caches["default"].clear()
    with override_settings(SEARCHES_PER_MINUTE=1):
        statuses = [Client().get(f"/commitments/?q={word}").status_code for word in ("one", "two")]
    assert statuses == [200, 429]
    assert Client().get("/commitments/?q=two").status_code == 200

    assert Client().get("/commitments/KEPT-99/").status_code == 404
    make_commitment("KEPT-99")
    assert Client().get("/commitments/KEPT-99/").status_code == 200


def test_nothing_is_kept_of_a_database_that_stood_in_for_another() -> None:
    request = RequestFactory().get("/about/")
    with mock.patch("commitments.public.kept.router.db_for_read", side_effect=["default", "replica"]):
        KeptPages(lambda _request: HttpResponse("As the copy has it."))(request)

    assert len(caches[kept.CACHE]._cache) == 0  # type: ignore[attr-defined] # what locmem holds
    # The control: from the same one, it is.
    KeptPages(lambda _request: HttpResponse("As it is."))(request)
    assert len(caches[kept.CACHE]._cache) == 1  # type: ignore[attr-defined]


def test_where_the_database_does_not_say_its_state_the_view_is_asked() -> None:
    with mock.patch("commitments.marks.state", side_effect=OperationalError("server closed the connection")):
        answer = KeptPages(lambda _request: HttpResponse("Anew."))(RequestFactory().get("/about/"))

    assert isinstance(answer, HttpResponse)
    assert answer.content == b"Anew."
    assert "ETag" not in answer


def test_a_database_that_is_known_to_be_away_is_not_waited_for() -> None:
    request = RequestFactory().get("/about/")
    request.has_database = False  # type: ignore[attr-defined] # as `Databases` says
    with mock.patch("commitments.marks.state") as state:
        answer = KeptPages(lambda _request: HttpResponse("None answers."))(request)

    assert isinstance(answer, HttpResponse)
    assert answer.content == b"None answers."
    assert not state.called


def test_a_kept_page_counts_under_its_route(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="tracker.requests"):
        for _ in range(2):
            Client().get("/commitments/KEPT-01/")

    assert [record.getMessage() for record in caplog.records if record.name == "tracker.requests"] == [
        "GET 200 /commitments/<code:code>/"
    ] * 2


def test_a_key_without_the_header_would_be_found() -> None:
    """The control: a page kept whatever htmx asked for."""
    whole = kept._key

    def careless(request: HttpRequest, state: str) -> str:
        plain = copy(request)
        plain.META = {name: value for name, value in request.META.items() if name != "HTTP_HX_REQUEST"}
        vars(plain).pop("headers", None)
        return whole(plain, state)

    with mock.patch.object(kept, "_key", careless):
        assert poisoned(PART) == ["/commitments/"]
