"""A code in small letters leads to its one address, and what the query asks for goes with it."""

import pytest
from django.test import Client
from django.urls import resolve

from tests.site.addresses import World, addresses

pytestmark = pytest.mark.django_db
CODES = ("code", "alpha2")
QUERY = "?as_of=2024-01-01"


def test_every_page_of_a_code_keeps_the_query_on_the_way_to_capitals(shared_world: World, client: Client) -> None:
    led = {}
    for name, (first, *_others) in addresses(shared_world).items():
        path = first.partition("?")[0]
        codes = [value for key, value in resolve(path).kwargs.items() if key in CODES]
        if codes and not codes[0].isdigit():
            answer = client.get(path.replace(codes[0], codes[0].lower()) + QUERY)
            led[name] = (answer.status_code, answer.headers.get("Location", "")) == (301, path + QUERY)
    assert {"commitment", "country", "summit", "coverage", "card", "embed", "suggest", "cite", "revision"} <= led.keys()
    assert all(led.values()), led
