"""TopoJSON in and out, for `build_basemap.py`: read, simplify, regroup (https://github.com/topojson/topojson-specification)."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry import LineString

Point = tuple[float, float]

FOCUS = {"KAZ", "KGZ", "TJK", "TKM", "UZB"}
CLIPPED_TO = (40, 28, 102, 62)  # west, south, east, north of the region's outlines, degrees
SURROUNDINGS = (-30, -12, 180, 82)  # what a wide screen can show around it
SURROUNDINGS_TOLERANCE = 0.02  # square degrees: about a pixel at zoom 4
OVERLAP = 0.05  # degrees by which the surroundings reach under the region, against a hairline at the seam
RIVERS_COARSER = 4  # how much more than borders rivers are simplified
FLATTENING = 0.7  # cos 45°: how much shorter a degree of longitude is


def read_arcs(topology: dict) -> list[list[Point]]:
    """All arcs as (longitude, latitude) in degrees."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    return arcs


def arc_numbers(arcs: int | list) -> Iterator[int]:
    """The numbers of all arcs in a geometry's nested list, whichever way they are walked."""
    if isinstance(arcs, int):
        yield arcs if arcs >= 0 else ~arcs
    else:
        for part in arcs:
            yield from arc_numbers(part)


def shared_arcs(geometries: list[dict]) -> set[int]:
    """Arcs that lie between two of the geometries: their common borders."""
    users = defaultdict(set)
    for position, geometry in enumerate(geometries):
        for number in arc_numbers(geometry["arcs"]):
            users[number].add(position)
    return {number for number, positions in users.items() if len(positions) > 1}


