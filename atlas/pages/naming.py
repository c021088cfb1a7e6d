"""Finding records of a list by name: any spelling, in any script, with a slip of the pen or two."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sources.folding import MATCH, fold, similarity
from sources.models import Record

#: Longer queries are cut; no name is that long.
MAX_QUERY = 100

_fold = lru_cache(maxsize=1 << 14)(fold)


def named_like(records: Iterable[Any], query: str) -> list[Any]:
    """The records with a spelling that contains the query or is like it, the likest first.

    A source is found by its publisher's names too.
    """
    key = fold(query[:MAX_QUERY])
    scored = [(likeness(record, key), record) for record in records]
    return [record for score, record in sorted(scored, key=lambda row: -row[0]) if score >= MATCH]


def likeness(record: Record, key: str) -> float:
    """How like a folded query the record's likest spelling is: 0 to 1, more where one contains the other."""
    if not key:
        return 0.0
    publisher = getattr(record, "publisher", None)
    names = (name for owner in (record, publisher) if owner for name in _spellings(owner))
    return max(_likeness(_fold(name), key) for name in names)


def _spellings(record: Record) -> list[str]:
    return [record.name, *(name.text for name in record.all_names)]


def _likeness(name: str, key: str) -> float:
    if f" {key}" in f" {name}":
        return 1 + len(key) / len(name)
    return similarity(name, key)
