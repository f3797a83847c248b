"""Every page that a reader could take for an answer says what of its address it did not heed."""

import pytest
from django.test import Client

from tests.site.addresses import World, page_addresses

pytestmark = pytest.mark.django_db
# What nobody narrows: text, forms, and pages of one person.
NOT_NARROWED = frozenset(
    {
        *("method", "data", "about", "privacy", "accessibility", "api", "release"),
        *("suggest", "suggestion", "follow_webhook", "follow_confirm", "follow_manage", "follow_unsubscribe"),
    }
)


def test_every_page_names_a_parameter_that_it_does_not_take(shared_world: World, client: Client) -> None:
    silent = {
        name
        for name, (first, *_others) in page_addresses(shared_world).items()
        if "<code>zzunk=qqq7</code>" not in client.get(first, {"zzunk": "qqq7"}).content.decode()
    }
    assert silent <= NOT_NARROWED, silent - NOT_NARROWED


def test_a_page_as_of_today_says_so_to_whoever_asks_for_another_day(shared_world: World, client: Client) -> None:
    for page in ("/", "/countries/", "/summits/", "/parties/", "/sectors/"):
        assert "<code>as_of=2023-10-01</code> was ignored: This page is as of today." in (
            client.get(page, {"as_of": "2023-10-01"}).content.decode()
        ), page


def test_nothing_is_said_of_what_only_counts_who_followed_a_link(client: Client) -> None:
    page = client.get("/", {"utm_source": "letter", "blank": ""})
    assert "was ignored" not in page.content.decode()
