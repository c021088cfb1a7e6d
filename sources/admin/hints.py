"""How a claim that waits stands beside the published ones on its point, for the editor who decides."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..dates import within_a_year
from ..models import Claim
from .statements import named, rows_of


class Relation(TextChoices):
    AGREES = "agrees", _("says the same")
    DIFFERS = "differs", _("says otherwise")
    OTHER_TIME = "other time", _("of another time")
    REPEATS = "repeats", _("the same figure under another label")
    BESIDE = "beside", _("not comparable")


@dataclass(frozen=True)
class Neighbour:
    """A published claim on the same point, and how it relates to the one in hand."""

    claim: Claim
    relation: Relation


def relation(claim: Claim, other: Claim) -> Relation:
    """How a published claim relates to this one: the rules of `sources.points`, for two."""
    if claim.comparison_key() != other.comparison_key():
        return Relation.REPEATS if claim.echoes(other) else Relation.BESIDE
    if claim.agrees_with(other):
        return Relation.AGREES
    return Relation.DIFFERS if within_a_year(claim.dated, other.dated) else Relation.OTHER_TIME


def neighbours(claims: Sequence[Claim]) -> dict[int, list[Neighbour]]:
    """The published claims on each (typed) claim's point, by its number, in the order of `Relation`.

    A query a kind, one more a list, and one for names.
    """
    found: dict[int, list[Neighbour]] = {claim.pk: [] for claim in claims}
    by_kind: dict[type[Claim], list[Claim]] = {}
    for claim in claims:
        by_kind.setdefault(type(claim), []).append(claim)
    for model, members in by_kind.items():
        published = rows_of(model).filter(
            status=Claim.Status.PUBLISHED,
            suppressed_at__isnull=True,
            subject__in={claim.subject_id for claim in members},
            point__in={claim.point for claim in members},
        )
        standing: dict[tuple[int, str], list[Claim]] = {}
        for other in published.order_by("pk"):
            standing.setdefault((other.subject_id, other.point), []).append(other)
        for claim in members:
            beside = standing.get((claim.subject_id, claim.point), [])
            related = [Neighbour(o, relation(claim, o)) for o in beside if o.pk != claim.pk]
            found[claim.pk] = sorted(related, key=lambda one: list(Relation).index(one.relation))
    named([neighbour.claim for beside in found.values() for neighbour in beside])
    return found


def counted(beside: Sequence[Neighbour]) -> list[tuple[Relation, int]]:
    """How many published claims relate in each way, in the order of `Relation`."""
    counts = Counter(neighbour.relation for neighbour in beside)
    return [(kind, counts[kind]) for kind in Relation if counts[kind]]
