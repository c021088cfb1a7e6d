"""What each kind of record is filtered by, in lists; addresses use the same parameters as the map's."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atlas.published.snapshot import Snapshot, sorted_by_name
from deposits.models import Location, Mineral
from deposits.vocabulary import DepositType, MineralGroup
from findings.topics import Topic
from partners.models import Partner
from projects.models import Involvement, Project, StageReport
from sources.models import Record, Source

from .filtering import Facet
from .formatting import show_country, show_language

#: The value for records of which the property is not known.
NONE = "none"
#: The stage of a project whose newest report is over five years old.
STALE = "stale"
#: Partners and publishers are too many for a form: the most frequent are offered.
MOST = 20
ROLES = dict(Involvement.Role.choices)

Labels = dict[str, str | Promise]

STAGES: Labels = {
    **dict(StageReport.Stage.choices),
    STALE: _("last reported over five years ago"),
    NONE: _("not reported"),
}


def territory(snapshot: Snapshot, code: str) -> str:
    """A country by its ISO 3166-1 code: as the atlas calls it if it covers it."""
    own = next((country for country in snapshot.countries if country.iso2 == code), None)
    return own.label if own else show_country(code)


def mineral_value(mineral: Mineral) -> str:
    """The mineral as addresses name it: its key, its number where it has none."""
    return mineral.key or str(mineral.pk)


def stage_value(snapshot: Snapshot, project: Project) -> str:
    """The project's stage as filters know it: old reports are a value of their own."""
    stage = snapshot.stages.get(project.pk)
    return NONE if stage is None else STALE if stage.stale else stage.value


def deposit_facets(snapshot: Snapshot) -> list[Facet]:
    """Country, mineral, group, deposit type, precision of the position, topic, estimates."""
    return [
        _country(snapshot),
        *_minerals(snapshot),
        Facet(
            "deposit_type",
            _("Deposit type"),
            lambda deposit: [deposit.type_group or NONE],
            {**dict(DepositType.choices), NONE: _("not known")},
        ),
        Facet(
            "precision",
            _("Position"),
            lambda deposit: [precision(snapshot, deposit)],
            {**dict(Location.Precision.choices), NONE: _("not known")},
        ),
        _topics(snapshot),
        Facet(
            "estimate",
            _("Estimates"),
            lambda deposit: ["yes" if snapshot.claim_counts.get(deposit.pk, {}).get("estimate") else "no"],
            {"yes": _("published"), "no": _("none published")},
        ),
    ]


def project_facets(snapshot: Snapshot) -> list[Facet]:
    """Country, mineral, group, type, stage, partner, topic."""
    partners = sorted_by_name(partner for partner in snapshot.partners if snapshot.involvements[partner.pk])
    return [
        _country(snapshot),
        *_minerals(snapshot),
        Facet("type", _("Type"), lambda project: [project.type], dict(Project.Type.choices)),
        Facet(
            "stage",
            _("Stage"),
            lambda project: [stage_value(snapshot, project)],
            STAGES,
        ),
        Facet(
            "partner",
            _("Partner"),
            lambda project: {str(partner) for partner, _role in snapshot.involvements[project.pk]},
            {str(partner.pk): partner.label for partner in partners},
            most=MOST,
        ),
        _topics(snapshot),
    ]


def partner_facets(snapshot: Snapshot) -> list[Facet]:
    """Type, country of the seat, role in projects, country it works in."""
    seats = {partner.country for partner in snapshot.partners if partner.country}
    return [
        Facet("type", _("Type"), lambda partner: [partner.type], dict(Partner.Type.choices)),
        Facet(
            "country",
            _("Seat"),
            lambda partner: [partner.country or NONE],
            {**_by_label({code: territory(snapshot, code) for code in seats}), NONE: _("no country")},
        ),
        Facet(
            "role",
            _("Role in projects"),
            lambda partner: {role for _project, role in snapshot.involvements[partner.pk]} or {NONE},
            {**ROLES, NONE: _("none recorded")},
        ),
        Facet(
            "works_in",
            _("Works in"),
            lambda partner: {
                country.iso2
                for number, _role in snapshot.involvements[partner.pk]
                for country in snapshot.countries_of(snapshot.records[number])
            },
            {country.iso2: country.label for country in sorted_by_name(snapshot.countries)},  # type: ignore[attr-defined]
        ),
    ]


def source_facets(snapshot: Snapshot) -> list[Facet]:
    """Type, language, grade, publisher, year."""
    sources = snapshot.sources
    publishers = sorted_by_name({source.publisher for source in sources if source.publisher})
    years = sorted({source.published[:4] for source in sources if source.published}, reverse=True)
    return [
        Facet("type", _("Type"), lambda source: [source.type], dict(Source.Type.choices)),
        Facet(
            "language",
            _("Language"),
            lambda source: [source.language],
            _by_label({source.language: show_language(source.language) for source in sources}),
        ),
        Facet(
            "grade",
            _("Reliability"),
            lambda source: [source.reliability or NONE],
            {**dict(Source.Reliability.choices), NONE: _("not graded")},
        ),
        Facet(
            "publisher",
            _("Publisher"),
            lambda source: [str(source.publisher_id)],
            {str(publisher.pk): publisher.label for publisher in publishers},
            most=MOST,
        ),
        Facet(
            "year",
            _("Year"),
            lambda source: [source.published[:4] or NONE],
            {**{year: year for year in years}, NONE: _("undated")},
        ),
    ]


def _country(snapshot: Snapshot) -> Facet:
    labels: Labels = {country.iso2: country.label for country in sorted_by_name(snapshot.countries)}  # type: ignore[attr-defined]
    labels[NONE] = _("the region, no single country")
    return Facet(
        "country",
        _("Country"),
        lambda record: [country.iso2 for country in snapshot.countries_of(record)] or [NONE],
        labels,
    )


def _minerals(snapshot: Snapshot) -> Iterable[Facet]:
    minerals: Iterable[Any] = sorted_by_name(snapshot.all_minerals)
    yield Facet(
        "mineral",
        _("Mineral"),
        lambda record: {mineral_value(mineral) for mineral, _role in snapshot.minerals_of(record)},
        {mineral_value(mineral): mineral.label for mineral in minerals},
    )
    yield Facet(
        "group",
        _("Mineral group"),
        lambda record: {mineral.group for mineral, _role in snapshot.minerals_of(record)},
        dict(MineralGroup.choices),
    )


def _topics(snapshot: Snapshot) -> Facet:
    return Facet(
        "topic", _("Findings on"), lambda record: snapshot.topics.get(record.pk, set()), dict(Topic.choices)
    )


def precision(snapshot: Snapshot, record: Record) -> str:
    """How exactly a deposit or project is placed, NONE without a position."""
    place = snapshot.places.get(record.pk)
    return place.precision if place else NONE


def _by_label(labels: dict[str, str]) -> Labels:
    ordered = sorted(labels.items(), key=lambda item: item[1].casefold())
    return {**dict(ordered)}
