"""Who takes part in a project, in which role, since when, with what share."""

from dataclasses import dataclass

from projects.models import Involvement, Project
from sources.models import Record

from .evidence import Evidence, Gathered
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
