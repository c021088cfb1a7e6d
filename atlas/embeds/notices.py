"""What an embed of a past moment owes its readers: what of it no longer stands, and that more is new."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from atlas.changes.history import Change, corrections, history
from atlas.changes.scopes import Scope
from atlas.moments import Moment
from atlas.published.keeper import keeper
from sources.models import Claim

#: Withdrawn claims that an embed names one by one.
MOST_NAMED = 5


@dataclass(frozen=True)
class Notice:
    """A newer version exists; these of the claims shown were superseded or retracted in it."""

    withdrawn: list[Change]


def since(moment: Moment, scope: Scope, shown: Iterable[Claim] = ()) -> Notice | None:
    """What changed in a scope after a past moment; None for a live embed and where nothing did."""
    if not moment.changed_since:
        return None
    newest = keeper.newest()
    numbers = [claim.pk for claim in shown]
    withdrawn = corrections(newest, Scope(Q(pk__in=numbers)), moment.tick, MOST_NAMED) if numbers else []
    if not withdrawn and not history(newest, scope, moment.tick, limit=1):
        return None
    return Notice(withdrawn)
