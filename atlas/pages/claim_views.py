"""The page of one claim: what it states, its source, who answers for it, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from atlas.moments import published
from sources.models import Check, Claim, Tick
from sources.queries import moments

from . import queries
from .evidence import Gathered
from .statements import Statement


@dataclass(frozen=True)
class CheckShown:
    check: Check
    at: datetime


@dataclass(frozen=True)
class ClaimPage:
    claim: Any
    statement: Statement
    published_at: Tick
    #: When it was superseded or retracted, as of the page's moment; None while it stands.
    withdrawn_at: Tick | None
    checks: list[CheckShown]
    #: The claims before and after it, itself among them, oldest first.
    history: list[Claim]

    @property
    def replaced_by(self) -> Claim | None:
        """The claim that took its place, as of the page's moment."""
        after = self.history[[claim.pk for claim in self.history].index(self.claim.pk) + 1 :]
        return after[0] if after else None


@published
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """One claim, also when it no longer stands; a suppressed one leaves a tombstone (451, RFC 7725).

    Drafts, submitted and rejected claims are not public: 404.
    """
    snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    found = queries.public_claim(number, snapshot.tick)
    if found is None:
        raise Http404
    if found.suppressed_at:
        return render(request, "claims/suppressed.html", _tombstone(found), status=451)
    found.answered_by = queries.replies_to(found, snapshot.tick)  # type: ignore[attr-defined]
    snapshot.attach([found, *found.answered_by])  # type: ignore[attr-defined]
    return render(request, "claims/claim.html", {"page": _page(found, snapshot), "claim": found})


def _tombstone(found: Any) -> dict[str, Any]:
    """All that the public learns of a suppressed claim."""
    return {"number": found.pk, "suppressed_at": found.suppressed_at}


def _page(found: Any, snapshot: Any) -> ClaimPage:
    checks = queries.checks_on(found, snapshot.tick)
    gone = found.withdrawn_tick if found.withdrawn_tick and found.withdrawn_tick <= snapshot.tick else None
    ticks = moments({found.published_tick, *(check.tick for check in checks), *([gone] if gone else [])})
    gathered = Gathered(snapshot, [found, *found.answered_by], {found.pk: checks} if checks else {}, ticks)
    return ClaimPage(
        claim=found,
        statement=gathered.statement(found),
        published_at=ticks[found.published_tick],
        withdrawn_at=ticks[gone] if gone else None,
        checks=[CheckShown(check, ticks[check.tick].at) for check in checks],
        history=queries.history(found, snapshot.tick),
    )
