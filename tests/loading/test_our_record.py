"""The project's own fixtures: all of them load, at one tick, in time, with what is odd in them reported."""

import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from atlas.dossier.dumping import dump
from sources import clock
from sources.models import Claim, Record, Version
from tests.loading.small import row, small, written

pytestmark = pytest.mark.django_db

Load = Callable[..., str]


@pytest.fixture(scope="session")
def fixtures(repository: Path) -> Path:
    return repository / "fixtures"


@pytest.mark.slow
def test_our_record_loads_in_under_a_minute_as_one_tick(load: Load, fixtures: Path) -> None:
    began = time.monotonic()
    assert "Published at tick 1." in load(fixtures)
    assert time.monotonic() - began < 60
    assert clock.newest() == 1


def test_every_row_of_our_record_is_published_at_the_first_tick(loaded: int, fixtures: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in fixtures.glob("*.json"))
    claims = text.count('"claim": ') + text.count('"parent_claim": ')
    assert Claim.objects.filter(published_tick=1, withdrawn_tick=None).count() == claims > 5000
    assert Version.objects.filter(from_tick=1).count() == Record.objects.filter(is_public=True).count()


@pytest.mark.slow
def test_a_second_load_of_our_record_changes_nothing(loaded: int, load: Load, fixtures: Path) -> None:
    said = load(fixtures)
    assert "Nothing to change." in said
    assert "Left as editors have them" not in said
    assert "No longer in the files" not in said
    assert clock.newest() == loaded


@pytest.mark.slow
def test_our_record_dumped_loads_unchanged_and_dumps_the_same(
    loaded: int, load: Load, tmp_path: Path
) -> None:
    first = json.dumps(dump(), ensure_ascii=False)
    path = tmp_path / "dump.json"
    path.write_text(first, encoding="utf-8")
    assert "Nothing to change." in load(path)
    assert json.dumps(dump(), ensure_ascii=False) == first


def test_every_claim_says_that_a_loader_entered_it_and_an_operator_published_it(loaded: int) -> None:
    signed = Claim.objects.values_list("author__username", "published_by__username").distinct()
    assert list(signed) == [("loader", "operator")]


@pytest.mark.parametrize(
    "key",
    ["asia-plus-2025-10-15-lithium", "unodc-2026-01-secure-crm", "news7-asia-rare-earths-race"],
)
def test_the_founding_articles_state_claims(loaded: int, key: str) -> None:
    assert Claim.objects.filter(source__key=key).count() >= 3


# What is odd is reported with its row, and loaded


def reported(load: Load, tmp_path: Path, path: str, **values: Any) -> str:
    document = small()
    row(document, path).update(values)
    return load(written(tmp_path, document))


def test_a_coordinate_outside_its_country_is_reported(load: Load, tmp_path: Path) -> None:
    said = reported(load, tmp_path, "deposits.0.locations.0", latitude=-53.4)
    assert "small.json: deposits syrymbet, locations 1" in said
    assert "lies outside KZ" in said
    assert "Published" in said


def test_owners_shares_over_100_per_cent_are_reported(load: Load, tmp_path: Path) -> None:
    document = small()
    owners = row(document, "projects.0.involvements")
    owners.append({**owners[0], "claim": "syrymbet-mine.involvement.2", "partner": "north-fund"})
    said = load(written(tmp_path, document))
    assert "= 120: the owners' shares that this source gives exceed one hundred per cent" in said


def test_stages_that_contradict_each_other_are_reported(load: Load, tmp_path: Path) -> None:
    document = small()
    stages = row(document, "projects.0.stages")
    stages.append({**stages[0], "claim": "syrymbet-mine.stage.2", "stage": "operating", "as_of": "2024-06"})
    assert "contradicts small.json: projects syrymbet-mine, stages" in load(written(tmp_path, document))


def test_a_settlements_coordinates_marked_better_than_district_are_reported(
    load: Load, tmp_path: Path
) -> None:
    said = reported(load, tmp_path, "deposits.0.locations.0", note="nearest settlement Syrymbet, GeoNames")
    assert "a settlement's coordinates are marked better than district" in said
    assert Claim.objects.get(key="syrymbet.location.1").location.inferred


def test_a_statement_that_stands_twice_is_reported(load: Load, tmp_path: Path) -> None:
    document = small()
    document["findings"].append({**document["findings"][0], "claim": "syrymbet.finding.2"})
    assert "states the same as small.json: findings syrymbet.finding.1" in load(written(tmp_path, document))


def test_an_unreadable_period_of_production_is_reported(load: Load, tmp_path: Path) -> None:
    made = {"mineral": "tin", "quantity": 5, "unit": "t", "measure": "actual", "period": "the war years"}
    said = reported(load, tmp_path, "projects.0", production=[{**made, "source": "kursiv-tin"}])
    assert "period = 'the war years'" in said


@pytest.mark.slow
def test_our_records_own_oddities_are_reported_by_row(loaded: int, fixtures: Path, editor: Any) -> None:
    notes = io.StringIO()
    call_command("load_dossier", str(fixtures), by="editor", dry_run=True, stdout=io.StringIO(), stderr=notes)
    told = notes.getvalue()
    assert "turkmenistan.json: deposits kara-bogaz-gol, locations 1" in told
    assert "lies outside TM" in told


# Sensible loading of what sources leave out


def test_a_project_without_a_country_loads(load: Load, tmp_path: Path) -> None:
    document = small()
    del document["projects"][0]["country"]
    assert "Published" in load(written(tmp_path, document))


def test_a_mineral_is_found_by_any_of_its_names(load: Load, tmp_path: Path) -> None:
    reported(load, tmp_path, "deposits.0.estimates.0", mineral="Олово")
    assert Claim.objects.get(key="syrymbet.estimate.1").resourceestimate.mineral.key == "tin"


def test_a_category_in_the_sources_own_words_stays_as_written(load: Load, tmp_path: Path) -> None:
    reported(load, tmp_path, "deposits.0.estimates.0", category="balance reserves, C1 + C2")
    estimate = Claim.objects.get(key="syrymbet.estimate.1").resourceestimate
    assert (estimate.category, estimate.group) == ("balance reserves, C1 + C2", "reserves")


def test_an_undated_source_loads_and_its_claims_are_undated(load: Load, tmp_path: Path) -> None:
    load(written(tmp_path, small()))
    assert Claim.objects.get(key="syrymbet.location.1").dated == ""
