"""Who a request comes from, as far as nobody can choose it."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

V6_NETWORK = 64
"""The bits of an IPv6 address that a customer does not choose (RFC 6177, section 2)."""

_PRIVATE = [
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("::/64", "fc00::/7", "fe80::/10"),
    )
]


def address_of(environ: Mapping[str, Any]) -> str:
    """What a proxy on this machine names last, or the other end itself; of IPv6 the customer's network."""
    peer = environ.get("REMOTE_ADDR") or ""
    named = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return _network(named) if named and _is_here(peer) else _network(peer)


@lru_cache(maxsize=1024)
def private(address: str) -> bool:
    """Whether no stranger has it: this machine, its network (RFC 1918, 4193), or no address at all."""
    found = _parsed(address.partition("/")[0])
    return found is None or any(found in network for network in _PRIVATE)


@lru_cache(maxsize=1024)
def _is_here(address: str) -> bool:
    found = _parsed(address)
    return found is not None and found.is_loopback


@lru_cache(maxsize=1024)
def _network(address: str) -> str:
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, V6_NETWORK), strict=False))
    return address if found is None else str(found)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """None where it is none, as that of a socket in a file; an IPv4 address in IPv6's clothes is itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
