"""Importing a dossier file at the desk: a plan row by row, then that very plan as drafts, all or none."""

import json
import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from atlas.dossier.drafting import Entry, Outcome, Proposal, dependents, enter, proposing
from atlas.dossier.reading import read_contents
from deposits.models import Deposit, Occurrence, ResourceEstimate
from sources import clock, review
from sources.models import Claim, Record
from tests.desk.forms import signed_in
from tests.factories import person
from tests.loading.small import claims_in, row, small

pytestmark = pytest.mark.django_db


def proposed(document: dict[str, Any], by: Any) -> Proposal:
    return drained(proposing(read_contents([("small.json", json.dumps(document).encode())]), by))


def drained(steps: Generator[int, None, Proposal]) -> Proposal:
    """What the steps come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Proposal = end.value
            return found


def entry(proposal: Proposal, key: str) -> Entry:
    return next(one for one in proposal.entries if one.row.key == key)


def without_reference(document: dict[str, Any]) -> dict[str, Any]:
    """The file as a contributor would send it: countries and minerals are the atlas's own."""
    kept = ("publishers", "sources", "partners", "deposits", "projects", "country_facts", "findings")
    return {name: document[name] for name in kept if name in document}


@pytest.fixture
def reference(load: Callable[..., str], tmp_path: Any) -> dict[str, Any]:
    """The small dossier, of which the atlas already has countries, minerals and the region."""
    path = tmp_path / "reference.json"
    document = small()
    words = {name: document[name] for name in ("region", "countries", "minerals") if name in document}
    path.write_text(json.dumps(words))
    load(path)
    return without_reference(document)


@pytest.fixture
def loaded_small(load: Callable[..., str], tmp_path: Any) -> dict[str, Any]:
    """The small dossier, loaded and published."""
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small()))
    load(path)
    return without_reference(small())


# Planning


def test_a_new_file_is_new_row_by_row(reference: dict[str, Any]) -> None:
    proposal = proposed(reference, person("contributor", "contributor"))
    assert {one.outcome for one in proposal.entries} == {Outcome.NEW}
    assert proposal.problems == []
    claims = [one.row.key for one in proposal.entries if not one.is_record]
    assert sorted(claims) == sorted(claim["claim"] for claim in claims_in(reference))


def test_what_the_atlas_has_is_there_already(loaded_small: dict[str, Any]) -> None:
    proposal = proposed(loaded_small, person("contributor", "contributor"))
    assert {one.outcome for one in proposal.entries} == {Outcome.SAME}


def test_a_changed_figure_replaces_the_standing_claim(loaded_small: dict[str, Any]) -> None:
    row(loaded_small, "deposits.0.estimates.0")["quantity"] = 400_000
    found = entry(proposed(loaded_small, person("contributor", "contributor")), "syrymbet.estimate.1")
    standing = ResourceEstimate.objects.get()
    assert (found.outcome, found.standing) == (Outcome.CHANGED, [standing.pk])


def test_a_changed_card_is_shown_and_not_touched(loaded_small: dict[str, Any]) -> None:
    row(loaded_small, "deposits.0")["region"] = "Elsewhere"
    contributor = person("contributor", "contributor")
    proposal = proposed(loaded_small, contributor)
    assert entry(proposal, "syrymbet").outcome == Outcome.CARD
    enter(proposal, set(), contributor)
    assert Deposit.objects.get(key="syrymbet").region != "Elsewhere"


def test_a_new_deposit_with_a_known_name_may_be_there_already(loaded_small: dict[str, Any]) -> None:
    deposit = row(loaded_small, "deposits.0")
    deposit["key"], deposit["estimates"] = "syrymbet-again", []
    for name in ("id", "locations", "minerals", "location"):
        deposit.pop(name, None)
    row(loaded_small, "projects.0")["deposits"] = []
    loaded_small["findings"] = []
    found = entry(proposed(loaded_small, person("contributor", "contributor")), "syrymbet-again")
    assert found.outcome == Outcome.DUPLICATE
    assert found.standing == [Deposit.objects.get(key="syrymbet").pk]


