"""A small record and everything that can happen to it in public; chance decides what does."""

import re
from collections.abc import Callable
from random import Random
from typing import Any, ClassVar

from sources import merging, review
from sources.models import Claim, Name, Preference, Record
from sources.models.claims import typed
from sources.recording import publish_record, record_models
from tests import factories as f

#: Factories of the claims that a random history states, by kind, and the figure that a later one changes.
FACTORIES: dict[str, tuple[type[f.ClaimFactory], str]] = {
    "location": (f.LocationFactory, "latitude"),
    "occurrence": (f.OccurrenceFactory, "role"),
    "estimate": (f.EstimateFactory, "quantity"),
    "stage": (f.StageFactory, "stage"),
    "duration": (f.DurationFactory, "years"),
    "involvement": (f.InvolvementFactory, "share_percent"),
    "investment": (f.InvestmentFactory, "amount"),
    "production": (f.ProductionFactory, "quantity"),
    "ownership": (f.OwnershipFactory, "share_percent"),
    "finding": (f.FindingFactory, "statement"),
}
#: What a claim is about besides its subject: a claim that replaces it is about the same.
ABOUT = ("mineral", "partner", "owner", "topic")
SUBJECTS = {
    "location": ("deposit", "project"),
    "occurrence": ("deposit", "project"),
    "estimate": ("deposit",),
    "stage": ("project",),
    "duration": ("project",),
    "involvement": ("project",),
    "investment": ("project", "country"),
    "production": ("project",),
    "ownership": ("partner",),
    "finding": ("country", "mineral", "deposit", "project", "partner"),
}


