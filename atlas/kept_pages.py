"""Whole pages kept in a worker's memory: a public page depends on clock, release, language and address alone.

Their ETag says the first three, so a page kept under it is the page that would be composed anew. What is
published moves the clock, and with it every key; old pages fall out as new ones come in. Pages of the past
are not kept: few ask for them, and a suppression changes them.
"""

import hashlib
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

#: Larger pages are composed each time, so that those kept stay under 60 MB a worker (settings.CACHES).
LARGEST = 300_000


def kept(request: HttpRequest, etag: str, compose: Callable[[], HttpResponse]) -> HttpResponse:
    """The page that is kept for this address and ETag; else the composed one, kept if it is a whole page."""
    if request.method not in ("GET", "HEAD"):
        return compose()
    address = f"{etag} {request.build_absolute_uri()}"
    key = hashlib.sha256(address.encode()).hexdigest()
    page: HttpResponse | None = caches["pages"].get(key)
    if page is None:
        page = compose()
        if _is_whole_page(page):
            caches["pages"].set(key, page)
    return page


def _is_whole_page(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Vary")
        and response.headers.get("Content-Type", "").startswith("text/html")
        and len(response.content) <= LARGEST
    )
