"""What the checker may open: which addresses of the network, which ports, how long and how much."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network

type IPAddress = IPv4Address | IPv6Address

# What `is_global` lets through and still may lead inwards: IPv4 wrapped in IPv6 (mapped, compatible, translated, 6to4,
# Teredo) and the relays for it, and carriers' own networks, named once more so that no release of Python decides.
_REFUSED = tuple(
    ip_network(text)
    for text in (
        "100.64.0.0/10",
        "192.88.99.0/24",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "fec0::/10",
    )
)


@dataclass(frozen=True)
class Policy:
    """The bounds of one check. Production uses the defaults; nothing in the environment widens them."""

    ports: frozenset[int] = frozenset({80, 443})
    most_redirects: int = 5
    # Seconds without a sign of life, and for one request as a whole: a server that drips holds nobody up.
    timeout: float = 10
    deadline: float = 30
    most_bytes: int = 256 * 1024
    # Seconds between two requests to one host.
    pause: float = 2

    def allows(self, address: IPAddress) -> bool:
        """Whether this address belongs to the public internet, so that nothing within our own network is reached."""
        if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
            return False
        if address.is_loopback or address.is_link_local or address.is_private:
            return False
        return not any(address in network for network in _REFUSED if network.version == address.version)
