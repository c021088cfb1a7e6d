"""supercluster on Node, in a process of its own that measures itself; it knows no filters."""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from atlas.map.boxes import LEVELS_BELOW_ZOOM, Window

from .contenders import Contender, Filters
from .synthetic import Data

SCRIPT = Path(__file__).with_suffix(".mjs")


class Supercluster(Contender):
    """Its clusters are not the grid's: compared is how many points they hold of the whole world."""

    name = "supercluster"
    filtered = False

    def __init__(self, data: Data, package: Path, directory: Path) -> None:
        points = directory / f"points-{len(data.ids)}.f64"
        np.column_stack((data.longitudes, data.latitudes)).astype("<f8").tofile(points)
        command = ["node", "--max-old-space-size=4096", SCRIPT, package, points]
        self._node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.built_ms = self._answer()["built_ms"]

    def clusters(self, window: Window, filters: Filters) -> Any:
        return self.ask(window.bounds, window.level - LEVELS_BELOW_ZOOM)

    def ask(self, box: tuple[float, float, float, float], zoom: int) -> dict[str, int]:
        """Its answer for a box in degrees: {"ns", "clusters", "total"}."""
        assert self._node.stdin
        self._node.stdin.write(json.dumps({"box": box, "zoom": zoom}) + "\n")
        self._node.stdin.flush()
        answer = self._answer()
        self.own_ns = answer["ns"]
        return answer

    def _answer(self) -> Any:
        assert self._node.stdout
        return json.loads(self._node.stdout.readline())

    def close(self) -> None:
        """End its process."""
        self._node.communicate("")
