"""Rows of the MRDS table: what is kept of them, and why some are not."""

import json
import math
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deposits.importing.commodities import minerals_of
from deposits.importing.rows import COLUMNS, Row, Skipped, rows_of
from deposits.importing.table import UnreadableTable, fingerprint

from .mrds_table import GOLD, site, table, text_of


def kept(path: Path) -> list[dict]:
    return [dict(zip(COLUMNS, row.values, strict=True)) for row in rows_of(path) if isinstance(row, Row)]


def reasons(path: Path) -> list[str]:
    return [row.reason for row in rows_of(path) if isinstance(row, Skipped)]


def test_texts_stay_as_published_and_minerals_are_read_from_them(tmp_path) -> None:
    [row] = kept(table(tmp_path, GOLD))
    assert (row["dep_id"], row["name"], row["latitude"], row["longitude"]) == (
        10012345,
        "Muruntau",
        41.5,
        64.57,
    )
    assert row["commodities"] == "Gold, Placer, Tungsten; REE"
    assert row["minerals"] == "gold tungsten rare-earth-elements"


def test_columns_without_a_place_of_their_own_are_kept(tmp_path) -> None:
    [row] = kept(table(tmp_path, GOLD))
    assert json.loads(row["details"]) == {"ore": "Arsenopyrite"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"dep_id": ""}, "no dep_id"),
        ({"dep_id": "W027"}, "dep_id is not a whole number"),
        ({"latitude": ""}, "no latitude"),
        ({"longitude": "64 E"}, "longitude '64 E' is not a number"),
        ({"latitude": "nan"}, "latitude 'nan' is not a number"),
        ({"latitude": "90.1"}, "latitude 90.1 lies beyond 90°"),
        ({"longitude": "-1e9"}, "longitude -1e9 lies beyond 180°"),
    ],
)
def test_an_unusable_row_says_why(tmp_path, fields, reason) -> None:
    assert reasons(table(tmp_path, GOLD | fields)) == [reason]


def test_the_second_row_of_a_number_is_skipped_and_names_the_first(tmp_path) -> None:
    path = table(tmp_path, site(7), site(8), site(7, site_name="Again"))
    assert [row["name"] for row in kept(path)] == ["Muruntau", "Muruntau"]
    assert reasons(path) == ["dep_id 7 stands in line 2 already"]


def test_a_row_with_too_few_fields_is_skipped(tmp_path) -> None:
    path = tmp_path / "short.csv"
    path.write_text(text_of(GOLD) + "10012346,only,three\r\n", newline="")
    assert reasons(path) == ["3 fields instead of 45"]


def test_a_table_without_the_registers_columns_is_refused(tmp_path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("id,name\n1,Muruntau\n")
    with pytest.raises(UnreadableTable, match="no column dep_id"):
        list(rows_of(path))


def test_a_zip_holds_the_same_table_as_its_file(tmp_path) -> None:
    plain = table(tmp_path, site(1), site(2))
    zipped = tmp_path / "mrds-csv.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(plain, "mrds.csv")
    assert fingerprint(zipped) == fingerprint(plain)
    assert list(rows_of(zipped)) == list(rows_of(plain))


def test_a_zip_of_two_tables_is_refused(tmp_path) -> None:
    zipped = tmp_path / "two.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.csv", "")
        archive.writestr("b.csv", "")
    with pytest.raises(UnreadableTable, match="2 CSV files"):
        list(rows_of(zipped))


def test_bytes_that_are_not_utf8_are_read_as_windows_1252(tmp_path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(text_of(GOLD | {"site_name": "Peña Blanca"}).encode("cp1252"))
    assert [row["name"] for row in kept(path)] == ["Peña Blanca"]


@given(
    st.dictionaries(
        st.sampled_from(["dep_id", "latitude", "longitude", "site_name", "commod1", "ore"]),
        st.text(st.characters(codec="utf-8"), max_size=20),
    )
)
def test_any_text_in_any_column_is_kept_or_skipped_with_a_reason(tmp_path_factory, fields) -> None:
    path = table(tmp_path_factory.mktemp("any"), GOLD | fields)
    for row in rows_of(path):
        if isinstance(row, Skipped):
            assert row.reason
        else:
            values = dict(zip(COLUMNS, row.values, strict=True))
            assert math.isfinite(values["latitude"]) and math.isfinite(values["longitude"])
            assert "\0" not in "".join(map(str, row.values))


@pytest.mark.parametrize(
    ("fields", "minerals"),
    [
        (["Barium-Barite", "Fluorine-Fluorite"], ["baryte", "fluorspar"]),
        (["Sand and Gravel, Construction"], []),
        (["Gold", "Gold, Refractory"], ["gold"]),
        (
            ["Aluminum", "PGE", "Phosphorus-Phosphates"],
            ["aluminium", "platinum-group-metals", "phosphate-rock"],
        ),
    ],
)
def test_commodities_name_the_atlas_minerals(fields, minerals) -> None:
    assert minerals_of(fields) == minerals


def test_every_mineral_read_is_one_of_the_record(loaded) -> None:
    from deposits.importing import commodities
    from deposits.models import Mineral

    assert set(commodities._KEYS.values()) <= set(Mineral.objects.values_list("key", flat=True))
