"""What the map draws of the reference layer: dots, as arrays that the browser reads without parsing.

Little-endian: uint32[8] (format, level, first column, first row, columns, rows, points in the window, dots),
then of each dot uint16 x, uint16 y, uint16 count, each as one array. x and y are 65535ths of the window's
width and height, from its west and north; counts beyond 65535 are 65535. Columns and rows count cells of the
level as `boxes.Window` does.
"""

import struct

import numpy as np

from .boxes import Window
from .engine import Filters
from .mercator import GRID_SIZE
from .reference import ReferenceLayer

FORMAT = 1
MEDIA_TYPE = "application/octet-stream"
#: Cells of this many zooms nearer than the map's: eight pixels wide, unless the window has too many.
FINER = 3
#: Up to so many points are drawn one by one.
FEW = 4000
_MOST = 65535
_HEADER = struct.Struct("<8I")


def picture(layer: ReferenceLayer, window: Window, filters: Filters) -> bytes:
    """The dots of a window: single sites, and groups of sites in a cell too small to tell them apart."""
    view = layer.index.view(window, filters, FEW)
    groups = view.groups
    size = GRID_SIZE >> window.level
    height = window.last_row - window.first_row + 1
    across = (groups["x"] - window.first_column * size) % GRID_SIZE * (_MOST / (window.width * size))
    down = (groups["y"] - window.first_row * size) * (_MOST / (height * size))
    dots = np.empty((3, len(groups)), dtype="<u2")
    dots[:] = across.round(), down.round(), np.minimum(groups["count"], _MOST)
    return (
        _HEADER.pack(
            FORMAT,
            window.level,
            window.first_column,
            window.first_row,
            window.width,
            height,
            view.total,
            len(groups),
        )
        + dots.tobytes()
    )
