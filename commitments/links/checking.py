"""Trying one address: politely, within the bounds of a policy, and never inwards."""

import http.client
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from commitments.codelists import LinkOutcome
from commitments.links.opening import NotAllowed, Resolver, Target, opened, resolve
from commitments.links.policy import Policy

CHUNK = 16 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_THERE = frozenset({404, 410})


@dataclass(frozen=True)
class Result:
    """What came of trying an address: `final_url` is where it led if that is elsewhere, `note` says it to editors."""

    outcome: LinkOutcome
    http_status: int | None = None
    final_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str = ""


@dataclass
class Checker:
    """Tries addresses one after the other, never two at once at one host, with a pause between."""

    policy: Policy = field(default_factory=Policy)
    resolver: Resolver = resolve
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)

    def check(self, url: str) -> Result:
        """Try an address and follow where it leads. Never raises for anything that the other side does."""
        place = url
        for _hop in range(self.policy.most_redirects + 1):
            answer = self._ask(place)
            if isinstance(answer, Result):
                return _led(answer, url, place)
            if answer.status not in REDIRECTS or not answer.location:
                return _led(_judged(answer.status), url, place)
            try:
                place = urljoin(place, answer.location)
            except ValueError:
                return _led(Result(LinkOutcome.NO_ANSWER, answer.status, note="It leads nowhere."), url, place)
        return _led(Result(LinkOutcome.NO_ANSWER, note="It redirects in circles, or too often."), url, place)

    def _ask(self, url: str) -> _Answer | Result:
        try:
            target = Target.of(url, self.policy)
            self.wait_for(target.host)
            with opened(target, self.policy, self.resolver, self.context) as connection:
                return self._get(connection, target)
        except NotAllowed as refusal:
            return Result(LinkOutcome.NOT_TRIED, note=str(refusal))
        except ssl.SSLCertVerificationError as error:
            return Result(LinkOutcome.REFUSED, note=f"Its certificate is not valid: {error.verify_message}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Result(LinkOutcome.NO_ANSWER, note=f"{type(error).__name__}: {error}".rstrip(": "))

    def _get(self, connection: http.client.HTTPConnection, target: Target) -> _Answer:
        headers = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", target.path, headers=headers)
        response = connection.getresponse()
        if response.status not in REDIRECTS:
            # A server that gives headers and no page does not answer.
            left = self.policy.most_bytes
            while left > 0 and (chunk := response.read(min(CHUNK, left))):
                left -= len(chunk)
        return _Answer(response.status, header_text(response.getheader("Location") or ""))

    def wait_for(self, host: str) -> None:
        """Pause, if this host was asked a moment ago."""
        last = self._asked.get(host)
        if last is not None and (rest := last + self.policy.pause - self.clock()) > 0:
            self.sleep(rest)
        self._asked[host] = self.clock()


def user_agent() -> str:
    """Who asks, and where to read why."""
    name = "commitment-tracker-links/1.0"
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"), "")
    return f"{name} (+https://{host}/about/)" if host else name


def header_text(header: str) -> str:
    """A header as it was meant: most that go beyond ASCII are UTF-8, which is not how they are read."""
    return header.encode("latin-1", "replace").decode("utf-8", "replace")


def _judged(status: int) -> Result:
    if 200 <= status < 300:
        return Result(LinkOutcome.ANSWERED, status)
    if status in NOT_THERE:
        return Result(LinkOutcome.NOT_FOUND, status)
    # From 400 on it is about us (a login, a blocked robot, too many requests), from 500 on about the server.
    outcome = LinkOutcome.REFUSED if 400 <= status < 500 else LinkOutcome.NO_ANSWER
    return Result(outcome, status if 100 <= status <= 599 else None)


def _led(result: Result, asked: str, place: str) -> Result:
    """The result with where the address led, and a word to editors if that is only a front page."""
    if place == asked:
        return result
    lost_its_path = urlsplit(asked).path.strip("/") and not urlsplit(place).path.strip("/")
    if result.outcome == LinkOutcome.ANSWERED and lost_its_path:
        result = replace(result, note="It leads to a front page: the document may be gone.")
    return replace(result, final_url=place)
