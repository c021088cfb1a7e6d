"""The reference layer taken away: files and features hold the sites that the map shows, however many."""

import csv
import io
import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, connections
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from atlas.downloads.csv_files import copied_lines, csv_lines
from atlas.downloads.kept_files import kept_file
from atlas.downloads.reference_file import ReferenceSites
from atlas.downloads.tables import Column, PlainTable, Table
from atlas.map.reference import layers
from atlas.published.keeper import keeper
from benchmarks import mrds
from deposits.importing import staging
from deposits.importing.rows import rows_of
from deposits.models import ReferencePoint
from tests.data import reading
from tests.importing.mrds_table import site, table

pytestmark = pytest.mark.django_db

ITEMS = "/api/features/collections/reference-sites/items"
SITES = [
    site(1, site_name="Muruntau", latitude="41.5", longitude="64.57"),
    site(2, site_name="=Kalmakyr", latitude="40.8", longitude="69.65", commod1="Copper", commod2=""),
    site(3, site_name="", latitude="40.8", longitude="69.65", commod1="Copper", commod2=""),
    site(4, site_name="Kumtor", latitude="41.86", longitude="78.2", country="Kyrgyzstan"),
]
FORMATS = ("csv", "geojson", "xlsx", "gpkg")


def publish(path: Path, person: Any) -> int:
    """The tick that publishes a table."""
    layers.forget()
    batch = staging.begin(path.name, path.name, person)
    assert batch
    staging.stage(batch, rows_of(path))
    tick = staging.publish(batch, person)
    keeper.forget()
    return tick


@pytest.fixture(autouse=True)
def own_directory(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def edition(tmp_path: Path, editor: Any) -> Iterator[int]:
    """The tick that published SITES."""
    yield publish(table(tmp_path, *SITES), editor)
    layers.forget()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


@pytest.fixture
def server_in_transaction(db: None) -> Iterator[str]:
    """The address of a server, one request at a time, that sees what the test has not committed."""
    shared = connections["default"]
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever()

    thread = threading.Thread(target=serve)
    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        shared.dec_thread_sharing()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        layers.forget()
        keeper.forget()


def numbers(content: bytes, ending: str) -> list[int]:
    if ending == "xlsx":
        rows = load_workbook(io.BytesIO(content), read_only=True)["reference-sites"].iter_rows()
        return [row[0].value for row in list(rows)[1:]]
    if ending == "gpkg":
        return [row["id"] for row in reading.geopackage_rows(content, "reference-sites")]
    return {"csv": reading.of_csv, "geojson": reading.of_geojson}[ending](content)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    filters=st.fixed_dictionaries(
        {},
        optional={
            "country": st.lists(st.sampled_from(["UZ", "KG", "KZ"]), max_size=2),
            "mineral": st.lists(st.sampled_from(["gold", "copper", "tin"]), max_size=2),
        },
    ),
    boxed=st.booleans(),
)
def test_map_files_and_features_hold_the_same_sites(
    edition: int, client: Client, filters: dict[str, list[str]], boxed: bool
) -> None:
    box = {"bbox": "60,38,75,45"} if boxed else {}
    query = urlencode({**filters, **box}, doseq=True)
    shown = reading.of_geojson(reading.body(client, f"/en/map/reference/{edition}/sites/?{query}"))
    assert sorted(reading.of_geojson(reading.body(client, f"{ITEMS}?{query}"))) == sorted(shown)
    zoom = "&zoom=12" if boxed else ""
    for ending in FORMATS:
        content = reading.body(client, f"/en/data/reference-sites.{ending}?{query}{zoom}")
        assert numbers(content, ending) == sorted(shown), (ending, query)


def test_a_file_of_all_sites_is_made_once(edition: int, client: Client, tmp_path: Path) -> None:
    first = reading.body(client, "/en/data/reference-sites.csv")
    [kept] = (tmp_path / "kept").iterdir()
    assert kept.read_bytes() == first
    kept.write_bytes(b"as it was")
    assert reading.body(client, "/en/data/reference-sites.csv") == b"as it was"
    assert reading.body(client, "/en/data/reference-sites.csv?country=KG") != b"as it was"


