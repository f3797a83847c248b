"""A reader's form that is sent twice, by a double click or a retry, does its work once."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from commitments import once
from commitments.models import FormKey, Subscription, Suggestion
from tests.admin.cast import filled
from tests.factories import make_commitment
from tests.markup import Markup, body

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
SUGGESTED = {"kind": "happened", "text": "A rail was laid.", "url": "https://gazette.example/rail"}
ASKED = {"address": "reader@example.org", "frequency": "daily"}
HOOK = {"address": "https://hook.example/in", "frequency": "daily"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def twice(client: Client, page: str, /, **typed: str) -> tuple[Any, Any]:
    """Both answers to the form at an address, filled in and sent twice."""
    values = urlencode(filled(client.get(page), **typed), doseq=True)
    first, second = (client.post(page, values, content_type=FORM) for _click in range(2))
    return first, second


def test_a_suggestion_sent_twice_is_one(client: Client) -> None:
    make_commitment("F-01")

    first, second = twice(client, "/commitments/F-01/suggest/", **SUGGESTED)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == Suggestion.objects.get().get_absolute_url()


def test_a_subscription_sent_twice_is_one_and_answered_the_same(client: Client) -> None:
    make_commitment("F-01")

    first, second = twice(client, "/follow/?commitment=F-01", **ASKED)

    assert first.status_code == second.status_code == 200
    assert body(first) == body(second)
    assert Subscription.objects.count() == 1


def test_a_webhook_asked_for_twice_is_one_and_the_second_answer_shows_its_secret(client: Client) -> None:
    make_commitment("F-01")

    first, second = twice(client, "/follow/webhook/?commitment=F-01", **HOOK)

    assert "The secret of your webhook" in Markup.of(first).words
    assert body(first) == body(second)
    Subscription.objects.get().delete()
    assert client.post("/follow/webhook/", {}).status_code == 415


def test_what_is_refused_is_not_taken(client: Client) -> None:
    make_commitment("F-01")

    first, second = twice(client, "/commitments/F-01/suggest/", **{**SUGGESTED, "text": ""})

    assert (first.status_code, second.status_code) == (200, 200)
    assert not FormKey.objects.exists()


def test_every_form_has_a_key_of_its_own(client: Client) -> None:
    make_commitment("F-01")
    keys = [
        filled(client.get(address))[once.FIELD][0]
        for address in ("/commitments/F-01/suggest/", "/follow/", "/follow/webhook/", "/follow/")
    ]

    assert len(set(keys)) == 4
    assert all(len(key) > 20 for key in keys)


def test_without_a_key_it_is_a_program_and_each_sending_counts(client: Client) -> None:
    make_commitment("F-01")

    for _sending in range(2):
        client.post(
            "/commitments/F-01/suggest/", urlencode({**SUGGESTED, "csrfmiddlewaretoken": ""}), content_type=FORM
        )

    assert Suggestion.objects.count() == 2