def within(points: list[Point], bounds: tuple[float, float, float, float]) -> bool:
    """True if all points lie in the bounds (west, south, east, north)."""
    west, south, east, north = bounds
    return all(west <= x <= east and south <= y <= north for x, y in points)


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Drop points whose triangle with their neighbours is below `tolerance` square degrees, smallest first.

    Ends stay, and rings keep a shape. Visvalingam and Whyatt 1993, https://doi.org/10.1179/000870493786962263.
    """
    keep = 4 if points[0] == points[-1] else 2
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))

    def area(middle: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[middle]], points[middle], points[after[middle]]
        return FLATTENING * abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    areas = {middle: area(middle) for middle in range(1, len(points) - 1)}
    queue = [(size, middle) for middle, size in areas.items()]
    heapq.heapify(queue)
    while queue and len(areas) + 2 > keep:
        size, middle = heapq.heappop(queue)
        if areas.get(middle) != size:
            continue  # dropped, or measured again since
        if size > tolerance:
            break
        del areas[middle]
        left, right = before[middle], after[middle]
        after[left], before[right] = right, left
        for neighbour in {left, right} & areas.keys():
            areas[neighbour] = max(size, area(neighbour))
            heapq.heappush(queue, (areas[neighbour], neighbour))
    return [points[0], *(points[index] for index in sorted(areas)), points[-1]]


class TopologyWriter:
    """Collects arcs on a grid of `grid` degrees and the objects made of them."""

    def __init__(self, grid: float) -> None:
        self.grid = grid
        self.arcs: list[list[tuple[int, int]]] = []
        self.objects: dict[str, dict] = {}

    def add_arc(self, points: Iterable[Point]) -> int:
        """Store a line of (longitude, latitude) as steps on the grid; returns its number."""
        steps, last = [], (0, 0)
        for longitude, latitude in points:
            point = round(longitude / self.grid), round(latitude / self.grid)
            step = point[0] - last[0], point[1] - last[1]
            if not steps or step != (0, 0):
                steps.append(step)
            last = point
        if len(steps) == 1:
            steps.append((0, 0))
        self.arcs.append(steps)
        return len(self.arcs) - 1

    def as_topojson(self) -> dict:
        """The whole as a TopoJSON topology."""
        transform = {"scale": [self.grid, self.grid], "translate": [0, 0]}
        return {"type": "Topology", "transform": transform, "objects": self.objects, "arcs": self.arcs}


def build_outlines(source: dict, tolerance: float, grid: float, world: dict | None = None) -> dict:
    """The basemap's TopoJSON: `focus` (the five countries), `land` (their neighbours), `borders`, `regions`
    (lines between first-level regions), `lakes`, `rivers` and, given the world's countries, what lies around:
    `world` and `world_borders`. `tolerance` in square degrees, `grid` in degrees."""
    writer = TopologyWriter(grid)
    arcs = read_arcs(source)
    objects = {name: value["geometries"] for name, value in source["objects"].items()}
    numbers: dict[int, int] = {}

    rivers = {number for river in objects["rivers"] for number in arc_numbers(river.get("arcs", []))}

    def renumber(part: int | list) -> int | list:
        if isinstance(part, list):
            return [renumber(each) for each in part]
        number = part if part >= 0 else ~part
        if number not in numbers:
            coarseness = RIVERS_COARSER if number in rivers else 1
            numbers[number] = writer.add_arc(simplify(arcs[number], tolerance * coarseness))
        return numbers[number] if part >= 0 else ~numbers[number]

    def add_polygons(name: str, geometries: Iterable[dict]) -> None:
        polygons = []
        for geometry in geometries:
            polygons += geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        writer.objects[name] = {"type": "MultiPolygon", "arcs": renumber(polygons)}

    def add_lines(name: str, lines: Iterable[int]) -> None:
        writer.objects[name] = {
            "type": "MultiLineString",
            "arcs": [[renumber(line)] for line in sorted(lines)],
        }

    countries = objects["countries"]
    borders = shared_arcs(countries)
    regions = [region for region in objects["admin1"] if region["properties"]["a3"] in FOCUS]
    add_polygons("focus", (country for country in countries if country["properties"]["a3"] in FOCUS))
    add_polygons("land", (country for country in countries if country["properties"]["a3"] not in FOCUS))
    add_lines("borders", borders)
    same_country = [
        shared_arcs([region for region in regions if region["properties"]["a3"] == country])
        for country in sorted(FOCUS)
    ]
    add_lines("regions", set().union(*same_country) - borders)
    add_polygons("lakes", objects["lakes"])
    add_lines("rivers", {number for number in rivers if within(arcs[number], CLIPPED_TO)})
    if world:
        add_surroundings(writer, world)
    return writer.as_topojson()


def add_surroundings(writer: TopologyWriter, world: dict) -> None:
    """Add the land around the region and the borders there, both coarse."""
    from shapely import box, line_merge, union_all
    from shapely.geometry import MultiLineString, Polygon

    west, south, east, north = CLIPPED_TO
    region = box(west + OVERLAP, south + OVERLAP, east - OVERLAP, north - OVERLAP)
    around = box(*SURROUNDINGS) - region
    arcs = read_arcs(world)

    def ring(numbers: list[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        if max(x for x, _ in points) - min(x for x, _ in points) > 180:  # crosses the 180th meridian
            return [(x % 360, y) for x, y in points]
        return points

    def add(line: "LineString") -> int:
        return writer.add_arc(simplify(list(line.coords), SURROUNDINGS_TOLERANCE))

    countries = world["objects"]["countries"]["geometries"]
    shapes = []
    for country in countries:
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        shapes += [Polygon(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in parts]
    land = union_all([shape.buffer(0) for shape in shapes]) & around
    writer.objects["world"] = {
        "type": "MultiPolygon",
        "arcs": [
            [[add(edge)] for edge in (part.exterior, *part.interiors)]
            for part in getattr(land, "geoms", [land])
            if part.geom_type == "Polygon" and part.area > 0.3
        ],
    }
    lines = MultiLineString([arcs[number] for number in sorted(shared_arcs(countries))]) & around
    writer.objects["world_borders"] = {
        "type": "MultiLineString",
        "arcs": [[add(line)] for line in line_merge(lines).geoms],
    }
