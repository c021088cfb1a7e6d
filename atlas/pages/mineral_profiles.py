"""What the profile of a mineral holds: where it is, who works it, every estimate, never summed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from atlas.published.snapshot import Snapshot, sorted_by_name
from deposits.models import Country, Deposit, Mineral, ResourceEstimate
from deposits.vocabulary import MineralGroup
from findings.models import Finding
from partners.models import Partner
from projects.models import Involvement, Production, Project
from sources.models import Record

from .critical_lists import OnList, critical_lists
from .evidence import Gathered, gather
from .facets import mineral_value
from .glossary import Term, terms_of_estimates
from .mineral_queries import claims_naming_mineral
from .records import StageShown, stage_shown
from .statements import Statement
from .topics import GroupFindings, by_topic

_MAIN = "main"
#: What a table's heading says of all its figures.
_IN_HEADING = ("basis", "system", "measure")


@dataclass(frozen=True)
class Holder:
    """A deposit or project that holds the mineral, as main one or by-product; a project with its stage."""

    record: Deposit | Project
    is_main: bool
    stage: StageShown | None = None


@dataclass(frozen=True)
class InCountry:
    """Deposits and projects of a mineral in one country; None: in none, or in several."""

    country: Country | None
    deposits: list[Holder]
    projects: list[Holder]


@dataclass(frozen=True)
class AtWork:
    """A partner and the projects on a mineral it takes part in, each with its roles."""

    partner: Partner
    projects: list[tuple[Project, str]]


@dataclass(frozen=True)
class Figure:
    """One claim in a table, beside the record it is about."""

    record: Record
    statement: Statement
    counts: str


@dataclass(frozen=True)
class FigureTable:
    """Figures that one heading holds: for estimates those of one basis and system."""

    title: str
    figures: list[Figure]


@dataclass(frozen=True)
class Said:
    """What findings on one other record say of the mineral."""

    record: Record
    statements: list[Statement]


@dataclass(frozen=True)
class MineralPage:
    record: Mineral
    gathered: Gathered
    lists: list[OnList]
    countries: list[InCountry]
    partners: list[AtWork]
    estimates: list[FigureTable]
    terms: list[Term]
    production: list[FigureTable]
    money: list[Figure]
    findings: list[GroupFindings]
    said: list[Said]
    query: str

    @property
    def deposits(self) -> int:
        return len({holder.record.pk for here in self.countries for holder in here.deposits})

    @property
    def projects(self) -> int:
        return len({holder.record.pk for here in self.countries for holder in here.projects})

    @property
    def estimate_count(self) -> int:
        return sum(len(table.figures) for table in self.estimates)


@dataclass(frozen=True)
class MineralRow:
    """A mineral in the list of minerals."""

    mineral: Mineral
    lists: list[OnList]
    deposits: int
    projects: int
    query: str


@dataclass(frozen=True)
class MineralRows:
    group: str
    value: str
    rows: list[MineralRow]


def mineral_page(snapshot: Snapshot, mineral: Mineral) -> MineralPage:
    """A mineral: deposits and projects by country, partners, estimates, output, money, findings, lists."""
    naming = claims_naming_mineral(snapshot.own_ids(mineral), snapshot.tick)
    gathered = gather(snapshot, [([mineral], [Finding])], naming)
    estimates = [claim for claim in naming if isinstance(claim, ResourceEstimate)]
    holding = snapshot.holding(mineral)
    projects = [record for record in holding if isinstance(record, Project)]
    return MineralPage(
        record=mineral,
        gathered=gathered,
        lists=critical_lists(mineral),
        countries=_by_country(snapshot, mineral, holding),
        partners=_partners(snapshot, projects),
        estimates=_estimate_tables(gathered, estimates),
        terms=terms_of_estimates(estimates),
        production=_production_tables(gathered, [c for c in naming if isinstance(c, Production)]),
        money=_figures(gathered, [claim for claim in naming if claim.kind == "investment"]),
        findings=by_topic(gathered.of(mineral, "finding")),
        said=_said(gathered, mineral, [claim for claim in naming if claim.kind == "finding"]),
        query=urlencode({"mineral": mineral_value(mineral)}),
    )


def minerals_by_group(snapshot: Snapshot) -> list[MineralRows]:
    """All minerals by group, those with most deposits and projects first."""
    deposits = Counter(m for deposit in snapshot.deposits for m, _role in snapshot.minerals_of(deposit))
    projects = Counter(m for project in snapshot.projects for m, _role in snapshot.minerals_of(project))
    groups: dict[str, list[MineralRow]] = {}
    minerals: Iterable[Any] = sorted_by_name(snapshot.all_minerals)
    for mineral in minerals:
        query = urlencode({"mineral": mineral_value(mineral)})
        row = MineralRow(mineral, critical_lists(mineral), deposits[mineral], projects[mineral], query)
        groups.setdefault(mineral.group, []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: -row.deposits - row.projects)
    return [
        MineralRows(str(group.label), group.value, groups[group.value])
        for group in MineralGroup
        if group.value in groups
    ]


def _by_country(snapshot: Snapshot, mineral: Mineral, holding: list[Deposit | Project]) -> list[InCountry]:
    """Deposits and projects by country, the one with most first; main before by-product."""
    roles = snapshot.roles_of(mineral)
    found: dict[Country | None, InCountry] = {}
    for record in holding:
        here = _here(snapshot, found, record)
        is_main = roles[record.pk] == _MAIN
        if isinstance(record, Deposit):
            here.deposits.append(Holder(record, is_main))
        else:
            here.projects.append(Holder(record, is_main, stage_shown(snapshot, record)))
    for here in found.values():
        here.deposits.sort(key=_main_first)
        here.projects.sort(key=_main_first)
    return sorted(
        found.values(), key=lambda here: (here.country is None, -len(here.deposits) - len(here.projects))
    )


def _main_first(holder: Holder) -> tuple[bool, str]:
    return not holder.is_main, holder.record.label.casefold()


def _here(snapshot: Snapshot, found: dict[Country | None, InCountry], record: Record) -> InCountry:
    countries = snapshot.countries_of(record)
    country = countries[0] if len(countries) == 1 else None
    return found.setdefault(country, InCountry(country, [], []))


def _partners(snapshot: Snapshot, projects: list[Project]) -> list[AtWork]:
    """Who takes part in projects on the mineral, those in most of them first."""
    roles: dict[int, dict[Project, list[str]]] = {}
    for project in projects:
        for number, role in snapshot.involvements[project.pk]:
            label = str(Involvement.Role(role).label)
            roles.setdefault(number, {}).setdefault(project, []).append(label)
    found = [
        AtWork(snapshot.records[number], [(project, ", ".join(names)) for project, names in held.items()])  # type: ignore[arg-type]
        for number, held in roles.items()
        if number in snapshot.records
    ]
    return sorted(found, key=lambda at_work: (-len(at_work.projects), at_work.partner.label.casefold()))


def _estimate_tables(gathered: Gathered, claims: list[ResourceEstimate]) -> list[FigureTable]:
    """Estimates by basis and system; in a table the largest deposits first, each one's figures together."""
    bases = [*ResourceEstimate.Basis.values, ""]
    systems = list(ResourceEstimate.System.values)
    statements = _statements(gathered, claims)
    tables: dict[tuple[int, int], list[ResourceEstimate]] = {}
    for claim in claims:
        tables.setdefault((bases.index(claim.basis), systems.index(claim.system)), []).append(claim)
    found = []
    for _place, members in sorted(tables.items()):
        largest: dict[int, Any] = {}
        for claim in members:
            value = (claim.quantity is not None, claim.sort_value())
            largest[claim.subject_id] = max(largest.get(claim.subject_id, value), value)
        members.sort(key=lambda c: (c.subject_id, -c.sort_value(), c.pk))
        members.sort(key=lambda c: largest[c.subject_id], reverse=True)
        figures = [_figure(gathered, statements[claim.pk]) for claim in members]
        found.append(FigureTable(_table_title(members[0]), figures))
    return found


