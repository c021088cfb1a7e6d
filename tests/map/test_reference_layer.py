"""The reference layer: an edition's sites as dots and as GeoJSON, off the record."""

import json

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from atlas.map import reference_picture
from atlas.map.boxes import Box, Window
from atlas.map.encoded import EncodedFeatures
from atlas.map.reference import ReferenceLayer, layers, reference_names, words_column
from atlas.published.keeper import keeper
from deposits.importing import staging
from deposits.importing.rows import rows_of
from sources import clock
from tests.importing.mrds_table import site, table

pytestmark = pytest.mark.django_db

SITES = [
    site(1, site_name="Muruntau", latitude="41.5", longitude="64.57"),
    site(2, site_name="Kalmakyr", latitude="40.8", longitude="69.65", commod1="Copper", commod2=""),
    site(3, site_name="", latitude="40.8", longitude="69.65", commod1="Copper", commod2=""),
    site(4, site_name="Kumtor", latitude="41.86", longitude="78.2", country="Kyrgyzstan"),
]
REGION = "46,35,88,56"


def publish(directory, editor, *rows) -> int:
    path = table(directory, *rows)
    batch = staging.begin(str(hash(rows.__repr__())), path.name, editor)
    assert batch
    staging.stage(batch, rows_of(path))
    return staging.publish(batch, editor)


@pytest.fixture
def edition(tmp_path, editor):
    """The tick that published SITES."""
    layers.forget()
    yield publish(tmp_path, editor, *SITES)
    layers.forget()


def read(body: bytes) -> tuple[list[int], np.ndarray, np.ndarray, np.ndarray]:
    """A picture as (header, x, y, counts), read as the browser reads it."""
    header = np.frombuffer(body, "<u4", 8).tolist()
    x, y, counts = np.frombuffer(body, "<u2", offset=32).reshape(3, header[7])
    return header, x, y, counts


def dots(client, edition: int, **query: str):
    return client.get(reverse("reference-dots", args=[edition]), {"bbox": REGION, "zoom": "4", **query})


def test_dots_stand_where_their_sites_lie(edition, client) -> None:
    header, x, y, _counts = read(dots(client, edition, bbox="64,41,65,42", zoom="8").content)
    window = Window.at_zoom(Box(64, 41, 65, 42), 8 + reference_picture.FINER)
    west, south, east, north = window.bounds
    assert header[1:6] == [window.level, window.first_column, window.first_row, window.width, header[5]]
    assert (west + x[0] / 65535 * (east - west), header[6]) == (pytest.approx(64.57, abs=1e-4), 1)
    assert south < north - y[0] / 65535 * (north - south) < north


def test_sites_at_one_position_are_one_dot_that_says_how_many(edition, client) -> None:
    header, _x, _y, counts = read(dots(client, edition).content)
    assert (header[6], sorted(counts.tolist())) == (4, [1, 1, 2])


@pytest.mark.parametrize(
    ("filters", "total"), [({"mineral": "copper"}, 2), ({"country": "KG"}, 1), ({"mineral": "lithium"}, 0)]
)
def test_the_layer_follows_the_maps_filters(edition, client, filters, total) -> None:
    assert read(dots(client, edition, **filters).content)[0][6] == total


def test_an_answer_never_changes_so_that_caches_keep_it_without_asking(
    edition, client, tmp_path, editor
) -> None:
    before = dots(client, edition)
    newer = publish(tmp_path, editor, SITES[0])
    after = dots(client, edition)
    assert after.content == before.content
    assert "immutable" in after["Cache-Control"]
    assert read(dots(client, newer).content)[0][6] == 1


def test_an_edition_in_memory_is_answered_without_a_query(edition, client, django_assert_num_queries) -> None:
    dots(client, edition)
    with django_assert_num_queries(0):
        dots(client, edition, zoom="6")


@pytest.mark.parametrize(
    "wrong", [{"bbox": "1,2,3"}, {"bbox": "a,b,c,d"}, {"zoom": "nan"}, {"bbox": "0,9,1,2"}]
)
def test_an_unreadable_window_is_refused(edition, client, wrong) -> None:
    assert dots(client, edition, **wrong).status_code == 400


