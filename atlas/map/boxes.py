"""The two ways to say which part of the world is meant: a box in degrees, or a window of whole grid cells.

A cell of level L is one of 2^L by 2^L that divide the square world of `mercator`; at zoom Z the cells of
level Z + 2 are 64 CSS pixels wide, because a tile of 256 pixels has four by four of them.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .mercator import GRID_BITS, GRID_SIZE, project, square_at, unproject
from .morton import deinterleave, interleave

LEVELS_BELOW_ZOOM = 2
MAX_WINDOW_CELLS = 1 << 15
"""Cells of 64 pixels for four 8K screens, of 8 pixels for a small one; more are answered in coarser cells."""


@dataclass(frozen=True)
class Box:
    """West, south, east and north in degrees, edges included; west > east crosses the 180th meridian.

    Longitudes may run on past 180 (as a map panned around the world gives them) and are wrapped; latitudes
    past a pole are the pole. Raises ValueError for a number that is not finite and for south > north.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.west, self.south, self.east, self.north))):
            raise ValueError("a box needs four finite numbers")
        if self.south > self.north:
            raise ValueError("a box's south lies north of its north")
        whole_world = self.east - self.west >= 360
        set_field = object.__setattr__
        set_field(self, "west", -180.0 if whole_world else _wrapped(self.west))
        set_field(self, "east", 180.0 if whole_world else _wrapped(self.east))
        set_field(self, "south", max(-90.0, min(90.0, self.south)))
        set_field(self, "north", max(-90.0, min(90.0, self.north)))

    def contains(self, longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the positions lie in the box or on its edge."""
        east_of_west, west_of_east = longitudes >= self.west, longitudes <= self.east
        between = east_of_west | west_of_east if self.west > self.east else east_of_west & west_of_east
        return between & (latitudes >= self.south) & (latitudes <= self.north)


@dataclass(frozen=True)
class Window:
    """Whole cells of one level: columns count eastwards, rows southwards, both ends included.

    first_column > last_column crosses the 180th meridian. Raises ValueError for cells that the level doesn't
    have and for more than MAX_WINDOW_CELLS.
    """

    level: int
    first_column: int
    last_column: int
    first_row: int
    last_row: int

    def __post_init__(self) -> None:
        if not 0 <= self.level <= GRID_BITS:
            raise ValueError(f"a window's level must be between 0 and {GRID_BITS}")
        side = 1 << self.level
        if not (0 <= self.first_column < side and 0 <= self.last_column < side):
            raise ValueError("a window's columns lie outside the map")
        if not 0 <= self.first_row <= self.last_row < side:
            raise ValueError("a window's rows lie outside the map")
        if self.size > MAX_WINDOW_CELLS:
            raise ValueError(f"a window has more than {MAX_WINDOW_CELLS} cells")

    @classmethod
    def at_zoom(cls, box: Box, zoom: float) -> Self:
        """The 64-pixel cells that a box touches at a zoom; coarser ones where too many."""
        level = min(max(math.floor(zoom), 0) + LEVELS_BELOW_ZOOM, GRID_BITS)
        return cls._touching(box, level, MAX_WINDOW_CELLS)

    @classmethod
    def covering(cls, box: Box, most_cells: int) -> Self:
        """The finest cells that cover a box with no more than this many of them (at least four)."""
        return cls._touching(box, GRID_BITS, most_cells)

    @classmethod
    def _touching(cls, box: Box, level: int, most_cells: int) -> Self:
        (west, north), (east, south) = square_at(box.west, box.north), square_at(box.east, box.south)
        round_the_world = box.west > box.east
        while True:
            shift = GRID_BITS - level
            first, last, top, bottom = west >> shift, east >> shift, north >> shift, south >> shift
            if round_the_world and first == last:
                first, last = 0, (1 << level) - 1
            width = (last - first) % (1 << level) + 1
            if width * (bottom - top + 1) <= most_cells:
                return cls(level, first, last, top, bottom)
            level -= 1

    @property
    def width(self) -> int:
        """How many columns."""
        return (self.last_column - self.first_column) % (1 << self.level) + 1

    @property
    def size(self) -> int:
        """How many cells."""
        return self.width * (self.last_row - self.first_row + 1)

    @property
    def column_ranges(self) -> list[tuple[int, int]]:
        """The first and last columns of its one part, or of its two on both sides of the 180th meridian."""
        if self.first_column <= self.last_column:
            return [(self.first_column, self.last_column)]
        return [(0, self.last_column), (self.first_column, (1 << self.level) - 1)]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the cells in degrees; west > east crosses the 180th meridian."""
        shift = GRID_BITS - self.level
        (west, east), (north, south) = unproject(
            [self.first_column << shift, self.last_column + 1 << shift],
            [self.first_row << shift, self.last_row + 1 << shift],
        )
        return float(west), float(south), float(east), float(north)

    def coarser(self, most_cells: int) -> Self:
        """The finest cells that hold the window's, no more than this many of them (at least four)."""
        window = self
        while window.size > most_cells:
            level = window.level - 1
            first, last = window.first_column >> 1, window.last_column >> 1
            if window.first_column > window.last_column and first == last:
                first, last = 0, (1 << level) - 1
            window = type(self)(level, first, last, window.first_row >> 1, window.last_row >> 1)
        return window

    def has(self, x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the grid squares lie in the window."""
        columns, rows = x >> GRID_BITS - self.level, y >> GRID_BITS - self.level
        east_of_first, west_of_last = columns >= self.first_column, columns <= self.last_column
        if self.first_column > self.last_column:
            across = east_of_first | west_of_last
        else:
            across = east_of_first & west_of_last
        return across & (rows >= self.first_row) & (rows <= self.last_row)

    def cells(self) -> NDArray[np.int64]:
        """The Morton codes of the window's cells, sorted."""
        columns = np.arange(self.first_column, self.first_column + self.width) & (1 << self.level) - 1
        rows = np.arange(self.first_row, self.last_row + 1)
        cells = interleave(columns, rows[:, np.newaxis]).ravel()
        cells.sort()
        return cells


def cell_bounds(
    columns: NDArray[np.int64], rows: NDArray[np.int64], level: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Wests, souths, easts and norths in degrees of cells of a level."""
    size = GRID_SIZE >> level
    wests, norths = unproject(columns * size, rows * size)
    easts, souths = unproject((columns + 1) * size, (rows + 1) * size)
    return wests, souths, easts, norths


def cells_on_edge(box: Box, cells: NDArray[np.int64], level: int) -> NDArray[np.bool_]:
    """Which of the cells that a box touches have an edge of it running through them."""
    (west, east), (north, south) = project([box.west, box.east], [box.north, box.south])
    columns, rows = deinterleave(cells)
    shift = GRID_BITS - level
    on_meridian = (columns == west >> shift) | (columns == east >> shift)
    on_parallel = (rows == north >> shift) | (rows == south >> shift)
    return on_meridian | on_parallel


def _wrapped(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180
