"""What downloads hold, and that the tools of their readers open them."""

import csv
import datetime as dt
import io
import json
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from atlas.downloads import tables, workbook
from atlas.downloads.claim_columns import TABLE_NAMES, claim_columns
from atlas.downloads.csv_files import csv_lines
from atlas.downloads.geojson import collection_pieces
from atlas.downloads.geopackage import GeoPackage
from atlas.downloads.record_columns import KINDS, record_columns
from atlas.downloads.tables import Column, Table, as_text, harmless
from deposits.models import Deposit
from sources.models.claims import claim_kinds
from sources.recording import publish_record
from tests.data import reading

pytestmark = pytest.mark.django_db


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_kuirektykol_keeps_every_figure_with_its_source(loaded: int, client: Client) -> None:
    number = Deposit.objects.get(key="kuirektykol").pk
    found = rows(reading.body(client, f"/en/data/records/{number}/estimates.csv"))
    assert {"795800", "800000", "935400", "1000000"} <= {row["quantity"] for row in found}
    assert all(row["source_url"].startswith("http") for row in found)
    assert {row["headline"] for row in found} == {"true", "false"}


def test_tonnes_are_scaled_and_the_source_s_own_figure_stays(loaded: int, client: Client) -> None:
    found = rows(reading.body(client, "/en/data/deposits/estimates.csv"))
    megatonnes = [row for row in found if row["unit"] == "Mt"]
    assert megatonnes
    assert all(Decimal(row["quantity_t"]) == Decimal(row["quantity"]) * 1_000_000 for row in megatonnes)
    assert all(not row["quantity_t"] for row in found if not row["quantity"])


def test_a_partial_date_spans_its_days(loaded: int, client: Client) -> None:
    found = rows(reading.body(client, "/en/data/deposits/estimates.csv"))
    year = next(row for row in found if len(row["as_of"]) == 4)
    assert (year["as_of_start"], year["as_of_end"]) == (f"{year['as_of']}-01-01", f"{year['as_of']}-12-31")
    undated = next(row for row in found if not row["as_of"])
    assert (undated["as_of_start"], undated["as_of_end"]) == ("", "")


def test_a_record_without_a_place_has_a_null_geometry(loaded: int, client: Client) -> None:
    features = json.loads(reading.body(client, "/en/data/projects.geojson"))["features"]
    without = [feature for feature in features if feature["properties"]["latitude"] is None]
    assert without
    assert all(feature["geometry"] is None for feature in without)
    blobs = reading.geopackage_rows(reading.body(client, "/en/data/projects.gpkg"), "records")
    assert [row["geom"] is None for row in blobs] == [f["geometry"] is None for f in features]


def test_a_download_shows_the_moment_asked_for(loaded: int, editor: Any, client: Client) -> None:
    deposit = Deposit.objects.get(key="kuirektykol")
    deposit.name = "Kuirektykol-Irgiz"
    deposit.save()
    publish_record(deposit, editor)
    newest = reading.body(client, f"/en/data/records/{deposit.pk}.csv")
    before = reading.body(client, f"/en/data/records/{deposit.pk}.csv?as_of={loaded}")
    assert rows(newest)[0]["name"] == "Kuirektykol-Irgiz"
    assert rows(before)[0]["name"] == "Kuirektykol"


def test_cyrillic_opens_right_in_excel(loaded: int, client: Client) -> None:
    content = reading.body(client, "/en/data/deposits.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Куйректыколь" in content.decode("utf-8-sig")


@given(st.sampled_from("=+-@\t\r\n＝＋－＠"), st.text())
def test_no_text_cell_is_a_formula(start: str, rest: str) -> None:
    assert as_text(start + rest) == f"'{start}{rest}"


@given(st.text().filter(lambda text: not text.startswith(tuple("=+-@\t\r\n＝＋－＠"))))
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_negative_numbers_stay_numbers() -> None:
    assert as_text(-5.25) == "-5.25"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**15))
def test_a_figure_is_written_plainly_and_exactly(figure: Decimal) -> None:
    assert Decimal(tables.plain(figure)) == figure
    assert "E" not in tables.plain(figure)


def test_the_workbook_has_the_values_of_the_csv(loaded: int, client: Client) -> None:
    query = "?country=TJ"
    book = load_workbook(io.BytesIO(reading.body(client, f"/en/data/deposits.xlsx{query}")), read_only=True)
    for sheet, address in (("records", "deposits"), ("estimates", "deposits/estimates")):
        names, *found = book[sheet].iter_rows(values_only=True)
        expected = rows(reading.body(client, f"/en/data/{address}.csv{query}"))
        assert len(found) == len(expected) > 0
        for cells, row in zip(found, expected, strict=True):
            for name, cell in zip(names, cells, strict=True):
                _assert_same(cell, row[name])


def _assert_same(cell: Any, text: str) -> None:
    if isinstance(cell, bool) or cell is None:
        assert as_text(cell) == text
    elif isinstance(cell, int | float):
        assert float(text) == pytest.approx(cell, rel=1e-14)
    else:
        assert cell == text


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    table = Table("numbers", [Column("n", "", lambda row: row, "integer")], range(25))
    with (tmp_path / "book.xlsx").open("wb") as file:
        workbook.write_workbook(file, [table], ["Twenty-five."], most_rows=11)
    book = load_workbook(tmp_path / "book.xlsx")
    sheets = [[cell for (cell,) in book[name].iter_rows(values_only=True)] for name in book.sheetnames[1:4]]
    assert sheets == [["n", *range(10)], ["n", *range(10, 20)], ["n", *range(20, 25)]]
    assert "2 more" in book["about"]["A2"].value


