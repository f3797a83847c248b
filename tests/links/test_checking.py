"""Trying an address: what is found out, and what never happens."""

import socket
import ssl
import time
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from commitments.codelists import LinkOutcome
from commitments.links import Checker
from commitments.links.policy import IPAddress
from tests.links.servers import CERTIFICATE, LOOPBACK, Server, answer, checker_for, real_policy_at, serving


@pytest.fixture
def canary() -> Iterator[Server]:
    """A server of our own network that nobody may ever ask."""
    with serving(answer()) as server:
        yield server
        assert server.asked == []


def redirect(to: str, status: int = 302) -> Any:
    return answer(status, b"", Location=to)


# --- what is found out ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, LinkOutcome.ANSWERED),
        (206, LinkOutcome.ANSWERED),
        (404, LinkOutcome.NOT_FOUND),
        (410, LinkOutcome.NOT_FOUND),
        (401, LinkOutcome.REFUSED),
        (403, LinkOutcome.REFUSED),
        (429, LinkOutcome.REFUSED),
        (500, LinkOutcome.NO_ANSWER),
        (503, LinkOutcome.NO_ANSWER),
        (300, LinkOutcome.NO_ANSWER),
    ],
)
def test_an_answer_is_told_from_a_page_that_is_not_there(status: int, outcome: LinkOutcome) -> None:
    with serving(answer(status)) as server:
        result = checker_for(server).check(server.url)

    assert (result.outcome, result.http_status, result.final_url) == (outcome, status, "")


def test_it_says_who_asks_and_asks_for_one_page() -> None:
    with serving(answer()) as server:
        checker_for(server).check(f"{server.url}news?id=1")

    ((path, headers),) = server.asked
    assert path == "/news?id=1"
    assert "commitment-tracker" in headers["User-Agent"]
    assert "/about/" in headers["User-Agent"]
    assert headers["Host"] == f"{LOOPBACK}:{server.port}"
    assert not {"Cookie", "Referer", "Authorization"} & headers.keys()


def test_it_follows_where_an_address_leads() -> None:
    with serving(answer()) as last, serving(redirect(f"{last.url}new/place")) as first:
        result = checker_for(first, last).check(f"{first.url}old/place")

    assert (result.outcome, result.final_url, result.note) == (LinkOutcome.ANSWERED, f"{last.url}new/place", "")


def test_it_tells_editors_when_an_address_only_leads_to_a_front_page() -> None:
    def handle(request: Any) -> None:
        (redirect("/") if request.path != "/" else answer())(request)

    with serving(handle) as server:
        result = checker_for(server).check(f"{server.url}news/1")

    assert result.outcome == LinkOutcome.ANSWERED
    assert "front page" in result.note


def test_it_follows_five_redirects_and_no_more() -> None:
    def handle(request: Any) -> None:
        left = int(request.path.strip("/") or 0)
        (redirect(f"/{left - 1}") if left else answer())(request)

    with serving(handle) as server:
        checker = checker_for(server)
        assert checker.check(f"{server.url}5").outcome == LinkOutcome.ANSWERED
        server.asked.clear()
        assert checker.check(f"{server.url}99").outcome == LinkOutcome.NO_ANSWER

    assert len(server.asked) == 6


@pytest.mark.parametrize("location", ["http://[", "", "http://exa mple/", "\x80\xff"])
def test_a_redirect_to_nowhere_is_no_fault_of_ours(location: str) -> None:
    with serving(redirect(location)) as server:
        result = checker_for(server).check(server.url)

    assert result.outcome in (LinkOutcome.NO_ANSWER, LinkOutcome.NOT_TRIED)


def test_nobody_there_is_no_answer() -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:
        port = listening.getsockname()[1]
    result = checker_for(Server(port)).check(f"http://{LOOPBACK}:{port}/")

    assert result.outcome == LinkOutcome.NO_ANSWER
    assert result.http_status is None


def test_a_name_that_nobody_knows_is_no_answer() -> None:
    def nobody(host: str, port: int) -> list[IPAddress]:
        raise socket.gaierror(-2, "Name or service not known")

    assert Checker(resolver=nobody).check("http://gone.example/").outcome == LinkOutcome.NO_ANSWER


def test_what_is_no_http_is_no_answer() -> None:
    def handle(request: Any) -> None:
        request.wfile.write(b"\x00\xff not http at all\r\n\r\n")

    with serving(handle) as server:
        assert checker_for(server).check(server.url).outcome == LinkOutcome.NO_ANSWER


def test_a_server_without_tls_at_an_https_address_is_no_answer() -> None:
    with serving(answer()) as server:
        result = checker_for(server).check(server.url.replace("http:", "https:"))

    assert result.outcome == LinkOutcome.NO_ANSWER
    assert server.asked == []


