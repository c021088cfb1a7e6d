"""A list's page, and its files in every format, hold the same records for the same address."""

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


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        if ending != "xlsx":
            assert read(reading.body(client, f"/en/data/map.{ending}?{query}")) == shown, query


@pytest.mark.parametrize("query", ["литий", "Kuirektykol", "q=&kind=deposit", "Алтын"])
def test_search_and_its_csv_hold_the_same_records(loaded: int, client: Client, query: str) -> None:
    asked = query if "=" in query else urlencode({"q": query})
    selection = selecting.of_search(keeper.newest(), QueryDict(asked))
    rows = reading.of_csv(reading.body(client, f"/en/data/search.csv?{asked}"))
    assert rows == [record.pk for record in selection.records]
    html = reading.body(client, f"/en/search/?{asked}").decode()
    if selection.records:
        assert f"/{rows[0]}-" in html
