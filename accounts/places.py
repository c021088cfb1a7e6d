"""Where a request comes from, as far as limits need to tell places apart."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def place(request: HttpRequest) -> str:
    """The reader's network address; of IPv6 the first 64 bits, which are one household's.

    Behind `settings.TRUSTED_PROXIES` proxies it is the address that the outermost of them saw. An
    address that is none, such as that of a local socket, counts as 0.0.0.0.
    """
    try:
        address = ipaddress.ip_address(_client_address(request))
    except ValueError:
        return "0.0.0.0"
    if address.version == 4:
        return str(address)
    return str(
        ipaddress.ip_network(f"{address.compressed.partition('%')[0]}/64", strict=False).network_address
    )


def _client_address(request: HttpRequest) -> str:
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
