"""A local server that plays the web outside the atlas: articles, and an archive that copies them."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: Paths of the archive, as the Internet Archive has them.
AVAILABLE, SAVE, COPIES = "/wayback/available", "/save/", "/web/20260402000000/"


class OutsideWeb:
    """Pages by their path, served from this machine while the object is open."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        #: Addresses of which a copy was asked for.
        self.archived: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def show(self, path: str, html: str) -> str:
        """Put a page at a path; returns its address."""
        self.pages[path] = html
        return self.site + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, str, str]:
        """(status, type of content or where to go, body) for the path of a request."""
        if path.startswith(AVAILABLE):
            asked = parse_qs(urlsplit(path).query)["url"][0]
            copy = {"available": True, "url": f"{self.site}{COPIES}{asked}"}
            found = {"closest": copy} if asked in self.archived else {}
            return 200, "application/json", json.dumps({"archived_snapshots": found})
        if path.startswith(SAVE):
            self.archived.append(path.removeprefix(SAVE))
            return 302, f"{self.site}{COPIES}{self.archived[-1]}", ""
        original = path.removeprefix(COPIES).removeprefix(self.site)
        page = self.pages.get(original)
        return (404, "text/plain", "Not found") if page is None else (200, "text/html; charset=utf-8", page)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, means, text = web.answer(self.path)
                body = text.encode()
                self.send_response(status)
                self.send_header("Location" if status == 302 else "Content-Type", means)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        return Handler
