"""What the log says of accounts, and what it never says."""

import logging
from typing import Any

import pytest
from django.test import Client

from commitments.accounts.events import SAID
from tests.accounts.people import app_code, codes_of, give_password, make_account, with_app
from tests.admin.cast import logged_in, make_editor

pytestmark = pytest.mark.django_db


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int | None]]:
    """What each line about accounts says, and of which account."""
    records = [one for one in caplog.records if one.name == "commitments.accounts.events"]
    return [(one.__dict__["event"], one.__dict__["account"]) for one in records]


@pytest.fixture(autouse=True)
def _all_levels(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "commitments.accounts.events")


def test_log_ins_and_log_outs_have_a_line_with_the_number_of_the_account(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    user = make_account()

    give_password(client)
    client.post("/accounts/logout/")
    give_password(client)
    client.post("/admin/logout/")

    assert lines(caplog) == [("logged in", user.pk), ("logged out", user.pk)] * 2
    assert "aida" not in caplog.text


@pytest.mark.parametrize("username", ["aida", "nobody-has-this"])
def test_a_failure_has_a_line_that_does_not_say_whether_there_is_such_an_account(
    client: Client, caplog: pytest.LogCaptureFixture, username: str
) -> None:
    make_account()

    give_password(client, username, "not the one at all")

    assert lines(caplog) == [("log-in failed", None)]
    assert {one.levelno for one in caplog.records if one.name.endswith("events")} == {logging.WARNING}
    assert username not in caplog.text
    assert "not the one" not in caplog.text


def test_so_have_second_factors_that_fail_and_those_that_are_changed(
    client: Client, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    user = with_app(make_account())
    codes_of(user)

    give_password(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": app_code()})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/recovery-codes/generate/")

    assert lines(caplog) == [
        ("second factor failed", user.pk),
        ("logged in", user.pk),
        ("recovery codes made anew", user.pk),
    ]


def test_every_line_is_heard_once() -> None:
    for signal, said in SAID:
        ids = [key[0] for key, *_rest in signal.receivers if str(key[0]).startswith("commitments.accounts.events")]
        assert ids == [f"commitments.accounts.events.{said}"]


@pytest.mark.parametrize("address", ["/accounts/logout/", "/admin/logout/"])
def test_after_the_log_out_the_browser_forgets_what_forms_had_shelved(address: str) -> None:
    desk = logged_in(make_editor())

    assert "Clear-Site-Data" not in desk.get(address).headers
    assert desk.post(address).headers["Clear-Site-Data"] == '"storage"'
