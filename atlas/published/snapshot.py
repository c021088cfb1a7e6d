"""One moment of the published record: every card, where it lies, what it holds, who works it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.db import models

from deposits.models import Country, Deposit, Mineral, Region
from partners.models import Partner
from projects.models import Project
from sources.models import Publisher, Record, Source

#: A stage last reported longer ago than this is greyed, and is a value of its own in filters.
STALE_AFTER_YEARS = 5


@dataclass(frozen=True)
class Place:
    """Where a record lies, by the claim that heads its location point (degrees, WGS 84)."""

    latitude: float
    longitude: float
    precision: str
    inferred: bool
    claim: int
    #: Whether sources put it farther apart than their precisions allow.
    disputed: bool = False


@dataclass(frozen=True)
class Stage:
    """The newest stage that a project is reported at, or two that contradict each other."""

    value: str
    dated: str
    disputed: bool = False
    stale: bool = False


@dataclass
class Snapshot:
    """The record as published at one tick. Instances are read by many threads and never changed or saved."""

    tick: int
    at: dt.datetime
    records: dict[int, Record] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    stages: dict[int, Stage] = field(default_factory=dict)
    #: Minerals of a deposit or project, main ones first: (mineral's id, role).
    minerals: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    #: Topics of the findings on a record.
    topics: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: Partners of a project and projects of a partner: (id, role).
    involvements: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    #: How many claims in force are about a record, by kind.
    claim_counts: dict[int, dict[str, int]] = field(default_factory=dict)
    #: How many claims in force cite a source.
    cited: dict[int, int] = field(default_factory=dict)
    #: What others made of it (`derived.kept_with_snapshot`).
    derived: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def of_kind(self, model: type[Any]) -> list[Any]:
        """The standing records of a kind, in order of name; merged and withdrawn ones left out."""
        return self._by_kind.get(model.KIND, [])

    @cached_property
    def _by_kind(self) -> dict[str, list[Record]]:
        kinds: dict[str, list[Record]] = defaultdict(list)
        for record in self.records.values():
            if not record.merged_into_id and not record.withdrawn_because:
                kinds[record.kind].append(record)
        for records in kinds.values():
            records.sort(key=lambda record: (record.name.casefold(), record.pk))
        return kinds

    @property
    def countries(self) -> list[Country]:
        return self.of_kind(Country)

    @property
    def all_minerals(self) -> list[Mineral]:
        return self.of_kind(Mineral)

    @property
    def deposits(self) -> list[Deposit]:
        return self.of_kind(Deposit)

    @property
    def projects(self) -> list[Project]:
        return self.of_kind(Project)

    @property
    def deposits_and_projects(self) -> list[Deposit | Project]:
        return [*self.deposits, *self.projects]

    @property
    def partners(self) -> list[Partner]:
        return self.of_kind(Partner)

    @property
    def sources(self) -> list[Source]:
        return self.of_kind(Source)

    @property
    def publishers(self) -> list[Publisher]:
        return self.of_kind(Publisher)

    @property
    def region(self) -> Region | None:
        return next(iter(self.of_kind(Region)), None)

    def record(self, number: int) -> Record | None:
        """The record of that id as it stood, whatever its kind; None if it was not public then."""
        return self.records.get(number)

    def standing(self, record: Record) -> Record:
        """The record that stands for this one: itself unless it was merged away."""
        for _step in range(20):
            if not record.merged_into_id or record.merged_into_id not in self.records:
                break
            record = self.records[record.merged_into_id]
        return record

    def own_ids(self, record: Record) -> list[int]:
        """Ids whose claims are this record's: its own, and those of records merged into it."""
        return [record.pk, *self._merged.get(record.pk, [])]

    @cached_property
    def _merged(self) -> dict[int, list[int]]:
        merged: dict[int, list[int]] = defaultdict(list)
        for record in self.records.values():
            if record.merged_into_id:
                merged[self.standing(record).pk].append(record.pk)
        return merged

    def projects_of(self, deposit: Deposit) -> list[Project]:
        """The projects that work, explore or process a deposit."""
        return self._projects_of.get(deposit.pk, [])

    @cached_property
    def _projects_of(self) -> dict[int, list[Project]]:
        found: dict[int, list[Project]] = defaultdict(list)
        for project in self.projects:
            for deposit in self.deposits_of(project):
                found[deposit.pk].append(project)
        return found

    def deposits_of(self, project: Project) -> list[Deposit]:
        """The deposits that a project works, explores or processes."""
        return self._linked(project, "deposits")

    def countries_of(self, record: Record) -> list[Country]:
        """The countries a record is in or covers: one for a deposit, any number for a programme."""
        own = [record.country] if isinstance(record, Deposit | Project) and record.country else []
        covered = self._linked(record, "countries") if isinstance(record, Project) else []
        return own + [country for country in covered if country not in own]

    def _linked(self, record: Record, name: str) -> list[Any]:
        linked = (self.records.get(number) for number in record.links.get(name, []))  # type: ignore[attr-defined]
        return [self.standing(other) for other in linked if other]

    def minerals_of(self, record: Record) -> list[tuple[Mineral, str]]:
        """The minerals of a deposit or project with their roles, main ones first."""
        return [(self.records[number], role) for number, role in self.minerals.get(record.pk, [])]  # type: ignore[misc]

    def in_country(self, country: Record) -> list[Deposit | Project]:
        """The deposits that lie in a country, and the projects that are in it or cover it."""
        return self._in_country.get(country.pk, [])

    @cached_property
    def _in_country(self) -> dict[int, list[Deposit | Project]]:
        found: dict[int, list[Deposit | Project]] = defaultdict(list)
        for record in self.deposits_and_projects:
            for country in self.countries_of(record):
                found[country.pk].append(record)
        return found

    def holding(self, mineral: Record) -> list[Deposit | Project]:
        """The deposits and projects that hold a mineral, as main one or by-product."""
        roles = self.roles_of(mineral)
        return [record for record in self.deposits_and_projects if record.pk in roles]

    def roles_of(self, mineral: Record) -> dict[int, str]:
        """The mineral's role in each deposit and project that holds it, by the record's number."""
        return self._roles.get(mineral.pk, {})

    @cached_property
    def _roles(self) -> dict[int, dict[int, str]]:
        roles: dict[int, dict[int, str]] = defaultdict(dict)
        for holder, held in self.minerals.items():
            for number, role in held:
                roles[number].setdefault(holder, role)
        return roles

    def attach(self, claims: Iterable[models.Model]) -> list[Any]:
        """Give claims their records as they stood at this tick, without a query; returns them as a list."""
        attached = list(claims)
        for claim in attached:
            for name, attname in _record_relations(type(claim)):
                record = self.records.get(getattr(claim, attname))
                if record is not None:
                    setattr(claim, name, record)
            for relation in claim._meta.local_many_to_many:
                linked = getattr(claim, relation.name).all()
                in_order = sorted(linked, key=lambda record: record.pk)
                linked._result_cache = [self.records.get(record.pk, record) for record in in_order]
                claim._prefetched_objects_cache[relation.name] = linked  # type: ignore[attr-defined]
        return attached


@cache
def _record_relations(model: type[models.Model]) -> list[tuple[str, str]]:
    """(name, column's name) of a model's relations to records."""
    return [
        (relation.name, relation.attname)
        for relation in model._meta.concrete_fields
        if isinstance(relation, models.ForeignKey) and issubclass(relation.related_model, Record)
    ]


def sorted_by_name(records: Iterable[Record]) -> Sequence[Record]:
    """Records in the order of their names in the reader's language."""
    return sorted(records, key=lambda record: (record.label.casefold(), record.pk))
