"""A seeded generator of files shaped like the MRDS table, for measuring imports and the reference layer.

python -m benchmarks.mrds N FILE.csv [--seed S]. The names and figures are made up; the columns, their order
and how full they are follow the table as the U.S. Geological Survey publishes it.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from .synthetic import make_data

HEADER = (
    "dep_id", "url", "mrds_id", "mas_id", "site_name", "latitude", "longitude", "region", "country",
    "state", "county", "com_type", "commod1", "commod2", "commod3", "oper_type", "dep_type",
    "prod_size", "dev_stat", "ore", "gangue", "other_matl", "orebody_fm", "work_type", "model",
    "alteration", "conc_proc", "names", "ore_ctrl", "reporter", "hrock_unit", "hrock_type",
    "arock_unit", "arock_type", "structure", "tectonic", "ref", "yfp_ba", "yr_fst_prd", "ly_ba",
    "yr_lst_prd", "dy_ba", "disc_yr", "prod_yrs", "discr",
)  # fmt: skip
COUNTRIES = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
COMMODITIES = (
    "Gold", "Copper", "Silver", "Lead", "Zinc", "Iron", "Uranium", "Tungsten", "Manganese", "Molybdenum",
    "Barium-Barite", "Fluorine-Fluorite", "Mercury", "Antimony", "Tin", "Chromium", "Nickel", "Cobalt", "REE",
    "Beryllium", "Lithium", "Sand and Gravel, Construction", "Stone, Crushed/Broken", "Clay", "Gold, Placer",
)  # fmt: skip
STATUSES = ("Occurrence", "Past Producer", "Prospect", "Producer", "Unknown", "Plant")
OPERATIONS = ("Unknown", "Surface", "Underground", "Surface-Underground", "Placer", "Well")
WORDS = (
    "quartz", "calcite", "pyrite", "sericite", "granite", "limestone", "shale", "schist", "gneiss",
    "fault", "shear", "vein", "stockwork", "lens", "pod", "disseminated", "massive", "oxidised", "zone",
    "contact", "dike", "basin", "fold", "anticline", "Paleozoic", "Mesozoic", "Cambrian", "Devonian",
)  # fmt: skip
_FIRST = 10_000_001


def rows(n: int, seed: int = 7) -> Iterator[Sequence[str]]:
    """The header and n rows; about one in a thousand is one that an import must skip."""
    yield HEADER
    data = make_data(n, seed)
    random = np.random.default_rng([seed, n])
    shares = 1 / np.arange(1, len(COMMODITIES) + 1)
    named = random.choice(len(COMMODITIES), (n, 3), p=shares / shares.sum())
    how_many = random.integers(1, 4, n)
    statuses = random.choice(len(STATUSES), n, p=(0.45, 0.25, 0.15, 0.08, 0.05, 0.02))
    operations = random.integers(len(OPERATIONS), size=n)
    words = random.integers(len(WORDS), size=(n, 24))
    faults = random.integers(4000, size=n)
    positions = zip(data.longitudes.tolist(), data.latitudes.tolist(), data.country.tolist(), strict=True)
    for row, (longitude, latitude, country) in enumerate(positions):
        number = _FIRST + row
        said = [WORDS[word] for word in words[row]]
        commodities = [COMMODITIES[named[row, place]] if place < how_many[row] else "" for place in range(3)]
        fields = dict.fromkeys(HEADER, "")
        fields |= {
            "dep_id": str(number),
            "url": f"https://mrdata.usgs.gov/mrds/show-mrds.php?dep_id={number}",
            "mrds_id": f"M{number % 1_000_000:06d}",
            "site_name": f"{said[0].title()} {said[1].title()} {number % 977}",
            "latitude": f"{latitude:.5f}",
            "longitude": f"{longitude:.5f}",
            "region": "AS",
            "country": COUNTRIES[country],
            "com_type": "M",
            "commod1": commodities[0],
            "commod2": commodities[1],
            "commod3": commodities[2],
            "oper_type": OPERATIONS[operations[row]],
            "dep_type": said[2] if number % 3 else "",
            "prod_size": "N" if number % 2 else "S",
            "dev_stat": STATUSES[statuses[row]],
            "ore": ", ".join(said[3:6]),
            "gangue": ", ".join(said[6:9]) if number % 2 else "",
            "hrock_type": said[9],
            "structure": " ".join(said[10:14]) if number % 4 == 0 else "",
            "ref": f"{' '.join(said[14:24]).capitalize()}, p. {number % 300}." if number % 2 else "",
            "disc_yr": str(1850 + number % 140) if number % 5 == 0 else "",
        }
        if faults[row] < 4:
            fields |= [{"latitude": ""}, {"longitude": "E"}, {"latitude": "91.5"}, {"dep_id": ""}][
                faults[row]
            ]
        yield list(fields.values())


def main() -> None:
    """Write a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, metavar="N")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with arguments.file.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(arguments.n, arguments.seed))


if __name__ == "__main__":
    main()
