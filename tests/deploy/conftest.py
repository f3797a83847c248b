"""One nginx and one gunicorn for all tests of a module."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.deploy import nginx, raw
from tests.deploy.site import App, app, copy_sqlite, environment

# SQLite has no users whose rights could be tried.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_roles_on_postgresql.py"]


@dataclass(frozen=True)
class Deployed:
    """The site behind its nginx."""

    port: int
    operators: int
    app: App

    def ask(self, path: str, **how: object) -> raw.Answer:
        return raw.ask(self.port, path, **how)  # type: ignore[arg-type] # handed on as it is

    def log_length(self) -> int:
        """How much the site has logged by now."""
        return self.app.log.stat().st_size

    def routes_asked(self, since: int) -> set[str]:
        """Every route that the site itself was asked for since its log had this length."""
        text = self.app.log.read_bytes()[since:].decode()
        return {line.partition('"route": "')[2].partition('"')[0] for line in text.splitlines() if '"route"' in line}


@pytest.fixture(scope="module")
def empty_database(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A folder with a database that has every table and no commitment."""
    assert connection.vendor == "sqlite", "Tests of nginx are marked `once`: they run on SQLite"
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock():
        copy_sqlite(folder / "db.sqlite3")
    return folder


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Deployed]:
    """nginx as deploy/ sets it up before gunicorn at a Unix socket. Pages are old after a second."""
    folder = tmp_path_factory.mktemp("nginx")
    socket = folder / "web.sock"
    site = nginx.write(folder, [f"unix:{socket}"])
    with (
        app(
            environment(empty_database, WEB_CONCURRENCY="1"), socket, folder / "app.log", "tests.deploy.quick"
        ) as found,
        nginx.running(site),
    ):
        yield Deployed(site.port, site.operators, found)