class World:
    """Two records of every kind (three of sources), a claim of every kind, and the steps of their history."""

    #: Every step, those that the specification names first.
    STEPS: ClassVar[tuple[str, ...]] = (
        "state",
        "supersede",
        "retract",
        "prefer",
        "rename",
        "regrade",
        "merge",
        "part",
        "end",
        "check",
        "respell",
        "move",
        "withdraw",
    )

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.editor = f.person("editor", "editor")
        self.numbers = 100_000
        minerals = [f.MineralFactory(name=name) for name in ("lithium", "tin")]
        countries = [
            f.CountryFactory(name=n, iso2=c) for n, c in (("Kazakhstan", "KZ"), ("Uzbekistan", "UZ"))
        ]
        publishers = [f.PublisherFactory(name=name) for name in ("Weekly", "Ministry")]
        sources = [
            f.SourceFactory(name=f"Report {number}", publisher=publishers[number % 2]) for number in range(3)
        ]
        partners = [f.PartnerFactory(name=name) for name in ("Tau-Ken", "Almalyk")]
        deposits = [f.DepositFactory(name=name, country=countries[0]) for name in ("Akbulak", "Karasu")]
        projects = [f.ProjectFactory(name=name, country=countries[0]) for name in ("Mine", "Plant")]
        for project, deposit in zip(projects, deposits, strict=True):
            project.deposits.add(deposit)
        self.records: dict[str, list[Any]] = {
            "country": countries,
            "mineral": minerals,
            "publisher": publishers,
            "source": sources,
            "partner": partners,
            "deposit": deposits,
            "project": projects,
        }
        for record in (record for kind in self.records.values() for record in kind):
            publish_record(record, self.editor)
        for kind in FACTORIES:
            self.state(kind)
        self.state("estimate")

    def step(self) -> str:
        """One change of anything public, as far as the record allows the one that chance names."""
        name = self.chance.choice(self.STEPS)
        step: Callable[[], object] = getattr(self, name)
        step()
        return name

    # Claims

    def state(self, kind: str = "") -> None:
        kind = kind or self.chance.choice(list(FACTORIES))
        factory, figure = FACTORIES[kind]
        about = self._about(factory)
        subject = self._any(self.chance.choice(SUBJECTS[kind]))
        if about.get("owner") == subject:
            return
        f.published(
            factory(subject=subject, source=self._any("source"), **about, **self._figure(kind, figure))
        )

    def supersede(self) -> None:
        if claim := self._standing():
            [full] = typed([claim])
            factory, figure = FACTORIES[claim.kind]
            about = {name: getattr(full, name) for name in ABOUT if hasattr(full, name)}
            fields = {**about, **self._figure(claim.kind, figure), "note": "It was misread."}
            draft = factory(subject=claim.subject, source=self._any("source"), supersedes=claim, **fields)
            f.published(draft)

    def retract(self) -> None:
        if claim := self._standing():
            review.retract(claim, by=self.editor, because=f"Taken back {self._number()}.")

    def prefer(self) -> None:
        if claim := self._standing():
            review.prefer(claim, by=self.editor, reason=f"Reason {self._number()}.")

    def end(self) -> None:
        if standing := Preference.objects.filter(until_tick__isnull=True).first():
            review.end_preference(standing, by=self.editor, because="No longer.")

    def check(self) -> None:
        if claim := self._standing():
            review.check(claim, by=self.editor, note=f"Compared {self._number()}.")

    def hideable(self) -> list[Claim]:
        """Claims that are or were public, in order of their numbers."""
        return list(
            Claim.objects.filter(published_tick__isnull=False, suppressed_at__isnull=True).order_by("pk")
        )

    def suppress(self, claim: Claim) -> None:
        """Hide a claim, standing or withdrawn, from every moment."""
        first, second = (f.person(name, "administrator") for name in ("first", "second"))
        review.suppress(claim, by=first, agreed=second, because="A court order.")

    def figures_of(self, claim: Claim) -> list[str]:
        """A claim's figure as pages write it, where it is one that no other claim states."""
        if claim.kind not in ("estimate", "investment", "production", "finding"):
            return []
        [full] = typed([claim])
        stated = str(getattr(full, FACTORIES[claim.kind][1]))
        number = int(re.findall(r"\d{6}", stated)[0])
        return [rf"\b{number}\b", rf"\b{number:,}\b"]

    # Records

    def rename(self) -> None:
        self._change(self._any(), name=f"Renamed {self._number()}")

    def respell(self) -> None:
        record = self._any()
        Name.objects.create(record=record, text=f"Имя {self._number()}", language="ru", kind="spelling")
        self._change(record)

    def regrade(self) -> None:
        self._change(self._any("source"), reliability=self.chance.choice("ABCDEF"))

    def move(self) -> None:
        kind, field = self.chance.choice(
            [("deposit", "country"), ("project", "country"), ("source", "publisher")]
        )
        self._change(self._any(kind), **{field: self._any(field)})

    def merge(self) -> None:
        """Merge the second record of a kind into the first."""
        first, second = self._pair()
        if not any((first.merged_into_id, second.merged_into_id, first.withdrawn_because)):
            merging.merge(second, into=first, by=self.editor)

    def part(self) -> None:
        """Undo a merge."""
        merged = Record.objects.filter(merged_into__isnull=False).first()
        if merged:
            merging.undo_merge(merged, by=self.editor)

    def withdraw(self) -> None:
        """Take a record off the atlas, or bring back the one that was."""
        gone = Record.objects.exclude(withdrawn_because="").first()
        if gone:
            merging.reinstate(gone, by=self.editor)
            return
        record = self._any(self.chance.choice(["deposit", "project", "partner"]))
        if not record.merged_into_id and not Record.objects.filter(merged_into=record.pk).exists():
            merging.withdraw(record, by=self.editor, because="It never was.")

    # Chance

    def _number(self) -> int:
        """A number that no page shows yet."""
        self.numbers += self.chance.randrange(1, 500)
        return self.numbers

    def _any(self, kind: str = "") -> Any:
        kind = kind or self.chance.choice(list(self.records))
        return record_models()[kind]._default_manager.get(pk=self.chance.choice(self.records[kind]).pk)

    def _pair(self) -> tuple[Any, Any]:
        kind = self.chance.choice(["deposit", "project", "partner", "source", "publisher", "mineral"])
        first, second = (
            record_models()[kind]._default_manager.get(pk=record.pk) for record in self.records[kind][:2]
        )
        return first, second

    def _standing(self) -> Claim | None:
        claims = list(Claim.objects.filter(status="published", suppressed_at__isnull=True).order_by("pk"))
        return self.chance.choice(claims) if claims else None

    def _about(self, factory: type[f.ClaimFactory]) -> dict[str, Any]:
        fields = {field.name for field in factory._meta.model._meta.concrete_fields}
        records = {"mineral": "mineral", "partner": "partner", "owner": "partner"}
        optional = factory is f.FindingFactory
        return {name: self._any(kind) for name, kind in records.items() if name in fields and not optional}

    def _figure(self, kind: str, name: str) -> dict[str, Any]:
        """A figure that no claim stated yet, where the field has room for one."""
        match name:
            case "role":
                return {name: self.chance.choice(["main", "by-product"])}
            case "stage":
                stage = self.chance.choice(["exploration", "construction", "operating", "suspended"])
                return {name: stage, "as_of": str(self.chance.randrange(2015, 2026))}
            case "latitude":
                return {name: 40 + self._number() % 10_000 / 1000, "precision": "site"}
            case "share_percent":
                return {name: self.chance.randrange(1, 100)}
            case "years":
                return {name: self.chance.randrange(1, 9)}
            case "statement":
                return {name: f"The source says that {self._number()} people work there."}
            case _:
                return {name: self._number()}

    def _change(self, record: Any, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        publish_record(record, self.editor)
