"""Taking what an address answers, whole, so that it can be read after it is gone. The road is that of the checks."""

import datetime as dt
import hashlib
import http.client
import ssl
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.links import reading
from commitments.links.checking import CHUNK, REDIRECTS, Checker, header_text, user_agent
from commitments.links.opening import NotAllowed, Target, opened
from commitments.links.policy import Policy

MOST_BYTES = 20 * 1024 * 1024
DEADLINE = 60.0
PORT_OF = {"http": 80, "https": 443}
OK = 200

type Headers = list[tuple[str, str]]


class NotCaptured(Exception):
    """Why there is nothing to keep, as a sentence for editors."""


@dataclass(frozen=True)
class Exchange:
    """One request and what was answered. The body is as it came, but for the chunks of its transport."""

    url: str
    asked_at: dt.datetime
    address: str
    request_line: str
    request_headers: Headers
    status: int
    reason: str
    headers: Headers
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """Every value that a header was given, joined; empty where it was not sent."""
        return ", ".join(value for own, value in self.headers if own.lower() == name)


@dataclass(frozen=True)
class Fetched:
    """What came of an address: every exchange on the way, the last of which holds the document."""

    exchanges: tuple[Exchange, ...]
    sha256: str
    media_type: str
    text: str = field(repr=False)

    @property
    def body(self) -> bytes:
        return self.exchanges[-1].body


@dataclass
class Capturer:
    """Fetches addresses one after the other, with the pauses, resolver and policy of a checker, but for the size."""

    checker: Checker = field(default_factory=Checker)
    most_bytes: int = MOST_BYTES
    deadline: float = DEADLINE

    def fetch(self, url: str) -> Fetched:
        """Everything that an address answers. Raises `NotCaptured` for whatever the other side does instead."""
        exchanges: list[Exchange] = []
        place = url
        for _hop in range(self.checker.policy.most_redirects + 1):
            exchange = self._ask(place)
            exchanges.append(exchange)
            location = header_text(exchange.header("location"))
            if exchange.status not in REDIRECTS or not location:
                return _judged(exchanges)
            try:
                place = urljoin(place, location)
            except ValueError as error:
                raise NotCaptured(_("It leads nowhere.")) from error
        raise NotCaptured(_("It redirects in circles, or too often."))

    def _ask(self, url: str) -> Exchange:
        policy = replace(self.checker.policy, most_bytes=self.most_bytes, deadline=self.deadline)
        try:
            target = Target.of(url, policy)
            self.checker.wait_for(target.host)
            with opened(target, policy, self.checker.resolver, self.checker.context) as connection:
                return _exchanged(connection, target, url, policy)
        except NotAllowed as refusal:
            raise NotCaptured(str(refusal)) from refusal
        except ssl.SSLCertVerificationError as error:
            raise NotCaptured(_("Its certificate is not valid.")) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotCaptured(f"{type(error).__name__}: {error}".rstrip(": ")) from error


def _exchanged(connection: http.client.HTTPConnection, target: Target, url: str, policy: Policy) -> Exchange:
    is_default = target.port == PORT_OF[target.scheme]
    request_headers = [
        ("Host", target.host if is_default else f"{target.host}:{target.port}"),
        ("User-Agent", user_agent()),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    asked_at = timezone.now()
    address = str(connection.sock.getpeername()[0])
    connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
    for name, value in request_headers:
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    return Exchange(
        url=url,
        asked_at=asked_at,
        address=address,
        request_line=f"GET {target.path} HTTP/1.1",
        request_headers=request_headers,
        status=response.status,
        reason=response.reason,
        headers=response.getheaders(),
        body=_body(response, policy),
    )


def _body(response: http.client.HTTPResponse, policy: Policy) -> bytes:
    """All of it: half a document is none."""
    parts: list[bytes] = []
    size = 0
    while chunk := response.read(CHUNK):
        size += len(chunk)
        if size > policy.most_bytes:
            raise NotCaptured(_("It is larger than %(most)d bytes.") % {"most": policy.most_bytes})
        parts.append(chunk)
    # Set where the length was announced: what is left of it never came.
    if response.length:
        raise NotCaptured(_("It was cut off."))
    return b"".join(parts)


def _judged(exchanges: list[Exchange]) -> Fetched:
    last = exchanges[-1]
    if last.status != OK:
        raise NotCaptured(_("It answers with status %(status)d.") % {"status": last.status})
    if not last.body:
        raise NotCaptured(_("It answers with nothing."))
    page = reading.read(last.body, content_type=last.header("content-type"), encoding=last.header("content-encoding"))
    if page.forbids_archiving or reading.says_noarchive(last.header("x-robots-tag")):
        raise NotCaptured(_("Its publisher asks not to archive it (noarchive)."))
    return Fetched(tuple(exchanges), hashlib.sha256(last.body).hexdigest(), page.media_type, page.text)
