"""The tests themselves keep to this machine and to their own database."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from commitments import guards
from tests import flush
from tests.conftest import NetworkBlocked
from tests.environment import clean_environment


def test_it_blocks_connections_to_other_machines() -> None:
    with socket.socket() as opened, pytest.raises(NetworkBlocked):
        opened.connect(("192.0.2.1", 80))


def test_it_allows_connections_within_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as opened:
        opened.connect(server.getsockname())
        assert opened.getpeername() == server.getsockname()


def test_it_ignores_the_database_and_the_environment_of_the_caller(tmp_path: Path) -> None:
    caller = {
        "DATABASE_URL": "postgres://real@db.example.org/real",
        "PGHOST": "db.example.org",
        "ENVIRONMENT": "production",
        "SECRET_KEY": "real",
        "PATH": "/usr/bin",
    }

    environment = clean_environment(caller, data_dir=tmp_path, database_url="")

    assert environment == {"PATH": "/usr/bin", "DATA_DIR": str(tmp_path)}


def test_it_takes_the_test_database_alone(tmp_path: Path) -> None:
    url = "postgres://tests@/tests?host=/somewhere"

    environment = clean_environment({"DATABASE_URL": "sqlite:////real"}, data_dir=tmp_path, database_url=url)

    assert environment["DATABASE_URL"] == url


def test_it_runs_in_a_folder_of_its_own() -> None:
    assert Path(os.environ["DATA_DIR"]).name.startswith("tracker-tests-")
    assert Path(os.environ["DATA_DIR"]) == settings.DATA_DIR


@pytest.mark.django_db(transaction=True)
def test_a_flush_that_meets_the_last_request_of_a_browser_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def fail(times: int) -> Callable[..., None]:
        def run(*_arguments: object) -> None:
            tried.append(times)
            if len(tried) <= times:
                raise OperationalError("deadlock detected")

        return run

    monkeypatch.setattr(flush, "_flush", fail(1))
    flush.flush_without_guards(connection.ops, [])
    assert len(tried) == 2
    assert guards.missing(connection) == []

    tried.clear()
    monkeypatch.setattr(flush, "_flush", fail(flush.ATTEMPTS))
    with pytest.raises(OperationalError):
        flush.flush_without_guards(connection.ops, [])
    guards.install(connection)
