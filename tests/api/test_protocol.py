"""How the API speaks HTTP: errors in JSON, 304 for what is known, any site's scripts, limits that say how long."""

import json

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from commitments.models import Commitment
from tests.factories import make_commitment

pytestmark = pytest.mark.django_db
LIST = "/api/v1/commitments/"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    cache.clear()


def test_what_a_client_has_already_is_not_sent_again(client: Client) -> None:
    make_commitment("API-01")
    first = client.get(LIST)

    again = client.get(LIST, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    make_commitment("API-02")
    assert client.get(LIST, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_scripts_of_any_site_may_read_and_nothing_else(client: Client) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    preflight = client.options(LIST, headers=asked)

    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    answer = client.get(LIST, headers=asked)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in client.get("/commitments/", headers=asked)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_for_reading(client: Client, method: str) -> None:
    answer = getattr(client, method)(LIST, data="{}", content_type="application/json")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(answer.content)["detail"]
    assert Commitment.objects.count() == 0


def test_it_speaks_json_alone(client: Client) -> None:
    refused = client.get(LIST, headers={"Accept": "application/xml"})
    assert refused.status_code == 406
    assert json.loads(refused.content)["detail"]
    browser = client.get(LIST, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert browser["Content-Type"] == "application/json"


def test_a_head_has_the_headers_of_the_answer(client: Client) -> None:
    head = client.head(LIST)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == client.get(LIST)["ETag"]


@override_settings(API_REQUESTS_PER_MINUTE=2)
def test_who_asks_too_often_learns_how_long_to_wait(client: Client) -> None:
    answers = [client.get(LIST) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert json.loads(answers[-1].content)["detail"]
    assert answers[-1]["Access-Control-Allow-Origin"] == "*"
    # Others are not kept waiting.
    assert client.get(LIST, headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 200
    assert client.get("/commitments/").status_code == 200
