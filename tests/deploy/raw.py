"""Requests byte for byte, as no library would send them."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from tests.deploy.nginx import HOST

# Where tests come from that are to be limited: 127.0.0.1 is exempt.
STRANGER = "127.0.0.2"


@dataclass(frozen=True)
class Answer:
    """One answer: its status (0 for none at all), headers by lower-case name, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


def connected(port: int, *, source: str = "127.0.0.1", seconds: float = 10) -> socket.socket:
    """A connection from this address of the machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=seconds, source_address=(source, 0))


def exchange(port: int, sent: bytes, *, source: str = "127.0.0.1", seconds: float = 10, whole: bool = True) -> bytes:
    """All that comes back for these bytes until the other side closes, or says nothing more for so long.

    Without `whole` it is enough when one answer is there: a server that refuses what it would have to read first lets
    the connection linger.
    """
    received = b""
    with connected(port, source=source, seconds=seconds) as one:
        try:
            one.sendall(sent)
            while (whole or not _is_complete(received)) and (more := one.recv(65536)):
                received += more
        except (TimeoutError, ConnectionError):
            pass
    return received


def _is_complete(received: bytes) -> bool:
    head, found, body = received.partition(b"\r\n\r\n")
    _, has_length, rest = head.lower().partition(b"\r\ncontent-length: ")
    return bool(found and has_length) and len(body) >= int(rest.partition(b"\r\n")[0])


def request(path: str, *, method: str = "GET", host: str = HOST, headers: Mapping[str, str] | None = None) -> bytes:
    """A plain request, after which the connection is closed."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode()


def ask(
    port: int,
    path: str,
    *,
    method: str = "GET",
    host: str = HOST,
    headers: Mapping[str, str] | None = None,
    source: str = "127.0.0.1",
    seconds: float = 10,
) -> Answer:
    """The answer to a plain request."""
    return parsed(
        exchange(
            port, request(path, method=method, host=host, headers=headers), source=source, seconds=seconds, whole=False
        )
    )


def parsed(received: bytes) -> Answer:
    """The first answer in these bytes."""
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not lines[0].startswith("HTTP/"):
        return Answer(0, {}, received)
    pairs = (line.partition(":") for line in lines[1:])
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    if headers.get("transfer-encoding") == "chunked":
        body = _joined(body)
    return Answer(int(lines[0].split()[1]), headers, body)


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size or b"0", 16)
        if not length:
            break
        body, chunks = body + rest[:length], rest[length + 2 :]
    return body
