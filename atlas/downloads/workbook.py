"""Tables as an Excel workbook: a sheet a table, written row by row."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

from .tables import Cell, Column, Table, harmless, in_english

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Excel's own limits (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3).
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
_CUT = "…"


def write_workbook(
    file: BinaryIO, tables: Iterable[Table], about: Sequence[str], most_rows: int = MOST_ROWS
) -> None:
    """Write a workbook: what it is, the tables, what their columns hold.

    A table longer than a sheet goes on in the next one; the sheet "about" says so.
    """
    book = Workbook(write_only=True)
    notes: list[tuple[str, Sequence[Column]]] = []
    lines = [[line] for line in about]
    first = book.create_sheet("about")
    for table in tables:
        notes.append((table.name, table.columns))
        sheets = _add(book, table, most_rows)
        if sheets > 1:
            lines.append([f"{table.name} is longer than a sheet can be; it goes on in {sheets - 1} more."])
    for line in lines:
        first.append(line)
    described = book.create_sheet("columns")
    described.append(["sheet", "column", "type", "note"])
    for name, columns in notes:
        for column in columns:
            described.append([name, column.name, column.type, in_english(column.note)])
    book.save(file)


def _add(book: Any, table: Table, most_rows: int) -> int:
    """Add one table; returns how many sheets it took."""
    names = [column.name for column in table.columns]
    number, length = 0, most_rows
    sheet: Any = None
    for cells in _with_one_sheet_at_least(table):
        if length >= most_rows:
            number += 1
            sheet = book.create_sheet(table.name if number == 1 else f"{table.name} {number}")
            sheet.append(names)
            length = 1
        if cells is not None:
            sheet.append([_excel(cell) for cell in cells])
            length += 1
    return number


def _with_one_sheet_at_least(table: Table) -> Iterable[list[Cell] | None]:
    yield None
    yield from table.cells()


def _excel(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = harmless(ILLEGAL_CHARACTERS_RE.sub("", cell))
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + _CUT
