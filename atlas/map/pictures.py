"""What a viewport shows: single points, and clusters of points that share a cell of the screen."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .boxes import Window, cell_bounds
from .mercator import unproject
from .morton import deinterleave


@dataclass(frozen=True)
class Points:
    """p points shown one by one: ids int64[p] as given at build, positions in degrees float64[p]."""

    ids: NDArray[np.int64]
    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Clusters:
    """c groups of two or more points in the same cell, in the order of their Morton codes.

    cells int64[c] are Morton codes at `level`; counts int64[c]; x and y float64[c] are the mean of the
    members' grid squares; coincident bool[c] tells that all members lie in one grid square, so that no
    zooming will part them.
    """

    level: int
    cells: NDArray[np.int64]
    counts: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    coincident: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def positions(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitudes and latitudes in degrees of the clusters' centroids on the map."""
        return unproject(self.x, self.y)

    @property
    def longitudes(self) -> NDArray[np.float64]:
        """Longitudes of the centroids in degrees."""
        return self.positions[0]

    @property
    def latitudes(self) -> NDArray[np.float64]:
        """Latitudes of the centroids in degrees."""
        return self.positions[1]

    @cached_property
    def bounds(
        self,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Wests, souths, easts and norths in degrees of the clusters' cells."""
        return cell_bounds(*deinterleave(self.cells), self.level)


@dataclass(frozen=True)
class View:
    """The answer for a window: each matching point is one of `points` or counted in one of `clusters`."""

    window: Window
    total: int
    points: Points
    clusters: Clusters
