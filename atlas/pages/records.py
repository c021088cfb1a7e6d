"""What the pages of deposits, projects and partners hold, composed from snapshot and claims."""

from dataclasses import dataclass, replace
from typing import Any

from atlas.published.snapshot import Place, Snapshot, Stage
from deposits.models import Country, Deposit, Location, Occurrence, ResourceEstimate
from findings.models import Finding
from findings.topics import TopicGroup
from partners.models import Ownership, Partner
from projects.models import Duration, Investment, Involvement, Production, Project, StageReport
from sources.models import Record

from . import queries
from .evidence import Evidence, Gathered, gather
from .glossary import Term, terms_of_estimates, terms_of_findings
from .nearby import Nearby, nearby
from .participants import Participation, participations
from .statements import Statement
from .timeline import Event, timeline
from .topics import GroupFindings, by_topic
from .wording import role_word, stage_word


@dataclass(frozen=True)
class StageShown:
    """A project's stage in words, as last reported; greyed when that was over five years ago."""

    word: str
    stage: Stage


@dataclass(frozen=True)
class ProjectThere:
    """A project at a deposit: its stage, partners and money."""

    project: Project
    stage: StageShown | None
    participants: list[Participation]
    money: list[Evidence]


@dataclass(frozen=True)
class DepositPage:
    record: Deposit
    gathered: Gathered
    place: Place | None
    location: Evidence | None
    minerals: list[Evidence]
    estimates: list[Evidence]
    terms: list[Term]
    projects: list[ProjectThere]
    findings: list[GroupFindings]
    neighbours: list[Nearby] | None
    events: list[Event]

    @property
    def with_money(self) -> list[ProjectThere]:
        """The projects there of which money is reported."""
        return [there for there in self.projects if there.money]


@dataclass(frozen=True)
class ProjectPage:
    record: Project
    gathered: Gathered
    place: Place | None
    location: Evidence | None
    stage: StageShown | None
    stages: list[Statement]
    stages_differ: bool
    duration: Evidence | None
    minerals: list[Evidence]
    participants: list[Participation]
    money: list[Evidence]
    production: list[Evidence]
    deposits: list[Deposit]
    countries: list[Country]
    goals: list[GroupFindings]
    findings: list[GroupFindings]
    terms: list[Term]

    @property
    def is_programme(self) -> bool:
        return bool(self.record.type == Project.Type.PROGRAMME)


@dataclass(frozen=True)
class Mention:
    """A claim on another record that names a partner."""

    record: Record
    statement: Statement


@dataclass(frozen=True)
class PartnerPage:
    record: Partner
    gathered: Gathered
    owners: list[Evidence]
    #: Points of ownership of others by this partner, each on the owned partner.
    holdings: list[tuple[Record, Evidence]]
    participations: list[Participation]
    money: list[Mention]
    findings: list[GroupFindings]
    mentions: list[Mention]


def deposit_page(snapshot: Snapshot, deposit: Deposit) -> DepositPage:
    """A deposit, the projects there, and through them partners and money."""
    projects = snapshot.projects_of(deposit)
    gathered = gather(
        snapshot,
        [
            ([deposit], [Location, Occurrence, ResourceEstimate, Finding]),
            (projects, [StageReport, Involvement, Investment]),
        ],
    )
    there = [
        ProjectThere(
            project,
            stage_shown(snapshot, project),
            participations(gathered, project),
            gathered.of(project, "investment"),
        )
        for project in projects
    ]
    estimates = gathered.of(deposit, "estimate")
    return DepositPage(
        record=deposit,
        gathered=gathered,
        place=snapshot.places.get(deposit.pk),
        location=next(iter(gathered.of(deposit, "location")), None),
        minerals=_main_first(gathered.of(deposit, "occurrence")),
        estimates=_by_mineral(snapshot, deposit, estimates),
        terms=terms_of_estimates(s.claim for e in estimates for s in e.statements),
        projects=there,
        findings=by_topic(gathered.of(deposit, "finding")),
        neighbours=nearby(snapshot, deposit),
        events=timeline(gathered, [deposit, *projects]),
    )


