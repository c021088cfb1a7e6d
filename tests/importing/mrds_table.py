"""Small tables in the shape of MRDS."""

import csv
import io
from pathlib import Path

from benchmarks.mrds import HEADER

GOLD = {
    "dep_id": "10012345",
    "url": "https://mrdata.usgs.gov/mrds/show-mrds.php?dep_id=10012345",
    "site_name": "Muruntau",
    "latitude": "41.5",
    "longitude": "64.57",
    "country": "Uzbekistan",
    "commod1": "Gold, Placer, Tungsten",
    "commod2": "REE",
    "dev_stat": "Producer",
    "ore": "Arsenopyrite",
}


def text_of(*rows: dict[str, str]) -> str:
    """The table of these rows; columns that a row doesn't name are empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def table(directory: Path, *rows: dict[str, str], name: str = "mrds.csv") -> Path:
    """A file of these rows."""
    path = directory / name
    path.write_text(text_of(*rows), encoding="utf-8", newline="")
    return path


def site(number: int, **fields: str) -> dict[str, str]:
    """A usable row."""
    return {**GOLD, "dep_id": str(number), **fields}
