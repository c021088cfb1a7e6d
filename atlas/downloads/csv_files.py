"""Tables as CSV (RFC 4180), streamed row by row in UTF-8."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from .tables import Cell, Column, PlainTable, Table, as_text, harmless

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
#: Without it Excel takes UTF-8 for the machine's own eight-bit letters; pandas, R and QGIS skip it.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ROWS_AT_ONCE, _PLAIN_ROWS_AT_ONCE = 200, 2000
#: What a cell that tables.harmless would change looks like in a written line; negative numbers do too.
_STARTS = "=+\\-@\t＝＋－＠"
_CELL = f'(?:[{_STARTS}]|"[{_STARTS}\r\n])'
#: At the beginning, and after either that which parts cells: re finds one letter far sooner than one of two.
_SUSPECT = [re.compile(before + _CELL) for before in (r"\A", ",", "\n")]


def csv_lines(table: Table, mark: bytes = BYTE_ORDER_MARK) -> Iterator[bytes]:
    """The file in pieces of a few hundred rows."""
    yield mark
    yield _written([[column.name for column in table.columns]]).encode()
    cells = table.cells()
    if isinstance(table, PlainTable):
        while rows := list(islice(cells, _PLAIN_ROWS_AT_ONCE)):
            yield _plainly_written(rows).encode()
    while rows := list(islice(cells, _ROWS_AT_ONCE)):
        yield _written([as_text(cell) for cell in row] for row in rows).encode()


def copied_lines(table: Table, query: "QuerySet[Any, Any]", mark: bytes = BYTE_ORDER_MARK) -> Iterator[bytes]:
    """The file of a table whose cells are a query's columns, as PostgreSQL's own COPY writes it."""
    yield mark
    yield _written([[column.name for column in table.columns]]).encode()
    sql, parameters = query.query.sql_with_params()
    # Nothing is NULL here; the default would put an empty text in quotes.
    copy = f"COPY ({sql}) TO STDOUT (FORMAT csv, NULL '\\N')"
    with connection.cursor() as cursor, cursor.copy(copy, parameters) as lines:
        while rows := [bytes(line)[:-1] for line in islice(lines, _PLAIN_ROWS_AT_ONCE)]:
            text = b"\r\n".join([*rows, b""]).decode()
            yield (_made_harmless(text, table.columns) if _is_suspect(text) else text).encode()


def _made_harmless(text: str, columns: Sequence[Column]) -> str:
    """Written lines without what a spreadsheet would run."""
    written = csv.reader(io.StringIO(text, newline=""))
    return _written(
        [
            harmless(cell) if column.type == "string" else cell
            for column, cell in zip(columns, row, strict=True)
        ]
        for row in written
    )


def _is_suspect(text: str) -> bool:
    return any(suspect.search(text) for suspect in _SUSPECT)


def _plainly_written(rows: Sequence[Sequence[Cell]]) -> str:
    """Rows that csv writes as they are, which is most of the work saved, unless a text needs care."""
    text = _written(rows)
    if _is_suspect(text):
        return _written([as_text(cell) for cell in row] for row in rows)
    return text


def _written(rows: Iterable[Sequence[Cell]]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue()
