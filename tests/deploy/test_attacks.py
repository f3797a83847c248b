"""Requests made to be misread, and visitors who take all the time that they get."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.deploy import nginx, raw, slow
from tests.deploy.conftest import Deployed
from tests.deploy.smuggling import ATTACKS, HIDDEN, HIDDEN_ROUTE

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_no_request_hides_another(deployed: Deployed) -> None:
    begun = deployed.log_length()
    for name, attack in ATTACKS.items():
        received = raw.exchange(deployed.port, attack, seconds=0.4)

        assert received.count(b"HTTP/1.1 ") <= 1, name
        assert HIDDEN_ROUTE not in deployed.routes_asked(since=begun), name
        # And whoever comes next gets their own answer.
        assert "<title>About" in deployed.ask("/about/").text, name


def test_one_that_hides_nothing_is_seen(deployed: Deployed) -> None:
    """What the test above looks for is there when two requests are sent one after the other."""
    pair = raw.request("/about/").replace(b"Connection: close\r\n", b"") + HIDDEN

    begun = deployed.log_length()
    received = raw.exchange(deployed.port, pair, seconds=10)

    assert received.count(b"HTTP/1.1 200") == 2
    assert HIDDEN_ROUTE in deployed.routes_asked(since=begun)


@contextmanager
def many(mode: Callable[[int], socket.socket], port: int, count: int) -> Iterator[list[socket.socket]]:
    """So many slow visitors at once."""
    with ExitStack() as stack:
        yield [stack.enter_context(mode(port)) for _ in range(count)]


@pytest.mark.parametrize("mode", slow.MODES, ids=[mode.__name__ for mode in slow.MODES])
def test_slow_visitors_leave_it_to_the_others(deployed: Deployed, mode: slow.Mode) -> None:
    with many(mode, deployed.port, 40) as visitors:
        begun = time.monotonic()
        for number in range(5):
            slow.trickle(visitors)
            assert deployed.ask(f"/about/?not-kept={number}", seconds=15).status == 200

        # On a machine with other work beside it; without nginx the first waits for ever.
        assert time.monotonic() - begun < 20


def test_without_nginx_they_would_not(deployed: Deployed, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The fault that the test above must find: as many before gunicorn itself."""
    path = str(deployed.app.where)
    with ExitStack() as stack:
        visitors = []
        for _ in range(40):
            one = stack.enter_context(socket.socket(socket.AF_UNIX))
            one.connect(path)
            one.sendall(b"GET /about/ HTTP/1.1\r\nHost: ")
            visitors.append(one)
        with socket.socket(socket.AF_UNIX) as reader:
            reader.settimeout(1.5)
            reader.connect(path)
            reader.sendall(raw.request("/about/", host=nginx.HOST))
            with pytest.raises(TimeoutError):
                reader.recv(100)
