"""A second factor: set up, asked for, required at the desk. Passkeys: tests/browser/test_accounts.py."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from commitments.models import User
from commitments.roles import DeskRole
from tests.accounts.people import (
    SECRET,
    app_code,
    codes_of,
    give_password,
    is_logged_in,
    make_account,
    opened,
    secret_in_database,
    with_app,
)
from tests.admin.cast import logged_in, make_member
from tests.admin.test_roles import TABLE
from tests.admin.world import World
from tests.markup import body, read

pytestmark = pytest.mark.django_db
FACTORS = "/accounts/2fa/"
CODE = "/accounts/2fa/authenticate/"
required = override_settings(REQUIRE_MFA=True)


def add_app(client: Client) -> Any:
    """Set an app up, as its holder would."""
    secret = read(client, "/accounts/2fa/totp/activate/").one("code").text.strip()
    return client.post("/accounts/2fa/totp/activate/", {"code": app_code(secret)})


@required
def test_without_a_second_factor_no_address_of_the_desk_answers() -> None:
    world, client = World(), logged_in(make_member(DeskRole.REVIEWER), by=("password",))
    open_ = []
    for name, (args, _readers, _posters) in TABLE.items():
        address = reverse(f"admin:{name}", args=args(world))
        for method in (client.get, client.head, client.post):
            answer = method(address)
            if (answer.status_code, answer.headers.get("Location")) != (302, FACTORS):
                open_.append((name, answer.status_code))
    unnamed = [pattern for pattern in admin.site.get_urls() if not getattr(pattern, "name", None)]

    assert open_ == []
    assert unnamed
    assert client.get("/admin/no-such-page/").status_code in (302, 404)
    assert "Set up a second factor first" in body(client.get(FACTORS))


@required
def test_whoever_sets_one_up_is_let_in_at_once_and_gets_recovery_codes(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    user = make_account()
    give_password(client)

    with django_capture_on_commit_callbacks(execute=True):
        response = add_app(client)

    assert response.url == "/accounts/2fa/recovery-codes/"
    page = read(client, response.url)
    assert len([code for code in page.all("code") if re.fullmatch(r"\s*\d{8}\s*", code.text)]) == 10
    assert client.get("/admin/").status_code == 200
    assert [(message.to, "authenticator app was added" in message.body) for message in mail.outbox] == [
        ([user.email], True)
    ]
    # They are shown once.
    assert not read(client, response.url).all("code")


@required
def test_the_code_of_the_app_is_asked_for_after_the_password(client: Client) -> None:
    with_app(make_account())

    response = give_password(client, next="/admin/commitments/document/")
    assert response.url.startswith(CODE)
    assert not is_logged_in(client)
    assert client.get("/admin/").status_code == 302
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert not is_logged_in(client)
    assert client.post(CODE, {"code": app_code()}).url == "/admin/commitments/document/"  # type: ignore[attr-defined]
    assert client.get("/admin/").status_code == 200


def test_a_code_opens_one_door() -> None:
    with_app(make_account())
    code = app_code()
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client)

    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert not is_logged_in(second)


def test_a_recovery_code_works_once() -> None:
    code = codes_of(with_app(make_account()))[0]
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client)

    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert not is_logged_in(second)


@override_settings(LOGINS_PER_HOUR=9)
def test_codes_are_not_guessed_at_for_long(client: Client) -> None:
    with_app(make_account())
    give_password(client)

    answers = [client.post(CODE, {"code": f"{number:06}"}).status_code for number in range(4)]

    assert answers == [200, 200, 200, 429]


@required
def test_a_session_from_before_it_was_set_up_is_asked_too() -> None:
    user = with_app(make_account())
    before = logged_in(user, by=("password",))

    assert before.get("/admin/").headers["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    assert before.post("/accounts/2fa/reauthenticate/?next=/admin/", {"code": app_code()}).status_code == 302
    assert before.get("/admin/").status_code == 200


@required
def test_removed_it_shuts_the_desk_again() -> None:
    user = with_app(make_account())
    client = logged_in(user)
    assert client.get("/admin/").status_code == 200

    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302

    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/admin/").headers["Location"] == FACTORS


def test_it_is_not_required_where_the_setting_says_so() -> None:
    assert logged_in(make_account(), by=("password",)).get("/admin/").status_code == 200


def test_the_secret_lies_encrypted_and_opens_with_an_earlier_key_too() -> None:
    user = with_app(make_account())
    secret, key = secret_in_database(user), settings.SECRET_KEY

    assert SECRET not in secret
    assert opened(secret) == SECRET
    with override_settings(SECRET_KEY="another" * 10, SECRET_KEY_FALLBACKS=[]):
        assert opened(secret) == ""
        assert give_password(Client()).url.startswith(CODE)
    with override_settings(SECRET_KEY="another" * 10, SECRET_KEY_FALLBACKS=[key]):
        assert opened(secret) == SECRET


def test_setting_one_up_asks_again_who_it_is_after_a_while() -> None:
    stale = logged_in(make_account(), at=1.0)

    for page in ("totp/activate/", "webauthn/add/"):
        response = stale.get(f"{FACTORS}{page}")
        assert (
            response.headers["Location"]
            == f"/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2F{page.replace('/', '%2F')}"
        )


def test_an_administrator_takes_the_second_factors_of_who_lost_them(django_capture_on_commit_callbacks: Any) -> None:
    user = with_app(make_account())
    theirs = logged_in(user)
    administrator = logged_in(make_member(DeskRole.ADMINISTRATOR))
    address = f"/admin/commitments/user/{user.pk}/sessions/"
    assert "A second factor is set up." in body(administrator.get(address))

    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(address, {"remove": "1"}).status_code == 302

    assert not Authenticator.objects.filter(user=user).exists()
    assert "removed the second factors" in mail.outbox[0].body
    assert theirs.get("/accounts/").status_code in (200, 302)
    ruler = User.objects.create(username="ruler", is_staff=True, is_superuser=True)
    assert administrator.post(f"/admin/commitments/user/{ruler.pk}/sessions/", {"remove": "1"}).status_code == 403
