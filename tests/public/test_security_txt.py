"""Whom to tell of a weakness, in the form of RFC 9116."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.markup import body

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = body(response).splitlines()
    found = dict(line.split(": ", 1) for line in lines)
    assert len(found) == len(lines)
    return found


@override_settings(SECURITY_CONTACT="mailto:security@example.org", SITE_URL="https://commitments.example.org")
def test_it_names_the_contact_and_where_it_stands(client: Client) -> None:
    found = fields(client)

    assert found["Contact"] == "mailto:security@example.org"
    assert found["Canonical"] == f"https://commitments.example.org{ADDRESS}"
    assert found["Preferred-Languages"] == "en"


def test_it_never_lapses_and_holds_for_less_than_a_year(client: Client) -> None:
    said = fields(client)["Expires"]

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said)
    left = dt.datetime.fromisoformat(said) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=170) < left < dt.timedelta(days=365)


def test_what_is_written_for_developers_names_it() -> None:
    text = (Path(settings.BASE_DIR) / "SECURITY.md").read_text(encoding="utf-8")

    assert ADDRESS in text
    assert "SECURITY_CONTACT" in text
