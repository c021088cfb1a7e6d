"""The whole atlas as a Frictionless data package (https://specs.frictionlessdata.io/data-package/)."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from atlas.published.snapshot import Snapshot
from sources.models.claims import claim_kinds

from . import selecting
from .claim_columns import TABLE_NAMES
from .csv_files import csv_lines
from .explaining import LICENCE, TITLE, licence_text, readme
from .gathering import claims_table, records_table
from .geojson import encoded
from .record_columns import KINDS
from .selecting import Selection
from .tables import Table, in_english, moment_text

#: What each kind's table of records is called.
RECORD_TABLES = {
    "deposit": "deposits",
    "project": "projects",
    "partner": "partners",
    "source": "sources",
    "publisher": "publishers",
    "country": "countries",
    "mineral": "minerals",
}
NAME = "critical-minerals-atlas-central-asia"


@dataclass(frozen=True)
class Described:
    """A table of the package with what it is about."""

    table: Table
    title: str
    key: str


def tables(snapshot: Snapshot, site: str) -> list[Described]:
    """All tables: the records kind by kind, then the claims kind by kind."""
    found = []
    for kind, name in RECORD_TABLES.items():
        selection = Selection(name, snapshot, snapshot.of_kind(KINDS[kind]), frozenset([kind]))
        table = records_table(selection, site)
        title = in_english(KINDS[kind]._meta.verbose_name_plural or name)
        found.append(Described(Table(name, table.columns, table.rows), title, "id"))
    everything = selecting.everything(snapshot)
    kinds = claim_kinds()
    for kind in TABLE_NAMES:
        title = in_english(kinds[kind]._meta.verbose_name_plural or kind)
        found.append(Described(claims_table(everything, kind, site), title, "claim_id"))
    return found


def descriptor(snapshot: Snapshot, described: Sequence[Described], site: str, folder: str) -> dict[str, Any]:
    """datapackage.json; the tables lie in `folder` beside it."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "description": (
            "Deposits, projects and partners of critical raw materials in Central Asia, and every claim "
            "that a source makes about them. Claims of one point state the same: they are not to be added up."
        ),
        "version": version(snapshot),
        "created": moment_text(snapshot.at),
        "homepage": f"{site}/",
        "licenses": [{"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": LICENCE}],
        "resources": [_resource(one, folder) for one in described],
    }


def version(snapshot: Snapshot) -> str:
    """The version of the record at a moment: its day and its tick."""
    return f"{snapshot.at:%Y-%m-%d}-t{snapshot.tick}"


def write_package(file: BinaryIO, snapshot: Snapshot, site: str) -> None:
    """Write the package as a zip: datapackage.json, data/*.csv, README and licence."""
    described = tables(snapshot, site)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in described:
            with archive.open(f"data/{one.table.name}.csv", "w") as member:
                for piece in table_lines(one.table):
                    member.write(piece)
        archive.writestr("datapackage.json", encoded(descriptor(snapshot, described, site, "data")))
        archive.writestr("README.txt", readme(selecting.everything(snapshot), site))
        archive.writestr("LICENCE.txt", licence_text())


def table_lines(table: Table) -> Iterator[bytes]:
    """A table as the package has it: CSV in UTF-8, without the mark that Excel needs."""
    return csv_lines(table, mark=b"")


def _resource(described: Described, folder: str) -> dict[str, Any]:
    table = described.table
    fields = [
        {"name": column.name, "type": column.type, "description": in_english(column.note)}
        for column in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": described.key, "missingValues": [""]}
    if described.key == "claim_id":
        reference = {"resource": "sources", "fields": "id"}
        schema["foreignKeys"] = [{"fields": "source_id", "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": described.title,
        "path": f"{folder}/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
