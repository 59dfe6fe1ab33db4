"""Which network addresses may be connected to; `ipaddress.is_global` alone forgets NAT64, 6to4 and wire servers."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and a cloud's metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's wire server on a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_OWN_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_OWN_6 = (ipaddress.IPv6Network("::1/128"), ipaddress.IPv6Network("fc00::/7"))


def parse(text: str) -> Address | None:
    """An address as a resolver writes it (a zone after % is dropped); None for anything else."""
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def public(text: str) -> bool:
    """Whether the address is on the public internet, and on no tunnel or translator to elsewhere."""
    address = parse(text)
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)
    if address is None or address not in _GLOBAL_6 or not address.is_global:
        return False
    return not any(address in network for network in _NOT_PUBLIC_6)


def loopback(text: str) -> bool:
    """127.0.0.0/8 or ::1; a mapped form is not."""
    address = parse(text)
    return address is not None and address.is_loopback and getattr(address, "ipv4_mapped", None) is None


def private(text: str) -> bool:
    """Loopback, private and carrier-grade networks: the owner's own machines. Never link-local or multicast."""
    address = parse(text)
    networks = _OWN_4 if isinstance(address, ipaddress.IPv4Address) else _OWN_6
    return address is not None and any(address in network for network in networks)


def owned(text: str) -> bool:
    """What an https URL from the owner's own settings may lead to."""
    return public(text) or private(text)
