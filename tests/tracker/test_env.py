"""A wrong value in the environment is refused with its name, what is allowed, and an example."""

import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from tracker.env import Environment, local_secret_key


def assert_helps(error: pytest.ExceptionInfo[ImproperlyConfigured], name: str) -> None:
    message = str(error.value)
    assert message.startswith(name)
    assert "Allowed: " in message
    assert f"Example: {name}=" in message


def test_it_names_a_missing_variable() -> None:
    with pytest.raises(ImproperlyConfigured, match="is missing") as error:
        Environment({}).text("SECRET_KEY", allowed="a random string", example="x7…")

    assert_helps(error, "SECRET_KEY")


def test_it_takes_a_blank_value_for_a_missing_one() -> None:
    env = Environment({"SECRET_KEY": "  ", "DEBUG": "", "PORT": ""})

    with pytest.raises(ImproperlyConfigured, match="is missing"):
        env.text("SECRET_KEY", allowed="a random string", example="x7…")
    assert env.flag("DEBUG", default=True) is True
    assert env.number("PORT", smallest=1, largest=65535, default=8000) == 8000


def test_it_keeps_a_value_that_begins_with_a_dollar_sign() -> None:
    env = Environment({"SECRET_KEY": "$HOME", "HOME": "/root"})

    assert env.text("SECRET_KEY", allowed="a random string", example="x7…") == "$HOME"


def test_it_refuses_a_text_that_is_too_short() -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        Environment({"SECRET_KEY": "hunter2"}).text("SECRET_KEY", allowed="50 or more", example="x7…", shortest=50)

    assert_helps(error, "SECRET_KEY")


def test_it_refuses_a_word_that_is_not_among_the_choices() -> None:
    with pytest.raises(ImproperlyConfigured, match="local or production") as error:
        Environment({"ENVIRONMENT": "prod"}).choice("ENVIRONMENT", choices=("local", "production"), default="local")

    assert_helps(error, "ENVIRONMENT")


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("TRUE", True), ("1", True), ("no", False), ("off", False)]
)
def test_it_reads_a_flag(value: str, expected: bool) -> None:
    assert Environment({"DEBUG": value}).flag("DEBUG", default=not expected) is expected


def test_it_refuses_a_flag_that_is_neither_true_nor_false() -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        Environment({"DEBUG": "maybe"}).flag("DEBUG", default=False)

    assert_helps(error, "DEBUG")


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8e3", "80 80", "٨٠٨٠", "http"])
def test_it_refuses_a_number_out_of_bounds_or_no_number(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="from 1 to 65535") as error:
        Environment({"PORT": value}).number("PORT", smallest=1, largest=65535, default=8000)

    assert_helps(error, "PORT")


def test_it_splits_a_list_at_commas() -> None:
    hosts = Environment({"ALLOWED_HOSTS": "a.example.org, b.example.org,"}).words(
        "ALLOWED_HOSTS", allowed="names", example="a.example.org"
    )

    assert hosts == ["a.example.org", "b.example.org"]


def test_it_refuses_a_list_with_nothing_in_it() -> None:
    with pytest.raises(ImproperlyConfigured, match="is missing") as error:
        Environment({"ALLOWED_HOSTS": " , "}).words("ALLOWED_HOSTS", allowed="names", example="a.example.org")

    assert_helps(error, "ALLOWED_HOSTS")


def test_it_reads_the_address_of_a_postgresql_database() -> None:
    config = Environment({"DATABASE_URL": "postgres://me:s%40cret@db.example.org:5433/tracker"}).database(
        "DATABASE_URL"
    )

    assert config == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "tracker",
        "USER": "me",
        "PASSWORD": "s@cret",
        "HOST": "db.example.org",
        "PORT": 5433,
    }


@pytest.mark.parametrize(
    "value",
    [
        "tracker.sqlite3",
        "mysql://me:secret@db/tracker",
        "postgres://me:secret@db:port/tracker",
        "postgres://me:secret@db",
        "sqlite:///relative.sqlite3",
        "sqlite://",
        "sqlite://:memory:",
        "sqlite:////a/folder/that/is/not/there/db.sqlite3",
        "postgres://[half",
    ],
)
def test_it_refuses_what_is_no_database_and_keeps_the_password_to_itself(value: str) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        Environment({"DATABASE_URL": value}).database("DATABASE_URL")

    assert_helps(error, "DATABASE_URL")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp+tls://me:s%40cret@mail.example.org:587", {"port": 587, "use_tls": True}),
        ("smtp+ssl://me:s%40cret@mail.example.org:465", {"port": 465, "use_ssl": True}),
        ("smtp://me:s%40cret@mail.example.org", {"port": 25}),
    ],
)
def test_it_reads_the_address_of_a_mail_server(url: str, expected: dict[str, Any]) -> None:
    mailer = Environment({"EMAIL_URL": url}).mailer("EMAIL_URL", default="consolemail://")

    assert mailer["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert mailer["OPTIONS"] == {
        "host": "mail.example.org",
        "username": "me",
        "password": "s@cret",
        "timeout": 10,
        **expected,
    }


@pytest.mark.parametrize("value", ["mail.example.org", "smtp://", "imap://mail.example.org", "smtp://host:port"])
def test_it_refuses_what_is_no_mail_server(value: str) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        Environment({"EMAIL_URL": value}).mailer("EMAIL_URL", default="consolemail://")

    assert_helps(error, "EMAIL_URL")


def test_it_makes_the_folder_it_is_told_to_use(tmp_path: Path) -> None:
    folder = Environment({"DATA_DIR": str(tmp_path / "a" / "b")}).folder("DATA_DIR", default=tmp_path)

    assert folder == tmp_path / "a" / "b"
    assert folder.is_dir()


def test_it_refuses_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ImproperlyConfigured) as error:
        Environment({"DATA_DIR": str(tmp_path / "file" / "data")}).folder("DATA_DIR", default=tmp_path)

    assert_helps(error, "DATA_DIR")


@given(value=st.text(max_size=40))
def test_it_either_understands_a_value_or_refuses_it_by_name(value: str) -> None:
    env = Environment({"DATABASE_URL": value, "EMAIL_URL": value, "PORT": value, "DEBUG": value})
    reads = {
        "DATABASE_URL": lambda: env.database("DATABASE_URL"),
        "EMAIL_URL": lambda: env.mailer("EMAIL_URL", default="consolemail://"),
        "PORT": lambda: env.number("PORT", smallest=1, largest=65535, default=8000),
        "DEBUG": lambda: env.flag("DEBUG", default=False),
    }

    for name, read in reads.items():
        assert understood_or_refused_by(name, read), value


def understood_or_refused_by(name: str, read: Callable[[], object]) -> bool:
    try:
        return read() is not None
    except ImproperlyConfigured as error:
        return str(error).startswith(name)


def test_it_makes_a_secret_key_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = local_secret_key(tmp_path)

    assert local_secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_it_gives_processes_that_start_at_once_the_same_secret_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [Thread(target=lambda: keys.append(local_secret_key(tmp_path))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_it_says_so_when_the_secret_key_cannot_be_kept(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        local_secret_key(tmp_path / "missing")

    assert_helps(error, "DATA_DIR")
