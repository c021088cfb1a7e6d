"""What the profile of a country, and that of the region, holds: composed from snapshot and claims."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from atlas.published.snapshot import Snapshot, sorted_by_name
from deposits.models import Country, Deposit, Mineral, Region
from findings.models import Finding
from partners.models import Partner
from projects.models import Investment, Project
from sources.models import Record

from .evidence import Gathered, gather
from .facets import STAGES, STALE, mineral_value, stage_value
from .formatting import show_country
from .listings import involved
from .money import Sums, sums_on
from .records import StageShown, stage_shown
from .topics import GroupFindings, by_topic

#: Projects named for one mineral before the list of all of them is linked instead.
MOST_PROJECTS = 3
#: Undertakings that take a mineral from the ground or prepare to; programmes and research mine nothing.
MINING_TYPES = (Project.Type.MINE, Project.Type.PROCESSING_PLANT, Project.Type.EXPLORATION)
#: Those who can be said to mine: other roles buy, lend, build or regulate.
MINING_ROLES = ("owner", "operator", "investor")
#: Stages in the order in which a country's projects are named.
_ORDER = (
    "operating",
    "commissioning",
    "construction",
    "permitting",
    "feasibility",
    "pre-feasibility",
    "exploration",
    "announced",
    "suspended",
)
_OVER = ("closed", "cancelled")
_MAIN = "main"


@dataclass(frozen=True)
class StageCount:
    """How many of a country's projects are at a stage, and the query of the list that holds them."""

    label: str
    count: int
    query: str
    stale: bool


@dataclass(frozen=True)
class WorkedBy:
    """A project, the stage it was last reported at, and who owns or runs it."""

    project: Project
    stage: StageShown | None
    partners: list[Record]


@dataclass(frozen=True)
class MineralThere:
    """What of a mineral is in a country: how many deposits, and who works which project."""

    mineral: Mineral
    deposits: int
    projects: int
    named: list[WorkedBy]
    query: str


@dataclass(frozen=True)
class Difference:
    """A point on which sources give different figures in one unit, and the first claim of it on the page."""

    title: str
    figures: list[str]
    claim: int


@dataclass(frozen=True)
class Abroad:
    """The partners of one seat in a country's projects."""

    seat: str
    partners: list[Partner]


@dataclass(frozen=True)
class CountryPage:
    record: Country
    gathered: Gathered
    deposits: int
    projects: int
    stages: list[StageCount]
    minerals: list[MineralThere]
    seated: list[Partner]
    abroad: list[Abroad]
    money: list[Sums]
    findings: list[GroupFindings]
    query: str

    @property
    def differences(self) -> list[Difference]:
        return differences(self.findings)

    @property
    def mined(self) -> list[MineralThere]:
        """The minerals that are the main object of a mine, plant or exploration not known to be over."""
        return [row for row in self.minerals if row.named]

    @property
    def present(self) -> list[MineralThere]:
        """The other minerals found there."""
        return [row for row in self.minerals if not row.named]


@dataclass(frozen=True)
class CountryCard:
    """A country in the list of countries."""

    country: Country
    deposits: int
    projects: int
    minerals: list[Mineral]
    claims: int


@dataclass(frozen=True)
class RegionPage:
    record: Region
    gathered: Gathered
    cards: list[CountryCard]
    programmes: list[Project]
    money: list[Sums]
    findings: list[GroupFindings]

    @property
    def differences(self) -> list[Difference]:
        return differences(self.findings)


def country_page(snapshot: Snapshot, country: Country) -> CountryPage:
    """A country: its deposits, who mines what, its facts with what agrees and differs, money, partners."""
    gathered = gather(snapshot, [([country], [Finding, Investment])])
    deposits = _deposits_in(snapshot, country)
    projects = _projects_in(snapshot, country)
    seated = [partner for partner in snapshot.partners if partner.country == country.iso2]
    return CountryPage(
        record=country,
        gathered=gathered,
        deposits=len(deposits),
        projects=len(projects),
        stages=_stages(snapshot, country, projects),
        minerals=_minerals(snapshot, country, deposits, projects),
        seated=list(sorted_by_name(seated)),  # type: ignore[arg-type]
        abroad=_abroad(snapshot, country, projects),
        money=sums_on(gathered, country),
        findings=by_topic(gathered.of(country, "finding")),
        query=_query(country),
    )


def region_page(snapshot: Snapshot, region: Region) -> RegionPage:
    """The five countries, and what sources say of the region as a whole."""
    gathered = gather(snapshot, [([region], [Finding, Investment])])
    programmes = [project for project in snapshot.projects if project.type == Project.Type.PROGRAMME]
    covering = [project for project in programmes if len(snapshot.countries_of(project)) != 1]
    return RegionPage(
        record=region,
        gathered=gathered,
        cards=country_cards(snapshot),
        programmes=list(sorted_by_name(covering)),  # type: ignore[arg-type]
        money=sums_on(gathered, region),
        findings=by_topic(gathered.of(region, "finding")),
    )


