"""What a viewport shows: single points, and clusters of points that share a cell of the screen."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .boxes import Window, cell_bounds
from .groups import Groups, cells_of
from .morton import deinterleave


@dataclass(frozen=True)
class Points:
    """p points shown one by one: groups of one."""

    groups: Groups

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def ids(self) -> NDArray[np.int64]:
        """int64[p]: the ids given at build."""
        return self.groups["id"]

    @property
    def longitudes(self) -> NDArray[np.float64]:
        """float64[p]: degrees."""
        return self.groups["longitude"]

    @property
    def latitudes(self) -> NDArray[np.float64]:
        """float64[p]: degrees."""
        return self.groups["latitude"]


@dataclass(frozen=True)
class Clusters:
    """c groups of two or more points in the same cell of a level."""

    level: int
    groups: Groups

    def __len__(self) -> int:
        return len(self.groups)

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        """int64[c]: the Morton codes of the cells."""
        return cells_of(self.groups, self.level)

    @property
    def counts(self) -> NDArray[np.int32]:
        """int32[c]: how many points."""
        return self.groups["count"]

    @property
    def x(self) -> NDArray[np.float64]:
        """float64[c]: the mean of the members' grid squares."""
        return self.groups["x"]

    @property
    def y(self) -> NDArray[np.float64]:
        """float64[c]: the mean of the members' grid squares."""
        return self.groups["y"]

    @property
    def coincident(self) -> NDArray[np.bool_]:
        """bool[c]: whether all members lie in one grid square, so that no zooming will part them."""
        return self.groups["coincident"]

    @property
    def longitudes(self) -> NDArray[np.float64]:
        """Longitudes of the centroids on the map in degrees."""
        return self.groups["longitude"]

    @property
    def latitudes(self) -> NDArray[np.float64]:
        """Latitudes of the centroids on the map in degrees."""
        return self.groups["latitude"]

    @cached_property
    def bounds(
        self,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Wests, souths, easts and norths in degrees of the clusters' cells."""
        return cell_bounds(*deinterleave(self.cells), self.level)


@dataclass(frozen=True)
class View:
    """The answer for a window: each matching point alone in a group, or counted in one with its neighbours.

    Groups come from north to south, those of a row of cells from west to east.
    """

    window: Window
    groups: Groups

    @cached_property
    def total(self) -> int:
        """How many points match."""
        return int(self.groups["count"].sum())

    @cached_property
    def points(self) -> Points:
        """The groups of one."""
        return Points(self.groups[self.groups["count"] == 1])

    @cached_property
    def clusters(self) -> Clusters:
        """The groups of more."""
        return Clusters(self.window.level, self.groups[self.groups["count"] > 1])
