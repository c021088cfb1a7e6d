"""Requests that nobody meant: pages, map, downloads and API with wild parameters, each answered or explained.

The suite sends a few hundred. `python -m tests.data.fuzz 20000` sends more, to this working copy's own
record (var/), and prints what went wrong.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

PATHS = (
    "/{language}/",
    "/{language}/map/data/",
    "/{language}/deposits/",
    "/{language}/projects/",
    "/{language}/partners/",
    "/{language}/sources/",
    "/{language}/countries/",
    "/{language}/minerals/",
    "/{language}/search/",
    "/{language}/search/suggest/",
    "/{language}/near/",
    "/{language}/deposits/{number}-{word}/",
    "/{language}/projects/{number}/",
    "/{language}/claims/{number}/",
    "/{language}/data/",
    "/{language}/data/deposits.{ending}",
    "/{language}/data/projects/{table}.csv",
    "/{language}/data/records/{number}.{ending}",
    "/{language}/data/tables/{table}.csv",
    "/{language}/data/{word}",
    "/api/{word}",
    "/api/features/collections",
    "/api/features/collections/deposits/items",
    "/api/features/collections/projects/items",
    "/api/features/collections/deposits/items/{number}",
    "/api/v1/deposits",
    "/api/v1/{word}",
    "/api/v1/records/{number}",
    "/api/v1/records/{number}/claims",
    "/api/v1/records/{number}/points",
    "/api/v1/claims/{number}",
    "/d/{number}",
    "/c/{number}",
    "/sitemap.xml",
)
NAMES = (
    "as_of",
    "bbox",
    "zoom",
    "limit",
    "offset",
    "page",
    "q",
    "sort",
    "country",
    "mineral",
    "group",
    "stage",
    "topic",
    "precision",
    "located",
    "record",
    "datetime",
    "f",
    "kind",
    "lat",
    "lon",
    "radius",
    "partner",
    "type",
    "year",
    "grade",
    "publisher",
    "format",
    "colour",
)
VALUES = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "999999999999999999999",
    "1e400",
    "nan",
    "KZ",
    "TJ",
    "tungsten",
    "2026-11-21",
    "2026-11-22T00:00:00Z",
    "2026-11-21/..",
    "../..",
    "66,36,76,42",
    "170,-10,-170,10",
    "1,2,3",
    "json",
    "html",
    "-name",
    "name",
    "yes",
    "no",
    "none",
    "Куйректыколь",
    "%",
    "' OR 1=1 --",
    "<script>",
    "\x00",
    "\ud7ff\uffff",
    "٣",
    "²",
    "a" * 5000,
    "🜚",
    "=1+1",
)
NUMBERS = ("1", "3001", "3125", "4001", "5001", "107", "0", "99999999999999999999999", "2147483648")


def requests(seed: int, count: int) -> Iterator[str]:
    """So many addresses, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        path = chance.choice(PATHS).format(
            language=chance.choice(["en", "ru"]),
            number=chance.choice(NUMBERS),
            word=quote(chance.choice([value for value in VALUES if value])[:200], safe=""),
            ending=chance.choice(["csv", "geojson", "kml", "exe"]),
            table=chance.choice(["estimates", "stages", "deposits", "nothing"]),
        )
        pairs = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.randrange(4))]
        yield f"{path}?{urlencode(pairs)}"


#: Pages, problem details, and the map's own {"error": …}.
_EXPLAINED = ("text/html", "application/problem+json", "application/json")


def fault(response: Any) -> str:
    """What is wrong with an answer; "" if nothing is."""
    status, media_type = response.status_code, response.headers.get("Content-Type", "")
    if status >= 500 and status != 503:
        return f"answers {status}"
    if 400 <= status < 500 and not media_type.startswith(_EXPLAINED):
        return f"answers {status} as {media_type}"
    if getattr(response, "streaming", False):
        response.getvalue()
    return ""


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test import Client

    from atlas.api import answering
    from atlas.api.limits import Limit

    answering.limit = Limit(burst=10**9)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    statuses: Counter[int] = Counter()
    for address in requests(seed=1, count=int(sys.argv[1])):
        response = client.get(address)
        statuses[response.status_code] += 1
        if wrong := fault(response):
            print(f"{wrong}: {address[:300]}")
    print(dict(statuses))


if __name__ == "__main__":
    main()
