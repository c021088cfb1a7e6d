"""Where a request comes from, as far as limits need to tell places apart."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NOWHERE = ipaddress.IPv4Address(0)


def place(request: HttpRequest) -> str:
    """The reader's network address; of IPv6 the first 64 bits, which are one household's (RFC 6177).

    Behind `settings.TRUSTED_PROXIES` proxies it is the address that the outermost of them saw. An
    address that is none, such as that of a local socket, counts as 0.0.0.0.
    """
    address = _parsed(_client_address(request))
    return str(address) if address.version == 4 else _network(address, 64)


def neighbourhood(request: HttpRequest) -> str:
    """The network around the reader's address: of IPv4 the first 24 bits, of IPv6 the first 48 (RFC 6177)."""
    address = _parsed(_client_address(request))
    return _network(address, 24 if address.version == 4 else 48)


def _client_address(request: HttpRequest) -> str:
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _parsed(written: str) -> Address:
    """An address as servers and proxies write it: with a port, a zone, or IPv4 within IPv6."""
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return NOWHERE
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _network(address: Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False).network_address)
