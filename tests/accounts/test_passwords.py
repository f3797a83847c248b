"""What may be a password, and how it is typed, changed and held against what was typed."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from commitments.accounts.passwords import WORDS
from tests.accounts.people import LOGIN, PASSWORD, give_password, is_logged_in, make_account
from tests.markup import Markup, read

pytestmark = pytest.mark.django_db
CHANGE = "/accounts/password/change/"
LONG = "Эта фраза длиннее, чем шестьдесят четыре знака: вот 12 груш, 7 яблок & ½ дыни! 🍐"


def change(client: Client, before: str, after: str) -> bool:
    """Whether it was changed."""
    return client.post(CHANGE, {"oldpassword": before, "password1": after, "password2": after}).status_code == 302


@pytest.fixture
def insider(client: Client) -> Client:
    make_account()
    give_password(client)
    return client


def test_it_is_changed_with_the_one_before_alone(insider: Client) -> None:
    assert not change(insider, "not the one before", LONG)
    assert not change(insider, "", LONG)
    assert change(insider, PASSWORD, LONG)


@pytest.mark.parametrize("password", [LONG, "only small letters", "ONLYCAPITALLETTERS", "!!!!////&&&&????", "a b" * 60])
def test_any_characters_will_do(insider: Client, password: str) -> None:
    assert change(insider, PASSWORD, password)


def test_it_is_held_to_every_character(insider: Client) -> None:
    assert change(insider, PASSWORD, LONG)

    for wrong in (LONG[:-1], LONG.upper(), LONG.lower(), f"{LONG} ", LONG.replace(" ", "  ")):
        client = Client()
        client.post(LOGIN, {"login": "aida", "password": wrong})
        assert not is_logged_in(client), wrong
    client = Client()
    client.post(LOGIN, {"login": "aida", "password": LONG})
    assert is_logged_in(client)


def test_it_is_not_like_the_name() -> None:
    make_account(username="aidakhasanova")
    client = Client()
    client.post(LOGIN, {"login": "aidakhasanova", "password": PASSWORD})

    assert not change(client, PASSWORD, "aidakhasanova1")


def test_fields_hide_it_and_let_programs_fill_it_in(insider: Client) -> None:
    for client, address, names in (
        (Client(), LOGIN, {"password": "current-password"}),
        (
            insider,
            CHANGE,
            {"oldpassword": "current-password", "password1": "new-password", "password2": "new-password"},
        ),
    ):
        page = read(client, address)
        for name, kind in names.items():
            field = page.one("input", name=name)
            assert field["type"] == "password", name
            assert field["autocomplete"] == kind, name
            assert "maxlength" not in field.attributes, name


@pytest.mark.parametrize("password", ["commitmenttracker", "Commitment-Tracker-1", "summitpledge2026", "c5+1c5+1c5+1"])
def test_it_is_not_made_of_the_words_of_the_place(insider: Client, password: str) -> None:
    assert not change(insider, PASSWORD, password)
    assert change(insider, PASSWORD, f"{password} and seven pears")


def test_the_words_of_the_place_are_documented() -> None:
    text = (Path(settings.BASE_DIR) / "docs/security/README.md").read_text(encoding="utf-8")
    assert f"the words of the place: {', '.join(WORDS)}." in text


def test_a_hint_is_no_reproach(insider: Client) -> None:
    assert "too close" not in read(insider, CHANGE).words
    assert "Choose words that have nothing to do with what this site is about." in read(insider, CHANGE).words
    refused = insider.post(
        CHANGE, {"oldpassword": PASSWORD, "password1": "summit pledge", "password2": "summit pledge"}
    )
    assert "It is too close to what this site is about" in Markup.of(refused).words
