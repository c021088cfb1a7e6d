"""The reference layer as files: the sites of an edition as published, under the map's filters.

The rows come from the database in batches and leave in pieces, so that memory stays bounded however many
there are; which sites match, the map's own index says.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Func, QuerySet, TextField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from atlas.map import asking
from atlas.map.reference import FACETS, ReferenceLayer, edition_of, layers
from atlas.published.snapshot import Snapshot
from deposits.models import ReferencePoint
from deposits.queries import published_digest, reference_sites
from sources.models import Tick

from . import csv_files, geojson, geopackage, workbook
from .kept_files import kept_file
from .reading import pieces_of
from .tables import Column, PlainTable, in_english, moment_text, note_of

SOURCE = "U.S. Geological Survey, Mineral Resources Data System (MRDS)"
TERMS = "https://www.usa.gov/government-works"
_NAME = "reference-sites"
_BATCH = 5_000
_TYPES = {"id": "integer", "latitude": "number", "longitude": "number"}
_FIELDS = (
    "dep_id",
    "name",
    "latitude",
    "longitude",
    "country",
    "commodities",
    "minerals",
    "status",
    "operation",
    "deposit_type",
    "url",
)
_NUMBER, _LATITUDE, _LONGITUDE = 0, 2, 3
_DEGREES = ("latitude", "longitude")


class _AsWritten(Func):
    """A number of degrees as Python and SQLite write it: 45.0, where PostgreSQL would write 45."""

    template = (
        "CASE WHEN %(expressions)s = trunc(%(expressions)s) "
        "THEN %(expressions)s::text || '.0' ELSE %(expressions)s::text END"
    )
    output_field = TextField()


class ReferenceSites:
    """The sites that an address asks for, of the edition in force at its moment."""

    def __init__(self, snapshot: Snapshot, query: QueryDict) -> None:
        """Raises LookupError where no edition is published, asking.Unreadable for an unreadable window."""
        layer = layers.get(edition_of(snapshot))
        if layer is None:
            raise LookupError("no edition of the reference register is published")
        self._layer = layer
        self._chosen = _chosen(layer, query)
        #: When the sites were published.
        self.at = Tick.objects.get(number=layer.edition).at

    def table(self) -> PlainTable:
        """A row a site, in order of its number."""
        columns = [_column(name) for name in _FIELDS]
        return PlainTable(_NAME, columns, self._rows())

    def pieces(self, ending: str) -> Iterator[bytes]:
        """The file of a format. Of all sites it is kept, because an edition never changes."""
        _media_type, write = WRITERS[ending]
        if self._chosen is not None:
            return write(self)
        key = f"reference-sites-{published_digest(self.edition)}-{settings.RELEASE}"
        return kept_file(key, ending, lambda: write(self))

    def copied(self) -> "QuerySet[ReferencePoint, Any] | None":
        """The table's cells as a query whose result PostgreSQL can write by itself; None where it cannot."""
        if self._chosen is not None or connection.vendor != "postgresql":
            return None
        cells = [_AsWritten(name) if name in _DEGREES else name for name in _FIELDS]
        return self._sites().values_list(*cells)

    @property
    def edition(self) -> int:
        """The tick that published the sites."""
        return self._layer.edition

    @property
    def about(self) -> list[str]:
        """What, as of when, from whom, on what terms: a line each, in English."""
        return [
            f"{in_english(_('Reference sites'))}: {SOURCE}, as published, not checked by the atlas.",
            f"Published at tick {self.edition} of its publication clock, {moment_text(self.at)}.",
            f"Terms: U.S. Government work, {TERMS}.",
        ]

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        rows = self._sites().values_list(*_FIELDS).iterator(_BATCH)
        if self._chosen is None:
            return rows
        chosen = self._chosen
        return (row for row in rows if row[_NUMBER] in chosen)

    def _sites(self) -> "QuerySet[ReferencePoint]":
        return reference_sites(self._layer.edition).order_by("dep_id")


def _chosen(layer: ReferenceLayer, query: QueryDict) -> set[int] | None:
    """The numbers of the sites in the window and under the filters asked for; None for all."""
    window, filters = asking.window_of(query), asking.filters_of(query, FACETS)
    if window is None and not filters:
        return None
    rows = layer.index.select(window, filters, limit=len(layer)).ids
    return set(layer.numbers[rows].tolist())


def _column(field: str) -> Column:
    name = "id" if field == "dep_id" else field
    number = _FIELDS.index(field)
    note = note_of(ReferencePoint, field)
    return Column(name, note, lambda row: row[number], _TYPES.get(name, "string"))


def _csv(sites: ReferenceSites) -> Iterator[bytes]:
    copied = sites.copied()
    if copied is None:
        return csv_files.csv_lines(sites.table())
    return csv_files.copied_lines(sites.table(), copied)


def _geojson(sites: ReferenceSites) -> Iterator[bytes]:
    table = sites.table()
    names = [column.name for column in table.columns]
    about = {"name": _NAME, "source": SOURCE, "license": TERMS, "published_tick": sites.edition}
    return geojson.collection_pieces(_features(names, table.rows), about)


def _features(names: list[str], rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        geometry = {"type": "Point", "coordinates": [row[_LONGITUDE], row[_LATITUDE]]}
        properties = dict(zip(names, row, strict=True))
        yield {"type": "Feature", "id": row[_NUMBER], "geometry": geometry, "properties": properties}


def _workbook(sites: ReferenceSites) -> Iterator[bytes]:
    with TemporaryFile() as file:
        workbook.write_workbook(file, [sites.table()], sites.about)
        yield from pieces_of(file)


def _geopackage(sites: ReferenceSites) -> Iterator[bytes]:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "reference.gpkg"
        package = geopackage.GeoPackage(path, " ".join(sites.about), sites.at)
        table = sites.table()
        package.add(table, lambda row: (row[_LONGITUDE], row[_LATITUDE]))
        package.add_notes([(table.name, table.columns)])
        package.close()
        with path.open("rb") as file:
            yield from pieces_of(file)


#: Media type and writer of each format, by ending.
WRITERS: dict[str, tuple[str, Callable[[ReferenceSites], Iterator[bytes]]]] = {
    "csv": (csv_files.MEDIA_TYPE, _csv),
    "geojson": (geojson.MEDIA_TYPE, _geojson),
    "xlsx": (workbook.MEDIA_TYPE, _workbook),
    "gpkg": (geopackage.MEDIA_TYPE, _geopackage),
}
