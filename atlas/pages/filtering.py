"""Filtering any list of records by facets, with live counts: one pass over the list in memory.

Within a facet values are alternatives, between facets all must hold. An option's count says how many records
the list would hold if that facet asked for this option alone, so it leaves the facet's own choice out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

#: What a record has of a facet: no value, one or many.
Values = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class Facet:
    """A property that records are filtered by."""

    #: The address's parameter.
    name: str
    title: str | Promise
    values: Values
    #: How each value reads, in the order of the options; values not in it are no options.
    labels: Mapping[str, str | Promise]
    #: Options beyond this many are left out unless chosen, the most frequent kept; 0 keeps all.
    most: int = 0


@dataclass(frozen=True)
class Option:
    """One value of a facet as a form shows it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass
class Choice:
    """What the address asks of one facet, and what the list offers there."""

    facet: Facet
    chosen: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def unknown(self) -> list[str]:
        """Values asked for that the atlas does not know; no record has them."""
        return [value for value in self.chosen if value not in self.facet.labels]

    @property
    def options(self) -> list[Option]:
        """The chosen options and those that would hold anything, in the facet's order."""
        offered = [value for value in self.facet.labels if value in self.chosen or self.counts[value]]
        if self.facet.most and len(offered) > self.facet.most:
            frequent = {value for value, _count in self.counts.most_common(self.facet.most)}
            offered = [value for value in offered if value in self.chosen or value in frequent]
        return [
            Option(value, str(self.facet.labels[value]), self.counts[value], value in self.chosen)
            for value in offered
        ]

    @property
    def left_out(self) -> int:
        """How many options that would hold something are not shown."""
        return sum(1 for value in self.facet.labels if self.counts[value]) - sum(
            1 for option in self.options if option.count
        )

    @property
    def chosen_options(self) -> list[Option]:
        return [option for option in self.options if option.chosen]


@dataclass
class Filtered:
    """The records that match, in the order they came, and each facet's options."""

    records: list[Any]
    choices: list[Choice]

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """(title of the facet, value) of everything asked for that the atlas does not know."""
        return [(str(choice.facet.title), value) for choice in self.choices for value in choice.unknown]

    @property
    def is_narrowed(self) -> bool:
        return any(choice.chosen for choice in self.choices)


def filtered(records: Iterable[Any], facets: Sequence[Facet], asked: QueryDict) -> Filtered:
    """The records that have one of the asked values in every facet the address names."""
    choices = [
        Choice(facet, tuple(dict.fromkeys(filter(None, asked.getlist(facet.name))))) for facet in facets
    ]
    matching: list[Any] = []
    for record in records:
        values = [set(choice.facet.values(record)) for choice in choices]
        failing = [
            index
            for index, choice in enumerate(choices)
            if choice.chosen and values[index].isdisjoint(choice.chosen)
        ]
        if not failing:
            matching.append(record)
            for choice, own in zip(choices, values, strict=True):
                choice.counts.update(own)
        elif len(failing) == 1:
            choices[failing[0]].counts.update(values[failing[0]])
    return Filtered(matching, choices)