def test_a_certificate_is_held_against_the_name_and_not_the_address() -> None:
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(CERTIFICATE)
    found = {}
    with serving(answer(), tls=server_side) as server:
        checker = checker_for(server)
        checker.resolver = lambda host, port: [ip_address(LOOPBACK)]
        found["unknown"] = checker.check(f"https://pinned.example:{server.port}/")
        checker.context.load_verify_locations(CERTIFICATE)
        found["known"] = checker.check(f"https://pinned.example:{server.port}/")
        found["another"] = checker.check(f"https://another.example:{server.port}/")

    assert {name: result.outcome for name, result in found.items()} == {
        "unknown": LinkOutcome.REFUSED,
        "known": LinkOutcome.ANSWERED,
        "another": LinkOutcome.REFUSED,
    }
    assert "certificate is not valid" in found["unknown"].note
    assert len(server.asked) == 1


# --- bounds -----------------------------------------------------------------------------------------------------------


def test_it_reads_no_more_than_it_may() -> None:
    sent: list[int] = []

    def endless(request: Any) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            while sum(sent) < 64 * 1024 * 1024:
                request.wfile.write(b"x" * 65536)
                sent.append(65536)
        except OSError:
            pass

    with serving(endless) as server:
        assert checker_for(server).check(server.url).outcome == LinkOutcome.ANSWERED

    assert sum(sent) < 32 * 1024 * 1024


def test_it_waits_for_a_silent_server_no_longer_than_it_may() -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:
        port = listening.getsockname()[1]
        began = time.monotonic()
        result = checker_for(Server(port), timeout=0.2).check(f"http://{LOOPBACK}:{port}/")

    assert result.outcome == LinkOutcome.NO_ANSWER
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("where", ["headers", "page"])
def test_a_server_that_drips_holds_it_up_no_longer_than_it_may(where: str) -> None:
    def drip(request: Any) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "page" else b""))
        try:
            for _ in range(100):
                request.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            pass

    with serving(drip) as server:
        began = time.monotonic()
        result = checker_for(server, timeout=1, deadline=0.4).check(server.url)

    assert result.outcome == LinkOutcome.NO_ANSWER
    assert time.monotonic() - began < 2


def test_it_pauses_between_two_requests_to_one_host_and_not_between_hosts() -> None:
    slept: list[float] = []
    with serving(answer()) as server:
        checker = checker_for(server, pause=2)
        checker.clock, checker.sleep = (lambda: 100.0), slept.append
        checker.check(server.url)
        checker.check(server.url)
        checker.check("http://198.51.100.7/")

    assert slept == [2.0]


# --- what never happens -----------------------------------------------------------------------------------------------


def test_it_never_opens_an_address_of_this_machine(canary: Server) -> None:
    for host in (LOOPBACK, "127.1", "0x7f.0.0.1", "2130706433", "0", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
        result = real_policy_at(canary).check(f"http://{host}:{canary.port}/")
        assert result.outcome in (LinkOutcome.NOT_TRIED, LinkOutcome.NO_ANSWER), host
        assert result.http_status is None


def test_it_never_opens_a_name_that_leads_to_this_machine(canary: Server) -> None:
    checker = real_policy_at(canary)
    checker.resolver = lambda host, port: [ip_address(LOOPBACK)]

    result = checker.check(f"http://innocent.example:{canary.port}/")

    assert result.outcome == LinkOutcome.NOT_TRIED


def test_it_never_opens_a_name_of_which_one_address_leads_to_this_machine(canary: Server) -> None:
    checker = real_policy_at(canary)
    checker.resolver = lambda host, port: [ip_address("93.184.216.34"), ip_address(LOOPBACK)]

    result = checker.check(f"http://innocent.example:{canary.port}/")

    assert result.outcome == LinkOutcome.NOT_TRIED


@pytest.mark.parametrize("place", ["http://127.0.0.1:{port}/", "http://inner.example:{port}/", "//localhost:{port}/x"])
def test_it_never_follows_a_redirect_to_an_address_within(canary: Server, place: str) -> None:
    # What stands in for the world outside is this machine as well, so its address is told apart by its other name.
    outside = ip_address("127.0.0.2")
    with serving(redirect(place.format(port=canary.port))) as first:
        checker = checker_for(first, canary)
        checker.resolver = lambda host, port: [ip_address(LOOPBACK) if host == "outside.example" else outside]
        result = checker.check(f"http://outside.example:{first.port}/")

    assert len(first.asked) == 1
    assert result.outcome == LinkOutcome.NOT_TRIED


@pytest.mark.parametrize("place", ["ftp://example.org/", "file:///etc/passwd", "http://example.org:22/"])
def test_it_never_follows_a_redirect_to_another_scheme_or_port(place: str) -> None:
    with serving(redirect(place)) as server:
        assert checker_for(server).check(server.url).outcome == LinkOutcome.NOT_TRIED


def test_a_name_that_changes_its_address_is_asked_for_once(canary: Server) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[IPAddress]:
        asked.append(host)
        # First this machine's outer face, then the canary's: whoever asks twice is led there.
        return [ip_address(LOOPBACK if len(asked) == 1 else "127.0.0.3")]

    with serving(answer()) as server:
        checker = checker_for(server)
        checker.resolver = rebinding
        result = checker.check(f"http://rebinding.example:{server.port}/")

    assert result.outcome == LinkOutcome.ANSWERED
    assert asked == ["rebinding.example"]
    assert server.asked[0][1]["Host"] == f"rebinding.example:{server.port}"
