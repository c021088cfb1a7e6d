"""Every format that a selection can be taken away in."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import csv_files, dossier_file, geojson, geopackage, kml, workbook
from .explaining import about_lines, column_notes, licence_text, members, readme
from .gathering import claims_table, kinds_of, records_table, sources_table
from .reading import pieces_of
from .record_columns import PLACED
from .selecting import Selection

ZIP_TYPE = "application/zip"
#: Layers of claims that a GeoPackage has as points; other kinds are tables in it.
_LAYERS = ("location", "estimate")

Pieces = Iterator[bytes]


@dataclass(frozen=True)
class Format:
    """A format: how it is called, and how a selection is written in it, piece by piece."""

    ending: str
    label: str | Promise
    media_type: str
    write: Callable[[Selection, str], Pieces]


def _csv(selection: Selection, site: str) -> Pieces:
    return csv_files.csv_lines(records_table(selection, site))


def _geojson(selection: Selection, site: str) -> Pieces:
    return geojson.geojson_pieces(records_table(selection, site), members(selection, site))


def _kml(selection: Selection, site: str) -> Pieces:
    about = " ".join(about_lines(selection, site))
    return kml.kml_pieces(records_table(selection, site), selection.name, about)


def _dossier(selection: Selection, site: str) -> Pieces:
    yield geojson.encoded(dossier_file.dossier(selection))


def _workbook(selection: Selection, site: str) -> Pieces:
    with tempfile.TemporaryFile() as file:
        tables = [records_table(selection, site)]
        tables += [claims_table(selection, kind, site) for kind in kinds_of(selection)]
        tables.append(sources_table(selection, site))
        workbook.write_workbook(file, tables, about_lines(selection, site))
        yield from pieces_of(file)


def _geopackage(selection: Selection, site: str) -> Pieces:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "atlas.gpkg"
        package = geopackage.GeoPackage(path, " ".join(about_lines(selection, site)), selection.snapshot.at)
        package.add(records_table(selection, site), _place if selection.kinds & set(PLACED) else None)
        for kind in kinds_of(selection):
            package.add(claims_table(selection, kind, site), _claim_place if kind in _LAYERS else None)
        package.add(sources_table(selection, site))
        package.add_notes((table.name, table.columns) for table in _tables(selection, site))
        package.close()
        with path.open("rb") as file:
            yield from pieces_of(file)


FORMATS = {
    written.ending: written
    for written in (
        Format("csv", _("CSV"), csv_files.MEDIA_TYPE, _csv),
        Format("xlsx", _("Excel"), workbook.MEDIA_TYPE, _workbook),
        Format("geojson", _("GeoJSON"), geojson.MEDIA_TYPE, _geojson),
        Format("kml", _("KML"), kml.MEDIA_TYPE, _kml),
        Format("gpkg", _("GeoPackage"), geopackage.MEDIA_TYPE, _geopackage),
        Format("json", _("Dossier (JSON)"), dossier_file.MEDIA_TYPE, _dossier),
    )
}


def zipped(written: Format, selection: Selection, site: str) -> Pieces:
    """A file with what explains it: README, licence, notes on columns, and the sources of every row.

    Beside the CSV of the records come those of all kinds of claims about them.
    """
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, f"{selection.name}.{written.ending}", written.write(selection, site))
            if written.ending == "csv":
                for kind in kinds_of(selection):
                    table = claims_table(selection, kind, site)
                    _add(archive, f"{table.name}.csv", csv_files.csv_lines(table))
            if "sources.csv" not in archive.namelist():
                _add(archive, "sources.csv", csv_files.csv_lines(sources_table(selection, site)))
            _add(archive, "columns.csv", csv_files.csv_lines(column_notes(_tables(selection, site))))
            archive.writestr("README.txt", readme(selection, site))
            archive.writestr("LICENCE.txt", licence_text())
        yield from pieces_of(file)


def _tables(selection: Selection, site: str) -> list[Any]:
    claims = [claims_table(selection, kind, site) for kind in kinds_of(selection)]
    return [records_table(selection, site), *claims, sources_table(selection, site)]


def _add(archive: zipfile.ZipFile, name: str, pieces: Pieces) -> None:
    with archive.open(name, "w") as member:
        for piece in pieces:
            member.write(piece)


def _place(row: Any) -> tuple[float, float] | None:
    return (row.place.longitude, row.place.latitude) if row.place else None


def _claim_place(row: Any) -> tuple[float, float] | None:
    """Where a location claim puts its subject; an estimate lies where its record is."""
    if row.claim.kind == "location":
        return float(row.claim.longitude), float(row.claim.latitude)
    place = row.snapshot.places.get(row.subject.pk)
    return (place.longitude, place.latitude) if place else None
