"""Opening a connection: the name is resolved once, and the connection goes to the address that was looked at.

Asking again when connecting would let a name that was public a moment ago lead inwards (DNS rebinding).
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

from commitments.links.policy import IPAddress, Policy

DEFAULT_PORTS = {"http": 80, "https": 443}
IPV4 = 4
MOST_ADDRESSES = 3

type Resolver = Callable[[str, int], list[IPAddress]]


class NotAllowed(Exception):
    """The address is of a kind that is not opened."""


@dataclass(frozen=True)
class Target:
    """What an address asks for, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str, policy: Policy) -> "Target":
        """Raises `NotAllowed` for anything but http and https, at the ports of the policy, without credentials."""
        try:
            parts = urlsplit(url)
            port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except ValueError as error:  # a bad port or bracket, or a name that is none
            raise NotAllowed(_("The address cannot be read.")) from error
        if parts.scheme not in DEFAULT_PORTS:
            raise NotAllowed(_("Only http and https are opened."))
        if not host or parts.username is not None or parts.password is not None:
            raise NotAllowed(_("The address names no host, or a user."))
        if port not in policy.ports:
            raise NotAllowed(_("Port %(port)d is not opened.") % {"port": port})
        return cls(parts.scheme, host, port, _path(parts))


def _path(parts: SplitResult) -> str:
    """The path and query as they go over the wire: what is escaped stays so, the rest is escaped."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return f"{path}?{query}" if query else path


def resolve(host: str, port: int) -> list[IPAddress]:
    """Every address of a host, from the system. Raises `OSError` for a name that is not known."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(sockaddr[0]) for *_kind, sockaddr in found]


class Deadline:
    """Shuts a connection down when its time is over, whatever it is doing: a timeout starts anew with every byte."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_over = False

    def watch(self, connection: socket.socket) -> None:
        """From now on it is this socket: wrapping one in TLS makes another of it."""
        with self._lock:
            self._socket = connection
        if self._is_over:
            self._shut()

    def check(self) -> None:
        """Raise `TimeoutError` if it is over: what was read until then may be cut off."""
        if self._is_over:
            raise TimeoutError("It took too long.")

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._socket = None

    def _shut(self) -> None:
        with self._lock:
            self._is_over = True
            if self._socket is not None:
                try:
                    # Past TLS, whose own farewell would wait for the other side.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
                except OSError:
                    pass  # closed meanwhile


def addresses_of(target: Target, policy: Policy, resolver: Resolver) -> list[IPAddress]:
    """The addresses to connect to. Raises `NotAllowed` if any of them is not public: a mixed answer is a trap."""
    found = resolver(target.host, target.port)
    if not found:
        raise OSError("The name has no address.")
    if not all(policy.allows(address) for address in found):
        raise NotAllowed(_("The address leads into a network that is not public."))
    return found


@contextmanager
def opened(
    target: Target, policy: Policy, resolver: Resolver, context: ssl.SSLContext
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the target that cannot be opened a second time, nor last longer than the policy says."""
    addresses = addresses_of(target, policy, resolver)
    kind: type[http.client.HTTPConnection] = http.client.HTTPConnection
    if target.scheme == "https":
        kind = http.client.HTTPSConnection
    connection = kind(target.host, target.port, timeout=policy.timeout)
    connection.auto_open = 0
    with Deadline(policy.deadline) as deadline:
        try:
            connection.sock = plain = _connected(addresses, target.port, policy, deadline)
            if target.scheme == "https":
                connection.sock = _with_tls(plain, target, context, deadline)
            yield connection
            deadline.check()
        except (OSError, http.client.HTTPException):
            # A connection that was shut breaks in many ways: the reason is the time.
            deadline.check()
            raise
        finally:
            connection.close()


def _connected(addresses: list[IPAddress], port: int, policy: Policy, deadline: Deadline) -> socket.socket:
    """A socket at the first of the addresses that takes it. IPv4 first: many a server here has no road for IPv6."""
    problem: OSError | None = None
    for address in sorted(addresses, key=lambda address: address.version)[:MOST_ADDRESSES]:
        plain = socket.socket(socket.AF_INET if address.version == IPV4 else socket.AF_INET6, socket.SOCK_STREAM)
        try:
            plain.settimeout(policy.timeout)
            deadline.watch(plain)
            plain.connect((str(address), port))
        except OSError as error:
            plain.close()
            problem = error
        except BaseException:
            plain.close()
            raise
        else:
            return plain
    raise problem or OSError("The name has no address.")


def _with_tls(plain: socket.socket, target: Target, context: ssl.SSLContext, deadline: Deadline) -> ssl.SSLSocket:
    # The certificate is that of the name, whatever address it was found at.
    wrapped = context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
    deadline.watch(wrapped)
    try:
        wrapped.do_handshake()
    except BaseException:
        wrapped.close()
        raise
    return wrapped
