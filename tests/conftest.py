"""What holds for every test."""

import socket
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.flush import flush_without_guards

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_real_connect = socket.socket.connect


class NetworkBlocked(RuntimeError):
    """A test tried to reach another machine."""


def _connect(self: socket.socket, address: object) -> None:
    """Connect within this machine only."""
    is_local = self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in _LOOPBACK)
    if not is_local:
        raise NetworkBlocked(f"A test tried to connect to {address}. Tests reach this machine only.")
    _real_connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Block every connection to another machine, for the whole run."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _connect)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database as pytest-django makes it; what the threads of a live server left connected ends before it goes.

    PostgreSQL drops no database that somebody uses.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True, scope="session")
def _flush_without_guards() -> Iterator[None]:
    """Let tests that commit clean up after themselves."""
    patch = pytest.MonkeyPatch()
    patch.setattr(type(connection.ops), "execute_sql_flush", flush_without_guards)
    yield
    patch.undo()
