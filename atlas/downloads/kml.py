"""The wide table as KML 2.2 (OGC 07-147r2), streamed; without a place, a placemark has no point."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from .record_columns import RecordRow
from .tables import Cell, Table, as_text

MEDIA_TYPE = "application/vnd.google-earth.kml+xml"
_TYPES = {"integer": "int", "number": "double", "boolean": "bool"}
#: XML 1.0 has no place for these, not even escaped.
_FORBIDDEN = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF])
for _allowed in (0x09, 0x0A, 0x0D):
    del _FORBIDDEN[_allowed]


def kml_pieces(table: Table, name: str, about: str) -> Iterator[bytes]:
    """The document, placemark by placemark; `about` says licence and moment."""
    fields = "".join(
        f'<SimpleField name={quoteattr(column.name)} type="{_TYPES.get(column.type, "string")}"/>'
        for column in table.columns
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>{_text(name)}</name><description>{_text(about)}</description>"
        f'<Schema id="record" name="records">{fields}</Schema>\n'
    )
    yield head.encode()
    for row in table.rows:
        yield _placemark(table, row).encode()
    yield b"</Document></kml>\n"


def _placemark(table: Table, row: RecordRow) -> str:
    cells = ((column.name, column.value(row)) for column in table.columns)
    data = "".join(
        f"<SimpleData name={quoteattr(name)}>{_text(_value(cell))}</SimpleData>"
        for name, cell in cells
        if cell is not None
    )
    place = row.place
    point = f"<Point><coordinates>{place.longitude},{place.latitude}</coordinates></Point>" if place else ""
    return (
        f'<Placemark id="record-{row.record.pk}"><name>{_text(row.record.name)}</name>'
        f'<ExtendedData><SchemaData schemaUrl="#record">{data}</SchemaData></ExtendedData>{point}'
        "</Placemark>\n"
    )


def _value(cell: Cell) -> str:
    """As XML Schema writes it, booleans as digits: GDAL reads no other."""
    return str(int(cell)) if isinstance(cell, bool) else cell if isinstance(cell, str) else as_text(cell)


def _text(text: str) -> str:
    return escape(text.translate(_FORBIDDEN))
