"""Every public address says who may keep its answer."""

import pytest
from django.test import Client
from django.utils.cache import has_vary_header

from tests.site.addresses import World, addresses, states
from tracker import caching

pytestmark = pytest.mark.django_db

# Pages with a form, or for one person: nobody keeps them.
OWN = frozenset(
    {"follow", "follow_webhook", "follow_confirm", "follow_manage", "follow_unsubscribe", "suggest", "suggestion"}
)


def test_shared_caches_keep_what_is_the_same_for_everybody(shared_world: World, client: Client) -> None:
    for name, found in addresses(shared_world).items():
        said = {address: client.get(address) for address in found}
        for address, response in said.items():
            kept = response["Cache-Control"]
            if name in OWN:
                assert "no-store" in kept, address
            elif name == "release_file":
                assert "immutable" in kept, address
            else:
                assert "public" in kept, address
                assert all(part in kept for part in caching.SHARED.split(", ")), address
                assert not has_vary_header(response, "Cookie"), address
                assert not response.cookies, address


def test_they_keep_that_a_page_is_gone_as_long_as_they_would_the_page(shared_world: World, client: Client) -> None:
    for address, status in states().items():
        response = client.get(address)

        assert response.status_code == status
        assert response["Cache-Control"] == caching.PUBLIC, address


def test_they_keep_nothing_for_whoever_has_a_session(shared_world: World, client: Client) -> None:
    client.cookies["sessionid"] = "abc"

    for address in ("/", "/commitments/", "/commitments/W-01/", "/matrix/", "/nowhere/", "/api/v1/commitments/"):
        assert "no-store" in client.get(address)["Cache-Control"], address
