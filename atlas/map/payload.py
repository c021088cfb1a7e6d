"""The map's answer as data: clusters and places of a window, in the active language.

Positions are degrees, latitude first as Leaflet takes them, to five decimals (a metre).
"""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from deposits.models import Location

from .boxes import Window
from .cards import Card
from .pictures import Clusters
from .record_map import Filters, RecordMap
from .towns import town_near

#: So many records of one place are named on the map; the list beside it has them all.
MOST_AT_PLACE = 60
AREAS = ("district", "region")


def picture(atlas_map: RecordMap, window: Window, filters: Filters) -> dict[str, Any]:
    """What the map draws of a window: {"total", "clusters", "places"}.

    A cluster is [latitude, longitude, count, label, south, west, north, east], the last four its cell. A
    place is [latitude, longitude, count, label, radius in metres or 0, cards]: records at the same position,
    drawn with the radius within which they may lie if none of them is known better than its district.
    """
    view = atlas_map.drawn(window, filters)
    apart = ~view.clusters.coincident
    places = [_place(atlas_map, [int(number)], 1) for number in view.points.ids]
    for index in view.clusters.coincident.nonzero()[0]:
        position = float(view.clusters.longitudes[index]), float(view.clusters.latitudes[index])
        page = atlas_map.at(*position, filters, MOST_AT_PLACE)
        places.append(_place(atlas_map, page.ids.tolist(), int(view.clusters.counts[index])))
    clusters = [_cluster(view.clusters, int(index)) for index in apart.nonzero()[0]]
    return {"total": view.total, "clusters": clusters, "places": places}


def _cluster(clusters: Clusters, index: int) -> list[Any]:
    wests, souths, easts, norths = clusters.bounds
    latitude, longitude = float(clusters.latitudes[index]), float(clusters.longitudes[index])
    count = int(clusters.counts[index])
    edges = [_rounded(side[index]) for side in (souths, wests, norths, easts)]
    return [
        _rounded(latitude),
        _rounded(longitude),
        count,
        _cluster_label(count, latitude, longitude),
        *edges,
    ]


def _cluster_label(count: int, latitude: float, longitude: float) -> str:
    town = town_near(latitude, longitude, get_language() or "en")
    if town:
        words = ngettext(
            "%(n)s record around %(town)s: zoom in", "%(n)s records around %(town)s: zoom in", count
        )
    else:
        words = ngettext("%(n)s record: zoom in", "%(n)s records: zoom in", count)
    return words % {"n": count, "town": town}


def _place(atlas_map: RecordMap, numbers: list[int], count: int) -> list[Any]:
    place = atlas_map.place(numbers[0])
    cards = [atlas_map.cards[number] for number in numbers]
    radius = _radius_m(cards)
    if count == 1:
        label = f"{cards[0].name}, {cards[0].what}"
    else:
        label = _shared_label(count, place.latitude, place.longitude, bool(radius))
    shown = [_card(card) for card in cards]
    return [_rounded(place.latitude), _rounded(place.longitude), count, label, radius, shown]


def _shared_label(count: int, latitude: float, longitude: float, is_area: bool) -> str:
    values = {"n": count, "town": town_near(latitude, longitude, get_language() or "en")}
    if is_area and values["town"]:
        return _("near %(town)s: %(n)s, exact place unknown") % values
    if is_area:
        return _("%(n)s records, exact place unknown") % values
    return _("%(n)s records at one position") % values


def _radius_m(cards: list[Card]) -> int:
    """How far from the position records known only to an area may lie; 0 if one of them is known better."""
    if not all(card.precision in AREAS for card in cards):
        return 0
    return 1000 * max(Location.RADIUS_KM[card.precision] for card in cards)


def _card(card: Card) -> list[Any]:
    """[id, name, its language or "", address, kind, hue, precision, what, where, stage, stale]."""
    return [
        card.id,
        card.name,
        card.language,
        card.url,
        card.kind,
        card.hue,
        card.precision,
        card.what,
        card.where,
        card.stage,
        int(card.stale),
    ]


def _rounded(degrees: float) -> float:
    return round(float(degrees), 5)
