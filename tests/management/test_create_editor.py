"""`make editor`: somebody who can log in and edit."""

import getpass
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from commitments.models import User
from commitments.roles import DeskRole
from tests.factories import make_commitment

pytestmark = pytest.mark.django_db

PASSWORD = "seven pears on a plate"


def create(**options: Any) -> str:
    out = StringIO()
    call_command("create_editor", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What somebody types at the terminal: answers to questions, and passwords."""

    def type_(answers: list[str], passwords: list[str]) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda prompt: answers.pop(0))
        monkeypatch.setattr(getpass, "getpass", lambda prompt: passwords.pop(0))

    return type_


def test_an_editor_is_asked_for_and_can_log_in_and_edit(typed: Any, client: Client) -> None:
    typed(["aida", "aida@example.org", ""], [PASSWORD, PASSWORD])

    assert "aida can log in at /admin/ as editor" in create()

    assert client.login(username="aida", password=PASSWORD)
    commitment = make_commitment()
    assert client.get(f"/admin/commitments/commitment/{commitment.pk}/log/").status_code == 200
    user = User.objects.get(username="aida")
    assert (user.email, user.is_superuser) == ("aida@example.org", False)
    assert client.get("/admin/commitments/user/").status_code == 403


def test_it_asks_again_until_the_answers_will_do(typed: Any) -> None:
    answers = ["", "two words?", "aida", "no address", "aida@example.org", "king", "reviewer"]
    passwords = [PASSWORD, "another", "short", "short", "123456789012", "123456789012", PASSWORD, PASSWORD]
    typed(answers, passwords)

    create()

    assert (answers, passwords) == ([], [])
    assert User.objects.get().check_password(PASSWORD)


def test_a_name_that_is_taken_is_asked_for_again(typed: Any) -> None:
    User.objects.create(username="aida")
    typed(["aida", "boris", "boris@example.org", "contributor"], [PASSWORD, PASSWORD])

    create()

    assert User.objects.get(username="boris").groups.get().name == "contributor"


@pytest.mark.parametrize("role", DeskRole.values)
def test_somebody_is_created_in_any_role(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setenv("EDITOR_PASSWORD", PASSWORD)

    assert f"as {role}" in create(interactive=False, username="aida", email="aida@example.org", role=role)

    assert User.objects.get().groups.get().name == role


def test_without_a_terminal_it_takes_options_and_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR_PASSWORD", PASSWORD)

    create(interactive=False, username="aida", email="aida@example.org")

    assert User.objects.get().check_password(PASSWORD)


def test_there_is_no_default_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR_PASSWORD", raising=False)

    with pytest.raises(CommandError, match="EDITOR_PASSWORD"):
        create(interactive=False, username="aida", email="aida@example.org")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("username", "email", "password"),
    [("aida", "aida@example.org", "short"), ("a b?", "aida@example.org", PASSWORD), ("aida", "nowhere", PASSWORD)],
)
def test_what_will_not_do_creates_nobody(
    monkeypatch: pytest.MonkeyPatch, username: str, email: str, password: str
) -> None:
    monkeypatch.setenv("EDITOR_PASSWORD", password)

    with pytest.raises(CommandError, match="Nobody was created"):
        create(interactive=False, username=username, email=email)
    assert not User.objects.exists()


def test_with_nobody_to_ask_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    with pytest.raises(CommandError, match="--no-input"):
        create()
