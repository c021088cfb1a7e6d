"""The points of the map as columns sorted by Morton code, so that every cell is one run of rows."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bitmaps import Rows
from .boxes import Box, Window, cells_on_edge
from .mercator import GRID_BITS, project
from .morton import interleave
from .runs import Runs, expand

_DIRECTORY_LEVELS = range(2, 11)
_EXACT_BOX_CELLS = 256
_POINTS_AT_A_TIME = 1 << 14
_SQUARE_MASK = (1 << 32) - 1


class SortedColumns:
    """n points in the order of their Morton codes; points in the same grid square in the order of their rank.

    codes, ids int64[n]; squares int64[n] grid squares, x in the lower and y in the upper half; longitudes,
    latitudes float64[n] degrees; ranks int32[n] each row's place in the readers' order; by_rank int32[n] the
    rows in that order.
    """

    def __init__(
        self,
        ranks: Rows,
        codes: NDArray[np.int64],
        squares: NDArray[np.int64],
        ids: NDArray[np.int64],
        longitudes: NDArray[np.float64],
        latitudes: NDArray[np.float64],
    ) -> None:
        """Of columns that are sorted. See `sort`."""
        self.codes, self.squares, self.ids = codes, squares, ids
        self.longitudes, self.latitudes = longitudes, latitudes
        self.ranks = ranks.astype(np.int32)
        self.by_rank = np.empty_like(self.ranks)
        self.by_rank[self.ranks] = np.arange(len(ranks), dtype=np.int32)
        self._directory_level, self._directory = _directory(codes)

    @classmethod
    def sort(
        cls, ids: ArrayLike, longitudes: ArrayLike, latitudes: ArrayLike, rank: ArrayLike | None
    ) -> tuple[Self, Rows]:
        """Points given as equally long columns, and which of them each row is: int64[n].

        Without a rank the order given is the readers' order. Raises ValueError for columns of different
        lengths and for positions that are not on the Earth.
        """
        ids, longitudes, latitudes = _checked(ids, longitudes, latitudes)
        n = len(ids)
        ranked = np.arange(n) if rank is None else np.argsort(rank, kind="stable")
        if len(ranked) != n:
            raise ValueError("a rank is needed for each point")
        squares, codes = _squares_and_codes(longitudes, latitudes)
        ranks = sorting(codes if rank is None else codes[ranked])
        order = ranks if rank is None else ranked[ranks]
        positions = longitudes.take(order), latitudes.take(order)
        return cls(ranks, codes.take(order), squares.take(order), ids.take(order), *positions), order

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def nbytes(self) -> int:
        """Bytes of all columns."""
        return sum(column.nbytes for column in vars(self).values() if isinstance(column, np.ndarray))

    def x_and_y(self, rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The grid squares of rows."""
        return split_squares(self.squares.take(rows))

    def runs_of_cells(self, cells: NDArray[np.int64], level: int) -> tuple[Rows, Rows]:
        """Where the rows of each cell begin and end; cells are ascending Morton codes at the level."""
        coarser = 2 * (level - self._directory_level)
        if coarser <= 0:
            return self._directory[cells << -coarser], self._directory[cells + 1 << -coarser]
        low = self._directory[cells[0] >> coarser]
        high = self._directory[(cells[-1] >> coarser) + 1]
        codes = self.codes[low:high]
        shift = 2 * (GRID_BITS - level)
        return low + codes.searchsorted(cells << shift), low + codes.searchsorted(cells + 1 << shift)

    def runs_in(self, area: Box | Window | None) -> Runs:
        """The runs of rows in a box (exactly), in a window's cells, or anywhere; none of them empty."""
        if area is None:
            return Runs.joined(np.array([0]), np.array([len(self)]))
        if isinstance(area, Window):
            return Runs.joined(*self.runs_of_cells(area.cells(), area.level))
        return self._runs_in_box(area)

    def runs_touched_by(self, box: Box) -> Runs:
        """The runs of rows in the cells that a box touches: all the rows in it, and some near its edge."""
        return self.runs_in(Window.covering(box, _EXACT_BOX_CELLS))

    def in_box(self, rows: Rows, box: Box) -> NDArray[np.bool_]:
        """Which of the rows lie in a box."""
        return box.contains(self.longitudes[rows], self.latitudes[rows])

    def _runs_in_box(self, box: Box) -> Runs:
        window = Window.covering(box, _EXACT_BOX_CELLS)
        cells = window.cells()
        starts, ends = self.runs_of_cells(cells, window.level)
        on_edge = cells_on_edge(box, cells, window.level)
        near = expand(starts[on_edge], ends[on_edge])
        alone = near[self.in_box(near, box)]
        starts = np.concatenate((starts[~on_edge], alone))
        ends = np.concatenate((ends[~on_edge], alone + 1))
        order = np.argsort(starts, kind="stable")
        return Runs.joined(starts[order], ends[order])


def sorting(codes: NDArray[np.int64]) -> Rows:
    """What sorts codes, equal ones as given: np.argsort(codes, kind="stable"), several times faster.

    Sorted are numbers of a code's upper bits and its place, which numpy sorts faster than places by codes.
    The few codes that differ below these bits alone are put in order afterwards.
    """
    place_bits = max(1, len(codes).bit_length())
    lost = max(0, 2 * GRID_BITS + place_bits - 63)
    keys = codes >> lost << place_bits
    keys |= np.arange(len(codes))
    keys.sort()
    order = keys & (1 << place_bits) - 1
    if lost:
        keys >>= place_bits
        same = keys[1:] == keys[:-1]
        tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
        order[tied] = order[tied][np.argsort(codes[order[tied]], kind="stable")]
    return order


def split_squares(squares: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The x and y of grid squares that are held in one number each."""
    return squares & _SQUARE_MASK, squares >> 32


def _checked(ids: ArrayLike, longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[NDArray, NDArray, NDArray]:
    ids = np.asarray(ids, dtype=np.int64)
    longitudes, latitudes = np.asarray(longitudes, dtype=np.float64), np.asarray(latitudes, dtype=np.float64)
    if not len(ids) == len(longitudes) == len(latitudes):
        raise ValueError("ids, longitudes and latitudes must be equally many")
    if not (np.all(np.abs(longitudes) <= 180) and np.all(np.abs(latitudes) <= 90)):
        raise ValueError("a position lies outside longitudes -180 to 180 or latitudes -90 to 90")
    return ids, longitudes, latitudes


def _squares_and_codes(
    longitudes: NDArray[np.float64], latitudes: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    squares, codes = (np.empty(len(longitudes), dtype=np.int64) for _ in range(2))
    for first in range(0, len(longitudes), _POINTS_AT_A_TIME):
        some = slice(first, first + _POINTS_AT_A_TIME)
        x, y = project(longitudes[some], latitudes[some])
        squares[some], codes[some] = x | y << 32, interleave(x, y)
    return squares, codes


def _directory(codes: NDArray[np.int64]) -> tuple[int, NDArray[np.int32]]:
    """A level with about as many cells as there are points, and the row at which each of its cells begins.

    With it the cells of this level and of coarser ones are found without a search, those of finer ones in a
    short one.
    """
    level = next((level for level in _DIRECTORY_LEVELS if 4**level >= len(codes)), _DIRECTORY_LEVELS[-1])
    sizes = np.bincount(codes >> 2 * (GRID_BITS - level), minlength=4**level)
    directory = np.zeros(len(sizes) + 1, dtype=np.int32)
    np.cumsum(sizes, dtype=np.int32, out=directory[1:])
    return level, directory