def test_another_figure_of_the_same_source_on_the_same_point_may_be_there_already(
    loaded_small: dict[str, Any],
) -> None:
    figure = dict(row(loaded_small, "deposits.0.estimates.0"), claim="syrymbet.estimate.2", quantity=5)
    row(loaded_small, "deposits.0.estimates").append(figure)
    found = entry(proposed(loaded_small, person("contributor", "contributor")), "syrymbet.estimate.2")
    assert (found.outcome, found.standing) == (Outcome.DUPLICATE, [ResourceEstimate.objects.get().pk])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("unit", "bushel", "unit 'bushel'"),
        ("as_of", "last spring", "as_of 'last spring'"),
        ("source", "nowhere", "source 'nowhere'"),
        ("colour", "red", "colour 'red'"),
        ("quantity", -5, "quantity"),
    ],
)
def test_a_fault_stands_beside_its_row_and_names_the_field(
    reference: dict[str, Any], field: str, value: Any, said: str
) -> None:
    row(reference, "deposits.0.estimates.0")[field] = value
    found = entry(proposed(reference, person("contributor", "contributor")), "syrymbet.estimate.1")
    assert found.outcome == Outcome.ERROR
    assert said in " ".join(place for place, _why in found.remarks)


def test_rows_that_need_an_unreadable_one_cannot_be_entered(reference: dict[str, Any]) -> None:
    row(reference, "deposits.0")["colour"] = "red"
    proposal = proposed(reference, person("contributor", "contributor"))
    number = entry(proposal, "syrymbet").number
    found = entry(proposal, "syrymbet.estimate.1")
    assert found.outcome == Outcome.ERROR
    assert (f"It needs row {number}") in found.remarks[-1][1]
    assert entry(proposal, "kursiv-tin").outcome == Outcome.NEW


def test_contributors_bring_no_minerals() -> None:
    proposal = proposed(small(), person("contributor", "contributor"))
    assert entry(proposal, "tin").outcome == Outcome.ERROR
    assert "may not add" in entry(proposal, "tin").remarks[-1][1]


# Entering


def test_the_plan_becomes_drafts_and_records_that_are_not_public(reference: dict[str, Any]) -> None:
    contributor, before = person("contributor", "contributor"), clock.newest()
    made = enter(proposed(reference, contributor), set(), contributor)
    assert len(made) == len(list(claims_in(reference)))
    assert {(claim.status, claim.author_id, claim.batch_id) for claim in Claim.objects.all()} == {
        ("draft", contributor.pk, None)
    }
    assert not Record.objects.filter(key="syrymbet", is_public=True).exists()
    assert clock.newest() == before


def test_the_drafts_pass_review_like_any_other(reference: dict[str, Any]) -> None:
    contributor = person("contributor", "contributor")
    made = enter(proposed(reference, contributor), set(), contributor)
    review.publish(review.submit(made, contributor), person("another-editor", "editor"))
    assert Deposit.objects.get(key="syrymbet").is_public
    assert {claim.status for claim in Claim.objects.all()} == {"published"}
    again = proposed(reference, contributor)
    assert {one.outcome for one in again.entries} == {Outcome.SAME}


def test_a_draft_that_replaces_a_claim_supersedes_it_when_published(loaded_small: dict[str, Any]) -> None:
    row(loaded_small, "deposits.0.estimates.0")["quantity"] = 400_000
    contributor, old = person("contributor", "contributor"), ResourceEstimate.objects.get()
    [made] = enter(proposed(loaded_small, contributor), set(), contributor)
    assert made.supersedes_id == old.pk
    review.publish(review.submit([made], contributor), person("another-editor", "editor"))
    old.refresh_from_db()
    assert old.status == "superseded"


def test_the_same_file_twice_enters_nothing_twice(reference: dict[str, Any]) -> None:
    contributor = person("contributor", "contributor")
    enter(proposed(reference, contributor), set(), contributor)
    again = proposed(reference, contributor)
    assert {one.outcome for one in again.entries if not one.is_record} == {Outcome.KEPT}
    assert enter(again, set(), contributor) == []


def test_a_row_left_out_takes_what_names_it_along(reference: dict[str, Any]) -> None:
    proposal = proposed(reference, person("contributor", "contributor"))
    needing = dependents(proposal.entries, {entry(proposal, "syrymbet").number})
    keys = {one.row.key for one in proposal.entries if one.number in needing}
    assert {"syrymbet.estimate.1", "syrymbet-mine", "syrymbet-mine.stage.1"} <= keys
    assert "kursiv-tin" not in keys


def test_a_row_that_fails_takes_all_others_with_it(reference: dict[str, Any]) -> None:
    contributor = person("contributor", "contributor")
    proposal = proposed(reference, contributor)
    entry(proposal, "syrymbet.estimate.1").row.values["quantity"] = -1
    before = Record.objects.count()
    with pytest.raises(DatabaseError):
        enter(proposal, set(), contributor)
    assert (Record.objects.count(), Claim.objects.count()) == (before, 0)


