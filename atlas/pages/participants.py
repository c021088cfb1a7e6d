"""Who takes part in a project, in which role, since when, with what share."""

from dataclasses import dataclass, replace
from typing import Any

from projects.models import Involvement, Project
from sources.models import Record

from .evidence import Evidence, Gathered
from .formatting import show_share
from .statements import Statement
from .wording import role_word

#: Order in which roles are named: who owns and runs it first, who regulates it last.
_ORDER = [role.value for role in Involvement.Role]


@dataclass(frozen=True)
class Participation:
    """A partner in one role in a project, with all that is said of share and time."""

    project: Project
    partner: Record
    role: str
    evidence: Evidence

    @property
    def share(self) -> str:
        """The share shown first, or the range of shares; "" where none is stated."""
        headline: list[Any] = self.evidence.point.headline
        shares = [claim.share_percent for claim in headline if claim.share_percent is not None]
        return " – ".join(dict.fromkeys(map(show_share, shares)))

    @property
    def statements(self) -> list[Statement]:
        """What the sources say, each with its own share; the role is in the heading."""
        return [
            replace(statement, value="" if share is None else show_share(share))
            for statement in self.evidence.statements
            for share in [statement.claim.share_percent]
        ]


def participations(gathered: Gathered, project: Project) -> list[Participation]:
    """A project's partners by role, owners first."""
    found = [_participation(gathered, project, evidence) for evidence in gathered.of(project, "involvement")]
    return sorted(
        found, key=lambda row: (_ORDER.index(row.evidence.leading.role), row.partner.label.casefold())
    )


def _participation(gathered: Gathered, project: Project, evidence: Evidence) -> Participation:
    claim = evidence.leading
    partner = gathered.snapshot.standing(claim.partner)
    return Participation(project, partner, role_word(claim, project), evidence)
