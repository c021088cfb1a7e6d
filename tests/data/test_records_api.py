"""The JSON API: the same rows as the downloads, the same agreements as the pages, and its contract."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from deposits.models import Deposit, ResourceEstimate
from sources.models import Claim
from sources.review import retract
from tests.data import reading
from tests.data.contracts.current import documents

pytestmark = pytest.mark.django_db
CONTRACTS = Path(__file__).parent / "contracts"


def answer(client: Client, address: str) -> Any:
    return json.loads(reading.body(client, address))


def kuirektykol() -> int:
    return Deposit.objects.get(key="kuirektykol").pk


def test_a_list_is_the_one_of_the_site(loaded: int, client: Client) -> None:
    query = "country=TJ&mineral=antimony&sort=-claims"
    rows = answer(client, f"/api/v1/deposits?{query}")["records"]
    assert [row["id"] for row in rows] == reading.of_pages(client, "deposits", query)


def test_next_leads_through_the_whole_list_at_one_moment(loaded: int, client: Client) -> None:
    ids: list[int] = []
    address = "/api/v1/deposits?limit=150"
    while address:
        page = answer(client, address)
        ids += [row["id"] for row in page["records"]]
        address = page.get("next", "").removeprefix("http://testserver")
    assert len(ids) == len(set(ids)) == page["total"] == Deposit.objects.count()
    assert page["as_of_tick"] == loaded


def test_points_say_who_agrees(loaded: int, client: Client) -> None:
    """Konchoch's antimony: 264,616, 264,600 and 265,000 t are one figure."""
    number = Deposit.objects.get(key="konchoch").pk
    points = answer(client, f"/api/v1/records/{number}/points")["points"]
    estimates = [point for point in points if point["kind"] == "estimate"]
    claims = answer(client, f"/api/v1/records/{number}/claims?kind=estimate")["claims"]
    figures = {claim["claim_id"]: claim["quantity_t"] for claim in claims}
    agreed = [
        {figures[n] for n in (*agreement["claims"], *agreement["echoes"])}
        for point in estimates
        for comparison in point["comparisons"]
        for agreement in comparison["agreements"]
    ]
    assert any({264616, 264600, 265000} <= found for found in agreed)
    heads = {number for point in estimates for number in point["headline"]}
    assert heads == {claim["claim_id"] for claim in claims if claim["headline"]}


def test_a_retracted_claim_stays_reachable_and_says_so(loaded: int, editor: Any, client: Client) -> None:
    claim = ResourceEstimate.objects.filter(subject_id=kuirektykol(), status=Claim.Status.PUBLISHED)[0]
    retract(claim, editor, "Misread.")
    row = answer(client, f"/api/v1/claims/{claim.pk}")["claim"]
    assert (row["in_force"], row["withdrawn_because"]) == (False, "Misread.")
    assert answer(client, f"/api/v1/claims/{claim.pk}?as_of={loaded}")["claim"]["in_force"] is True


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/deposits?colour=red", 400),
        ("/api/v1/deposits?limit=none", 400),
        ("/api/v1/volcanoes", 404),
        ("/api/v1/records/999999999999999999999", 404),
        ("/api/v1/claims/999999999999999999999", 404),
        ("/api/v1/records/5001/claims?kind=rumour", 400),
        ("/api/v1/deposits?as_of=2999-01-01", 400),
    ],
)
def test_errors_are_problem_details(loaded: int, client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == status


def test_answers_keep_the_contract(loaded: int, client: Client) -> None:
    document = answer(client, "/api/v1/openapi.json")
    number, claim = kuirektykol(), ResourceEstimate.objects.filter(status="published")[0].pk
    for path, methods in document["paths"].items():
        filled = path.replace("/claims/{number}", f"/claims/{claim}").replace("{number}", str(number))
        found = answer(client, f"/api/v1{filled}")
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": document["components"]})
        assert [error.message for error in validator.iter_errors(found)] == [], path


@pytest.mark.parametrize("name", ["features.json", "v1.json"])
def test_the_contract_is_the_committed_one(name: str) -> None:
    """To change it on purpose: raise its version, and write it anew with `python -m tests.data.contracts`."""
    committed = json.loads((CONTRACTS / name).read_text("utf-8"))
    assert json.loads(json.dumps(documents()[name])) == committed
