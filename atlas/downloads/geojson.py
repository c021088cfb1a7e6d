"""The wide table as GeoJSON (RFC 7946), streamed feature by feature; no place, null geometry."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .record_columns import RecordRow
from .tables import Column, Table, as_json

MEDIA_TYPE = "application/geo+json"


def feature(columns: Sequence[Column], row: RecordRow) -> dict[str, Any]:
    """One record as a feature: its permanent number as id, its columns as properties."""
    place = row.place
    geometry = place and {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    properties = {column.name: as_json(column.value(row)) for column in columns}
    return {"type": "Feature", "id": row.record.pk, "geometry": geometry, "properties": properties}


def encoded(value: Any) -> bytes:
    """JSON in UTF-8 without needless spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def geojson_pieces(table: Table, about: dict[str, Any]) -> Iterator[bytes]:
    """A table of records as a collection; `about` are members of its own: licence, moment, address."""
    return collection_pieces((feature(table.columns, row) for row in table.rows), about)


def collection_pieces(features: Iterable[dict[str, Any]], about: dict[str, Any]) -> Iterator[bytes]:
    """Features as a collection, a line each."""
    members = "".join(f"{json.dumps(name)}:{json.dumps(value)}," for name, value in about.items())
    yield f'{{"type":"FeatureCollection",{members}"features":['.encode()
    separator = b"\n"
    for one in features:
        yield separator + encoded(one)
        separator = b",\n"
    yield b"]}\n"
