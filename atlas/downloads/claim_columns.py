"""The long tables: a row a claim, one table for each kind, with the source of every row."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from atlas.published.snapshot import Snapshot
from deposits.figures import tonnes
from deposits.models import Location
from sources.dates import earliest, latest
from sources.models import Claim, Record, Source

from .record_columns import mineral_key, short_address
from .tables import Cell, Column, joined, note_of

#: What each kind's table is called.
TABLE_NAMES = {
    "location": "locations",
    "occurrence": "occurrences",
    "estimate": "estimates",
    "stage": "stages",
    "duration": "durations",
    "involvement": "involvements",
    "investment": "investments",
    "production": "production",
    "ownership": "ownership",
    "finding": "findings",
}
_TYPES: list[tuple[type[models.Field], str]] = [
    (models.BooleanField, "boolean"),
    (models.DecimalField, "number"),
]


@dataclass(frozen=True)
class ClaimRow:
    """A claim with what its columns are read off; its records are attached."""

    snapshot: Snapshot
    claim: Any
    #: Whether it heads its point, alone or as one end of a range.
    headline: bool
    #: Whether comparable claims on its point differ.
    disagrees: bool
    site: str

    @property
    def source(self) -> Source:
        """The record that stands for its source."""
        source: Source = self.snapshot.standing(self.claim.source)  # type: ignore[assignment]
        return source

    @property
    def subject(self) -> Record:
        """The record that stands for its subject."""
        return self.snapshot.standing(self.claim.subject)


def claim_columns(model: type[Claim]) -> list[Column]:
    """The columns of one kind's table."""
    return [*_head(), *_statement(model), *_provenance()]


def _head() -> list[Column]:
    return [
        Column("claim_id", _("Permanent number of the claim."), lambda row: row.claim.pk, "integer"),
        Column("claim_key", note_of(Claim, "key"), lambda row: row.claim.key or None),
        Column("record_id", _("Number of the record it is about."), lambda row: row.subject.pk, "integer"),
        Column("record_kind", note_of(Record, "kind"), lambda row: row.subject.kind),
        Column("record_key", note_of(Record, "key"), lambda row: row.subject.key or None),
        Column("record_name", note_of(Record, "name"), lambda row: row.subject.name),
        Column("point", note_of(Claim, "point"), lambda row: row.claim.point),
        Column(
            "headline",
            _("Whether it heads its point, alone or as one end of a range."),
            lambda row: row.headline,
            "boolean",
        ),
        Column(
            "point_disagrees",
            _("Whether comparable claims on its point differ."),
            lambda row: row.disagrees,
            "boolean",
        ),
    ]


def _statement(model: type[Claim]) -> list[Column]:
    """The statement's own fields; after records their names, after quantities their tonnes."""
    columns: list[Column] = []
    for name in model.STATEMENT_FIELDS:
        field: Any = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            columns += _linked(field)
            continue
        columns.append(Column(name, field.help_text, _stated(name), _type_of(field)))
        if isinstance(field, models.TextField):
            note = _("The same in Russian, where translated.")
            columns.append(Column(f"{name}_ru", note, _in_russian(name)))
        if name == "unit" and model.KIND in ("estimate", "production"):
            columns.append(
                Column(
                    "quantity_t",
                    _("The quantity in tonnes, by scaling the unit and nothing else."),
                    _tonnes,
                    "number",
                )
            )
    for relation in model._meta.local_many_to_many:
        columns += _many(relation)
    if model.KIND == "finding":
        note = _("Number of the claim to which the partner replies in public; blank where it is no reply.")
        columns.append(Column("answers_claim_id", note, lambda row: row.claim.answers_id, "integer"))
    if model.KIND == "estimate":
        note = _("reserves, resources or prognostic, where the category tells.")
        columns.append(Column("category_group", note, lambda row: row.claim.group or None))
    if model.KIND == "location":
        columns.append(
            Column(
                "coordinate_uncertainty_m",
                _("How far from that position it may lie, in metres."),
                lambda row: Location.RADIUS_KM[row.claim.precision] * 1000,
                "integer",
            )
        )
    return columns


