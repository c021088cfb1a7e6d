"""The map at the right of a preview: where the page's records lie, as precisely as is known."""

import math
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw

from deposits.models import Location

from . import topology

#: Width and height of the locator in pixels, and its middle in degrees.
SIZE = (580, 630)
_MIDDLE = (66.6, 45.6)
#: Pixels a degree of longitude.
_SCALE = 13.3
#: Everything is drawn so many times larger and then reduced, which smooths its edges.
SHARPNESS = 2

_WATER, _LAND, _FOCUS = "#c9d6de", "#e9e7e1", "#fbfaf6"
_SHORE, _BORDER, _REGION = "#aebfca", "#a39d91", "#dcd8ca"
_EDGE, _CORE = "#16201d", "#ffffff"
#: The hues of static/css/map.css.
HUES = {
    "base": "#d55e00",
    "precious": "#e69f00",
    "steel": "#0072b2",
    "battery": "#00876a",
    "rare": "#cc79a7",
    "light": "#56b4e9",
    "technology": "#882255",
    "energy": "#f0e442",
    "other": "#83888a",
}


@dataclass(frozen=True)
class Mark:
    """A record on the map: a circle for a deposit, a diamond for a project; with the area it may lie in."""

    latitude: float
    longitude: float
    precision: str
    kind: str
    hue: str

    @property
    def is_vague(self) -> bool:
        return self.precision in ("district", "region")


def locator(marks: tuple[Mark, ...]) -> Image.Image:
    """The region with these marks, RGB of SIZE; few marks are drawn larger than many."""
    picture = _base().copy()
    pencil = ImageDraw.Draw(picture, "RGBA")
    radius = 9 if len(marks) == 1 else 7 if len(marks) < 40 else 5
    areas = {(mark.latitude, mark.longitude, mark.precision): mark for mark in marks if mark.is_vague}
    for mark in areas.values():
        _area(pencil, mark)
    for mark in marks:
        _symbol(pencil, mark, radius * SHARPNESS)
    return picture.resize(SIZE, Image.Resampling.BOX)


@cache
def _base() -> Image.Image:
    """Land, water and borders, drawn once a process."""
    picture = Image.new("RGB", (SIZE[0] * SHARPNESS, SIZE[1] * SHARPNESS), _WATER)
    pencil = ImageDraw.Draw(picture)
    for name, colour in (("world", _LAND), ("land", _LAND), ("focus", _FOCUS), ("lakes", _WATER)):
        for outer, *_holes in topology.polygons(name):
            shore = _SHORE if name in ("focus", "lakes") else None
            pencil.polygon([_pixel(*point) for point in outer], fill=colour, outline=shore)
    for name, colour, width in (("regions", _REGION, 1), ("borders", _BORDER, 2)):
        for line in topology.lines(name):
            pencil.line([_pixel(*point) for point in line], fill=colour, width=width)
    return picture


def _area(pencil: ImageDraw.ImageDraw, mark: Mark) -> None:
    """The circle that the place lies in, in its real size."""
    x, y = _pixel(mark.longitude, mark.latitude)
    kilometres_a_degree = 111.32 * math.cos(math.radians(mark.latitude))
    radius = Location.RADIUS_KM[mark.precision] / kilometres_a_degree * _SCALE * SHARPNESS
    box = (x - radius, y - radius, x + radius, y + radius)
    colour = HUES[mark.hue]
    pencil.ellipse(box, fill=f"{colour}2e", outline=f"{colour}99", width=SHARPNESS)


def _symbol(pencil: ImageDraw.ImageDraw, mark: Mark, radius: float) -> None:
    x, y = _pixel(mark.longitude, mark.latitude)
    if mark.is_vague:
        radius *= 0.55
    corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
    box = (x - radius, y - radius, x + radius, y + radius)
    if mark.kind == "project":
        pencil.polygon(corners, fill=HUES[mark.hue], outline=_EDGE, width=SHARPNESS)
    else:
        pencil.ellipse(box, fill=HUES[mark.hue], outline=_EDGE, width=SHARPNESS)
    if mark.precision == "site":
        core = radius * 0.4
        pencil.ellipse((x - core, y - core, x + core, y + core), fill=_CORE)


def _pixel(longitude: float, latitude: float) -> tuple[float, float]:
    """Web Mercator (EPSG:3857) about the locator's middle, in pixels of the enlarged picture."""
    x = (longitude - _MIDDLE[0]) * _SCALE
    y = (_stretched(_MIDDLE[1]) - _stretched(latitude)) * _SCALE
    return (x + SIZE[0] / 2) * SHARPNESS, (y + SIZE[1] / 2) * SHARPNESS


def _stretched(latitude: float) -> float:
    """Latitude on the Mercator plane, in degrees of longitude."""
    limited = max(-85.0, min(85.0, latitude))
    return math.degrees(math.asinh(math.tan(math.radians(limited))))
