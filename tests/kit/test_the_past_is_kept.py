"""For random histories of the record, what was served at a moment is served for that moment ever after."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.published.keeper import keeper
from deposits.models import Deposit, ResourceEstimate
from sources import clock, review
from sources.models import Claim, Preference, Source
from sources.recording import publish_record
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STEPS = 7


class World:
    """A small record and everything that can happen to it; chance decides what does."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.editor = factories.person("editor", "editor")
        self.mineral = factories.MineralFactory(name="lithium")
        self.countries = [
            factories.CountryFactory(name=name, iso2=code) for name, code in (("A", "KZ"), ("B", "UZ"))
        ]
        self.sources = [factories.SourceFactory(name=f"Report {number}") for number in range(3)]
        self.deposits = [
            factories.DepositFactory(name=f"Deposit {number}", country=self.countries[0])
            for number in range(2)
        ]
        for country in self.countries:
            publish_record(country, self.editor)
        for deposit in self.deposits:
            factories.published(factories.LocationFactory(subject=deposit, source=self.sources[0]))
            factories.published(self._estimate(subject=deposit))

    def step(self) -> None:
        """One change of anything public."""
        claims = [self.state, self.supersede, self.retract, self.prefer, self.end, self.check]
        actions: list[Callable[[], Any]] = [*claims, self.rename, self.move, self.regrade, self.merge]
        self.chance.choice(actions)()

    def state(self) -> None:
        factories.published(self._estimate(subject=self.chance.choice(self.deposits)))

    def supersede(self) -> None:
        if claim := self._standing():
            factories.published(self._estimate(subject_id=claim.subject_id, subject=None, supersedes=claim))

    def retract(self) -> None:
        if claim := self._standing():
            review.retract(claim, by=self.editor, because="Taken back.")

    def prefer(self) -> None:
        if claim := self._standing():
            review.prefer(claim, by=self.editor, reason=f"Reason {self.chance.random()}")

    def end(self) -> None:
        if standing := Preference.objects.filter(until_tick__isnull=True).first():
            review.end_preference(standing, by=self.editor, because="No longer.")

    def rename(self) -> None:
        self._change(self.chance.choice(self.deposits), name=f"Renamed {self.chance.randrange(1000)}")

    def move(self) -> None:
        self._change(self.chance.choice(self.deposits), country=self.chance.choice(self.countries))

    def regrade(self) -> None:
        source = self.chance.choice(self.sources)
        if Source.objects.get(pk=source.pk).is_public:
            self._change(source, reliability=self.chance.choice("ABCDEF"))

    def merge(self) -> None:
        """Merge the second deposit into the first, or undo that."""
        first, second = (Deposit.objects.get(pk=deposit.pk) for deposit in self.deposits)
        self._change(second, merged_into=None if second.merged_into_id else first)

    def check(self) -> None:
        if claim := self._standing():
            review.check(claim, by=self.editor, note="Compared.")

    def _estimate(self, **fields: Any) -> ResourceEstimate:
        fields = {name: value for name, value in fields.items() if value is not None}
        quantity = self.chance.randrange(1, 10_000)
        source = self.chance.choice(self.sources)
        return factories.EstimateFactory(mineral=self.mineral, quantity=quantity, source=source, **fields)

    def _standing(self) -> Claim | None:
        claims = list(Claim.objects.filter(status="published", kind="estimate").order_by("pk"))
        return self.chance.choice(claims) if claims else None

    def _change(self, record: Any, **fields: Any) -> None:
        stored = type(record).objects.get(pk=record.pk)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.save()
        publish_record(stored, self.editor)

    def addresses(self) -> list[str]:
        """Every page that tells of this record, without its moment."""
        deposits = [f"/en/deposits/{deposit.pk}/" for deposit in self.deposits]
        embeds = [f"/en/embed/deposit/{deposit.pk}/" for deposit in self.deposits]
        claims = [f"/en/claims/{number}/" for number in Claim.objects.values_list("pk", flat=True)]
        others = ["/en/deposits/", "/en/sources/", "/en/map/data/?zoom=4&bbox=40,30,90,60", "/en/"]
        return [*deposits, *embeds, *claims, *others, f"/en/minerals/{self.mineral.pk}-lithium/"]


def served(client: Client, address: str, tick: int | None) -> str:
    """What a page says, without its frame, its links' moment and what it says of later changes."""
    moment = f"{'&' if '?' in address else '?'}as_of={tick}" if tick else ""
    answer = client.get(address + moment, follow=True)
    text = answer.content.decode()
    text = text[text.find("<main") : text.find("</main")] if "<main" in text else text
    text = re.sub(r"(\?|&amp;|&)as_of=\d+", "", text)
    return f"{answer.status_code} {text}"


def facts(text: str) -> list[str]:
    """The claims that a page shows, each with all its words."""
    return re.findall(r'<li class="claim[^"]*" id="claim-\d+">.*?</li>', text, re.DOTALL)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_every_page_of_a_moment_says_for_ever_what_it_said_then(seed: int) -> None:
    client = Client()
    with transaction.atomic():
        keeper.forget()
        world = World(Random(seed))
        said: dict[tuple[int, str], str] = {}
        for _step in range(STEPS):
            world.step()
            tick = clock.newest()
            for address in world.addresses():
                now, then = served(client, address, None), served(client, address, tick)
                assert facts(now) == facts(then)
                said[tick, address] = then
        for (tick, address), then in said.items():
            assert served(client, address, tick) == then
        assert any(facts(text) for text in said.values())
        transaction.set_rollback(True)
    keeper.forget()
