"""Demonstration accounts: for trying the desk on one's own machine, and nowhere else."""

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .models import User

#: Headers by which proxies say that a request came from elsewhere (RFC 7239 and its forerunners).
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether the request came over loopback, with no proxy in between that says so."""
    try:
        on_loopback = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return on_loopback and not any(header in request.headers for header in PROXY_HEADERS)


def may_sign_in(user: User, request: HttpRequest) -> bool:
    """Whether the account is a real one, or the demonstration is running and asked for from this machine."""
    return not user.is_demonstration or (settings.DEMONSTRATION and is_from_this_machine(request))


def names() -> list[str]:
    """The user names of the demonstration accounts that this database still has open."""
    if User._meta.db_table not in connection.introspection.table_names():
        return []
    accounts = User.objects.filter(is_demonstration=True, is_active=True)
    return list(accounts.order_by("username").values_list("username", flat=True))


def complaint() -> str:
    """What is wrong with serving this database outside the demonstration; "" if nothing."""
    found = [] if settings.DEMONSTRATION else names()
    if not found:
        return ""
    return _(
        "The database holds demonstration accounts (%(names)s). Close them with “manage.py "
        "set_up_demonstration --close”, or set ATLAS_DEMONSTRATION=1 on a machine of your own."
    ) % {"names": ", ".join(found)}


def refuse_outside_demonstration() -> None:
    """Stop a server from starting on a database that has them. Raises ImproperlyConfigured."""
    fault = complaint()
    if fault:
        raise ImproperlyConfigured(fault)
