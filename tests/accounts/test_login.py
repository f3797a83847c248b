"""Logging in: who gets in, and what a stranger learns of who has an account."""

import re
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from tests.accounts.people import LOGIN, PASSWORD, give_password, is_logged_in, make_account
from tests.admin.cast import logged_in
from tests.factories import make_user
from tests.markup import body, read

pytestmark = pytest.mark.django_db


def without_tokens(text: str) -> str:
    """The bytes of a page, but for what no two of them have in common: tokens, keys, and the name that was typed."""
    text = re.sub(r'name="(csrfmiddlewaretoken|_form_key)" value="[^"]+"', "", text)
    return re.sub(r'name="login" value="[^"]*"', "", text)


def test_an_editor_logs_in_by_name_and_password_and_is_at_the_desk(client: Client) -> None:
    make_account()

    response = give_password(client, next="/admin/commitments/document/")

    assert (response.status_code, response.url) == (302, "/admin/commitments/document/")
    assert is_logged_in(client)
    assert client.get("/admin/").status_code == 200


def test_the_addresses_of_before_lead_there(client: Client) -> None:
    first = client.get("/admin/commitments/document/")
    second = client.get(first.url)  # type: ignore[attr-defined]

    assert first.url == "/admin/login/?next=/admin/commitments/document/"  # type: ignore[attr-defined]
    assert second.url == "/accounts/login/?next=%2Fadmin%2Fcommitments%2Fdocument%2F"  # type: ignore[attr-defined]
    fields = read(client, second.url).all("input", name="next")  # type: ignore[attr-defined]
    assert {field["value"] for field in fields} == {"/admin/commitments/document/"}
    assert client.get("/admin/login/?next=https://evil.example/").url.endswith("?next=%2Fadmin%2F")  # type: ignore[attr-defined]


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_it_leads_to_no_other_site(client: Client, to: str) -> None:
    make_account()

    assert give_password(client, next=to).url == "/admin/"


def test_whoever_has_no_business_at_the_desk_is_told_so_and_not_led_in_circles() -> None:
    somebody = logged_in(make_user("nobody", is_staff=False))

    assert somebody.get("/admin/", follow=True).status_code == 403


def test_wrong_name_wrong_password_and_somebody_who_left_are_answered_with_the_same_bytes(client: Client) -> None:
    make_account()
    gone = make_account(username="gone")
    gone.is_active = False
    gone.save()

    answers = [
        give_password(client, "aida", "a wrong password, this"),
        give_password(client, "nobody", "a wrong password, this"),
        give_password(client, "gone", PASSWORD),
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({without_tokens(body(answer)) for answer in answers}) == 1
    assert not is_logged_in(client)
    # The control: this comparison tells answers apart.
    assert without_tokens(body(client.get(LOGIN))) != without_tokens(body(answers[0]))


def test_a_name_that_nobody_has_takes_as_many_hashes(client: Client) -> None:
    make_account()
    counts = []
    for name in ("aida", "nobody"):
        with mock.patch("django.contrib.auth.hashers.MD5PasswordHasher.encode", return_value="x") as encode:
            give_password(client, name, "a wrong password, this")
        counts.append(encode.call_count)

    assert counts == [1, 1]


def test_nobody_signs_up(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD}).status_code == 404
    assert not get_user_model().objects.exists()


@override_settings(LOGINS_PER_HOUR=6)
def test_who_tries_too_often_learns_when_to_try_again_and_the_holder_elsewhere_gets_in() -> None:
    make_account()
    stranger, holder = Client(headers={"X-Forwarded-For": "198.51.100.7"}), Client()

    answers = [give_password(stranger, password="a guess of mine") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert re.search(r"Try again in \d+ minutes?", body(answers[-1]))
    # The right password is not even looked at.
    assert give_password(stranger).status_code == 429
    assert give_password(holder).status_code == 302
    # Another account from the same place, until that place has had its share.
    others = [give_password(stranger, username=f"name-{number}").status_code for number in range(3)]
    assert others == [200, 200, 429]
    assert stranger.get(LOGIN).status_code == 200


@override_settings(LOGINS_PER_HOUR=3)
def test_a_crowd_that_guesses_at_one_account_is_stopped() -> None:
    make_account()
    crowd = [Client(headers={"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(13)]

    answers = [give_password(one, password="a guess of mine").status_code for one in crowd]

    assert answers == [200] * 12 + [429]


def test_a_password_is_long_and_not_among_the_common_ones(client: Client) -> None:
    make_account()
    give_password(client)

    def change(new: str) -> int:
        typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        return client.post("/accounts/password/change/", typed).status_code

    assert [change(bad) for bad in ("short pear", "password1234", "aida@example.org")] == [200] * 3
    assert change("eight pears on a plate") == 302


def test_no_page_of_accounts_is_kept_or_listed(client: Client) -> None:
    headers = client.get(LOGIN).headers

    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in client.get("/about/").headers["Permissions-Policy"]
