"""The wide table: a row a record, as its page shows it at a moment."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from atlas.addresses import SHORT
from atlas.published.snapshot import Place, Snapshot
from deposits.models import Country, Deposit, Location, Mineral
from partners.models import Partner
from projects.models import Project
from sources.models import Publisher, Record, Source

from .tables import Cell, Column, joined, note_of

KINDS: dict[str, type[Record]] = {
    model.KIND: model for model in (Deposit, Project, Partner, Source, Publisher, Country, Mineral)
}
PLACED = ("deposit", "project")
#: Columns that a kind of record has of itself, besides those built below.
_OWN = {
    "region": ("deposit",),
    "region_ru": ("deposit",),
    "deposit_type": ("deposit",),
    "deposit_type_ru": ("deposit",),
    "type_group": ("deposit",),
    "type": ("project", "partner", "source"),
    "website": ("partner",),
    "author": ("source",),
    "published": ("source",),
    "url": ("source",),
    "language": ("source",),
    "reliability": ("source",),
    "accessed": ("source",),
    "archive_url": ("source",),
    "iso2": ("country",),
    "iso3": ("country",),
    "symbol": ("mineral",),
    "group": ("mineral",),
    "eu_critical_2023": ("mineral",),
    "eu_strategic_2023": ("mineral",),
    "us_critical_2022": ("mineral",),
    "us_critical_2025": ("mineral",),
    "uses": ("mineral",),
    "uses_ru": ("mineral",),
}


@dataclass(frozen=True)
class RecordRow:
    """A record with what its columns are read off."""

    snapshot: Snapshot
    record: Any
    #: Sources of the claims about it, in order of number.
    sources: list[Source]
    #: Scheme and host that addresses begin with.
    site: str

    @property
    def place(self) -> Place | None:
        """Where it lies, None where nobody says."""
        return self.snapshot.places.get(self.record.pk)


def record_columns(kinds: Collection[str]) -> list[Column]:
    """The columns that records of these kinds have."""
    return [column for column, of in _all_columns() if not of or not set(of).isdisjoint(kinds)]


def short_address(site: str, record: Record) -> str:
    """The record's permanent address, the same in every language."""
    return f"{site}/{SHORT[record.kind]}/{record.pk}" if record.kind in SHORT else f"{site}/"


def mineral_key(mineral: Mineral) -> str:
    """The mineral as filters name it."""
    return mineral.key or str(mineral.pk)


def _named(language: str) -> Callable[[RecordRow], Cell]:
    def name(row: RecordRow) -> Cell:
        text, of = row.record.label_in(language)
        return text if of == language else None

    return name


def _own(name: str) -> Callable[[RecordRow], Cell]:
    return lambda row: getattr(row.record, name, "") or None


def _of_place(read: Callable[[Place], Cell]) -> Callable[[RecordRow], Cell]:
    return lambda row: read(row.place) if row.place else None


def _of_stage(read: Callable[[Any], Cell]) -> Callable[[RecordRow], Cell]:
    def cell(row: RecordRow) -> Cell:
        stage = row.snapshot.stages.get(row.record.pk)
        return read(stage) if stage else None

    return cell


def _minerals(role: str) -> Callable[[RecordRow], Cell]:
    return lambda row: joined(
        mineral_key(mineral) for mineral, of in row.snapshot.minerals_of(row.record) if of == role
    )


def _involved(row: RecordRow) -> list[Record]:
    numbers = dict.fromkeys(number for number, _role in row.snapshot.involvements.get(row.record.pk, []))
    return [row.snapshot.records[number] for number in numbers if number in row.snapshot.records]


def _countries(row: RecordRow) -> Cell:
    if row.record.kind in PLACED:
        return joined(country.iso2 for country in row.snapshot.countries_of(row.record))
    return getattr(row.record, "country", "") or None


def _count(row: RecordRow, kind: str = "") -> int:
    counts = row.snapshot.claim_counts.get(row.record.pk, {})
    return counts.get(kind, 0) if kind else sum(counts.values())