def country_cards(snapshot: Snapshot) -> list[CountryCard]:
    """The countries by name, each with its counts and the minerals that most of its deposits hold."""
    cards = []
    for country in sorted_by_name(snapshot.countries):
        deposits = _deposits_in(snapshot, country)
        projects = _projects_in(snapshot, country)
        held = Counter(mineral for deposit in deposits for mineral, _role in snapshot.minerals_of(deposit))
        minerals = [mineral for mineral, _count in held.most_common(6)]
        claims = sum(snapshot.claim_counts.get(country.pk, {}).values())
        cards.append(CountryCard(country, len(deposits), len(projects), minerals, claims))  # type: ignore[arg-type]
    return cards


def differences(groups: Iterable[GroupFindings]) -> list[Difference]:
    """The points of findings on which sources give different figures in one unit, in the page's order."""
    found = []
    for row in (row for group in groups for row in group.topics):
        figures = [group.value for group in row.evidence.groups if group.disagrees]
        if figures:
            title = f"{row.mineral}: {row.topic}" if row.mineral else row.topic
            found.append(Difference(title, figures, row.statements[0].claim.pk))
    return found


def _deposits_in(snapshot: Snapshot, country: Record) -> list[Deposit]:
    return [record for record in snapshot.in_country(country) if isinstance(record, Deposit)]


def _projects_in(snapshot: Snapshot, country: Record) -> list[Project]:
    return [record for record in snapshot.in_country(country) if isinstance(record, Project)]


def _query(country: Country, **more: str) -> str:
    return urlencode({"country": country.iso2, **more})


def _stages(snapshot: Snapshot, country: Country, projects: list[Project]) -> list[StageCount]:
    """The country's projects by stage, those with old reports apart, as the list's filter has them."""
    counts = Counter(stage_value(snapshot, project) for project in projects)
    order = [*_ORDER, *_OVER]
    values = sorted(counts, key=lambda value: order.index(value) if value in order else len(order))
    return [
        StageCount(str(STAGES[value]), counts[value], _query(country, stage=value), value == STALE)
        for value in values
    ]


def _minerals(
    snapshot: Snapshot, country: Country, deposits: list[Deposit], projects: list[Project]
) -> list[MineralThere]:
    """Who mines what: the minerals with most deposits and projects first."""
    held = Counter(mineral for deposit in deposits for mineral, _role in snapshot.minerals_of(deposit))
    working: dict[Mineral, list[tuple[Project, str]]] = {}
    for project in projects:
        for mineral, role in snapshot.minerals_of(project):
            working.setdefault(mineral, []).append((project, role))
    rows = []
    for mineral in {*held, *working}:
        there = working.get(mineral, [])
        mining = [project for project, role in there if role == _MAIN and _is_mining(snapshot, project)]
        mining.sort(key=lambda project: _rank(snapshot, project))
        named = [_at_work(snapshot, project) for project in mining[:MOST_PROJECTS]]
        query = _query(country, mineral=mineral_value(mineral))
        rows.append(MineralThere(mineral, held[mineral], len(there), named, query))
    return sorted(rows, key=lambda row: (-row.deposits - row.projects, row.mineral.label.casefold()))


def _rank(snapshot: Snapshot, project: Project) -> tuple[int, str]:
    """Order in which projects are named: by stage, old reports after new ones, unreported ones last."""
    stage = snapshot.stages.get(project.pk)
    if stage is None or stage.value not in _ORDER:
        return 2 * len(_ORDER), project.name
    return _ORDER.index(stage.value) + len(_ORDER) * stage.stale, project.name


def _is_mining(snapshot: Snapshot, project: Project) -> bool:
    """Whether it is a mine, plant or exploration that is not known to be over."""
    stage = snapshot.stages.get(project.pk)
    return project.type in MINING_TYPES and not (stage and stage.value in _OVER)


def _at_work(snapshot: Snapshot, project: Project) -> WorkedBy:
    numbers = dict.fromkeys(
        partner for partner, role in snapshot.involvements[project.pk] if role in MINING_ROLES
    )
    return WorkedBy(project, stage_shown(snapshot, project), [snapshot.records[n] for n in numbers])


def _abroad(snapshot: Snapshot, country: Country, projects: list[Project]) -> list[Abroad]:
    """Partners from elsewhere in the country's projects, by the seat that sends most of them."""
    by_seat: dict[str, dict[int, Partner]] = {}
    for project in projects:
        for partner in involved(snapshot, project):
            if isinstance(partner, Partner) and partner.country != country.iso2:
                by_seat.setdefault(partner.country, {})[partner.pk] = partner
    found = [
        Abroad(show_country(code) if code else "", list(sorted_by_name(partners.values())))  # type: ignore[arg-type]
        for code, partners in by_seat.items()
    ]
    return sorted(found, key=lambda abroad: (-len(abroad.partners), abroad.seat))
