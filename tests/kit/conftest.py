"""A small record whose every change a test makes itself."""

from dataclasses import dataclass
from typing import Any

import pytest

from accounts.models import User
from deposits.models import Deposit, Mineral, ResourceEstimate
from sources import review
from sources.models import Claim
from sources.recording import publish_record
from tests import factories


@dataclass
class Told:
    """A deposit with one published estimate, and what may happen to it."""

    deposit: Deposit
    mineral: Mineral
    claim: ResourceEstimate
    editor: User

    @property
    def tick(self) -> int:
        """Since when the claim stands."""
        assert self.claim.published_tick
        return self.claim.published_tick

    def replaced_by(self, **fields: Any) -> Claim:
        """The claim that supersedes the standing one."""
        fields = {"subject": self.deposit, "mineral": self.mineral, "supersedes": self.claim, **fields}
        return factories.published(factories.EstimateFactory(**fields))

    def retract(self, because: str = "The ministry withdrew its report.") -> int:
        return review.retract(self.claim, by=self.editor, because=because)

    def suppress(self, claim: Claim) -> None:
        first, second = (factories.person(name, "administrator") for name in ("first", "second"))
        review.suppress(claim, by=first, agreed=second, because="A court order.")


@pytest.fixture
def told(db: None) -> Told:
    mineral = factories.MineralFactory(name="lithium")
    deposit = factories.DepositFactory(name="Shavazsay", country__name="Uzbekistan", country__iso2="UZ")
    editor = factories.person("editor", "editor")
    publish_record(deposit.country, editor)
    source = factories.SourceFactory(name="First report", publisher__name="Geology Weekly")
    claim = factories.published(
        factories.EstimateFactory(subject=deposit, mineral=mineral, quantity=1000, source=source)
    )
    return Told(deposit, mineral, claim, editor)
