"""What the lists of deposits, projects, partners and sources hold: records, facets, columns, rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from atlas.published.snapshot import Place, Snapshot, Stage
from deposits.models import Country, Deposit, Location, Mineral
from deposits.vocabulary import DepositType
from partners.models import Partner
from projects.models import Project, StageReport
from sources.models import Record, Source

from . import facets
from .filtering import Facet
from .formatting import show_language
from .sorting import Column
from .wording import stage_word


@dataclass(frozen=True)
class Listing:
    """One kind of record as a list."""

    #: The list's address name; its template is lists/<name>.html.
    name: str
    records: Callable[[Snapshot], list[Any]]
    facets: Callable[[Snapshot], list[Facet]]
    columns: Callable[[Snapshot], list[Column]]
    row: Callable[[Snapshot, Any], Any]
    default_sort: str = "name"


@dataclass(frozen=True)
class DepositRow:
    deposit: Deposit
    minerals: list[tuple[Mineral, str]]
    type: str
    place: Place | None
    precision: str
    claims: int


@dataclass(frozen=True)
class ProjectRow:
    project: Project
    countries: list[Country]
    minerals: list[tuple[Mineral, str]]
    stage: Stage | None
    stage_label: str
    partners: list[Record]
    claims: int


@dataclass(frozen=True)
class PartnerRow:
    partner: Partner
    seat: str
    projects: list[Record]
    roles: list[str]


@dataclass(frozen=True)
class SourceRow:
    source: Source
    language: str
    claims: int


def involved(snapshot: Snapshot, record: Record) -> list[Record]:
    """The partners of a project, or the projects of a partner, each once, as first reported."""
    numbers = dict.fromkeys(number for number, _role in snapshot.involvements[record.pk])
    return [snapshot.records[number] for number in numbers if number in snapshot.records]


def claims_on(snapshot: Snapshot, record: Record) -> int:
    """How many claims in force are about a record."""
    return sum(snapshot.claim_counts.get(record.pk, {}).values())


def stage_label(stage: Stage | None, project: Project) -> str:
    """The project's stage in words, those of a programme where it is one; "" if none is reported."""
    return stage_word(stage.value, str(StageReport.Stage(stage.value).label), project) if stage else ""


def _label(record: Record | None) -> str:
    return record.label.casefold() if record else ""


_NAME = Column("name", _("Name"), _label)


def _country_label(snapshot: Snapshot) -> Callable[[Record], str]:
    return lambda record: ", ".join(_label(country) for country in snapshot.countries_of(record))


def _first_mineral(snapshot: Snapshot) -> Callable[[Record], str]:
    return lambda record: next((_label(mineral) for mineral, _role in snapshot.minerals_of(record)), "")


def _claims_column(snapshot: Snapshot) -> Column:
    return Column(
        "claims", _("Claims"), lambda r: claims_on(snapshot, r), greatest_first=True, is_number=True
    )


def _deposit_columns(snapshot: Snapshot) -> list[Column]:
    precisions = [*Location.Precision.values, facets.NONE]
    return [
        _NAME,
        Column("country", _("Country"), _country_label(snapshot)),
        Column("mineral", _("Minerals"), _first_mineral(snapshot)),
        Column("type", _("Type"), lambda deposit: str(dict(DepositType.choices).get(deposit.type_group, ""))),
        Column(
            "position", _("Position"), lambda deposit: precisions.index(facets.precision(snapshot, deposit))
        ),
        _claims_column(snapshot),
    ]


def _deposit_row(snapshot: Snapshot, deposit: Deposit) -> DepositRow:
    place = snapshot.places.get(deposit.pk)
    return DepositRow(
        deposit=deposit,
        minerals=snapshot.minerals_of(deposit),
        type=deposit.deposit_type_label or deposit.get_type_group_display(),
        place=place,
        precision=str(Location.Precision(place.precision).label) if place else "",
        claims=claims_on(snapshot, deposit),
    )


def _project_columns(snapshot: Snapshot) -> list[Column]:
    stages = StageReport.Stage.values
    return [
        _NAME,
        Column("country", _("Country"), _country_label(snapshot)),
        Column("type", _("Type"), lambda project: str(project.get_type_display())),
        Column("mineral", _("Minerals"), _first_mineral(snapshot)),
        Column(
            "stage",
            _("Stage"),
            lambda p: stages.index(snapshot.stages[p.pk].value) if p.pk in snapshot.stages else "",
        ),
        Column(
            "reported",
            _("Last reported"),
            lambda p: snapshot.stages[p.pk].dated if p.pk in snapshot.stages else "",
            greatest_first=True,
        ),
        Column("partners", _("Partners")),
    ]


def _project_row(snapshot: Snapshot, project: Project) -> ProjectRow:
    stage = snapshot.stages.get(project.pk)
    return ProjectRow(
        project=project,
        countries=snapshot.countries_of(project),
        minerals=snapshot.minerals_of(project),
        stage=stage,
        stage_label=stage_label(stage, project),
        partners=involved(snapshot, project),
        claims=claims_on(snapshot, project),
    )


def _partner_columns(snapshot: Snapshot) -> list[Column]:
    return [
        _NAME,
        Column("type", _("Type"), lambda partner: str(partner.get_type_display())),
        Column("country", _("Seat"), lambda p: facets.territory(snapshot, p.country).casefold()),
        Column(
            "projects",
            _("Projects"),
            lambda partner: len(involved(snapshot, partner)),
            greatest_first=True,
            is_number=True,
        ),
        Column("roles", _("Which, and its roles")),
    ]


def _partner_row(snapshot: Snapshot, partner: Partner) -> PartnerRow:
    roles = dict.fromkeys(role for _project, role in snapshot.involvements[partner.pk])
    return PartnerRow(
        partner=partner,
        seat=facets.territory(snapshot, partner.country),
        projects=involved(snapshot, partner),
        roles=[str(facets.ROLES[role]) for role in roles],
    )


def _source_columns(snapshot: Snapshot) -> list[Column]:
    return [
        Column("name", _("Title"), _label),
        Column("publisher", _("Publisher"), lambda source: _label(source.publisher)),
        Column("published", _("Published"), lambda source: source.published, greatest_first=True),
        Column("type", _("Type"), lambda source: str(source.get_type_display())),
        Column("language", _("Language"), lambda source: show_language(source.language)),
        Column("grade", _("Reliability"), lambda source: source.reliability),
        Column(
            "claims",
            _("Claims"),
            lambda source: snapshot.cited.get(source.pk, 0),
            greatest_first=True,
            is_number=True,
        ),
    ]


def _source_row(snapshot: Snapshot, source: Source) -> SourceRow:
    return SourceRow(source, show_language(source.language), snapshot.cited.get(source.pk, 0))


DEPOSITS = Listing(
    "deposits", lambda snapshot: snapshot.deposits, facets.deposit_facets, _deposit_columns, _deposit_row
)
PROJECTS = Listing(
    "projects", lambda snapshot: snapshot.projects, facets.project_facets, _project_columns, _project_row
)
PARTNERS = Listing(
    "partners", lambda snapshot: snapshot.partners, facets.partner_facets, _partner_columns, _partner_row
)
SOURCES = Listing(
    "sources",
    lambda snapshot: snapshot.sources,
    facets.source_facets,
    _source_columns,
    _source_row,
    default_sort="-published",
)