def _linked(field: Any) -> list[Column]:
    """A record that the statement names: number, key and name."""
    name = field.name

    def of(read: Callable[[Any], Cell]) -> Callable[[ClaimRow], Cell]:
        def cell(row: ClaimRow) -> Cell:
            record = getattr(row.claim, name)
            return read(row.snapshot.standing(record)) if record else None

        return cell

    return [
        Column(f"{name}_id", _("Number of that record."), of(lambda record: record.pk), "integer"),
        Column(name, field.help_text, of(mineral_key if name == "mineral" else lambda r: r.key or None)),
        Column(f"{name}_name", _("Its name in English."), of(lambda record: record.name)),
    ]


def _many(relation: Any) -> list[Column]:
    name = relation.name

    def of(read: Callable[[Any], Any]) -> Callable[[ClaimRow], Cell]:
        return lambda row: joined(
            read(row.snapshot.standing(record)) for record in getattr(row.claim, name).all()
        )

    return [
        Column(name, relation.help_text, of(lambda record: record.key or record.pk)),
        Column(f"{name}_names", _("Their names in English."), of(lambda record: record.name)),
    ]


def _provenance() -> list[Column]:
    def source(name: str) -> Callable[[ClaimRow], Cell]:
        return lambda row: getattr(row.source, name) or None

    return [
        Column("source_id", _("Number of the source."), lambda row: row.source.pk, "integer"),
        Column("source_title", _("Title of the source."), source("name")),
        Column("source_publisher", note_of(Source, "publisher"), _publisher),
        Column("source_published", note_of(Source, "published"), source("published")),
        Column("source_url", note_of(Source, "url"), source("url")),
        Column("source_reliability", note_of(Source, "reliability"), source("reliability")),
        Column("locator", note_of(Claim, "locator"), lambda row: row.claim.locator or None),
        Column("excerpt", note_of(Claim, "excerpt"), lambda row: row.claim.excerpt or None),
        Column("originator", note_of(Claim, "originator"), _originator),
        Column("as_of", note_of(Claim, "as_of"), lambda row: row.claim.as_of or None),
        Column("as_of_start", _("The first day that may be meant."), _day(earliest), "date"),
        Column("as_of_end", _("The last day that may be meant."), _day(latest), "date"),
        Column("note", note_of(Claim, "note"), lambda row: row.claim.note or None),
        Column(
            "published_tick",
            note_of(Claim, "published_tick"),
            lambda row: row.claim.published_tick,
            "integer",
        ),
        Column("address", _("The claim's page."), lambda row: f"{row.site}/c/{row.claim.pk}"),
        Column(
            "record_address",
            _("The record's page."),
            lambda row: short_address(row.site, row.subject),
        ),
    ]


def _stated(name: str) -> Callable[[ClaimRow], Cell]:
    def cell(row: ClaimRow) -> Cell:
        value: Cell = getattr(row.claim, name)
        return None if value == "" else value

    return cell


def _in_russian(name: str) -> Callable[[ClaimRow], Cell]:
    def cell(row: ClaimRow) -> Cell:
        text, language = row.claim.text_in("ru", name)
        return text if language == "ru" else None

    return cell


def _type_of(field: Any) -> str:
    return next((name for kind, name in _TYPES if isinstance(field, kind)), "string")


def _tonnes(row: ClaimRow) -> Decimal | None:
    claim = row.claim
    return None if claim.quantity is None else tonnes(claim.quantity, claim.unit)


def _day(end: Callable[[str], Any]) -> Callable[[ClaimRow], Cell]:
    return lambda row: end(row.claim.as_of).isoformat() if row.claim.as_of else None


def _publisher(row: ClaimRow) -> Cell:
    publisher = row.source.publisher
    return publisher.name if publisher else None


def _originator(row: ClaimRow) -> Cell:
    claim = row.claim
    return joined(filter(None, (claim.originator_name, claim.originator and claim.originator.name)))