def _table_title(claim: ResourceEstimate) -> str:
    basis = claim.get_basis_display() if claim.basis else gettext("basis not stated")
    return f"{basis} · {claim.get_system_display()}"


def _production_tables(gathered: Gathered, claims: list[Production]) -> list[FigureTable]:
    """Output by what it measures: made, could be made, planned."""
    statements = _statements(gathered, claims)
    tables = []
    for measure in Production.Measure:
        members = [claim for claim in claims if claim.measure == measure.value]
        members.sort(key=lambda claim: (claim.subject.label.casefold(), claim.dated, claim.pk))
        if members:
            figures = [_figure(gathered, statements[claim.pk]) for claim in members]
            tables.append(FigureTable(str(measure.label), figures))
    return tables


def _statements(gathered: Gathered, claims: list[Any]) -> dict[int, Statement]:
    """Each claim's statement as its record's page shows it, with its label beside the others there."""
    found: dict[int, Statement] = {}
    for record, kind in {(gathered.snapshot.standing(claim.subject), claim.kind) for claim in claims}:
        for evidence in gathered.of(record, kind):
            found.update({statement.claim.pk: statement for statement in evidence.statements})
    return found


def _figures(gathered: Gathered, claims: list[Any]) -> list[Figure]:
    """Claims with no regard to each other, by the record they are about."""
    figures = [_figure(gathered, gathered.statement(claim)) for claim in claims]
    return sorted(figures, key=lambda figure: (figure.record.kind, figure.record.label.casefold()))


def _figure(gathered: Gathered, statement: Statement) -> Figure:
    record = gathered.snapshot.standing(statement.claim.subject)
    counts = [words for name, words in statement.aspects.items() if words and name not in _IN_HEADING]
    return Figure(record, statement, " · ".join(counts))


def _said(gathered: Gathered, mineral: Mineral, claims: list[Any]) -> list[Said]:
    """Findings on countries, projects, … that name the mineral, by record: the region and countries first."""
    by_record: dict[Record, list[Statement]] = {}
    for claim in claims:
        record = gathered.snapshot.standing(claim.subject)
        if record is not mineral:
            by_record.setdefault(record, []).append(gathered.statement(claim))
    order = ["region", "country", "project", "deposit", "partner", "mineral"]
    return [
        Said(record, statements)
        for record, statements in sorted(
            by_record.items(), key=lambda item: (order.index(item[0].kind), item[0].label.casefold())
        )
    ]
