"""A dossier that is wrong anywhere is refused as a whole, by file, row, field and value."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import clock
from sources.models import Batch, Claim, Record
from tests.loading.small import row, small, written

pytestmark = pytest.mark.django_db

Load = Callable[..., str]
DEPOSIT = "deposits.0"
LOCATION = "deposits.0.locations.0"
ESTIMATE = "deposits.0.estimates.0"
STAGE = "projects.0.stages.0"
OWNER = "projects.0.involvements.0"
MONEY = "projects.0.investments.0"
FACT = "country_facts.0"
FINDING = "findings.0"
SOURCE = "sources.0"

#: Where, which field, the wrong value, and what the refusal says besides.
WRONG = [
    (DEPOSIT, "colour", "red", "unknown field"),
    (ESTIMATE, "quantiy", 5, "unknown field"),
    (ESTIMATE, "mineral", "unobtainium", "not a mineral of the vocabulary"),
    (ESTIMATE, "quantity", -5, "greater than or equal to 0"),
    (ESTIMATE, "quantity", "many", "not a number"),
    (ESTIMATE, "quantity", True, "not a number"),
    (ESTIMATE, "category", None, "not text"),
    (ESTIMATE, "note", "a\x00b", "NUL"),
    (DEPOSIT, "aliases", "Syrymbet", "not a list"),
    (DEPOSIT, "aliases", [{"name": "S", "language": "en", "kind": "nick"}], "not a kind of name"),
    (DEPOSIT, "key", "", "blank"),
    (DEPOSIT, "id", -1, "positive whole number"),
    (SOURCE, "inferred", "title", "list of fields"),
    (ESTIMATE, "unit", "bushel", "not a valid choice"),
    (ESTIMATE, "system", "my own", "not a valid choice"),
    (ESTIMATE, "basis", "contained hope", "not a valid choice"),
    (ESTIMATE, "unfc", "E9;F1;G1", "unfc"),
    (ESTIMATE, "as_of", "2025-13", "not a date"),
    (ESTIMATE, "as_of", "spring", "not a date"),
    (ESTIMATE, "source", "nowhere", "there is no source with this key"),
    (SOURCE, "published", "2025-02-30", "not a date"),
    (SOURCE, "url", "tin.html", "URL"),
    (SOURCE, "kind", "rumour", "not a valid choice"),
    (SOURCE, "reliability", "Z", "not a valid choice"),
    (SOURCE, "copy_of", "nowhere", "there is no source with this key"),
    (LOCATION, "latitude", 95, "less than or equal to 90"),
    (LOCATION, "longitude", -181, "greater than or equal to -180"),
    (LOCATION, "precision", "perfect", "not a valid choice"),
    (OWNER, "share_percent", 150, "less than or equal to 100"),
    (OWNER, "share_percent", -1, "greater than or equal to 0"),
    (OWNER, "partner", "nobody", "there is no partner with this key"),
    (OWNER, "role", "friend", "not a valid choice"),
    (OWNER, "since", "20", "not a date"),
    (STAGE, "stage", "blooming", "not a valid choice"),
    (MONEY, "currency", "dollars", "capital letters"),
    (MONEY, "status", "dreamt", "not a valid choice"),
    (MONEY, "amount", -1, "greater than or equal to 0"),
    (MONEY, "partners", ["nobody"], "there is no partner with this key"),
    (FACT, "topic", "gossip", "not a valid choice"),
    (FACT, "statement", "", "blank|null"),
    (FINDING, "subject", "moon:tycho", "is not a subject"),
    (FINDING, "subject", "deposit:atlantis", "= 'atlantis': there is no deposit with this key"),
    (FINDING, "direction", "sideways", "not a valid choice"),
    (DEPOSIT, "country", "XX", "there is no country with this key"),
    (DEPOSIT, "id", 5001, "already that of"),
    ("projects.0", "kind", "moonshot", "not a valid choice"),
    ("projects.0", "deposits", ["atlantis"], "there is no deposit with this key"),
    ("partners.0", "kind", "cartel", "not a valid choice"),
    ("minerals.0", "group", "magic", "not a valid choice"),
]
#: Fields whose absence is refused.
NEEDED = [
    (SOURCE, "title"), (SOURCE, "publisher"), (SOURCE, "kind"), (SOURCE, "key"), (SOURCE, "url"),
    (DEPOSIT, "name"), (DEPOSIT, "key"), (DEPOSIT, "country"),
    (ESTIMATE, "source"), (ESTIMATE, "mineral"), (ESTIMATE, "unit"), (LOCATION, "latitude"),
    (LOCATION, "precision"), (LOCATION, "source"), (STAGE, "stage"), (OWNER, "partner"), (OWNER, "role"),
    (MONEY, "amount"), (MONEY, "currency"), (FACT, "statement"), (FACT, "topic"), (FACT, "source"),
    (FINDING, "subject"), ("countries.0", "iso3"), ("minerals.0", "slug"), ("partners.0", "kind"),
]  # fmt: skip


@pytest.fixture
def refused(editor: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Any], str]:
    """Try to load a document; everything that was said on refusing it. Nothing is loaded."""

    def run(document: Any, name: str = "small.json") -> str:
        path = document if isinstance(document, Path) else written(tmp_path, document, name)
        with pytest.raises(CommandError) as error:
            call_command("load_dossier", str(path), by="editor", no_color=True)
        assert not Record.objects.exists()
        assert not Claim.objects.exists()
        assert not Batch.objects.exists()
        assert clock.newest() == 0
        return f"{capsys.readouterr().err}{error.value}"

    return run


def test_the_small_dossier_is_right(load: Load, tmp_path: Path) -> None:
    assert "Published at tick 1" in load(written(tmp_path, small()))


@pytest.mark.parametrize(("path", "name", "value", "message"), WRONG)
def test_a_wrong_value_is_named_with_its_file_row_and_field(
    refused: Callable[[Any], str], path: str, name: str, value: Any, message: str
) -> None:
    document = small()
    row(document, path)[name] = value
    said = refused(document)
    assert "small.json" in said
    assert any(word in said for word in message.split("|"))
    assert name in said
    if isinstance(value, str) and value.isprintable():
        assert value.rpartition(":")[2] in said


@pytest.mark.parametrize(("path", "name"), NEEDED)
def test_a_missing_field_is_named(refused: Callable[[Any], str], path: str, name: str) -> None:
    document = small()
    del row(document, path)[name]
    said = refused(document)
    assert "small.json" in said
    assert name in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a JSON file"),
        (b"{", "not a JSON file"),
        (b"\xff\xfe{}", "not a JSON file"),
        (b"[]", "no object"),
        (b'"tin"', "no object"),
        (b'{"deposit": []}', "unknown section"),
        (b'{"deposits": {"a": 1}}', "deposits"),
        (b'{"deposits": ["a"]}', "deposits 1"),
        (b'{"deposits": [null]}', "deposits 1"),
        (b'{"findings": 5}', "findings"),
        (b'{"region": "Asia"}', "region"),
        (b'{"minerals": ["tin"]}', "minerals 1"),
    ],
)
def test_a_file_that_is_no_dossier_is_refused(
    refused: Callable[[Any], str], tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    said = refused(path)
    assert "odd.json" in said
    assert message in said


@pytest.mark.parametrize("section", ["sources", "partners", "deposits", "projects", "minerals", "countries"])
def test_a_key_stands_once(refused: Callable[[Any], str], section: str) -> None:
    document = small()
    twin = {name: value for name, value in document[section][0].items() if name != "id"}
    for rows in twin.values():
        for claim in rows if isinstance(rows, list) else []:
            if isinstance(claim, dict):
                claim.pop("claim", None)
    document[section].append(twin)
    assert "already" in refused(document)


def test_a_claims_key_stands_once(refused: Callable[[Any], str]) -> None:
    document = small()
    row(document, FACT)["claim"] = "syrymbet.estimate.1"
    assert "already that of" in refused(document)


def test_every_fault_is_told_at_once(refused: Callable[[Any], str]) -> None:
    document = small()
    row(document, LOCATION)["latitude"] = 95
    row(document, OWNER)["share_percent"] = 150
    row(document, STAGE)["stage"] = "blooming"
    said = refused(document)
    assert "3 faults" in said
    assert all(word in said for word in ("95", "150", "blooming"))


def test_one_wrong_file_stops_the_right_one_beside_it(
    editor: Any, tmp_path: Path, refused: Callable[[Any], str]
) -> None:
    written(tmp_path, small(), "right.json")
    (tmp_path / "wrong.json").write_text("{")
    assert "wrong.json" in refused(tmp_path)


@pytest.mark.parametrize(
    ("who", "message"), [("nobody", "no active account"), ("contributor", "may not publish")]
)
def test_only_who_may_publish_can_load(contributor: Any, tmp_path: Path, who: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("load_dossier", str(written(tmp_path, small())), by=who)


def test_the_loading_system_itself_cannot_publish(load: Load, tmp_path: Path) -> None:
    path = written(tmp_path, small())
    load(path)
    with pytest.raises(CommandError, match="no active account"):
        call_command("load_dossier", str(path), by="loader")


@pytest.mark.parametrize("path", ["missing.json", "empty"])
def test_a_path_without_a_dossier_is_refused(tmp_path: Path, editor: Any, path: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match=r"no file or folder|No JSON file"):
        call_command("load_dossier", str(tmp_path / path), by="editor")


SPOILERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path] * bool(path) + [place for key, child in children for place in places(child, (*path, key))]


PLACES = places(small())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.sampled_from(PLACES), spoiler=SPOILERS)
def test_whatever_stands_in_a_field_is_loaded_or_refused_in_words(
    editor: Any, tmp_path: Path, place: tuple[Any, ...], spoiler: Any
) -> None:
    document = small()
    within = document
    for step in place[:-1]:
        within = within[step]
    within[place[-1]] = spoiler
    with transaction.atomic(), open(os.devnull, "w") as nowhere:
        with suppress(CommandError):
            call_command(
                "load_dossier", str(written(tmp_path, document)), by="editor", stdout=nowhere, stderr=nowhere
            )
        connection.check_constraints()
        transaction.set_rollback(True)
