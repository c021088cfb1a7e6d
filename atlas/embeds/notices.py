"""What an embed of a past moment owes its readers: what of it no longer stands, and that more is new."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from atlas.changes.history import Change, corrections
from atlas.changes.scopes import Scope
from atlas.moments import Moment
from atlas.published.keeper import keeper
from atlas.published.snapshot import Snapshot

#: Withdrawn claims that an embed names one by one.
MOST_NAMED = 5


@dataclass(frozen=True)
class Notice:
    """A newer version exists; these of the claims shown were superseded or retracted in it."""

    withdrawn: list[Change]


def since(moment: Moment, says: Callable[[Snapshot], object], shown: Iterable[int]) -> Notice | None:
    """What readers of an embed should hear of the time after its moment.

    `says` is what the embed shows of a snapshot, `shown` are the numbers of the claims that it shows. None
    for a live embed, and while it would show the same now: what else changes in the atlas is not its concern.
    """
    if not moment.changed_since:
        return None
    newest = keeper.newest()
    withdrawn = corrections(newest, Scope(Q(pk__in=set(shown))), moment.tick, MOST_NAMED)
    if not withdrawn and says(moment.snapshot) == says(newest):
        return None
    return Notice(withdrawn)
