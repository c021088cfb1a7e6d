"""What lies around a town or a position, no more exactly than it is known."""

import datetime as dt

import pytest
from django.urls import reverse
from geopy.distance import geodesic

from atlas.published.keeper import keeper
from atlas.published.snapshot import Place, Snapshot
from atlas.search import gazetteer
from atlas.search.near import around
from atlas.search.positions import Position
from deposits.models import Deposit


def snapshot_of(*places: tuple[float, float, str]) -> Snapshot:
    """A record of deposits at these positions with these precisions."""
    snapshot = Snapshot(tick=1, at=dt.datetime.now(dt.UTC))
    for number, (latitude, longitude, precision) in enumerate(places, start=1):
        snapshot.records[number] = Deposit(record_ptr_id=number, id=number, kind="deposit", name=f"D{number}")
        snapshot.places[number] = Place(latitude, longitude, precision, inferred=False, claim=number)
    return snapshot


def numbers(neighbours) -> list[int]:
    return [neighbour.record.pk for neighbour in neighbours]


HERE = Position(40.0, 65.0)


def test_sites_within_the_radius_come_nearest_first():
    snapshot = snapshot_of((40.4, 65, "site"), (40.1, 65, "exact"), (40.5, 65, "site"))
    found = around(snapshot, HERE, 50)
    assert numbers(found.placed) == [2, 1]
    assert found.placed[0].distance_km == pytest.approx(geodesic((40, 65), (40.1, 65)).kilometers)


def test_a_record_known_only_to_its_district_or_region_stands_apart_and_says_how_far_off_it_may_be():
    found = around(snapshot_of((40.1, 65, "district"), (40.2, 65, "region")), HERE, 50)
    assert found.placed == []
    assert [(one.record.pk, one.reach_km) for one in found.somewhere] == [(1, 60), (2, 250)]


def test_records_whose_district_reaches_into_the_radius_are_counted_as_possible():
    found = around(snapshot_of((40.9, 65, "district"), (41.1, 65, "district"), (42, 65, "region")), HERE, 50)
    assert found.somewhere == []
    assert found.possible == 2  # 100 km away less 60, and 222 km away less 250, but not 122 km less 60


def test_records_without_a_position_are_counted():
    snapshot = snapshot_of((40.1, 65, "site"))
    snapshot.records[9] = Deposit(record_ptr_id=9, id=9, kind="deposit", name="Nowhere")
    assert around(snapshot, HERE, 50).without_position == 1


@pytest.mark.django_db
def test_the_rough_distance_leaves_none_of_the_real_record_out(loaded):
    snapshot = keeper.newest()
    for settlement in gazetteer.settlements()[:12]:
        here = (settlement.position.latitude, settlement.position.longitude)
        expected = {
            number
            for number, place in snapshot.places.items()
            if geodesic(here, (place.latitude, place.longitude)).kilometers <= 100
        }
        found = around(snapshot, settlement.position, 100)
        assert set(numbers(found.placed + found.somewhere)) == expected


@pytest.mark.parametrize("name", ["Навои", "Navoiy", "Navoi", "НАВОИ", "navoy"])
def test_a_settlement_is_found_in_any_script(name):
    assert [match.thing.name for match in gazetteer.named(name).named] == ["Navoiy"]


@pytest.mark.slow
def test_every_settlement_is_found_by_each_of_its_names():
    missed = [
        (settlement.name, text)
        for settlement in gazetteer.settlements()[:150]
        for text in (settlement.name, *settlement.other_names)
        if settlement not in [match.thing for match in gazetteer.named(text).named]
    ]
    assert missed == []


@pytest.mark.django_db
class TestPage:
    def context(self, client, **query):
        answer = client.get(reverse("near"), query)
        assert answer.status_code == 200
        return answer.context

    def test_a_name_of_one_settlement_shows_what_lies_around_it(self, client, loaded):
        context = self.context(client, q="Навои")
        assert context["asked"].centre.settlement.name == "Navoiy"
        assert context["asked"].name == "Навои"
        assert context["surroundings"].somewhere

    def test_a_name_of_several_settlements_asks_which_the_largest_first(self, client, loaded):
        context = self.context(client, q="Aksu")
        populations = [choice.settlement.population for choice in context["choices"]]
        assert context["surroundings"] is None
        assert len(populations) > 1 and populations == sorted(populations, reverse=True)

    def test_a_choice_leads_to_its_surroundings_and_names_the_others(self, client, loaded):
        choice = self.context(client, q="Aksu", radius="100")["choices"][1]
        context = client.get(choice.address).context
        assert context["asked"].centre.settlement == choice.settlement
        assert context["asked"].radius_km == 100
        assert choice.settlement not in [other.settlement for other in context["choices"]]

    def test_a_misspelt_settlement_is_offered_not_assumed(self, client, loaded):
        context = self.context(client, q="Тошкпент")
        assert context["surroundings"] is None
        assert "Tashkent" in [choice.settlement.name for choice in context["choices"]]

    @pytest.mark.parametrize(
        "query", [{"q": "40.5, 65.25"}, {"lat": "40.5", "lon": "65.25"}, {"q": "40°30′N 65°15′E"}]
    )
    def test_a_position_may_be_typed_or_linked(self, client, loaded, query):
        assert self.context(client, **query)["asked"].centre.position == Position(40.5, 65.25)

    @pytest.mark.parametrize(
        "query",
        [
            {"q": "95, 65"},
            {"lat": "x", "lon": "65"},
            {"lat": "40"},
            {"lat": "nan", "lon": "inf"},
            {"lat": "9" * 9999},
        ],
    )
    def test_what_is_no_position_is_said_to_be_none(self, client, loaded, query):
        context = self.context(client, **query)
        assert context["asked"].problem and context["surroundings"] is None

    @pytest.mark.parametrize(
        ("radius", "understood"),
        [("", 50), ("5", 10), ("100", 100), ("9999", 250), ("-3", 50), ("x", 50), ("²", 50)],
    )
    def test_the_radius_stays_within_its_limits(self, client, loaded, radius, understood):
        assert self.context(client, q="Навои", radius=radius)["asked"].radius_km == understood

    def test_a_page_takes_one_query(self, client, loaded, django_assert_max_num_queries):
        self.context(client, q="Навои")
        with django_assert_max_num_queries(1):
            self.context(client, q="Навои", radius="250")

    def test_the_map_opens_at_the_place(self, client, loaded):
        assert self.context(client, q="Навои")["map_address"] == "/en/?view=9/40.0844/65.3792"

    def test_links_keep_the_moment(self, client, loaded):
        answer = client.get(reverse("near"), {"q": "Навои", "as_of": str(loaded)})
        assert f"view=9/40.0844/65.3792&amp;as_of={loaded}" in answer.content.decode()
