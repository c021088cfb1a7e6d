"""Which reports of a project's stage contradict each other, and which are just progress.

Stages are those of domain.md §5.1 (S&P, MinEx and Global Energy Monitor use the same order).
"""

from sources.dates import earliest, latest, within_a_year

#: Before anything is produced, in the order a project goes through them.
PREPARING = (
    "announced",
    "exploration",
    "pre-feasibility",
    "feasibility",
    "permitting",
    "construction",
    "commissioning",
)
#: Stages after which work does not simply go on.
ENDED = ("closed", "cancelled")


def contradict(stage: str, date: str, other: str, other_date: str) -> bool:
    """Whether two reported stages cannot both hold.

    Progress is a timeline, not a contradiction: only stages reported for times within a year of each
    other are compared, and a project may move forward, pause or end at any time. It cannot fall back from
    operating to a stage before construction, nor work again after having been closed or cancelled.
    Reports for exactly the same month or day must be the same stage, or neighbours such as construction
    and commissioning; undated ones contradict nothing.
    """
    if stage == other or not date or not other_date or not within_a_year(date, other_date):
        return False
    if latest(date) < earliest(other_date):
        return _falls_back(stage, other)
    if latest(other_date) < earliest(date):
        return _falls_back(other, stage)
    if len(date) == 4 or len(other_date) == 4:
        return False
    return _falls_back(stage, other) and _falls_back(other, stage)


def _falls_back(before: str, after: str) -> bool:
    if before == "operating":
        return after in PREPARING[:5]
    if before in ENDED:
        return after not in (*ENDED, "suspended")
    return before in PREPARING and after in PREPARING and _rank(after) < _rank(before) - 1


def _rank(stage: str) -> int:
    return PREPARING.index(stage)