def test_strangers_enter_nothing(reference: dict[str, Any]) -> None:
    proposal = proposed(reference, person("contributor", "contributor"))
    with pytest.raises(PermissionDenied):
        enter(proposal, set(), person("reader"))


# At the desk


def upload(client: Client, content: bytes) -> Any:
    return client.post(reverse("admin:import_dossier"), {"file": SimpleUploadedFile("small.json", content)})


def plan_page(client: Client) -> tuple[str, str]:
    """The plan's page, and what tells that plan from another."""
    page = client.get(reverse("admin:import_dossier_plan")).getvalue().decode()
    found = re.search(r'name="plan" value="(\w+)"', page)
    assert found
    return page, found.group(1)


def test_the_plan_is_shown_first_and_a_row_can_be_left_out(reference: dict[str, Any]) -> None:
    contributor = person("contributor", "contributor")
    client = signed_in(contributor)
    assert upload(client, json.dumps(reference).encode()).status_code == 302
    page, plan = plan_page(client)
    assert "desk-progress" in page and "syrymbet.estimate.1" in page and not Claim.objects.exists()
    number = entry(proposed(reference, contributor), "syrymbet.estimate.1").number
    client.post(reverse("admin:import_dossier_plan"), {"plan": plan, "leave_out": number})
    assert not ResourceEstimate.objects.exists()
    assert Occurrence.objects.exists()


def test_rows_in_need_of_one_left_out_are_ticked_and_asked_about(reference: dict[str, Any]) -> None:
    contributor = person("contributor", "contributor")
    client = signed_in(contributor)
    upload(client, json.dumps(reference).encode())
    _page, plan = plan_page(client)
    number = entry(proposed(reference, contributor), "syrymbet").number
    response = client.post(reverse("admin:import_dossier_plan"), {"plan": plan, "leave_out": number})
    assert response.status_code == 409
    ticked = re.findall(r'value="(\d+)" checked', response.content.decode())
    assert len(ticked) > 3 and not Claim.objects.exists()
    client.post(reverse("admin:import_dossier_plan"), {"plan": plan, "leave_out": ticked})
    assert Claim.objects.exists() and not ResourceEstimate.objects.exists()


def test_a_plan_that_the_record_overtook_is_shown_anew(reference: dict[str, Any]) -> None:
    client = signed_in(person("contributor", "contributor"))
    upload(client, json.dumps(reference).encode())
    _page, plan = plan_page(client)
    another = person("another", "contributor")
    made = enter(proposed(reference, another), set(), another)
    response = client.post(reverse("admin:import_dossier_plan"), {"plan": plan})
    assert response.status_code == 409
    assert Claim.objects.count() == len(made)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a JSON file"),
        (b"{", "not a JSON file"),
        ("{“}".encode("utf-16"), "not a JSON file"),
        (b"[" * 100_000, "not a JSON file"),
        (b'{"sources": [{"title": "\\ud800"}]}', "not a JSON file"),
        (b"[]", "not a dossier"),
        (b"{}", "The file is empty"),
        (b'{"colours": []}', "unknown section"),
        (b'{"sources": [{"title": "a\\u0000b"}]}', "NUL character"),
        (b'{"deposits": [{"id": 1e999}]}', "not a positive whole number"),
    ],
)
def test_a_file_that_cannot_be_planned_is_refused_in_words(content: bytes, said: str) -> None:
    response = upload(signed_in(person("contributor", "contributor")), content)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_importing_is_for_people_who_enter_claims() -> None:
    for name in ("import_dossier", "import_dossier_plan"):
        assert Client().get(reverse(f"admin:{name}")).status_code == 302
        assert signed_in(person("reader")).get(reverse(f"admin:{name}")).status_code == 302
    for who in ("contributor", "editor", "administrator"):
        assert signed_in(person(who, who)).get(reverse("admin:import_dossier")).status_code == 200


def test_a_file_of_the_records_own_is_all_there_already(loaded: int, repository: Path) -> None:
    content = (repository / "fixtures" / "turkmenistan.json").read_bytes()
    proposal = drained(proposing(read_contents([("turkmenistan.json", content)]), person("a-contributor")))
    assert {one.outcome for one in proposal.entries} == {Outcome.SAME}
    assert proposal.problems == []