def peak_of(work: Callable[[], object]) -> int:
    """The most bytes that Python holds at once while it works."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def long_table(rows: int) -> Table:
    columns = [
        Column("n", "", lambda row: row, "integer"),
        Column("name", "", lambda row: f"the name of number {row}"),
    ]
    return Table("numbers", columns, range(rows))


@pytest.mark.slow
@pytest.mark.once  # of rows made here
def test_a_million_rows_of_csv_stream_in_bounded_memory() -> None:
    lengths = (len(piece) for piece in csv_lines(long_table(1_000_000)))
    assert peak_of(lambda: max(lengths)) < 1_000_000


@pytest.mark.slow
@pytest.mark.once  # of rows made here
def test_a_million_features_stream_in_bounded_memory() -> None:
    features = ({"type": "Feature", "id": n, "geometry": None, "properties": {}} for n in range(1_000_000))
    lengths = (len(piece) for piece in collection_pieces(features, {"license": "CC BY 4.0"}))
    assert peak_of(lambda: max(lengths)) < 1_000_000


@pytest.mark.slow
@pytest.mark.once  # of rows made here
@pytest.mark.parametrize("ending", ["xlsx", "gpkg"])
def test_files_that_are_written_whole_grow_on_the_disk_alone(ending: str, tmp_path: Path) -> None:
    """Three times the rows take no more memory, give or take a tenth and what the interpreter keeps."""
    path = tmp_path / f"file.{ending}"

    def write(rows: int) -> None:
        path.unlink(missing_ok=True)
        if ending == "xlsx":
            with path.open("wb") as file:
                workbook.write_workbook(file, [long_table(rows)], ["Numbers."], most_rows=5_000)
        else:
            package = GeoPackage(path, "Numbers.", dt.datetime.now(dt.UTC))
            package.add(long_table(rows), lambda row: (row % 180, row % 90))
            package.close()

    few, many = peak_of(lambda: write(8_000)), peak_of(lambda: write(24_000))
    assert many < few * 1.1 + 500_000
    assert few < 5_000_000


def test_a_zip_explains_itself(loaded: int, client: Client) -> None:
    archive = zipfile.ZipFile(io.BytesIO(reading.body(client, "/en/data/deposits.csv.zip?mineral=tungsten")))
    names = set(archive.namelist())
    assert {"deposits.csv", "estimates.csv", "sources.csv", "columns.csv", "README.txt"} <= names
    assert "CC BY 4.0" in archive.read("LICENCE.txt").decode()
    sources = {row["id"] for row in rows(archive.read("sources.csv"))}
    cited = {row["source_id"] for row in rows(archive.read("estimates.csv"))}
    assert cited <= sources
    described = {(row["table"], row["column"]) for row in rows(archive.read("columns.csv"))}
    assert {("estimates", name) for name in rows(archive.read("estimates.csv"))[0]} <= described


def test_a_dossier_of_everything_loads_again_unchanged(loaded: int, client: Client) -> None:
    from atlas.dossier.dumping import dump

    document = json.loads(reading.body(client, "/en/data/deposits.json"))
    everything = {row["id"]: row for row in dump()["deposits"]}
    assert {row["id"]: row for row in document["deposits"]} == everything


def test_every_column_says_what_it_holds() -> None:
    kinds = claim_kinds()
    assert set(TABLE_NAMES) == set(kinds)
    columns = [column for kind in kinds.values() for column in claim_columns(kind)]
    columns += record_columns(KINDS)
    assert [column.name for column in columns if not tables.in_english(column.note)] == []


@pytest.mark.slow
def test_gdal_reads_the_geopackage_and_the_kml(loaded: int, client: Client, tmp_path: Path) -> None:
    for ending, layer in (("gpkg", "records"), ("kml", "deposits")):
        path = tmp_path / f"deposits.{ending}"
        path.write_bytes(reading.body(client, f"/en/data/deposits.{ending}"))
        done = subprocess.run(
            ["ogrinfo", "-ro", "-so", str(path), layer], capture_output=True, text=True, check=True
        )
        assert f"Feature Count: {Deposit.objects.count()}" in done.stdout
        assert "Extent: (51." in done.stdout
        assert "WGS 84" in done.stdout
        assert done.stderr == ""


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/data/deposits.exe", 404),
        ("/en/data/records/999999.csv", 404),
        ("/en/data/deposits/ownership.csv", 404),
        ("/en/data/map.csv?bbox=here", 400),
        ("/en/data/deposits.csv?as_of=tomorrow", 400),
    ],
)
def test_what_there_is_not_is_refused(loaded: int, client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_pages_of_lists_link_their_downloads(loaded: int, rf: Any) -> None:
    from django.template import Context, Template
    from django.urls import resolve

    request = rf.get("/en/deposits/?mineral=tin&as_of=1")
    request.resolver_match = resolve("/en/deposits/")
    html = Template("{% load downloads %}{% download_links %}").render(Context({"request": request}))
    assert 'href="/en/data/deposits.csv?mineral=tin&amp;as_of=1"' in html
