"""The map's page and data: the same filters, list and counts for both, and every precision drawn as it is."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from atlas.map.featured import featured
from atlas.map.record_map import RecordMap, finer, record_map
from atlas.map.symbols import HUES, hue_of
from atlas.map.towns import town_near
from atlas.pages.facets import mineral_value, stage_value
from atlas.pages.formatting import show_value
from atlas.published.keeper import keeper
from deposits.models import Location
from deposits.vocabulary import MineralGroup

REGION = "bbox=46,35,88,56&zoom=5"
ANTIMONY_IN_TAJIKISTAN = "country=TJ&mineral=antimony"

pytestmark = pytest.mark.usefixtures("loaded")


def data(client: Client, query: str) -> dict[str, Any]:
    response = client.get(f"/en/map/data/?{query}")
    assert response.status_code == 200
    return response.json()


def drawn(answer: dict[str, Any]) -> int:
    """How many records the clusters and places of an answer stand for."""
    return sum(thing[2] for thing in [*answer["clusters"], *answer["places"]])


def listed(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-record="(\d+)"', html)]


def everything(client: Client, query: str) -> list[int]:
    """The records on all pages of the list without JavaScript."""
    found: list[int] = []
    for page in range(1, 40):
        html = client.get(f"/en/?{query}&page={page}").content.decode()
        found += listed(html)
        if 'rel="next"' not in html:
            return found
    raise AssertionError("the list does not end")


@pytest.mark.parametrize(
    "query",
    [
        REGION,
        f"{REGION}&{ANTIMONY_IN_TAJIKISTAN}",
        f"{REGION}&record=project&stage=stale",
        "bbox=66,38,72,41&zoom=8",
        "bbox=66.1,38.2,70.3,40.7&zoom=9.5&record=deposit",
        "bbox=-180,-90,180,90&zoom=0",
        "bbox=69.5,40.8,69.7,40.9&zoom=14",
        "bbox=10,10,11,11&zoom=6",
    ],
)
def test_the_list_counts_exactly_the_records_that_the_map_draws(client: Client, query: str):
    answer = data(client, query)
    (status,) = re.findall(r'<p class="list-status"><strong>(\d+)', answer["list"])
    assert drawn(answer) == answer["total"] == int(status)


def test_without_javascript_the_list_has_every_record_on_the_map_once(client: Client):
    snapshot = keeper.newest()
    on_map = [r.pk for r in [*snapshot.deposits, *snapshot.projects] if r.pk in snapshot.places]
    assert sorted(everything(client, "")) == sorted(on_map)


def test_the_list_says_how_many_are_not_on_the_map_and_lists_them_on_demand(client: Client):
    snapshot = keeper.newest()
    missing = [r.pk for r in [*snapshot.deposits, *snapshot.projects] if r.pk not in snapshot.places]
    assert f"{len(missing)} more are not on the map" in client.get("/en/").content.decode()
    assert sorted(everything(client, "located=no")) == sorted(missing)
    assert drawn(data(client, f"{REGION}&located=no")) == 0


def test_values_of_a_facet_are_alternatives_and_facets_hold_together(client: Client):
    snapshot = keeper.newest()
    wanted = {
        record.pk
        for record in snapshot.projects
        if {country.iso2 for country in snapshot.countries_of(record)} & {"KG", "TJ"}
        and "gold" in {mineral_value(mineral) for mineral, _role in snapshot.minerals_of(record)}
        and record.pk in snapshot.places
    }
    assert wanted
    found = everything(client, "country=KG&country=TJ&mineral=gold&record=project")
    assert set(found) == wanted


def test_an_old_stage_is_a_value_of_its_own(client: Client):
    snapshot = keeper.newest()
    stale = [
        p.pk for p in snapshot.projects if stage_value(snapshot, p) == "stale" and p.pk in snapshot.places
    ]
    assert stale
    assert sorted(everything(client, "stage=stale")) == sorted(stale)
    assert not set(stale) & set(everything(client, "stage=operating"))


def test_an_options_count_says_what_choosing_it_would_bring(client: Client):
    counts = data(client, f"{REGION}&{ANTIMONY_IN_TAJIKISTAN}")["counts"]
    for query, facet, value in (
        ("country=KG&mineral=antimony", "country", "KG"),
        ("country=TJ&mineral=gold", "mineral", "gold"),
        (f"{ANTIMONY_IN_TAJIKISTAN}&record=deposit", "record", "deposit"),
    ):
        both = everything(client, query) + everything(client, f"{query}&located=no")
        assert counts[facet][value] == len(both)


def test_records_known_no_better_than_their_district_share_one_area(client: Client):
    snapshot = keeper.newest()
    places = [p for p in data(client, "bbox=66,38,72,41&zoom=9")["places"] if p[4] and p[2] > 1]
    assert places
    for latitude, longitude, count, label, radius, cards in places:
        precisions = {snapshot.places[card[0]].precision for card in cards}
        assert precisions <= {"district", "region"}
        assert radius == 1000 * max(Location.RADIUS_KM[precision] for precision in precisions)
        assert len(cards) == count
        assert "exact place unknown" in label
        for card in cards:
            place = snapshot.places[card[0]]
            assert (place.latitude, place.longitude) == pytest.approx((latitude, longitude), abs=2e-5)


def test_a_record_known_to_a_site_draws_no_area(client: Client):
    places = data(client, "bbox=66,38,72,41&zoom=9&precision=site&precision=exact")["places"]
    assert places
    assert {place[4] for place in places} == {0}


def test_a_label_names_the_town_beside(client: Client):
    labels = [
        place[3] for place in data(client, f"bbox=66,38,70,41&zoom=9&{ANTIMONY_IN_TAJIKISTAN}")["places"]
    ]
    assert any(label.startswith("near Ayni: ") for label in labels)


def test_a_town_farther_than_sixty_kilometres_is_not_near():
    assert town_near(43.25, 76.91, "ru") == "Алматы"
    assert town_near(0.0, 0.0, "en") == ""


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=nan,0,1,1",
        "bbox=0,50,10,40",
        "bbox=0,0,1,1&zoom=nan",
        "bbox=0,0,1,1&zoom=inf",
        "bbox=",
    ],
)
def test_a_part_of_the_map_that_there_is_not_is_refused_in_words(client: Client, query: str):
    response = client.get(f"/en/map/data/?{query}")
    assert response.status_code == 400
    assert "bbox" in response.json()["error"]


def test_a_value_that_the_atlas_does_not_know_matches_nothing_and_is_named(client: Client):
    html = client.get("/en/?mineral=unobtainium").content.decode()
    assert "unobtainium" in html
    assert listed(html) == []


@pytest.mark.parametrize("page", ["0", "-3", "two", "9999", "99999999999999999999", "²"])
def test_a_page_that_there_is_not_shows_one_that_there_is(client: Client, page: str):
    assert listed(client.get("/en/", {"page": page}).content.decode())


def test_the_data_take_at_most_three_queries(client: Client, django_assert_max_num_queries):
    data(client, REGION)
    with django_assert_max_num_queries(3):
        data(client, f"{REGION}&country=KZ&record=deposit")


def test_the_page_takes_at_most_three_queries(client: Client, django_assert_max_num_queries):
    client.get("/en/")
    with django_assert_max_num_queries(3):
        client.get("/en/?country=UZ")


@pytest.mark.parametrize("address", ["/en/", f"/en/map/data/?{REGION}"])
def test_page_and_data_set_no_cookie_and_can_be_kept_and_revalidated(client: Client, address: str):
    response = client.get(address)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_the_moment_goes_along_on_every_link_of_the_map(client: Client, loaded: int):
    html = client.get(f"/en/?as_of={loaded}&country=TJ").content.decode()
    body = html[html.index('<div class="map-page"') : html.index("</main>")]
    links = re.findall(r'<a [^>]*href="([^"#][^"]*)"', body)
    assert links
    assert [link for link in links if f"as_of={loaded}" not in link] == []
    answer = data(client, f"{REGION}&as_of={loaded}")
    assert answer["suffix"] == f"?as_of={loaded}"


def test_the_featured_disagreement_is_the_one_with_the_most_voices():
    snapshot = keeper.newest()
    found = featured(snapshot)
    assert found is not None
    assert found.point.disagrees
    low, high = found.point.headline
    assert low.sort_value() < high.sort_value()
    assert found.voices >= 3


def test_the_first_page_says_what_it_is_and_where_to_start(client: Client):
    html = client.get("/en/").content.decode()
    found = featured(keeper.newest())
    assert found is not None
    assert "<h1>Where Central Asia’s critical minerals lie" in html
    assert found.deposit.name in html
    assert re.search(r'<a class="chip" href="\?mineral=lithium"', html)


def test_the_first_page_draws_each_figure_of_the_featured_disagreement(client: Client):
    html = client.get("/en/").content.decode()
    found = featured(keeper.newest())
    assert found is not None and found.scale is not None
    rows = re.findall(
        r'<li><strong class="number">(.*?)</strong> <svg class="figure-mark is-comparable"', html
    )
    assert rows == [show_value(figure.leading) for figure in found.figures]
    assert len(rows) >= 2


def test_the_mineral_that_the_map_is_about_is_marked_among_those_to_start_from(client: Client):
    html = client.get("/en/?mineral=lithium").content.decode()
    chips = re.findall(r'<a class="chip" href="\?mineral=([^"]+)" data-query( aria-current="true")?', html)
    assert [value for value, is_current in chips if is_current] == ["lithium"]


def test_the_page_names_no_other_host_but_of_layers_to_turn_on(client: Client, settings):
    html = client.get("/en/").content.decode()
    allowed = [layer[name] for layer in settings.OUTSIDE_TILES for name in ("url", "attribution_url")]
    allowed += ["http://testserver/"]
    hosts = [url for url in re.findall(r"https?://[^\s\"&<]+", html) if not url.startswith(tuple(allowed))]
    assert hosts == []


def test_threads_that_ask_at_once_share_one_index():
    snapshot = keeper.newest()
    snapshot.derived.clear()
    with ThreadPoolExecutor(8) as pool:
        maps = list(pool.map(lambda _: record_map(snapshot), range(16)))
    assert len({id(each) for each in maps}) == 1


def test_cards_are_in_the_language_of_the_page(client: Client):
    answer = client.get(f"/ru/map/data/?{REGION}&country=KG").json()
    assert "Кыргызстан" in answer["list"]
    assert "золото" in answer["list"]


def test_every_mineral_group_has_a_hue():
    grouped = [group for groups in HUES.values() for group in groups]
    assert sorted(grouped) == sorted(MineralGroup)
    assert hue_of(None) == "other"


@given(st.floats(-180, 179), st.floats(-80, 79), st.floats(0.1, 60), st.integers(0, 22))
def test_finer_cells_are_of_the_same_part_of_the_map(west: float, south: float, size: float, zoom: int):
    from atlas.map.boxes import Box, Window

    window = Window.at_zoom(Box(west, south, min(west + size, 180), min(south + size, 80)), zoom)
    half = finer(window)
    assert half.bounds == pytest.approx(window.bounds)
    assert half.level - window.level in (0, 1)


def test_an_empty_record_has_an_empty_map():
    import datetime as dt

    from atlas.map.boxes import Box, Window
    from atlas.published.snapshot import Snapshot

    empty = RecordMap(Snapshot(tick=0, at=dt.datetime.now(dt.UTC)))
    view = empty.drawn(Window.at_zoom(Box(46, 35, 88, 56), 5), {})
    assert view.total == 0
    assert empty.bounds({}) is None


def test_a_mineral_to_start_from_keeps_the_other_filters(client: Client):
    page = client.get("/en/?country=KZ&mineral=lithium").content.decode()
    assert 'href="?country=KZ&amp;mineral=copper"' in page or 'href="?mineral=copper&amp;country=KZ"' in page
