"""Fetching outside addresses safely: what an editor pastes can never reach inside the network.

requests-hardened resolves each host once, refuses private, loopback, link-local and other special addresses,
and connects to the very address it checked, anew for every redirect; that closes DNS rebinding. On top come
limits on scheme, port, redirects, time and decompressed size.
"""

import hashlib
import threading
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests_hardened import Config, HTTPSession

MAX_BYTES = 5_000_000
MAX_REDIRECTS = 5
MAX_SECONDS = 20
CONNECT_SECONDS, READ_SECONDS = 4, 8
PORTS = {"http": {None, 80}, "https": {None, 443}}
CHUNK = 65_536
#: Pages under way at once in one worker.
_slots = threading.BoundedSemaphore(8)
REDIRECTS = {301, 302, 303, 307, 308}


class FetchRefused(ValueError):
    """The address must not or could not be fetched; the message is for the editor."""


@dataclass(frozen=True)
class Page:
    """What an outside address answered with, after redirects; `content` is decompressed."""

    address: str
    status: int
    content_type: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def check_address(address: str) -> str:
    """Return the address if it may be fetched at all; FetchRefused says why not."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise FetchRefused(_("That is not an address.")) from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise FetchRefused(_("Only addresses that begin with http:// or https:// can be fetched."))
    if port not in PORTS[parts.scheme] and not _is_test_port(port):
        raise FetchRefused(_("Only the web's own ports, 80 and 443, are fetched from."))
    if parts.username or parts.password:
        raise FetchRefused(_("The address must not hold a user name or password."))
    return parts.geturl()


def fetch(address: str, method: str = "GET", data: dict[str, str] | None = None) -> Page:
    """Fetch an outside address; raises FetchRefused with a reason in words.

    The work runs in a thread of its own, so that a server that dribbles bytes for ever holds up nobody.
    """
    check_address(address)
    if not _slots.acquire(blocking=False):
        raise FetchRefused(_("Too many pages are being fetched; try again in a moment."))
    outcome: list[Page | Exception] = []

    def work() -> None:
        try:
            outcome.append(_follow(address, method, data))
        except Exception as error:
            outcome.append(error)
        finally:
            _slots.release()

    thread = threading.Thread(target=work, daemon=True, name="fetch")
    thread.start()
    thread.join(MAX_SECONDS)
    if not outcome:
        raise FetchRefused(_("The page took too long to arrive."))
    if isinstance(outcome[0], Page):
        return outcome[0]
    if isinstance(outcome[0], FetchRefused):
        raise outcome[0]
    raise FetchRefused(_("The address could not be reached.")) from outcome[0]


def _follow(address: str, method: str, data: dict[str, str] | None) -> Page:
    """The answer at the end of the redirects, each of which is checked like the first address."""
    with _session() as session:
        for _step in range(MAX_REDIRECTS + 1):
            address = check_address(address)
            with session.request(method, address, data=data, stream=True, allow_redirects=False) as response:
                if response.status_code not in REDIRECTS or "Location" not in response.headers:
                    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                    return Page(address, response.status_code, content_type, _read(response))
                address = urljoin(address, response.headers["Location"])
            method, data = "GET", None
    raise FetchRefused(_("The address redirects too often."))


def _session() -> HTTPSession:
    session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=bool(settings.FETCH_LOOPBACK_PORTS),
            never_redirect=True,
            default_timeout=(CONNECT_SECONDS, READ_SECONDS),
            user_agent_override=f"CriticalMineralsAtlas/{settings.RELEASE}",
        )
    )
    session.trust_env = False
    return session


def _read(response: requests.Response) -> bytes:
    """The decompressed body; FetchRefused past the limit of size."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_content(CHUNK):
        size += len(part)
        if size > MAX_BYTES:
            raise FetchRefused(_("The page is too large to be read."))
        parts.append(part)
    return b"".join(parts)


def _is_test_port(port: int | None) -> bool:
    """Tests serve pages of their own on loopback; the setting is empty everywhere else."""
    return port in settings.FETCH_LOOPBACK_PORTS
