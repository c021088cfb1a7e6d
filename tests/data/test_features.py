"""OGC API – Features: what clients of the standard rely on, tried with GDAL and OWSLib too."""

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from atlas.api import ogc_views
from atlas.api.limits import Limit
from deposits.models import Deposit
from projects.models import Project
from sources.recording import publish_record
from tests.data import reading

pytestmark = pytest.mark.django_db
ROOT = "/api/features"
ITEMS = f"{ROOT}/collections/deposits/items"


def answer(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def all_pages(client: Client, address: str) -> list[int]:
    """The ids of a collection, page by page along the links."""
    ids: list[int] = []
    while address:
        page = answer(client, address)
        ids += [feature["id"] for feature in page["features"]]
        following = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
        address = following.removeprefix("http://testserver")
    return ids


def test_every_link_of_the_landing_page_answers_in_its_type(loaded: int, client: Client) -> None:
    links = answer(client, f"{ROOT}/")["links"]
    assert {"self", "service-desc", "service-doc", "conformance", "data"} <= {link["rel"] for link in links}
    for link in links:
        response = client.get(link["href"].removeprefix("http://testserver"))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(link["type"]), link


def test_it_conforms_to_core_geojson_html_and_openapi(loaded: int, client: Client) -> None:
    classes = answer(client, f"{ROOT}/conformance")["conformsTo"]
    assert {address.rsplit("/", 1)[1] for address in classes} == {"core", "geojson", "html", "oas30"}


def test_pages_bring_every_deposit_once(loaded: int, client: Client) -> None:
    ids = all_pages(client, f"{ITEMS}?limit=70")
    assert ids == sorted(Deposit.objects.values_list("pk", flat=True))


def test_paging_stays_right_while_the_record_changes(loaded: int, client: Client, editor: Any) -> None:
    first = answer(client, f"{ITEMS}?limit=200")
    withdrawn = Deposit.objects.order_by("pk")[5]
    withdrawn.withdrawn_because = "It is in another country."
    withdrawn.save()
    publish_record(withdrawn, editor)
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    rest = answer(client, following.removeprefix("http://testserver"))
    ids = [feature["id"] for page in (first, rest) for feature in page["features"]]
    assert len(ids) == len(set(ids)) == first["numberMatched"]
    assert answer(client, ITEMS)["numberMatched"] == first["numberMatched"] - 1


def test_a_box_holds_what_lies_in_it_and_nothing_without_a_place(loaded: int, client: Client) -> None:
    everything = answer(client, f"{ROOT}/collections/projects/items?limit=10000")["features"]
    expected = {
        feature["id"]
        for feature in everything
        if feature["geometry"]
        and 66 <= feature["geometry"]["coordinates"][0] <= 76
        and 36 <= feature["geometry"]["coordinates"][1] <= 42
    }
    found = all_pages(client, f"{ROOT}/collections/projects/items?bbox=66,36,76,42")
    assert set(found) == expected
    assert any(feature["geometry"] is None for feature in everything)


def test_datetime_answers_as_of_then(loaded: int, client: Client, editor: Any) -> None:
    deposit = Deposit.objects.get(key="kuirektykol")
    deposit.name = "Kuirektykol-Irgiz"
    deposit.save()
    publish_record(deposit, editor)
    address = f"{ITEMS}/{deposit.pk}"
    assert answer(client, address)["properties"]["name"] == "Kuirektykol-Irgiz"
    assert answer(client, f"{address}?as_of={loaded}")["properties"]["name"] == "Kuirektykol"
    assert answer(client, f"{address}?datetime=2026-01-01/..")["properties"]["name"] == "Kuirektykol-Irgiz"
    assert client.get(f"{address}?datetime=1999-01-01").status_code == 404


def test_the_most_features_a_page_is_the_most(loaded: int, client: Client) -> None:
    assert answer(client, f"{ITEMS}?limit=999999")["numberReturned"] == Deposit.objects.count()


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=1,nan,2,3",
        "bbox=60,50,70,40",
        "bbox=0,-100,1,100",
        "limit=0",
        "limit=-1",
        "limit=many",
        "offset=x",
        "colour=red",
        "f=xml",
        "datetime=yesterday",
        "datetime=1",
        "datetime=2026-13-01",
        "datetime=2999-01-01",
        "as_of=99999",
        "as_of=1&datetime=2026-11-22",
    ],
)
def test_what_cannot_be_read_is_a_problem_that_says_so(loaded: int, client: Client, query: str) -> None:
    response = client.get(f"{ITEMS}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["status"] == 400
    assert problem["detail"]


def test_what_is_not_there_and_what_is_not_allowed_are_problems(loaded: int, client: Client) -> None:
    for response, status in (
        (client.get(f"{ITEMS}/1"), 404),
        (client.get(f"{ROOT}/collections/volcanoes"), 404),
        (client.post(ITEMS), 405),
        (client.delete(ITEMS), 405),
    ):
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"


def test_any_site_may_read_it(loaded: int, client: Client) -> None:
    assert client.get(ITEMS, headers={"Origin": "https://example.org"})["Access-Control-Allow-Origin"] == "*"
    assert client.options(ITEMS)["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_an_unchanged_answer_is_not_sent_again(loaded: int, client: Client, editor: Any) -> None:
    etag = client.get(ITEMS)["ETag"]
    assert client.get(ITEMS, headers={"If-None-Match": etag}).status_code == 304
    deposit = Deposit.objects.get(key="kuirektykol")
    deposit.name = "Kuirektykol-Irgiz"
    deposit.save()
    publish_record(deposit, editor)
    assert client.get(ITEMS, headers={"If-None-Match": etag}).status_code == 200


def test_who_asks_too_fast_is_told_when_to_come_back(
    loaded: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.api.answering.limit", Limit(burst=2, per_second=0.01))
    answers = [client.get(f"{ROOT}/") for _ in range(3)]
    assert [response.status_code for response in answers] == [200, 200, 429]
    assert [response["RateLimit"] for response in answers] == [
        '"address";r=1;t=100',
        '"address";r=0;t=200',
        '"address";r=0;t=200',
    ]
    assert 95 <= int(answers[2]["Retry-After"]) <= 100
    assert answers[2]["Content-Type"] == "application/problem+json"


def test_browsers_get_pages_and_tools_get_json(loaded: int, client: Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get(ITEMS, headers={"Accept": browser})["Content-Type"].startswith("text/html")
    assert client.get(ITEMS, headers={"Accept": "*/*"})["Content-Type"] == "application/geo+json"
    assert b"Kuirektykol" in client.get(f"{ITEMS}?f=html&limit=1000&mineral=rare-earth-elements").content


def test_the_definition_names_each_collection_literally(loaded: int, client: Client) -> None:
    """GDAL from 3.7 on reads the largest page off these paths."""
    document = answer(client, f"{ROOT}/api")
    for name in ("deposits", "projects"):
        parameters = document["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        limit = next(parameter for parameter in parameters if parameter["name"] == "limit")
        assert limit["schema"]["maximum"] == ogc_views.MOST_LIMIT


# Real clients


def gdal(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*command, "--config", "CPL_DEBUG", "ON"], capture_output=True, text=True, check=True, timeout=120
    )


@pytest.mark.slow
def test_gdal_reads_every_feature_with_geometry_and_attributes(
    loaded: int, atlas_server: str, client: Client, tmp_path: Path
) -> None:
    target = tmp_path / "deposits.geojson"
    source = f"OAPIF:{atlas_server}{ROOT}"
    done = gdal("ogr2ogr", "-f", "GeoJSON", str(target), source, "deposits", "-oo", "PAGE_SIZE=1000")
    found = json.loads(target.read_text())["features"]
    expected = answer(client, f"{ITEMS}?limit=1000")["features"]
    assert [feature["properties"]["id"] for feature in found] == [feature["id"] for feature in expected]
    assert [feature["geometry"] for feature in found] == [feature["geometry"] for feature in expected]
    names = [feature["properties"]["name_ru"] for feature in found]
    assert names == [feature["properties"]["name_ru"] for feature in expected]
    assert done.stderr.count("HTTP: Fetch(") <= 4


@pytest.mark.slow
def test_gdal_pushes_its_window_to_the_atlas(loaded: int, atlas_server: str, client: Client) -> None:
    window = ["66", "36", "76", "42"]
    source = f"OAPIF:{atlas_server}{ROOT}"
    done = gdal("ogrinfo", "-ro", "-so", source, "deposits", "-spat", *window)
    matched = answer(client, f"{ITEMS}?bbox={','.join(window)}")["numberMatched"]
    assert f"Feature Count: {matched}" in done.stdout
    assert "bbox=66,36,76,42" in done.stderr


@pytest.mark.slow
def test_owslib_reads_collections_and_items(loaded: int, atlas_server: str) -> None:
    from owslib.ogcapi.features import Features

    service = Features(f"{atlas_server}{ROOT}/")
    assert service.feature_collections() == ["deposits", "projects"]
    page = service.collection_items("projects", limit=3, bbox=[66, 36, 76, 42])
    assert len(page["features"]) == 3
    one = service.collection_item("deposits", Deposit.objects.get(key="kuirektykol").pk)
    assert one["properties"]["name"] == "Kuirektykol"
    assert Project.objects.count() >= page["numberMatched"]


def test_addresses_in_answers_are_whole(loaded: int, client: Client) -> None:
    page = answer(client, f"{ITEMS}?limit=1")
    for address in [link["href"] for link in page["links"]] + [page["features"][0]["properties"]["address"]]:
        assert urlsplit(address).scheme == "http"
    assert reading.body(client, f"{ITEMS}/{page['features'][0]['id']}")
