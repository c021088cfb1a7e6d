"""What the map draws of the reference layer: dots, as arrays that the browser reads without parsing.

Little-endian: uint32[8] (format, level, first column, first row, columns, rows, points in the window, dots),
then of each dot uint16 x, uint16 y, uint16 count, each as one array. x and y are 65535ths of the window's
width and height, from its west and north; counts beyond 65535 are 65535. Columns and rows count cells of the
level as `boxes.Window` does.
"""

import numpy as np

from .boxes import Window
from .engine import Filters
from .mercator import GRID_SIZE, project
from .reference import ReferenceLayer

FORMAT = 1
MEDIA_TYPE = "application/octet-stream"
#: Cells of this many zooms nearer than the map's: eight pixels wide, unless the window has too many.
FINER = 3
#: Up to so many points are drawn one by one.
FEW = 4000
_MOST = 65535


def picture(layer: ReferenceLayer, window: Window, filters: Filters) -> bytes:
    """The dots of a window: single sites, and groups of sites in a cell too small to tell them apart."""
    view = layer.index.view(window, filters, FEW)
    clusters = view.clusters
    x, y = project(view.points.longitudes, view.points.latitudes)
    x = np.concatenate((x + 0.5, clusters.x))
    y = np.concatenate((y + 0.5, clusters.y))
    counts = np.concatenate((np.ones(len(view.points), dtype=np.int64), clusters.counts))
    size = GRID_SIZE >> window.level
    height = window.last_row - window.first_row + 1
    across = (x - window.first_column * size) % GRID_SIZE / (window.width * size)
    down = (y - window.first_row * size) / (height * size)
    header = (
        FORMAT, window.level, window.first_column, window.first_row, window.width, height, view.total, len(x),
    )  # fmt: skip
    return b"".join(
        [
            np.array(header, dtype="<u4").tobytes(),
            (across * _MOST).round().astype("<u2").tobytes(),
            (down * _MOST).round().astype("<u2").tobytes(),
            np.minimum(counts, _MOST).astype("<u2").tobytes(),
        ]
    )
