"""Reading uploaded tables, CSV (RFC 4180, UTF-8) or XLSX (ECMA-376), as text cells that can be named."""

import csv
import datetime as dt
import io
import zlib
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

MAX_BYTES = 5_000_000
MAX_UNPACKED = 60_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
#: What openpyxl and the zip and XML libraries below it raise for files that only look like workbooks.
NOT_A_WORKBOOK = (
    *(BadZipFile, InvalidFileException, KeyError, IndexError, OSError, EOFError, zlib.error),
    *(SyntaxError, ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError),
)


class TableRefused(ValueError):
    """The file cannot be read as a table; the message says where and why."""


@dataclass(frozen=True)
class Row:
    """One line of a table: its number as spreadsheets count, and its cells in the order of the columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def cell_name(column: int, row: int) -> str:
    """What spreadsheets call a cell: "C3" for the third column, counted from 0, of the third line."""
    return f"{get_column_letter(column + 1)}{row}"


def read_table(name: str, content: bytes) -> Table:
    """The table in an uploaded file; its first line names the columns. Raises TableRefused in words."""
    if len(content) > MAX_BYTES:
        raise TableRefused(_("The file is larger than 5 MB."))
    lines = _xlsx(content) if name.lower().endswith(".xlsx") else _csv(content)
    if not lines:
        raise TableRefused(_("The file is empty."))
    columns = tuple(cell.strip() for cell in lines[0].cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    doubled = next((one for one in columns if columns.count(one) > 1), None)
    if doubled is not None:
        raise TableRefused(_("The column “%(column)s” is there twice.") % {"column": doubled})
    width = len(columns)
    rows = []
    for row in lines:
        for column, cell in enumerate(row.cells):
            if "\0" in cell:
                raise TableRefused(
                    _("Cell %(cell)s holds a character that is none (NUL).")
                    % {"cell": cell_name(column, row.number)}
                )
    for row in lines[1:]:
        cells = tuple(cell.strip() for cell in row.cells)
        if any(cells[width:]):
            raise TableRefused(_("Line %(row)s has more cells than the first one.") % {"row": row.number})
        if any(cells):
            rows.append(Row(row.number, (cells + ("",) * width)[:width]))
    if len(rows) > MAX_ROWS:
        raise TableRefused(_("The file has more than 5,000 lines: split it."))
    return Table(columns, tuple(rows))


def _csv(content: bytes) -> list[Row]:
    # What is no UTF-8 becomes lone surrogates, which no UTF-8 can hold: so the cell can be named.
    text = content.decode("utf-8-sig", errors="surrogateescape")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        read = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        rows = [Row(number, tuple(cells)) for number, cells in enumerate(read, start=1)]
    except csv.Error as error:
        raise TableRefused(
            _("Line %(row)s is broken: %(why)s") % {"row": read.line_num, "why": error}
        ) from error
    for row in rows:
        for column, cell in enumerate(row.cells):
            place = cell_name(column, row.number)
            if any("\ud800" <= letter <= "\udfff" for letter in cell):
                raise TableRefused(
                    _("Cell %(cell)s is not UTF-8: save the file as “CSV UTF-8”.") % {"cell": place}
                )
            if cell.startswith("="):
                raise _formula(place)
    return rows


def _xlsx(content: bytes) -> list[Row]:
    try:
        if sum(part.file_size for part in ZipFile(io.BytesIO(content)).infolist()) > MAX_UNPACKED:
            raise TableRefused(_("The file unpacks to more than 60 MB."))
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        rows = []
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS + 2), start=1):
            for column, cell in enumerate(cells):
                if cell.data_type == "f":
                    raise _formula(cell_name(column, number))
            rows.append(Row(number, tuple(_text(cell.value) for cell in cells)))
    except TableRefused:
        raise
    except NOT_A_WORKBOOK as error:
        raise TableRefused(_("The file is no Excel workbook (.xlsx).")) from error
    return rows


def _text(value: object) -> str:
    """A cell's value as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)


def _formula(cell: str) -> TableRefused:
    return TableRefused(_("Cell %(cell)s holds a formula: put its value there.") % {"cell": cell})
