"""Visitors who are slow on purpose, to hold what others need (slowloris): in three ways."""

import socket
from collections.abc import Callable, Sequence

from tests.deploy import raw
from tests.deploy.nginx import HOST

type Mode = Callable[[int], socket.socket]


def headers(port: int) -> socket.socket:
    """One who never ends their headers."""
    one = raw.connected(port)
    one.sendall(f"GET /about/ HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())
    return one


def body(port: int) -> socket.socket:
    """One who never ends their form."""
    one = raw.connected(port)
    one.sendall(raw.request("/follow/", method="POST", headers={"Content-Length": "10000"}) + b"email=")
    return one


def reading(port: int) -> socket.socket:
    """One who asks for a large page and does not take it."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    one.settimeout(10)
    one.connect(("127.0.0.1", port))
    one.sendall(raw.request("/method/"))
    return one


MODES: tuple[Mode, ...] = (headers, body, reading)


def trickle(visitors: Sequence[socket.socket]) -> None:
    """One more byte from each whose connection still is there; of those who read it is one that nobody asked for."""
    for one in visitors:
        try:
            one.send(b"a")
        except OSError:
            continue