def _all_columns() -> list[tuple[Column, tuple[str, ...]]]:
    """Every column with the kinds of record that have it, () for all."""
    placed, sourced = PLACED, ("deposit", "project", "partner", "country", "mineral")
    own = [(Column(name, note_of(KINDS[kinds[0]], name), _own(name)), kinds) for name, kinds in _OWN.items()]
    return [
        (Column("id", _("Permanent number of the record."), lambda row: row.record.pk, "integer"), ()),
        (Column("kind", note_of(Record, "kind"), lambda row: row.record.kind), ()),
        (Column("key", note_of(Record, "key"), lambda row: row.record.key or None), ()),
        (Column("name", note_of(Record, "name"), lambda row: row.record.name), ()),
        (Column("name_ru", _("Its name in Russian, where known."), _named("ru")), ()),
        (Column("other_names", _("All other spellings, in any language and script."), _spellings), ()),
        (
            Column(
                "address",
                _("Its page, in the reader's language."),
                lambda row: short_address(row.site, row.record),
            ),
            (),
        ),
        (
            Column("countries", _("ISO 3166-1 alpha-2 codes: where it is, or covers, or sits."), _countries),
            (*placed, "partner", "publisher"),
        ),
        *own,
        (
            Column("publisher", note_of(Source, "publisher"), lambda row: _name(row, "publisher")),
            ("source",),
        ),
        (
            Column("copy_of", note_of(Source, "copy_of"), lambda row: _number(row, "copy_of_id"), "integer"),
            ("source",),
        ),
        (Column("minerals", _("Keys of its main minerals."), _minerals("main")), placed),
        (Column("by_products", _("Keys of its by-products."), _minerals("by-product")), placed),
        (
            Column("stage", _("Stage at its newest report."), _of_stage(lambda stage: stage.value)),
            ("project",),
        ),
        (
            Column(
                "stage_reported",
                _("The time of that report: year, month or day."),
                _of_stage(lambda stage: stage.dated or None),
            ),
            ("project",),
        ),
        (
            Column(
                "stage_disputed",
                _("Whether sources contradict each other on the stage."),
                _of_stage(lambda stage: stage.disputed),
                "boolean",
            ),
            ("project",),
        ),
        *_place_columns(),
        (
            Column(
                "deposits",
                _("Numbers of the deposits it works, explores or processes."),
                lambda row: (
                    joined(d.pk for d in row.snapshot.deposits_of(row.record))
                    if _is(row, "project")
                    else None
                ),
            ),
            ("project",),
        ),
        (
            Column(
                "projects",
                _("Numbers of the projects at a deposit or of a partner."),
                lambda row: joined(project.pk for project in _projects(row)),
            ),
            ("deposit", "partner"),
        ),
        (
            Column(
                "partners",
                _("Names of the partners that sources name in it."),
                lambda row: joined(r.name for r in _involved(row)) if _is(row, "project") else None,
            ),
            ("project",),
        ),
        (
            Column(
                "topics",
                _("Topics of the findings on it."),
                lambda row: joined(sorted(row.snapshot.topics.get(row.record.pk, ()))),
            ),
            sourced,
        ),
        (Column("claims", _("How many claims in force are about it."), _count, "integer"), sourced),
        (
            Column(
                "estimates",
                _("How many of them are resource estimates."),
                lambda row: _count(row, "estimate") if _is(row, "deposit") else None,
                "integer",
            ),
            ("deposit",),
        ),
        (
            Column(
                "cited",
                _("How many claims in force it states."),
                lambda row: row.snapshot.cited.get(row.record.pk, 0) if _is(row, "source") else None,
                "integer",
            ),
            ("source",),
        ),
        (
            Column(
                "source_ids",
                _("Numbers of the sources of those claims."),
                lambda row: joined(source.pk for source in row.sources),
            ),
            sourced,
        ),
        (
            Column(
                "source_urls",
                _("Addresses of these sources, in the same order, parted by spaces."),
                lambda row: " ".join(source.url for source in row.sources) or None,
            ),
            sourced,
        ),
        (Column("note", note_of(Record, "note"), lambda row: row.record.note or None), ()),
        (
            Column(
                "as_of_tick",
                _("The tick of the publication clock whose state this row shows."),
                lambda row: row.snapshot.tick,
                "integer",
            ),
            (),
        ),
    ]


def _place_columns() -> list[tuple[Column, tuple[str, ...]]]:
    columns = [
        Column("latitude", note_of(Location, "latitude"), _of_place(lambda p: p.latitude), "number"),
        Column("longitude", note_of(Location, "longitude"), _of_place(lambda p: p.longitude), "number"),
        Column("precision", note_of(Location, "precision"), _of_place(lambda p: p.precision)),
        Column(
            "coordinate_uncertainty_m",
            _("How far from that position it may lie, in metres."),
            _of_place(lambda place: Location.RADIUS_KM[place.precision] * 1000),
            "integer",
        ),
        Column(
            "position_inferred", note_of(Location, "inferred"), _of_place(lambda p: p.inferred), "boolean"
        ),
        Column(
            "position_disputed",
            _("Whether sources put it farther apart than their precisions allow."),
            _of_place(lambda place: place.disputed),
            "boolean",
        ),
        Column(
            "location_claim",
            _("Number of the claim that states the position."),
            _of_place(lambda p: p.claim),
            "integer",
        ),
    ]
    return [(column, PLACED) for column in columns]


def _is(row: RecordRow, kind: str) -> bool:
    return bool(row.record.kind == kind)


def _projects(row: RecordRow) -> list[Any]:
    if _is(row, "deposit"):
        return row.snapshot.projects_of(row.record)
    return _involved(row) if _is(row, "partner") else []


def _spellings(row: RecordRow) -> Cell:
    shown = {row.record.name, row.record.label_in("ru")[0]}
    return joined(dict.fromkeys(name.text for name in row.record.all_names if name.text not in shown))


def _name(row: RecordRow, relation: str) -> Cell:
    other = getattr(row.record, relation, None)
    return other.name if isinstance(other, Record) else None


def _number(row: RecordRow, name: str) -> Cell:
    number: int | None = getattr(row.record, name, None)
    return number
