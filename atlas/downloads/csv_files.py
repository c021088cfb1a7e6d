"""Tables as CSV (RFC 4180), streamed row by row in UTF-8."""

import csv
from collections.abc import Iterator

from .tables import Table, as_text

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
#: Without it Excel takes UTF-8 for the machine's own eight-bit letters; pandas, R and QGIS skip it.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ROWS_AT_ONCE = 200


class _Line:
    """What csv.writer writes to: hands back each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(table: Table, mark: bytes = BYTE_ORDER_MARK) -> Iterator[bytes]:
    """The file in pieces of a few hundred rows."""
    write = csv.writer(_Line()).writerow
    lines = [write([column.name for column in table.columns])]
    yield mark
    for cells in table.cells():
        lines.append(write([as_text(cell) for cell in cells]))
        if len(lines) >= _ROWS_AT_ONCE:
            yield "".join(lines).encode()
            lines = []
    yield "".join(lines).encode()
