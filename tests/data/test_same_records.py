"""A page, its files in every format, and the API hold the same records for the same address."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.downloads import selecting
from atlas.published.keeper import keeper
from deposits.models import Deposit
from projects.models import StageReport
from sources.models import Claim
from sources.recording import publish_record
from sources.review import retract
from tests.data import reading

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def three_moments(loaded: int, editor: Any) -> int:
    """The record as loaded; then a deposit has another name and type; then a stage is retracted."""
    deposit = Deposit.objects.filter(type_group="pegmatite").order_by("pk").first()
    assert deposit is not None
    deposit.name, deposit.type_group = "Zhanybek", "skarn"
    deposit.save()
    publish_record(deposit, editor)
    stage = StageReport.objects.filter(status=Claim.Status.PUBLISHED).order_by("pk").first()
    assert stage is not None
    retract(stage, editor, "It was another mine.")
    return loaded


@st.composite
def queries(draw: st.DrawFn, part: str) -> str:
    """A query as readers make it by clicking: facets, values, perhaps a name and an order."""
    snapshot = keeper.newest()
    listing = selecting.LISTINGS[part]
    facets = listing.facets(snapshot)
    pairs: list[tuple[str, str]] = []
    for facet in draw(st.lists(st.sampled_from(facets), min_size=1, max_size=3, unique_by=lambda f: f.name)):
        values = st.sampled_from([*facet.labels, "unheard-of"])
        pairs += [
            (facet.name, value) for value in draw(st.lists(values, min_size=1, max_size=4, unique=True))
        ]
    if draw(st.integers(0, 4)) == 0:
        pairs.append(("q", draw(st.sampled_from(["kara", "Куйрек", "altyn", "mine", "литий", "zzzz"]))))
    if draw(st.booleans()):
        columns = [column.name for column in listing.columns(snapshot) if column.key]
        pairs.append(("sort", draw(st.sampled_from(["", "-"])) + draw(st.sampled_from(columns))))
    as_of = draw(st.sampled_from(["", "1", "2", "3"]))
    return urlencode([*pairs, *([("as_of", as_of)] if as_of else [])])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_page_and_files_hold_the_same_records(
    three_moments: int, client: Client, data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from(["deposits", "deposits", "projects", "projects", "partners"]))
    query = data.draw(queries(part))
    shown = reading.of_pages(client, part, query)
    for ending, read in reading.READERS.items():
        address = f"/en/data/{part}.{ending}?{query}"
        assert read(reading.body(client, address)) == shown, address
    if part in ("deposits", "projects"):
        features = reading.body(client, f"/api/features/collections/{part}/items?{reading.for_api(query)}")
        assert reading.of_geojson(features) == sorted(shown), query
    assert reading.of_api(reading.body(client, f"/api/v1/{part}?{query}&limit=1000")) == shown, query
    dossier = reading.body(client, f"/en/data/{part}.json?{query}")
    assert set(shown) <= reading.of_dossier(dossier, part)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    filters=st.fixed_dictionaries(
        {},
        optional={
            "country": st.lists(st.sampled_from(["KZ", "KG", "TJ", "UZ", "TM", "none"]), max_size=2),
            "group": st.lists(st.sampled_from(["rare earths", "battery", "base"]), max_size=2),
            "record": st.sampled_from(["deposit", "project"]),
            "located": st.sampled_from(["yes", "no"]),
            "bbox": st.just("60,38,75,45"),
        },
    ),
    as_of=st.sampled_from(["", "1", "2"]),
)
def test_map_and_files_hold_the_same_records(
    three_moments: int, client: Client, filters: dict[str, Any], as_of: str
) -> None:
    query = urlencode({**filters, **({"as_of": as_of} if as_of else {})}, doseq=True)
    shown = reading.of_map(client, query)
    for ending, read in reading.READERS.items():
        if ending != "xlsx" or len(shown) < 100:
            assert read(reading.body(client, f"/en/data/map.{ending}?{query}")) == shown, query


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(["литий", "Kuirektykol", "Алтын", "kara", "mine", "tau", "zzzz"]),
    kind=st.sampled_from(["deposit", "project", "partner", "source"]),
    as_of=st.sampled_from(["", "1", "2"]),
)
def test_search_and_its_files_hold_the_same_records(
    three_moments: int, client: Client, text: str, kind: str, as_of: str
) -> None:
    query = urlencode({"q": text, **({"as_of": as_of} if as_of else {})})
    shown = reading.of_search(client, query, kind)
    for ending in ("csv", "geojson", "kml", "gpkg"):
        address = f"/en/data/search.{ending}?{query}&kind={kind}"
        assert reading.READERS[ending](reading.body(client, address)) == shown, address


def test_a_search_of_all_kinds_holds_them_kind_by_kind(loaded: int, client: Client) -> None:
    asked = urlencode({"q": "литий"})
    selection = selecting.of_search(keeper.newest(), QueryDict(asked))
    rows = reading.of_csv(reading.body(client, f"/en/data/search.csv?{asked}"))
    assert rows == [record.pk for record in selection.records]
    assert len({record.kind for record in selection.records}) > 1


@pytest.mark.parametrize("number", [3001, 4001, 2001, 5001, 1001, 101, 1])
def test_every_file_of_a_record_holds_that_record(loaded: int, client: Client, number: int) -> None:
    for ending, read in reading.READERS.items():
        assert read(reading.body(client, f"/en/data/records/{number}.{ending}")) == [number], ending
    answer = reading.body(client, f"/api/v1/records/{number}")
    assert json.loads(answer)["record"]["id"] == number
