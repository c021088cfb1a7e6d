"""Sorting a list by one of its columns, as the address asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Column:
    """A column of a list; without a key it cannot be sorted by."""

    name: str
    title: str | Promise
    #: What records are ordered by; "" and None come last whichever the direction.
    key: Callable[[Any], Any] | None = None
    #: Whether the greatest (the newest) come first at the first click.
    greatest_first: bool = False
    is_number: bool = False


@dataclass(frozen=True)
class Heading:
    """A column's heading with the address parameter that a click sets."""

    column: Column
    #: "ascending", "descending", or "" where the list is not sorted by this column.
    direction: str
    next_sort: str

    @property
    def is_sortable(self) -> bool:
        return self.column.key is not None


def sorted_by(records: Sequence[Any], columns: Sequence[Column], sort: str) -> list[Any]:
    """The records by the column that `sort` names ("name", "-claims"); as they came if it names none."""
    column = next((c for c in columns if c.key and c.name == sort.removeprefix("-")), None)
    if column is None or column.key is None:
        return list(records)
    keyed = [(column.key(record), record) for record in records]
    known = [(key, record) for key, record in keyed if key not in ("", None)]
    unknown = [record for key, record in keyed if key in ("", None)]
    known.sort(key=lambda row: row[0], reverse=sort.startswith("-"))
    return [record for _key, record in known] + unknown


def headings(columns: Sequence[Column], sort: str) -> list[Heading]:
    """The columns' headings; a click on the one in force turns the list around."""
    found = []
    for column in columns:
        up, down = column.name, f"-{column.name}"
        direction = {up: "ascending", down: "descending"}.get(sort, "") if column.key else ""
        first = down if column.greatest_first else up
        other = up if column.greatest_first else down
        found.append(Heading(column, direction, other if sort == first else first))
    return found
