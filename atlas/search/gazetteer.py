"""Settlements of the five countries by any of their names (GeoNames, CC BY 4.0; see docs/basemap.md)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import deposits

from .names import Grade, Match, Names, Spelling
from .positions import Position

_PATH = Path(deposits.__file__).parent / "data" / "settlements.json"


@dataclass(frozen=True)
class Settlement:
    """A town or village; `country` is ISO 3166-1 alpha-2, a population of 0 is unknown."""

    name: str
    other_names: tuple[str, ...]
    country: str
    position: Position
    population: int


@dataclass(frozen=True)
class Found:
    """Settlements that answer a name: by that very name, the largest first, and by one that is like it."""

    named: list[Match[Settlement]]
    alike: list[Match[Settlement]]


@cache
def settlements() -> tuple[Settlement, ...]:
    """All settlements, the largest first."""
    rows = json.loads(_PATH.read_text(encoding="utf-8"))
    read = (
        Settlement(name, tuple(others), country, Position(latitude, longitude), population)
        for name, others, country, latitude, longitude, population in rows
    )
    return tuple(sorted(read, key=lambda settlement: (-settlement.population, settlement.name)))


@cache
def _names() -> Names[Settlement]:
    return Names(_spellings())


def _spellings() -> Iterator[Spelling[Settlement]]:
    for settlement in settlements():
        for text in (settlement.name, *settlement.other_names):
            yield Spelling(settlement, text)


def named(name: str) -> Found:
    """The settlements of a name, in any script."""
    matches = _names().find(name)
    same = [match for match in matches if match.grade <= Grade.SAME_NAME]
    same.sort(key=lambda match: (-match.thing.population, match.thing.name))
    return Found(same, [match for match in matches if match.grade > Grade.SAME_NAME])


def at(position: Position) -> Settlement | None:
    """The settlement whose recorded position is exactly this, as links between our own pages have it."""
    return _by_position().get(position)


@cache
def _by_position() -> dict[Position, Settlement]:
    return {settlement.position: settlement for settlement in reversed(settlements())}
