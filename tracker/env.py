"""Values from the environment, each checked, each refusal saying what would be right."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
_DATABASE_ALLOWED = "postgres://USER:PASSWORD@HOST:PORT/NAME, or sqlite:////absolute/path/to/file"
_DATABASE_EXAMPLE = "postgres://tracker:a-password@db.example.org:5432/tracker"

# By the scheme of EMAIL_URL: what to hand to Django's SMTP backend besides the address.
_MAIL_SECURITY: dict[str, dict[str, bool]] = {
    "smtp": {},
    "smtp+tls": {"use_tls": True},
    "smtp+ssl": {"use_ssl": True},
}
_MAIL_ALLOWED = "consolemail://, or smtp://, smtp+tls:// or smtp+ssl:// with USER:PASSWORD@HOST:PORT"
_MAIL_EXAMPLE = "smtp+tls://tracker:a-password@mail.example.org:587"

_WORDS_FOR_TRUTH = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


class Environment:
    """Reads variables of one environment and remembers which ones it was asked for.

    Every method takes the variable's name and what to answer when it is unset or blank (`default`; without one the
    variable is required), and raises ImproperlyConfigured with the name, the allowed values and an example when the
    value is missing or wrong. A wrong value is never repeated in the message: it may hold a password.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.names: set[str] = set()

    def _get(self, name: str) -> str:
        self.names.add(name)
        return self._variables.get(name, "").strip()

    def text(
        self,
        name: str,
        *,
        allowed: str,
        example: str,
        default: str | None = None,
        shortest: int = 1,
        longest: int = 10_000,
    ) -> str:
        """A string of `shortest` to `longest` characters."""
        value = self._get(name)
        if not value:
            return self._default(name, default, allowed, example)
        if not shortest <= len(value) <= longest:
            raise _wrong(name, allowed, example)
        return value

    def choice(self, name: str, *, choices: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self._get(name) or default
        if value not in choices:
            raise _wrong(name, " or ".join(choices), choices[-1])
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(name).lower()
        if not value:
            return default
        if value not in _WORDS_FOR_TRUTH:
            raise _wrong(name, "true or false", "false")
        return _WORDS_FOR_TRUTH[value]

    def number(self, name: str, *, smallest: int, largest: int, default: int) -> int:
        """A whole number within bounds."""
        value = self._get(name)
        if not value:
            return default
        # isascii: int() would also take the digits of other scripts, which the message doesn't promise.
        if not (value.isascii() and value.isdigit() and smallest <= int(value) <= largest):
            raise _wrong(name, f"a whole number from {smallest} to {largest}", str(default))
        return int(value)

    def words(self, name: str, *, allowed: str, example: str, default: list[str] | None = None) -> list[str]:
        """A list, separated by commas."""
        value = self._get(name)
        words = [word.strip() for word in value.split(",") if word.strip()]
        if words:
            return words
        if default is None:
            raise _missing(name, allowed, example)
        return default

    def folder(self, name: str, *, default: Path) -> Path:
        """An absolute path. The folder is made if it is not there."""
        folder = Path(self._get(name) or default).expanduser().absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = f"a folder that can be written to ({error.strerror})"
            raise _wrong(name, reason, "/var/lib/commitment-tracker") from error
        return folder

    def database(self, name: str, *, default: str | None = None) -> dict[str, Any]:
        """A database's address, as the dictionary that Django's DATABASES wants (without our OPTIONS)."""
        url = self._get(name) or self._default(name, default, _DATABASE_ALLOWED, _DATABASE_EXAMPLE)
        wrong = _wrong(name, _DATABASE_ALLOWED, _DATABASE_EXAMPLE)
        if url.partition("://")[0] not in _DATABASE_SCHEMES:
            raise wrong
        try:
            config: dict[str, Any] = environ.Env.db_url_config(url)
        except ValueError as error:
            raise wrong from error
        is_file = config["ENGINE"] == "django.db.backends.sqlite3"
        # A relative path would mean another database from another folder, and an empty one would be made there.
        if not config["NAME"] or (is_file and not Path(config["NAME"]).is_absolute()):
            raise wrong
        if is_file and not Path(config["NAME"]).parent.is_dir():
            raise _wrong(name, "sqlite:// with a path in a folder that exists", "sqlite:////var/lib/tracker/db.sqlite3")
        return config

    def mailer(self, name: str, *, default: str) -> dict[str, Any]:
        """A mail server's address, as one entry of Django's MAILERS."""
        url = self._get(name) or default
        if url == "consolemail://":
            return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
        wrong = _wrong(name, _MAIL_ALLOWED, _MAIL_EXAMPLE)
        security = _MAIL_SECURITY.get(url.partition("://")[0])
        if security is None:
            raise wrong
        try:
            config = environ.Env.email_url_config(url)
        except ValueError as error:
            raise wrong from error
        if not config["EMAIL_HOST"]:
            raise wrong
        options = {
            "host": config["EMAIL_HOST"],
            "port": config["EMAIL_PORT"] or 25,
            "username": config["EMAIL_HOST_USER"] or "",
            "password": config["EMAIL_HOST_PASSWORD"] or "",
            "timeout": 10,
            **security,
        }
        return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}

    @staticmethod
    def _default(name: str, default: str | None, allowed: str, example: str) -> str:
        if default is None:
            raise _missing(name, allowed, example)
        return default


def local_secret_key(folder: Path) -> str:
    """The key kept in `folder`/secret_key, readable by its owner alone; made on first use.

    Two processes may start at once: the key is written aside and linked into place, so that both read the same one.
    """
    path = folder / "secret_key"
    try:
        if not path.exists():
            with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".secret_key_", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(64))  # mode 0600 is NamedTemporaryFile's own
                file.flush()
                os.fsync(file.fileno())
                try:
                    os.link(file.name, path)
                except FileExistsError:
                    pass
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise _wrong("DATA_DIR", f"a folder that can be written to ({error})", "/var/lib/commitment-tracker") from error


def _missing(name: str, allowed: str, example: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is missing. Allowed: {allowed}. Example: {name}={example} (see docs/settings.md)"
    )


def _wrong(name: str, allowed: str, example: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} has a value that cannot be used. Allowed: {allowed}. Example: {name}={example} (see docs/settings.md)"
    )
