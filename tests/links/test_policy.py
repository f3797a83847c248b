"""What the checker may open: the public internet, by http and https, and nothing of our own network."""

from ipaddress import ip_address

import pytest

from commitments.links import Policy
from commitments.links.opening import NotAllowed, Target
from tests.links.servers import LoopbackPolicy

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"]
INWARD = [
    "127.0.0.1",
    "127.8.9.10",
    "::1",
    "0.0.0.0",
    "::",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.254",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_it_allows_the_public_internet(address: str) -> None:
    assert Policy().allows(ip_address(address))


@pytest.mark.parametrize("address", INWARD)
def test_it_refuses_every_address_that_may_lead_inwards(address: str) -> None:
    assert not Policy().allows(ip_address(address))


def test_the_policy_of_the_tests_lets_nothing_in_but_this_machine() -> None:
    allowed = [address for address in INWARD if LoopbackPolicy().allows(ip_address(address))]

    assert allowed == ["127.0.0.1"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http:///path",
        "http://example.org:22/",
        "http://example.org:8080/",
        "http://example.org:0x50/",
        "http://example.org:99999/",
        "http://user:secret@example.org/",
        "http://user@example.org/",
        "http://[::1/",
        "http://a..b/",
        f"http://{'a' * 70}.org/",
    ],
)
def test_it_opens_only_plain_addresses_of_the_web(url: str) -> None:
    with pytest.raises(NotAllowed):
        Target.of(url, Policy())


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("http://example.org", "example.org", 80, "/"),
        ("HTTPS://Example.ORG/A?b=c#d", "example.org", 443, "/A?b=c"),
        ("https://example.org:443/a%20b", "example.org", 443, "/a%20b"),
        ("https://пример.рф/новости?о=чём", "xn--e1afmkfd.xn--p1ai", 443, None),
        ("http://example.org/a b\r\nHost: other", "example.org", 80, "/a%20bHost:%20other"),
    ],
)
def test_it_asks_for_what_the_address_says(url: str, host: str, port: int, path: str | None) -> None:
    target = Target.of(url, Policy())

    assert (target.host, target.port) == (host, port)
    assert target.path.isascii()
    assert path is None or target.path == path


def test_nothing_of_a_check_is_without_bounds() -> None:
    policy = Policy()

    assert policy.ports == {80, 443}
    assert policy.most_redirects == 5
    assert policy.timeout == 10
    assert policy.most_bytes == 256 * 1024
    assert policy.pause > 0
