"""Addresses: which are this machine, and which may be trusted with a token."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_HERE = "localhost"


def is_here(host: str) -> bool:
    """Tells whether a host is this machine; raises ``ValueError`` for a name, which may be anything."""
    return host == _HERE or ip_address(host).is_loopback


def is_secure(url: str) -> bool:
    """Tells whether an address is HTTPS, or HTTP on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_here(host)))
    except ValueError:
        return False
