"""From a line of the table to a row of the reference layer, or the reason why there is none."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .commodities import minerals_of
from .table import Line, lines_of

#: Columns of a row, in the order in which `Row.values` gives them.
COLUMNS = (
    "dep_id", "name", "latitude", "longitude", "country", "commodities", "minerals", "status", "operation",
    "deposit_type", "url", "details", "fingerprint",
)  # fmt: skip
_OWN_COLUMN = {
    "dep_id", "site_name", "latitude", "longitude", "country", "commod1", "commod2", "commod3", "dev_stat",
    "oper_type", "dep_type", "url",
}  # fmt: skip
_MOST_DIGITS = 18


@dataclass(frozen=True)
class Row:
    """A row to keep: the line it stands on, and its values in the order of COLUMNS."""

    line: int
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Skipped:
    """A row left out: its line, what it gives as its number, and why."""

    line: int
    dep_id: str
    reason: str


class Unusable(ValueError):
    """A row that cannot be kept; the text says why."""


def rows_of(path: Path) -> Iterator[Row | Skipped]:
    """Every row of a table, kept or skipped, always alike for the same file. Raises UnreadableTable."""
    lines = lines_of(path)
    header = next(lines).fields
    line_of: dict[int, int] = {}
    for line in lines:
        if not any(line.fields):
            continue
        fields = dict(zip(header, line.fields, strict=False))
        try:
            if len(line.fields) != len(header):
                raise Unusable(f"{len(line.fields)} fields instead of {len(header)}")
            row = _row(line, fields)
            number = row.values[0]
            if number in line_of:
                raise Unusable(f"dep_id {number} stands in line {line_of[number]} already")
            line_of[number] = line.number
            yield row
        except Unusable as reason:
            yield Skipped(line.number, fields.get("dep_id", ""), str(reason))


def _row(line: Line, fields: dict[str, str]) -> Row:
    named = [fields["commod1"], fields["commod2"], fields["commod3"]]
    details = {name: text for name, text in fields.items() if text and name not in _OWN_COLUMN}
    values = (
        _number(fields["dep_id"]),
        fields["site_name"],
        _degrees(fields, "latitude", 90),
        _degrees(fields, "longitude", 180),
        fields["country"],
        "; ".join(filter(None, named)),
        " ".join(minerals_of(named)),
        fields["dev_stat"],
        fields["oper_type"],
        fields["dep_type"],
        fields["url"],
        json.dumps(details, ensure_ascii=False),
    )
    digest = hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()
    return Row(line.number, (*values, digest[:32]))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise Unusable("dep_id is not a whole number" if text else "no dep_id")
    return int(text)


def _degrees(fields: dict[str, str], name: str, most: float) -> float:
    text = fields[name]
    if not text:
        raise Unusable(f"no {name}")
    try:
        degrees = float(text)
    except ValueError:
        degrees = math.nan
    if math.isnan(degrees):
        raise Unusable(f"{name} {text[:40]!r} is not a number")
    if abs(degrees) > most:
        raise Unusable(f"{name} {text[:40]} lies beyond {most:g}°")
    return degrees
