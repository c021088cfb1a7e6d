"""Loading again: nothing twice, changes supersede, editors keep what is theirs, dumps come back the same."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from deposits.models import Deposit, ResourceEstimate
from projects.models import Involvement
from sources import clock, recording, review
from sources.models import Batch, Claim, Preference, Record, Tick, Version
from tests import factories as f
from tests.loading.small import claims_in, row, small, written
from tests.record import rows

pytestmark = pytest.mark.django_db

Load = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path, load: Load) -> Path:
    """The small dossier, loaded once."""
    path = written(tmp_path, small())
    load(path)
    return path


def change(file: Path, path: str, **values: Any) -> None:
    document = json.loads(file.read_text())
    row(document, path).update(values)
    written(file.parent, document, file.name)


def dumped(target: Path) -> bytes:
    call_command("dump_dossier", str(target), verbosity=0)
    return target.read_bytes()


# The first load


def test_a_load_is_one_tick(file: Path) -> None:
    assert clock.newest() == Tick.objects.count() == 1
    assert set(Claim.objects.values_list("published_tick", flat=True)) == {1}
    assert set(Version.objects.values_list("from_tick", flat=True)) == {1}


def test_every_claim_row_is_one_published_claim_with_its_key(file: Path) -> None:
    keys = [claim["claim"] for claim in claims_in(small())]
    assert sorted(Claim.objects.filter(status="published").values_list("key", flat=True)) == sorted(keys)


def test_the_loader_is_the_author_and_who_ran_it_the_publisher(file: Path, editor: User) -> None:
    claim = Claim.objects.get(key="syrymbet.estimate.1")
    assert (claim.author.username, claim.submitted_by.username) == ("loader", "loader")
    assert claim.author.is_system
    assert claim.published_by == editor


def test_a_batch_names_the_file_its_digest_and_who_loaded_it(file: Path, editor: User) -> None:
    batch = Batch.objects.get()
    assert (batch.name, batch.loaded_by) == ("small.json", editor)
    assert batch.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert Claim.objects.filter(batch=batch).count() == Claim.objects.count()


def test_records_keep_the_ids_of_the_file(file: Path) -> None:
    assert Deposit.objects.get(key="syrymbet").pk == 3001


def test_records_made_at_the_desk_get_ids_behind_the_files(file: Path) -> None:
    assert f.DepositFactory().pk > 5002


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path: Path, load: Load) -> None:
    assert "11 records and 8 claims added" in load(written(tmp_path, small()), dry_run=True)
    assert clock.newest() == 0
    assert not Record.objects.exists()


# The second load


def test_a_second_load_changes_nothing(file: Path, load: Load) -> None:
    before = dumped(file.with_name("before.json"))
    assert "Nothing to change" in load(file)
    assert clock.newest() == 1
    assert dumped(file.with_name("after.json")) == before


def test_a_changed_row_supersedes_its_claim(file: Path, load: Load) -> None:
    change(file, "deposits.0.estimates.0", quantity=286000)
    assert "1 claims superseded" in load(file)
    old, new = ResourceEstimate.objects.filter(key="syrymbet.estimate.1").order_by("pk")
    assert (old.status, old.withdrawn_tick, new.status, new.published_tick) == (
        "superseded",
        2,
        "published",
        2,
    )
    assert (old.quantity, new.quantity) == (375050, 286000)
    assert new.supersedes_id == old.pk


def test_only_the_changed_row_changes(file: Path, load: Load) -> None:
    change(file, "deposits.0.estimates.0", quantity=286000)
    load(file)
    assert Claim.objects.filter(published_tick=2).count() == 1
    assert not Version.objects.filter(from_tick=2).exists()


def test_a_change_back_supersedes_again(file: Path, load: Load) -> None:
    change(file, "deposits.0.estimates.0", quantity=286000)
    load(file)
    change(file, "deposits.0.estimates.0", quantity=375050)
    load(file)
    statuses = ResourceEstimate.objects.filter(key="syrymbet.estimate.1").order_by("pk")
    assert [claim.status for claim in statuses] == ["superseded", "superseded", "published"]


def test_a_changed_list_supersedes(file: Path, load: Load) -> None:
    change(file, "projects.0.investments.0", partners=["north-fund", "tin-one"])
    assert "1 claims superseded" in load(file)


def test_a_superseded_headline_is_no_headline(file: Path, load: Load, editor: User) -> None:
    review.prefer(Claim.objects.get(key="syrymbet.estimate.1"), editor, "the only one")
    change(file, "deposits.0.estimates.0", quantity=286000)
    load(file)
    assert Preference.objects.get().until_tick == clock.newest()


def test_a_new_row_is_added_beside_the_others(file: Path, load: Load) -> None:
    document = small()
    document["findings"].append({**document["findings"][0], "claim": "syrymbet.finding.2", "topic": "jobs"})
    written(file.parent, document, file.name)
    assert "0 records and 1 claims added" in load(file)


def test_a_vanished_row_is_reported_and_left_standing(file: Path, load: Load) -> None:
    document = small()
    document["findings"] = []
    written(file.parent, document, file.name)
    said = load(file)
    assert "No longer in the files, and left standing: syrymbet.finding.1." in said
    assert Claim.objects.get(key="syrymbet.finding.1").status == "published"


def test_a_changed_name_is_a_new_card(file: Path, load: Load) -> None:
    change(file, "deposits.0", name="Syrymbet tin deposit")
    assert "1 records changed" in load(file)
    assert [
        card.document["name"] for card in Deposit.objects.get(pk=3001).versions.order_by("from_tick")
    ] == [
        "Syrymbet",
        "Syrymbet tin deposit",
    ]


def test_a_changed_translation_changes_no_claim(file: Path, load: Load) -> None:
    change(file, "country_facts.0", statement_ru="Страна богата оловом.")
    assert "1 translations changed" in load(file)
    claim = Claim.objects.get(key="KZ.fact.1")
    assert claim.texts.get().text == "Страна богата оловом."
    assert claim.published_tick == 1


# What editors changed since


def test_a_claim_that_an_editor_retracted_stays_retracted(file: Path, load: Load, editor: User) -> None:
    review.retract(Claim.objects.get(key="syrymbet.estimate.1"), editor, "misread")
    change(file, "deposits.0.estimates.0", quantity=286000)
    assert "Left as editors have them: claim syrymbet.estimate.1" in load(file)
    assert Claim.objects.filter(key="syrymbet.estimate.1").count() == 1


def test_a_claim_that_an_editor_superseded_stays_superseded(file: Path, load: Load) -> None:
    old = ResourceEstimate.objects.get(key="syrymbet.estimate.1")
    f.published(
        f.EstimateFactory(
            subject=old.subject, mineral=old.mineral, source=old.source, supersedes=old, quantity=Decimal(7)
        )
    )
    change(file, "deposits.0.estimates.0", quantity=286000)
    assert "Left as editors have them: claim syrymbet.estimate.1" in load(file)
    assert list(ResourceEstimate.objects.filter(status="published").values_list("quantity", flat=True)) == [7]


def test_a_suppressed_claim_does_not_come_back(file: Path, load: Load) -> None:
    claim = Claim.objects.get(key="syrymbet.finding.1")
    review.suppress(claim, rows.administrator(), rows.second_administrator(), "a court order")
    load(file)
    assert Claim.objects.filter(key="syrymbet.finding.1").count() == 1


def test_a_record_that_an_editor_renamed_keeps_its_name(file: Path, load: Load, editor: User) -> None:
    deposit = Deposit.objects.get(pk=3001)
    deposit.name = "Syrymbet, as the desk has it"
    deposit.save()
    recording.publish_record(deposit, editor)
    change(file, "deposits.0", region="Akmola")
    assert "Left as editors have them: deposit syrymbet" in load(file)
    assert Deposit.objects.get(pk=3001).name == "Syrymbet, as the desk has it"


# Dumping


def test_load_dump_load_is_a_fixed_point(file: Path, load: Load) -> None:
    first = dumped(file)
    assert "Nothing to change" in load(file)
    assert dumped(file.with_name("again.json")) == first


def test_figures_of_nothing_survive_a_dump(tmp_path: Path, load: Load) -> None:
    document = small()
    row(document, "deposits.0.estimates.0")["quantity"] = 0
    row(document, "projects.0.involvements.0")["share_percent"] = 0
    load(written(tmp_path, document))
    again = json.loads(dumped(tmp_path / "again.json"))
    assert row(again, "deposits.0.estimates.0")["quantity"] == 0
    assert row(again, "projects.0.involvements.0")["share_percent"] == 0


def test_a_dump_loads_into_an_empty_atlas_and_dumps_the_same(
    file: Path, load: Load, empty_again: Callable[[], None]
) -> None:
    f.published(f.FindingFactory(subject=Deposit.objects.get(pk=3001)))
    first = dumped(file)
    empty_again()
    load(file)
    assert dumped(file.with_name("again.json")) == first


def test_what_the_desk_made_survives_a_dump_and_a_load(file: Path, load: Load, editor: User) -> None:
    made = f.published(f.InvolvementFactory(share_percent=Decimal("12.5")))
    dumped(file)
    assert "Nothing to change" in load(file)
    assert Involvement.objects.filter(subject_id=made.subject_id).count() == 1


def test_a_dump_holds_what_is_published_and_nothing_else(file: Path, editor: User) -> None:
    f.submitted(f.FindingFactory(statement="Nobody has published this."))
    review.retract(Claim.objects.get(key="syrymbet.finding.1"), editor, "misread")
    said = dumped(file.with_name("dump.json")).decode()
    assert "Nobody has published this" not in said
    assert "Villagers" not in said
