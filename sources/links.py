"""Whether sources can still be read, and where a dated copy of them is kept."""

import datetime as dt
import json
import time
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User

from .clock import tick
from .fetching import FetchRefused, fetch
from .identity import normal_address
from .models import LinkCheck, Source

#: Statuses that say the publication is gone, not that the server has a bad day.
GONE = {404, 410, 451}


def due(days: int) -> "QuerySet[Source]":
    """Standing sources whose address was not tried within so many days."""
    limit = timezone.now() - dt.timedelta(days=days)
    recent = LinkCheck.objects.filter(at__gte=limit).values("source_id")
    standing = Source.objects.filter(Q(withdrawn_because="") & Q(merged_into__isnull=True))
    return standing.exclude(pk__in=recent).order_by("pk")


def check_link(source: Source) -> LinkCheck:
    """Try a source's address and keep what came of it."""
    try:
        page = fetch(source.url)
    except FetchRefused:
        return LinkCheck.objects.create(source=source, outcome=LinkCheck.Outcome.UNREACHABLE)
    moved = normal_address(page.address) != normal_address(source.url)
    if page.status in GONE:
        outcome = LinkCheck.Outcome.DEAD
    elif page.status >= 400:
        outcome = LinkCheck.Outcome.UNREACHABLE
    else:
        outcome = LinkCheck.Outcome.MOVED if moved else LinkCheck.Outcome.ALIVE
    return LinkCheck.objects.create(
        source=source,
        outcome=outcome,
        status=page.status,
        address=page.address if moved else "",
        digest=page.digest if page.status < 400 else "",
    )


def gone_since(until: dt.datetime) -> dict[int, dt.datetime]:
    """When each source that was gone at its newest check by then was so found; two queries."""
    checks = LinkCheck.objects.filter(at__lte=until)
    suspects = checks.filter(outcome=LinkCheck.Outcome.DEAD).values("source_id").distinct()
    newest: dict[int, tuple[str, dt.datetime]] = {}
    rows = checks.filter(source_id__in=list(suspects.values_list("source_id", flat=True)))
    for number, outcome, at in rows.order_by("at", "pk").values_list("source_id", "outcome", "at"):
        if outcome != LinkCheck.Outcome.UNREACHABLE:  # a server's bad day says nothing new
            newest[number] = (outcome, at)
    return {number: at for number, (outcome, at) in newest.items() if outcome == LinkCheck.Outcome.DEAD}


def check_links(sources: "QuerySet[Source]", pause: float, done: Callable[[LinkCheck], None]) -> None:
    """Try each source's address, no host more often than once in `pause` seconds.

    Each outcome is kept at once, so that a run that was stopped goes on where it ended. If other sources are
    gone than before, pages change: that is one tick of the clock at the end, also of a run that was stopped.
    """
    before = set(gone_since(timezone.now()))
    try:
        _check_each(sources, pause, done)
    finally:
        if set(gone_since(timezone.now())) != before:
            with transaction.atomic():
                tick(_checker(), gettext_noop("links checked"))


def _checker() -> User:
    """The system account in whose name the clock ticks when links die or come back."""
    account, _created = User.objects.get_or_create(
        username="link-checker",
        defaults={"is_system": True, "is_active": False, "public_name": "Link checker"},
    )
    return account


def _check_each(sources: "QuerySet[Source]", pause: float, done: Callable[[LinkCheck], None]) -> None:
    last: dict[str, float] = {}
    for source in sources.iterator(chunk_size=200):
        host = urlsplit(source.url).hostname or ""
        wait = last.get(host, 0) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        done(check_link(source))
        last[host] = time.monotonic()


def find_archived(address: str) -> str:
    """The newest copy that the archive holds of an address, "" if none (Wayback availability API)."""
    page = fetch(f"{settings.ARCHIVE_AVAILABILITY}?url={quote(address, safe='')}")
    try:
        found = json.loads(page.content)["archived_snapshots"]["closest"]
        return str(found["url"]) if found.get("available") else ""
    except (ValueError, KeyError, TypeError):
        return ""


def ask_to_archive(address: str) -> str:
    """Ask the archive for a copy (Save Page Now); the copy's address, "" if it did not make one."""
    page = fetch(f"{settings.ARCHIVE_SAVE}{address}")
    return page.address if page.status < 400 and "/web/" in page.address else ""
