"""What a reader meets where there is nothing to read."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.views.defaults import bad_request, permission_denied

from tests.markup import Markup, read
from tracker.errors import server_error


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/commitments/NO-SUCH/",
        "/commitments/!/",
        "/countries/K1/",
        "/countries/KAZ/",
        "/sectors/1234/",
        "/documents/0/",
        "/documents/x/",
        "/summits/%00/",
        "/parties/a b/",
        f"/commitments/{'A' * 3000}/",
    ],
)
@pytest.mark.django_db
def test_an_address_without_a_page_gets_one_that_helps(client: Client, address: str) -> None:
    page = read(client, address, status=404)

    assert "There is no such page" in page.words
    assert page.one("input", type="search")["name"] == "q"
    assert {"/", "/commitments/", "/summits/"} <= set(page.links)


def test_the_page_for_our_own_faults_needs_no_database() -> None:
    # This test has no database: any query fails it.
    page = Markup.of(server_error(RequestFactory().get("/")))

    assert page.one("h1").text.strip() == "Something went wrong here"
    assert "Nothing that you sent was changed." in page.words
    assert get_resolver().resolve_error_handler(500) is server_error


def test_nor_does_it_need_anything_else(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*args: object, **kwargs: object) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("django.views.defaults.loader.get_template", fail)

    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert Markup.of(response).one("h1").text.strip() == "Something went wrong here"
    assert "Missing staticfiles manifest entry" in caplog.text


def test_refusals_say_what_to_do() -> None:
    request = RequestFactory().get("/")
    refusals = {
        400: bad_request(request, ValueError()),
        403: permission_denied(request, PermissionError()),
    }

    for status, response in refusals.items():
        assert response.status_code == status
        assert "/" in Markup.of(response).links
    assert "reload the page, and send the form again" in render_to_string("403_csrf.html")
