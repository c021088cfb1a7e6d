"""Requests that nobody meant: every public address with wild parts and parameters, answered or explained.

The addresses come from the site's own URL patterns, so that a new page is asked too. The suite sends a few
hundred. `python -m tests.data.fuzz 20000 [SEED]` sends more, to this working copy's own record (var/), and
prints what went wrong.
"""

import gzip
import logging
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

LANGUAGES = ("en", "ru")
#: Public parameters of all pages and of the API.
NAMES = (
    "as_of", "bbox", "zoom", "limit", "offset", "page", "q", "sort", "country", "mineral", "group", "stage",
    "topic", "precision", "located", "record", "datetime", "f", "kind", "radius", "partner", "type", "year",
    "grade", "publisher", "format", "claim", "fixed", "from", "to", "point", "url", "maxwidth", "maxheight",
    "colour",
)  # fmt: skip
VALUES = (
    "", "0", "-1", "1", "2", "999999999999999999999", "1e400", "nan", "KZ", "TJ", "tungsten", "2026-11-21",
    "2026-11-22T00:00:00Z", "2026-11-21/..", "../..", "66,36,76,42", "170,-10,-170,10", "1,2,3", "json",
    "html", "-name", "name", "yes", "no", "none", "Куйректыколь", "%", "' OR 1=1 --", "<script>", "\x00",
    "\ud7ff\uffff", "٣", "²", "a" * 5000, "🜚", "=1+1", "http://localhost/en/deposits/3125/", "deposit",
)  # fmt: skip
#: Numbers of records of every kind and of claims, and of nothing.
NUMBERS = (
    "1", "6", "101", "120", "1001", "2001", "3001", "3125", "4001", "5001", "107", "4711", "0",
    "2147483648", "9223372036854775808", "99999999999999999999999",
)  # fmt: skip
#: Queries that no form makes.
UNREADABLE = ("%ff=%fe", "%00=%00", "q=%", "&&==&", "as_of=1&as_of=2", "&".join(["a=1"] * 1001))
#: Headers that clients send, well and badly.
HEADERS = (
    {},
    {},
    {"Accept": "text/html,application/xhtml+xml;q=0.9"},
    {"Accept": "nonsense"},
    {"Accept-Language": "ru;q=0.x, *"},
    {"If-None-Match": '"'},
    {"If-Modified-Since": "yesterday"},
    {"Accept-Encoding": "gzip"},
    {"Range": "bytes=5-1"},
    {"Origin": "https://example.org"},
    {"X-Forwarded-For": "nowhere, ::1"},
    {"Host": "not a host"},
)
METHODS = ("GET",) * 14 + ("HEAD", "POST", "PUT", "OPTIONS")


@dataclass(frozen=True)
class Request:
    """One request: method, address below the site, and headers."""

    method: str
    address: str
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.address[:300]} {self.headers or ''}"


def routes() -> list[tuple[str, dict[str, Any]]]:
    """Every public route, such as "LANGUAGE/deposits/<int:number>/", with the converters of its parts."""
    from django.urls import get_resolver

    found: list[tuple[str, dict[str, Any]]] = []

    def walk(patterns: list[Any], before: str, converters: dict[str, Any]) -> None:
        for pattern in patterns:
            own = pattern.pattern
            prefixed = type(own).__name__ == "LocalePrefixPattern"
            route = before + ("LANGUAGE/" if prefixed else str(own))
            known = {**converters, **getattr(own, "converters", {})}
            if route.startswith("admin/"):
                continue
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route, known)
            else:
                found.append((route, known))

    walk(get_resolver().url_patterns, "", {})
    return found


def requests(seed: int, count: int) -> Iterator[Request]:
    """So many requests, the same for the same seed."""
    chance = random.Random(seed)
    known = routes()
    for _ in range(count):
        route, converters = chance.choice(known)
        path = route.replace("LANGUAGE", chance.choice(LANGUAGES))
        for name, converter in converters.items():
            path = re.sub(rf"<(\w+:)?{name}>", _part(chance, converter).replace("\\", r"\\"), path)
        pairs = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.randrange(4))]
        query = urlencode(pairs) if chance.random() < 0.95 else chance.choice(UNREADABLE)
        yield Request(chance.choice(METHODS), f"/{path}?{query}", chance.choice(HEADERS))


def _part(chance: random.Random, converter: Any) -> str:
    """Something for a part of an address: mostly what its converter takes."""
    if chance.random() < 0.05:
        return quote(chance.choice([value for value in VALUES if value])[:200], safe="")
    if converter.regex == "[0-9]+":
        return chance.choice(NUMBERS)
    if re.fullmatch(r"[\w.|-]+", converter.regex):
        return chance.choice(converter.regex.split("|"))
    words = ("estimates", "stages", "deposits", "deposit", "project", "disputed", "nothing", "estimate:1:t")
    return chance.choice(words)


#: Pages, problem details, and the map's own {"error": …}.
_EXPLAINED = ("text/html", "application/problem+json", "application/json")


def fault(request: Request, response: Any) -> str:
    """What is wrong with an answer; "" if nothing is."""
    status, media_type = response.status_code, response.headers.get("Content-Type", "")
    content = response.getvalue()
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    # https://oembed.com/#section2.3 asks for 501 where a format is not known.
    if status >= 500 and not (status == 501 and request.address.startswith("/oembed")):
        return f"answers {status}"
    if status < 400 or request.method == "HEAD":
        return ""
    if request.address.startswith("/api/"):
        explained = media_type == "application/problem+json"
    else:
        explained = media_type.startswith(_EXPLAINED) and (b"<h1" in content or b'"error"' in content)
    return "" if explained else f"answers {status} as {media_type}: {content[:80]!r}"


def send(client: Any, request: Request) -> Any:
    """What the site answers a request; `client` is django.test's."""
    headers = {"Host": "localhost", **request.headers}
    return client.generic(request.method, request.address, headers=headers)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test import Client

    logging.disable(logging.CRITICAL)
    client = Client(raise_request_exception=False)
    statuses: Counter[int] = Counter()
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for request in requests(seed, count):
        response = send(client, request)
        statuses[response.status_code] += 1
        if wrong := fault(request, response):
            print(f"{wrong}: {request}", flush=True)
    print(f"seed {seed}:", dict(sorted(statuses.items())))


if __name__ == "__main__":
    main()