def project_page(snapshot: Snapshot, project: Project) -> ProjectPage:
    """A project or programme with its stages, partners, money, output and findings."""
    kinds = [Location, Occurrence, StageReport, Duration, Involvement, Investment, Production, Finding]
    gathered = gather(snapshot, [([project], kinds)])
    stages = [_in_words_of(project, s) for e in gathered.of(project, "stage") for s in e.statements]
    groups = by_topic(gathered.of(project, "finding"))
    return ProjectPage(
        record=project,
        gathered=gathered,
        place=snapshot.places.get(project.pk),
        location=next(iter(gathered.of(project, "location")), None),
        stage=stage_shown(snapshot, project),
        stages=sorted(stages, key=lambda s: (not s.claim.dated, s.claim.dated, s.claim.pk)),
        stages_differ=any(evidence.disagrees for evidence in gathered.of(project, "stage")),
        duration=next(iter(gathered.of(project, "duration")), None),
        minerals=_main_first(gathered.of(project, "occurrence")),
        participants=participations(gathered, project),
        money=gathered.of(project, "investment"),
        production=gathered.of(project, "production"),
        deposits=snapshot.deposits_of(project),
        countries=snapshot.countries_of(project),
        goals=[group for group in groups if group.group == TopicGroup.PROGRAMME],
        findings=[group for group in groups if group.group != TopicGroup.PROGRAMME],
        terms=terms_of_findings(claim for claim in gathered.claims if claim.kind == "finding"),
    )


def partner_page(snapshot: Snapshot, partner: Partner) -> PartnerPage:
    """A partner: who owns it, what it owns, its projects, and what is said of it."""
    naming = queries.claims_naming(snapshot.own_ids(partner), snapshot.tick)
    others = [claim for claims in naming.values() for claim in claims]
    gathered = gather(snapshot, [([partner], [Ownership, Finding])], others)
    roles = [
        Participation(subject, partner, role_word(evidence.leading, subject), evidence)
        for subject in _subjects(gathered, naming["involvement"])
        for evidence in gathered.of(subject, "involvement")
    ]
    holdings = [
        (owned, evidence)
        for owned in _subjects(gathered, naming["ownership"])
        for evidence in gathered.of(owned, "ownership")
        if snapshot.standing(evidence.leading.owner) is partner
    ]
    return PartnerPage(
        record=partner,
        gathered=gathered,
        owners=gathered.of(partner, "ownership"),
        holdings=holdings,
        participations=roles,
        money=_mentions(gathered, naming["investment"]),
        findings=by_topic(gathered.of(partner, "finding")),
        mentions=_mentions(gathered, naming["finding"]),
    )


def stage_shown(snapshot: Snapshot, project: Project) -> StageShown | None:
    """The project's stage in words, None where no source reports one."""
    stage = snapshot.stages.get(project.pk)
    if stage is None:
        return None
    return StageShown(stage_word(stage.value, str(StageReport.Stage(stage.value).label), project), stage)


def _in_words_of(project: Project, reported: Statement) -> Statement:
    """A stage report; programmes use words of their own."""
    return replace(reported, value=stage_word(reported.claim.stage, reported.value, project))


def _main_first(found: list[Evidence]) -> list[Evidence]:
    """Occurrences, main minerals before by-products."""
    return sorted(found, key=lambda evidence: evidence.leading.role != Occurrence.Role.MAIN)


def _by_mineral(snapshot: Snapshot, deposit: Deposit, found: list[Evidence]) -> list[Evidence]:
    """Estimates in the order of the deposit's minerals, then the others."""
    order = [number for number, _role in snapshot.minerals.get(deposit.pk, [])]
    place = {number: index for index, number in enumerate(order)}
    return sorted(found, key=lambda evidence: place.get(evidence.leading.mineral_id, len(order)))


def _subjects(gathered: Gathered, claims: list[Any]) -> list[Any]:
    """The records that these claims are about, each once, by name."""
    found = {record.pk: record for record in (gathered.snapshot.standing(c.subject) for c in claims)}
    return sorted(found.values(), key=lambda record: (record.label.casefold(), record.pk))


def _mentions(gathered: Gathered, claims: list[Any]) -> list[Mention]:
    return [Mention(gathered.snapshot.standing(c.subject), gathered.statement(c)) for c in claims]
