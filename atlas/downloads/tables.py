"""Tables of a download: columns with their notes, and how a cell reads in each kind of file."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

#: What a cell may hold; types are those of Table Schema (https://specs.frictionlessdata.io/table-schema/).
Cell = str | int | float | Decimal | bool | None

#: Between several values in one cell; addresses are parted by a space, which none contains.
SEPARATOR = "; "
#: Spreadsheets run a cell that begins so (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """A column: its name in files, what it holds, and how it is read off a row."""

    name: str
    note: str | Promise
    value: Callable[[Any], Cell]
    type: str = "string"


@dataclass(frozen=True)
class Table:
    """A table: its columns, and its rows, which are read once and in order."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    def cells(self) -> Iterator[list[Cell]]:
        """The cells of each row, in the order of the columns."""
        for row in self.rows:
            yield [column.value(row) for column in self.columns]


@dataclass(frozen=True)
class PlainTable(Table):
    """A table whose rows are their cells: texts, whole numbers, floats and None."""

    def cells(self) -> Iterator[Any]:
        return iter(self.rows)


def note_of(model: type[models.Model], field: str) -> str | Promise:
    """What a model's own help text says of a field."""
    return model._meta.get_field(field).help_text  # type: ignore[union-attr]


def in_english(note: str | Promise) -> str:
    """A note as files carry it, whatever the reader's language."""
    with override("en"):
        return str(note)


def plain(number: Decimal) -> str:
    """A figure with the digits that its source gave, without exponent: 795800 for a stored 795800.000000."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_text(cell: Cell) -> str:
    """A cell as CSV has it: numbers plain, booleans true and false, unknown values empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain(cell)
    return harmless(cell) if isinstance(cell, str) else str(cell)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what begins like one."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_json(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it; a whole figure stays a whole number."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def joined(values: Iterable[Any]) -> str | None:
    """Several values in one cell; None for none."""
    return SEPARATOR.join(str(value) for value in values) or None


def moment_text(at: dt.datetime) -> str:
    """A moment as files have it: 2026-11-22T01:13:49Z (ISO 8601)."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
