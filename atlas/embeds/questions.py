"""A point of a record as the question that its sources answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from atlas.pages.evidence import Evidence, gather
from atlas.published.snapshot import Snapshot
from sources.models import Record
from sources.models.claims import claim_kinds

from .facts import answers, show_answers

#: Kinds that make no question of their own: a mineral's role is told with the record.
NEVER_ASKED = frozenset({"occurrence"})


@dataclass(frozen=True)
class Question:
    """One point, what is asked there, and what the sources answer."""

    record: Record
    evidence: Evidence

    @property
    def name(self) -> str:
        """The point's name in addresses: "estimate/117"."""
        return self.evidence.point.name

    @property
    def text(self) -> str:
        """ "How much rare earth elements is there at Kuirektykol?" """
        claim = self.evidence.leading
        words = {"record": self.record.label, **_objects(claim)}
        return _QUESTIONS[claim.kind]() % words

    @property
    def answers(self) -> int:
        """How many different answers the sources give."""
        return answers(self.evidence)

    @property
    def count(self) -> str:
        """The answers counted, in words."""
        return show_answers(self.evidence)


def questions(snapshot: Snapshot, record: Record) -> list[Question]:
    """Every point of a record that sources speak on, those with most answers first."""
    kinds = [
        model
        for kind, model in claim_kinds().items()
        if record.kind in model.SUBJECT_KINDS and kind not in NEVER_ASKED
    ]
    gathered = gather(snapshot, [([record], kinds)])
    found = [Question(record, evidence) for model in kinds for evidence in gathered.of(record, model.KIND)]
    return sorted(found, key=lambda question: -question.answers)


def question(snapshot: Snapshot, record: Record, name: str) -> Question | None:
    """The point of that name; None where no claim in force speaks on it."""
    model = claim_kinds().get(name.split("/")[0])
    if model is None or record.kind not in model.SUBJECT_KINDS:
        return None
    gathered = gather(snapshot, [([record], [model])])
    found = (evidence for evidence in gathered.of(record, model.KIND) if evidence.point.name == name)
    return next((Question(record, evidence) for evidence in found), None)


def _objects(claim: Any) -> dict[str, str]:
    """The words that a question takes from a claim."""
    names = ("mineral", "partner", "owner")
    words = {name: record.label for name in names if (record := getattr(claim, name, None)) is not None}
    for name in ("topic", "role"):
        if hasattr(claim, name):
            words[name] = str(getattr(claim, f"get_{name}_display")())
    return words


_QUESTIONS: dict[str, Callable[[], str]] = {
    "estimate": lambda: _("%(record)s: how much %(mineral)s is there?"),
    "location": lambda: _("%(record)s: where does it lie?"),
    "occurrence": lambda: _("%(record)s: what is %(mineral)s there?"),
    "stage": lambda: _("%(record)s: how far is it?"),
    "duration": lambda: _("%(record)s: how long does it run?"),
    "involvement": lambda: _("%(record)s: what part has %(partner)s (%(role)s)?"),
    "investment": lambda: _("%(record)s: how much money?"),
    "production": lambda: _("%(record)s: how much %(mineral)s does it make?"),
    "ownership": lambda: _("%(record)s: how much of it belongs to %(owner)s?"),
    "finding": lambda: _("%(record)s: what is reported (%(topic)s)?"),
}
