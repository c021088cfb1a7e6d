"""What an address asks of the map: filters, a window, a page."""

import math
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from atlas.pages.filtering import Option

from .boxes import Box, Window
from .record_map import RecordMap

#: No more values of one facet are read.
MOST_VALUES = 100
MAX_ZOOM = 22


class Unreadable(ValueError):
    """The address asks for a part of the map that there is not; the text says why."""


@dataclass(frozen=True)
class Choice:
    """One facet of the form, with what each of its options would bring."""

    name: str
    title: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]


def filters_of(query: QueryDict, names: tuple[str, ...]) -> dict[str, list[str]]:
    """The values asked for of each facet that the address names, each once."""
    asked = {name: list(dict.fromkeys(filter(None, query.getlist(name)))) for name in names}
    return {name: values[:MOST_VALUES] for name, values in asked.items() if values}


def unknown(atlas_map: RecordMap, filters: dict[str, list[str]]) -> list[tuple[str, str]]:
    """(facet's title, value) of whatever is asked for that the atlas does not know."""
    return [
        (str(atlas_map.facets[name].title), value)
        for name, values in filters.items()
        for value in values
        if value not in atlas_map.facets[name].labels
    ]


def choices(atlas_map: RecordMap, filters: dict[str, list[str]]) -> list[Choice]:
    """The form: every facet with those options that some record has, counted under the other filters."""
    everywhere, counts = by_value(atlas_map, {}), by_value(atlas_map, filters)
    return [
        Choice(
            name,
            str(facet.title),
            [
                Option(value, str(label), counts[name][value], value in filters.get(name, []))
                for value, label in facet.labels.items()
                if everywhere[name].get(value)
            ],
        )
        for name, facet in atlas_map.facets.items()
    ]


def by_value(atlas_map: RecordMap, filters: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """How many records each value of each facet would bring: {facet: {value: count}}."""
    return {
        name: dict(zip(map(str, atlas_map.index.values(name)), counts.tolist(), strict=True))
        for name, counts in atlas_map.counts(filters).items()
    }


def window_of(query: QueryDict, finer: int = 0) -> Window | None:
    """The part of the map that `bbox` (west,south,east,north) and `zoom` name; None without them.

    Its cells are those of `finer` zooms nearer. Raises Unreadable for anything but four numbers and a zoom.
    """
    if "bbox" not in query:
        return None
    try:
        west, south, east, north = map(float, query.get("bbox", "").split(","))
        zoom = float(query.get("zoom", "5"))
        if not math.isfinite(zoom):
            raise ValueError
        return Window.at_zoom(Box(west, south, east, north), min(max(zoom, 0), MAX_ZOOM) + finer)
    except ValueError as error:
        raise Unreadable(_("bbox must be west,south,east,north in degrees, zoom a number.")) from error


def page_of(query: QueryDict) -> int:
    """The page of the list asked for, 1 where none or nonsense is."""
    text = query.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 7 else 1
