"""Every request has a number: the proxy's, or one made here."""

import re

import pytest
from django.test import Client


def number(client: Client, sent: str | None = None) -> str:
    headers = {} if sent is None else {"X-Request-ID": sent}
    return client.get("/healthz", headers=headers).headers["X-Request-ID"]


def test_it_makes_one_where_none_is_sent(client: Client) -> None:
    made = {number(client) for _ in range(3)}

    assert len(made) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in made)


@pytest.mark.parametrize("sent", ["0123456789abcdef", "a_b-C-12", "a" * 64])
def test_it_takes_one_over_that_is_well_formed(client: Client, sent: str) -> None:
    assert number(client, sent) == sent


@pytest.mark.parametrize(
    "sent", ["", "short", "a" * 65, "a b c d e f", "<script>alert(1)</script>", "é" * 10, 'a"b,c{d}']
)
def test_it_takes_no_other(client: Client, sent: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", number(client, sent))
