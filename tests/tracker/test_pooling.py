"""A connection that waited is used as it is, unless its other end was closed meanwhile."""

import socket
from collections.abc import Iterator

import psycopg
import pytest

from tracker.pooling import check


class Connection:
    """One that counts how often the database is asked over it."""

    autocommit = True

    def __init__(self, end: socket.socket) -> None:
        self.fileno, self.asked = end.fileno, 0

    def execute(self, _statement: str) -> None:
        self.asked += 1
        raise psycopg.OperationalError("the connection is closed")


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_one_over_which_nothing_came_costs_no_question(ends: tuple[socket.socket, socket.socket]) -> None:
    connection = Connection(ends[0])

    check(connection)

    assert connection.asked == 0


def test_one_that_was_closed_is_not_used(ends: tuple[socket.socket, socket.socket]) -> None:
    connection = Connection(ends[0])
    ends[1].close()

    with pytest.raises(psycopg.OperationalError):
        check(connection)


def test_one_over_which_something_came_is_asked(ends: tuple[socket.socket, socket.socket]) -> None:
    connection = Connection(ends[0])
    ends[1].send(b"E")

    with pytest.raises(psycopg.OperationalError):
        check(connection)
    assert connection.asked == 1
