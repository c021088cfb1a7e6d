"""The whole atlas as a data package, its dictionary, its changelog and its releases."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from atlas.downloads.changelog import changelog
from deposits.models import Deposit
from sources.models import Claim
from sources.recording import publish_record
from tests.data import reading
from tests.data.test_being_found import offline

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(loaded: int, editor: Any) -> Deposit:
    deposit = Deposit.objects.get(key="kuirektykol")
    deposit.name = "Kuirektykol-Irgiz"
    deposit.save()
    publish_record(deposit, editor)
    return deposit


def test_the_package_holds_every_claim_and_every_record_once(loaded: int, client: Client) -> None:
    archive = zipfile.ZipFile(io.BytesIO(reading.body(client, "/en/data/package.zip")))
    document = json.loads(archive.read("datapackage.json"))
    counts = {
        resource["name"]: len(list(csv.DictReader(io.StringIO(archive.read(resource["path"]).decode()))))
        for resource in document["resources"]
    }
    assert counts["deposits"] == Deposit.objects.count()
    claims = sum(n for r, n in zip(document["resources"], counts.values(), strict=True) if _of_claims(r))
    assert claims == Claim.objects.as_of(loaded).count()


def _of_claims(resource: dict[str, Any]) -> bool:
    return bool(resource["schema"]["primaryKey"] == "claim_id")


@pytest.mark.slow
def test_frictionless_finds_the_package_valid(loaded: int, client: Client, tmp_path: Path) -> None:
    from frictionless import Package

    zipfile.ZipFile(io.BytesIO(reading.body(client, "/en/data/package.zip"))).extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["title", "message"])[:5] == []
    assert report.valid


def test_every_column_is_described(loaded: int, client: Client) -> None:
    document = json.loads(reading.body(client, "/en/data/datapackage.json"))
    fields = [field for resource in document["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"] for field in fields)
    first = document["resources"][0]["path"]
    assert reading.of_csv(reading.body(client, f"/en/data/{first}"))


def test_the_page_offers_everything_and_its_links_answer(loaded: int, client: Client) -> None:
    html = reading.body(client, "/en/data/").decode()
    for address in ("/en/data/package.zip", "/en/data/everything.gpkg", "/api/features/"):
        assert f'href="{address}"' in html
    assert "quantity_t" in html
    assert client.get("/ru/data/").status_code == 200


def test_the_page_can_be_read_as_of_an_earlier_moment(renamed: Deposit, loaded: int, client: Client) -> None:
    names = [
        next(row["name"] for row in _deposits(client, query) if row["id"] == str(renamed.pk))
        for query in ("", f"?as_of={loaded}")
    ]
    assert names == ["Kuirektykol-Irgiz", "Kuirektykol"]


def _deposits(client: Client, query: str) -> list[dict[str, str]]:
    content = reading.body(client, f"/en/data/tables/deposits.csv{query}").decode()
    return list(csv.DictReader(io.StringIO(content)))


def test_the_changelog_counts_what_a_tick_changed(renamed: Deposit, loaded: int) -> None:
    newest, first = changelog(0, loaded + 1)
    assert (newest.tick, newest.published, newest.withdrawn, newest.cards) == (loaded + 1, 0, 0, 1)
    assert first.published == Claim.objects.as_of(loaded).count()
    assert changelog(loaded, loaded) == []


@pytest.mark.slow
def test_a_release_is_written_once_and_never_changes(
    loaded: int, editor: Any, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    call_command("release_data", "https://atlas.example.org/", stdout=io.StringIO())
    [folder] = (tmp_path / "releases").iterdir()
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert not (folder / name).stat().st_mode & 0o222
    with pytest.raises(CommandError, match="already written"):
        call_command("release_data", "https://atlas.example.org/")
    deposit = Deposit.objects.get(key="kuirektykol")
    deposit.name = "Kuirektykol-Irgiz"
    deposit.save()
    publish_record(deposit, editor)
    call_command("release_data", "https://atlas.example.org", stdout=io.StringIO())
    second = max((tmp_path / "releases").iterdir(), key=lambda path: path.name)
    log = (second / "CHANGELOG.md").read_text()
    assert f"tick {loaded + 1}" in log
    assert f"tick {loaded}:" not in log
    html = reading.body(client, "/en/data/").decode()
    assert f"/en/data/releases/{folder.name}/SHA256SUMS" in html
    released = reading.body(client, f"/en/data/releases/{folder.name}/SHA256SUMS")
    assert released == (folder / "SHA256SUMS").read_bytes()
    assert client.get(f"/en/data/releases/{folder.name}/release.json").status_code == 404


@pytest.mark.parametrize("address", ["/en/data/catalogue.jsonld", "/en/data/"])
def test_what_catalogues_read_expands_as_json_ld(loaded: int, client: Client, address: str) -> None:
    from pyld import jsonld

    content = reading.body(client, address).decode()
    if not content.startswith("{"):
        content = content.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    document = json.loads(content)
    [expanded] = jsonld.expand(document, {"documentLoader": offline})
    assert expanded["@type"][0].endswith("Dataset")
    distributions = next(value for name, value in expanded.items() if name.endswith("distribution"))
    assert len(distributions) >= 4
