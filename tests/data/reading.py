"""Reading the ids of records, in order, back from pages and files of every format."""

import csv
import io
import json
import re
import sqlite3
import tempfile
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

from django.test import Client
from openpyxl import load_workbook

KML = "{http://www.opengis.net/kml/2.2}"


def body(client: Client, address: str) -> bytes:
    """What an address answers; it must be 200."""
    response = client.get(address)
    content = response.getvalue()
    assert response.status_code == 200, (address, response.status_code, content[:300])
    return content


def of_pages(client: Client, part: str, query: str) -> list[int]:
    """The records that a list shows on all its pages, in order."""
    found: list[int] = []
    number = 1
    while True:
        html = body(client, f"/en/{part}/?{query}&page={number}").decode()
        rows = html.partition("<tbody>")[2].partition("</tbody>")[0]
        found += dict.fromkeys(int(n) for n in re.findall(rf'href="/en/{part}/(\d+)-', rows))
        number += 1
        if f"page={number}" not in html:
            return found


def for_api(query: str) -> str:
    """The same query for the API, which has an order of its own."""
    asked = [(name, value) for name, value in parse_qsl(query) if name != "sort"]
    return urlencode([*asked, ("limit", "10000")])


def of_csv(content: bytes) -> list[int]:
    return [int(row["id"]) for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def of_geojson(content: bytes) -> list[int]:
    return [feature["id"] for feature in json.loads(content)["features"]]


def of_kml(content: bytes) -> list[int]:
    placemarks = ElementTree.fromstring(content).iter(f"{KML}Placemark")
    return [int(placemark.attrib["id"].removeprefix("record-")) for placemark in placemarks]


def of_workbook(content: bytes) -> list[int]:
    rows = load_workbook(io.BytesIO(content), read_only=True)["records"].iter_rows(values_only=True)
    next(rows)
    return [int(row[0]) for row in rows]


def of_geopackage(content: bytes) -> list[int]:
    return [row["id"] for row in geopackage_rows(content, "records")]


def geopackage_rows(content: bytes, table: str) -> list[sqlite3.Row]:
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        database = sqlite3.connect(file.name)
        database.row_factory = sqlite3.Row
        return list(database.execute(f'SELECT * FROM "{table}" ORDER BY fid'))


def of_dossier(content: bytes, part: str) -> set[int]:
    """The ids of a part's records; those that these name may be among them."""
    return {row["id"] for row in json.loads(content)[part]}


def of_api(content: bytes) -> list[int]:
    return [row["id"] for row in json.loads(content)["records"]]


READERS: dict[str, Any] = {
    "csv": of_csv,
    "geojson": of_geojson,
    "kml": of_kml,
    "xlsx": of_workbook,
    "gpkg": of_geopackage,
}


def of_map(client: Client, query: str) -> list[int]:
    """The records listed beside the map on all its pages, in order."""
    found: list[int] = []
    number = 1
    while True:
        answer = json.loads(body(client, f"/en/map/data/?{query}&page={number}"))
        links = re.findall(r'href="/en/(?:deposits|projects)/(\d+)-', answer["list"])
        found += dict.fromkeys(map(int, links))
        number += 1
        if f"page={number}" not in answer["list"]:
            return found


def of_search(client: Client, query: str, kind: str) -> list[int]:
    """The records of a kind that a search shows on all its pages, in order."""
    found: list[int] = []
    number = 1
    while True:
        html = body(client, f"/en/search/?{query}&kind={kind}&page={number}").decode()
        shown = html.partition('<section class="section" aria-labelledby="found-')[2]
        lines = re.findall(r'<ul class="list">(.*?)</ul>', shown, re.S)
        links = re.findall(rf'href="/en/{kind}s/(\d+)-', lines[0] if lines else "")
        found += dict.fromkeys(map(int, links))
        number += 1
        if f"page={number}" not in html:
            return found