def test_a_tick_that_published_no_edition_has_none(edition, client) -> None:
    for number in (0, edition + 1, edition - 1):
        assert dots(client, number).status_code == 404


def test_sites_come_as_geojson_in_a_stable_order(edition, client) -> None:
    address = reverse("reference-sites", args=[edition])
    first, second = (client.get(address, {"bbox": "69,40,79,42"}) for _ in range(2))
    assert first.content == second.content
    features = json.loads(first.content)["features"]
    assert {feature["id"] for feature in features} == {2, 3, 4}
    named = {feature["id"]: feature["properties"].get("name", "") for feature in features}
    assert named == {2: "Kalmakyr", 3: "", 4: "Kumtor"}


def test_a_few_sites_are_the_same_before_and_after_all_are_encoded(edition) -> None:
    layer = layers.get(edition)
    assert layer
    rows = np.array([3, 0, 2])
    before = layer.collection(rows)
    assert len(layer.features) == len(SITES)
    assert layer.collection(rows) == before


def test_no_more_sites_come_than_asked_for(edition, client) -> None:
    answer = client.get(reverse("reference-sites", args=[edition]), {"limit": "2"})
    assert len(json.loads(answer.content)["features"]) == 2


def test_a_sites_page_says_that_it_is_not_curated(edition, client) -> None:
    page = client.get(reverse("reference-site", args=[1]))
    assert "Muruntau" in page.content.decode()
    assert "not curated" in page.content.decode()


def test_a_sites_page_is_as_of_a_moment(edition, client, tmp_path, editor) -> None:
    publish(tmp_path, editor, SITES[1])
    address = reverse("reference-site", args=[1])
    assert client.get(address).status_code == 404
    assert client.get(address, {"as_of": str(edition)}).status_code == 200


def test_search_is_given_the_names_that_there_are(edition) -> None:
    assert reference_names(keeper.newest()) == [(1, "Muruntau"), (2, "Kalmakyr"), (4, "Kumtor")]


def test_reference_sites_are_in_none_of_the_atlas_figures(edition) -> None:
    snapshot = keeper.newest()
    assert snapshot.tick == clock.newest()
    assert (len(snapshot.records), snapshot.claim_counts) == (0, {})


def test_the_map_offers_the_layer_only_where_there_is_one(client, db, tmp_path, editor) -> None:
    assert '"reference":null' in client.get(reverse("home")).context["config"]
    number = publish(tmp_path, editor, SITES[0])
    assert reverse("reference-dots", args=[number]) in client.get(reverse("home")).context["config"]


def test_two_hundred_clusters_cost_under_three_kilobytes() -> None:
    layer = ReferenceLayer(0)
    rng = np.random.default_rng(1)
    layer.index = type(layer.index).build(
        np.arange(10_000), rng.uniform(46, 88, 10_000), rng.uniform(35, 56, 10_000), {}
    )
    body = reference_picture.picture(layer, Window.at_zoom(Box(46, 35, 88, 56), 6), {})
    clusters = read(body)[0][7]
    assert clusters > 200
    assert len(body) / clusters * 200 < 3000


def test_a_text_of_several_words_has_each_of_them() -> None:
    column = words_column(["gold tin", "", "tin", "gold tin"], str.split)
    assert column.values == ["gold", "tin"]
    assert column.offsets.tolist() == [0, 2, 2, 3, 5]
    assert column.codes.tolist() == [0, 1, 1, 0, 1]


@given(st.permutations(range(6)), st.lists(st.integers(0, 5), unique=True))
def test_a_collection_has_the_features_in_the_order_asked_for_however_they_are_laid_out(order, asked) -> None:
    features = [json.dumps({"id": 10**number}).encode() for number in range(6)]
    encoded = EncodedFeatures(features, np.array(order))
    answer = json.loads(encoded.collection(np.array(asked, dtype=np.int64)))
    assert answer == {"type": "FeatureCollection", "features": [{"id": 10**number} for number in asked]}


@pytest.mark.parametrize("number", [10**18, 10**30])
def test_numbers_that_no_database_holds_are_unknown(edition, client, number) -> None:
    assert dots(client, number).status_code == 404
    assert client.get(reverse("reference-site", args=[number])).status_code == 404