def test_what_a_reader_breaks_off_is_not_kept(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    pieces = kept_file("key", "csv", lambda: iter([b"one", b"two"]))
    assert next(pieces) == b"one"
    pieces.close()  # type: ignore[attr-defined]
    assert list((tmp_path / "kept").iterdir()) == []
    for name in ("a", "b", "c"):
        assert b"".join(kept_file(name, "csv", lambda: iter([b"one", b"two"]))) == b"onetwo"
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_no_name_of_a_site_is_a_formula(edition: int, client: Client) -> None:
    content = reading.body(client, "/en/data/reference-sites.csv").decode("utf-8-sig")
    assert [row["name"] for row in csv.DictReader(io.StringIO(content))][1] == "'=Kalmakyr"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_the_database_copies_what_would_be_written(client: Client, editor: Any, tmp_path: Path) -> None:
    names = ["", "a, b", 'a "b"', "=1+1", "-x", "\tx", "two\nlines", "Күйректікөл", "+", "@x", "'x"]
    rows = [
        site(number, site_name=name, latitude=latitude, longitude="-70.25")
        for number, (name, latitude) in enumerate(
            zip(names, ["45", "0", "-45.125", "1e-05"] * 3, strict=False), 1
        )
    ]
    tick = publish(table(tmp_path, *rows), editor)
    sites = ReferenceSites(keeper.newest(), QueryDict())
    copied = sites.copied()
    assert copied is not None
    written = b"".join(csv_lines(sites.table()))
    assert b"".join(copied_lines(sites.table(), copied)) == written
    assert (tick, written.count(b"\r\n")) == (sites.edition, len(names) + 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_a_download_that_a_reader_breaks_off_leaves_the_connection_usable(
    client: Client, editor: Any, tmp_path: Path
) -> None:
    publish(table(tmp_path, *(site(number) for number in range(1, 5_000))), editor)
    sites = ReferenceSites(keeper.newest(), QueryDict())
    copied = sites.copied()
    assert copied is not None
    pieces = copied_lines(sites.table(), copied)
    assert [bool(next(pieces)) for _piece in ("mark", "names", "rows")] == [True] * 3
    pieces.close()  # type: ignore[attr-defined]
    assert len(list(copied)) == 4_999


@given(st.lists(st.lists(st.text("=+-@\t\r\n＝a,\" '7", max_size=4), min_size=3, max_size=3), max_size=30))
def test_a_plain_table_is_written_as_any_other(rows: list[list[str]]) -> None:
    columns = [Column(name, "", lambda row, at=at: row[at]) for at, name in enumerate("abc")]  # type: ignore[misc]
    plain, other = PlainTable("t", columns, rows), Table("t", columns, rows)
    assert b"".join(csv_lines(plain)) == b"".join(csv_lines(other))


def test_the_collection_says_whose_it_is_and_where_it_lies(edition: int, client: Client) -> None:
    found = json.loads(reading.body(client, "/api/features/collections/reference-sites"))
    assert found["extent"]["spatial"]["bbox"] == [[64.57, 40.8, 78.2, 41.86]]
    assert "Geological Survey" in found["description"]
    page = json.loads(reading.body(client, f"{ITEMS}?limit=1&country=UZ"))
    assert (page["numberMatched"], page["numberReturned"]) == (3, 1)
    one = json.loads(reading.body(client, f"{ITEMS}/4"))
    assert one["properties"]["name"] == "Kumtor"
    assert client.get(f"{ITEMS}/5").status_code == 404
    assert b"Muruntau" in reading.body(client, f"{ITEMS}?f=html")
    assert client.get(f"{ITEMS}?q=Kumtor").status_code == 400


def test_pages_follow_each_other_at_one_moment(
    edition: int, client: Client, editor: Any, tmp_path: Path
) -> None:
    first = json.loads(reading.body(client, f"{ITEMS}?limit=3"))
    publish(table(tmp_path, SITES[0], name="later.csv"), editor)
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = json.loads(reading.body(client, following.removeprefix("http://testserver")))
    ids = [feature["id"] for page in (first, second) for feature in page["features"]]
    assert sorted(ids) == [1, 2, 3, 4]
    assert json.loads(reading.body(client, ITEMS))["numberMatched"] == 1


def test_without_an_edition_there_is_no_collection_and_no_file(loaded: int, client: Client) -> None:
    names = [
        each["id"] for each in json.loads(reading.body(client, "/api/features/collections"))["collections"]
    ]
    assert names == ["deposits", "projects"]
    assert client.get(ITEMS).status_code == 404
    assert client.get("/en/data/reference-sites.csv").status_code == 404


def test_the_data_page_offers_the_sites(edition: int, client: Client) -> None:
    assert 'href="/en/data/reference-sites.csv"' in reading.body(client, "/en/data/").decode()
    assert client.get("/en/data/reference-sites.exe").status_code == 404


@pytest.mark.slow
def test_gdal_pages_through_ten_thousand_sites_in_few_requests(
    server_in_transaction: str, editor: Any, tmp_path: Path
) -> None:
    path = tmp_path / "mrds.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(mrds.rows(10_050))
    publish(path, editor)
    source, target = f"OAPIF:{server_in_transaction}/api/features", tmp_path / "sites.geojson"
    command = ["ogr2ogr", "-f", "GeoJSON", str(target), source, "reference-sites", "-oo", "PAGE_SIZE=5000"]
    done = subprocess.run(
        [*command, "--config", "CPL_DEBUG", "ON"], capture_output=True, text=True, check=True, timeout=120
    )
    features = json.loads(target.read_text())["features"]
    found = {feature["properties"]["id"]: feature for feature in features}
    expected = {row.dep_id: row for row in ReferencePoint.objects.all()}
    assert len(found) == len(expected) > 10_000
    for number, row in expected.items():
        assert found[number]["geometry"]["coordinates"] == [row.longitude, row.latitude]
        assert found[number]["properties"]["name"] == row.name
    assert done.stderr.count("HTTP: Fetch(") <= 7
