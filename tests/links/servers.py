"""Servers on this machine for the checker to try, and the policy that lets tests, and nothing else, open them."""

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from commitments.links import Checker, Policy
from commitments.links.policy import IPAddress

LOOPBACK = "127.0.0.1"
CERTIFICATE = Path(__file__).with_name("pinned.example.pem")


@dataclass(frozen=True)
class LoopbackPolicy(Policy):
    """For tests alone: this machine's own address counts as public, beside what the real policy allows."""

    timeout: float = 2
    deadline: float = 4
    pause: float = 0

    def allows(self, address: IPAddress) -> bool:
        return address == ip_address(LOOPBACK) or super().allows(address)


type Handle = Callable[[Any], None]


@dataclass
class Server:
    """A server that notes everything it is asked."""

    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/"


@contextmanager
def serving(handle: Handle, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that answers every GET and POST by `handle`, which gets the request's handler."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, dict(self.headers)))
            handle(self)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    found = http.server.ThreadingHTTPServer((LOOPBACK, 0), Handler)
    if tls is not None:
        found.socket = tls.wrap_socket(found.socket, server_side=True)
        found.handle_error = lambda *args: None  # type: ignore[method-assign] # clients that hang up are meant to
    found.daemon_threads = True
    found.block_on_close = False
    server = Server(found.server_port)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        found.shutdown()
        thread.join()
        found.server_close()


def answer(status: int = 200, body: bytes = b"<p>A page.</p>", **headers: str) -> Handle:
    """Answers everything alike; `__` in the name of a header stands for a hyphen."""

    def handle(request: Any) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("__", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return handle


def checker_for(*servers: Server, **changes: Any) -> Checker:
    """A checker that may open these servers."""
    policy = LoopbackPolicy(ports=frozenset({80, 443, *(server.port for server in servers)}), **changes)
    return Checker(policy=policy)


def real_policy_at(*servers: Server) -> Checker:
    """A checker of production, but for the ports, as no test can serve at port 80."""
    return Checker(policy=Policy(ports=frozenset({80, 443, *(server.port for server in servers)}), pause=0))
