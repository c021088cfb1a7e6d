"""What search engines read: sitemaps of every page in every language, and records as schema.org things."""

import json
import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from pyld import jsonld

from atlas.discovery import sitemap, things
from atlas.discovery.json_ld import data_block
from atlas.pages.formatting import show_value
from atlas.published.keeper import keeper
from deposits.models import Deposit, ResourceEstimate
from partners.models import Partner
from projects.models import Project
from tests.data import reading

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://atlas.example.org"


def locations(client: Client, address: str) -> list[str]:
    tree = ElementTree.fromstring(reading.body(client, address))
    return [urlsplit(found.text or "").path for found in tree.iter(f"{SITEMAP}loc")]


def test_the_sitemap_leads_to_every_record_in_every_language(loaded: int, client: Client) -> None:
    found = [path for part in locations(client, "/sitemap.xml") for path in locations(client, part)]
    assert len(found) == len(set(found))
    number = Deposit.objects.get(key="kuirektykol").pk
    for language in ("en", "ru"):
        assert f"/{language}/deposits/{number}-kuirektykol/" in found
    assert len([path for path in found if path.startswith("/en/deposits/3")]) == Deposit.objects.count()


def test_what_the_sitemap_names_answers(loaded: int, client: Client) -> None:
    paths = locations(client, "/sitemap-pages.xml")
    for part in locations(client, "/sitemap.xml")[1:]:
        paths += locations(client, part)[:2]
    assert {client.get(path).status_code for path in paths} == {200}


def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    lines = reading.body(client, "/robots.txt").decode().splitlines()
    [sitemap_line] = [line for line in lines if line.startswith("Sitemap: ")]
    assert sitemap_line == "Sitemap: http://testserver/sitemap.xml"


def test_a_long_sitemap_is_split(loaded: int, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 200)
    parts = [path for path in locations(client, "/sitemap.xml") if "deposits" in path]
    assert len(parts) == -(-Deposit.objects.count() // 100)
    assert all(len(locations(client, path)) <= 200 for path in parts)
    assert client.get("/sitemap-deposits-99.xml").status_code == 404


#: What schema.org's own context says of the terms that pages use: all are its words, some name things.
SCHEMA_ORG = {"@vocab": "https://schema.org/"} | {
    name: {"@type": "@id"} for name in ("url", "sameAs", "license", "contentUrl")
}


def offline(address: str, _options: Any) -> dict[str, Any]:
    """The documents that JSON-LD names, without asking the network."""
    assert address.rstrip("/") == "https://schema.org"
    document = {"@context": SCHEMA_ORG}
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": document,
    }


def expanded(document: Any) -> Any:
    """The document read as linked data."""
    return jsonld.expand(document, {"documentLoader": offline})


@pytest.mark.parametrize(
    "address", ["/en/", "/d/3001", "/p/4001", "/o/2172", "/s/5001", "/m/103", "/k/3", "/c/1", "/en/data/"]
)
def test_what_a_page_tells_search_engines_expands(loaded: int, client: Client, address: str) -> None:
    html = client.get(address, follow=True).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert blocks or address == "/en/"
    for block in blocks:
        for thing in expanded(json.loads(block)):
            assert all(name.startswith(("@", "https://schema.org/")) for name in thing)
            assert thing["@type"]


@pytest.mark.parametrize("address", ["/en/", "/en/deposits/", "/d/3001", "/o/2172", "/c/1", "/en/data/"])
def test_a_page_says_its_address_its_languages_and_what_to_share(
    loaded: int, client: Client, address: str
) -> None:
    html = client.get(address, follow=True).content.decode()
    [canonical] = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    assert canonical.startswith("http://testserver/en/")
    assert set(re.findall(r'hreflang="([\w-]+)" href="http', html)) >= {"en", "ru", "x-default"}
    shared = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]+)"', html))
    assert {"title", "description", "url", "image", "type"} <= set(shared)


@pytest.mark.parametrize(
    ("model", "of"), [(Deposit, "Place"), (Project, "Project"), (Partner, "Organization")]
)
def test_records_are_things_of_their_kind(loaded: int, model: Any, of: str) -> None:
    snapshot = keeper.newest()
    for record in snapshot.of_kind(model)[:40]:
        [found] = expanded(things.thing(snapshot, record, SITE))
        assert found["@type"] == [f"https://schema.org/{of}"]
        assert found["https://schema.org/name"] == [{"@value": record.name}]


def test_a_place_known_to_its_district_has_no_coordinates(loaded: int) -> None:
    snapshot = keeper.newest()
    for deposit in snapshot.deposits:
        place = snapshot.places.get(deposit.pk)
        known = place is not None and place.precision in ("exact", "site")
        assert ("geo" in (things.thing(snapshot, deposit, SITE) or {})) == known


def test_a_claim_names_the_publication_that_makes_it(loaded: int) -> None:
    snapshot = keeper.newest()
    deposit = Deposit.objects.get(key="kuirektykol")
    [claim, *_] = snapshot.attach(ResourceEstimate.objects.as_of(loaded).filter(subject=deposit))
    [found] = expanded(things.claim(claim, show_value(claim), SITE))
    [work] = found["https://schema.org/appearance"]
    assert work["https://schema.org/url"] == [{"@id": claim.source.url}]


def test_a_data_block_cannot_be_ended_from_within() -> None:
    text = data_block({"name": "</script><script>alert(1)</script>&"})
    inner = text.partition(">")[2].removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner)["name"].startswith("</script>")


def test_browsers_find_the_icon_where_no_page_names_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith(".svg")
