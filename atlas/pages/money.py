"""Money that sources name for a country or the region: sums side by side, never added."""

from dataclasses import dataclass

from sources.models import Record

from .evidence import Gathered
from .statements import Statement


@dataclass(frozen=True)
class Sums:
    """Sums of one status, currency and set of minerals, greatest first.

    Unlike the sums of a project they need not be rivals: a country has many investments.
    """

    title: str
    statements: list[Statement]


def sums_on(gathered: Gathered, record: Record) -> list[Sums]:
    """Every sum in force on a record; those without minerals of their own first."""
    groups = [
        Sums(
            group.title,
            [
                gathered.statement(statement.claim)
                for statement in sorted(group.statements, key=lambda s: (-s.claim.amount, s.claim.pk))
            ],
        )
        for evidence in gathered.of(record, "investment")
        for group in evidence.groups
    ]
    return sorted(groups, key=lambda sums: -max(s.claim.amount for s in sums.statements))
