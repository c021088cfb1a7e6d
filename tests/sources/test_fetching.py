"""Outside fetches reach only what they checked; a local server stands for the outside where one is needed."""

import functools
import gzip
import hashlib
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import brotli
import pytest

from sources import fetching
from sources.fetching import FetchRefused, check_address, fetch

INSIDE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://0.0.0.0/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://127.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:a00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[::]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
]


@functools.cache
def bomb(coding: str) -> bytes:
    """A small body that unpacks to fifty megabytes."""
    body = b"0" * 50_000_000
    if coding == "gzip, gzip":
        return gzip.compress(gzip.compress(body))
    if coding == "br":
        return brotli.compress(body, quality=1)
    return gzip.compress(body) if coding == "gzip" else zlib.compress(body)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match unquote(self.path):
            case "/page":
                self._answer(b"<title>Antimony</title>", "text/html; charset=utf-8")
            case "/hop":
                self._redirect("/page")
            case "/loop":
                self._redirect("/loop")
            case "/inside":
                self._redirect("http://10.0.0.1/secret")
            case "/mapped":
                self._redirect("http://[::ffff:10.0.0.1]/secret")
            case "/decimal":
                self._redirect("http://2130706433/secret")
            case "/file":
                self._redirect("file:///etc/passwd")
            case "/large":
                self._answer(b"x" * 6_000_000, "text/plain")
            case "/gzip" | "/gzip, gzip" | "/deflate" | "/br":
                coding = unquote(self.path)[1:]
                self._answer(bomb(coding), "text/plain", {"Content-Encoding": coding})
            case "/mapped":
                self._redirect("http://[::ffff:10.0.0.1]/secret")
            case "/decimal":
                self._redirect("http://2130706433/secret")
            case "/twice":
                body = gzip.compress(gzip.compress(b"0" * 50_000_000))
                self._answer(body, "text/plain", {"Content-Encoding": "gzip, gzip"})
            case "/deflated":
                self._answer(zlib.compress(b"0" * 50_000_000), "text/plain", {"Content-Encoding": "deflate"})
            case "/brotli":
                body = brotli.compress(b"0" * 50_000_000, quality=1)
                self._answer(body, "text/plain", {"Content-Encoding": "br"})
            case "/file":
                self._redirect("file:///etc/passwd")
            case "/large":
                self._answer(b"x" * 6_000_000, "text/plain")
            case "/bomb":
                body = gzip.compress(b"0" * 50_000_000)
                self._answer(body, "text/plain", {"Content-Encoding": "gzip"})
            case "/drip":
                self.send_response(200)
                self.end_headers()
                for _step in range(50):
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(0.1)

    def _answer(self, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def outside(settings: Any) -> Iterator[str]:
    """The address of a server on loopback that this test alone may fetch from."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.FETCH_LOOPBACK_PORTS = {server.server_port}
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_the_network_is_refused(address: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:1",
        "//example.org",
        "",
        "http://",
        "http://example.org:22/",
        "https://example.org:8443/",
        "http://user:word@example.org/",
        "http://example.org:x/",
    ],
)
def test_only_plain_web_addresses_are_fetched(address: str) -> None:
    with pytest.raises(FetchRefused):
        check_address(address)


def test_a_name_that_resolves_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _resolver("192.168.0.7"))
    with pytest.raises(FetchRefused):
        fetch("http://innocent.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name that first resolves outside, then inside, is never asked for twice."""
    asked: list[str] = []

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        answer = "203.0.113.9" if host == "203.0.113.9" else "93.184.216.34"
        if asked.count("rebinding.example") > 1:
            answer = "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))]

    connected: list[str] = []

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        connected.append(address[0])
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    with pytest.raises(FetchRefused):
        fetch("http://rebinding.example/")
    assert asked.count("rebinding.example") == 1
    assert set(connected) == {"93.184.216.34"}


def test_a_page_is_fetched_through_redirects(outside: str) -> None:
    page = fetch(f"{outside}/hop")
    assert (page.status, page.content_type) == (200, "text/html")
    assert page.address == f"{outside}/page"
    assert page.digest == hashlib.sha256(b"<title>Antimony</title>").hexdigest()


@pytest.mark.parametrize("path", ["/inside", "/mapped", "/decimal", "/file", "/loop", "/large"])
def test_what_an_answer_leads_to_is_checked_like_the_address_itself(outside: str, path: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(outside + path)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_body_that_unpacks_to_a_mountain_is_given_up_in_little_memory(outside: str, coding: str) -> None:
    bomb(coding)
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefused, match="too large"):
            fetch(f"{outside}/{coding.replace(' ', '%20')}")
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 * fetching.MAX_BYTES


def test_a_server_that_dribbles_is_given_up(outside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(FetchRefused):
        fetch(f"{outside}/drip")
    assert time.monotonic() - begun < 3


def _resolver(answer: str) -> Any:
    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))]

    return resolve
