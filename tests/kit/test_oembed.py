"""oEmbed 1.0, section 2.3 of https://oembed.com/: what every answer of type rich must have."""

import re
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from atlas.addresses import address
from sources import review

from .conftest import Told

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def asked(client: Client, page: str, **more: str) -> dict[str, object]:
    answer = client.get("/oembed", {"url": HOST + page, **more})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def pages(told: Told) -> list[str]:
    return [
        address(told.deposit),
        f"/d/{told.deposit.pk}",
        f"/ru/deposits/{told.deposit.pk}-any-name/",
        address(told.deposit.country),
        f"/en/claims/{told.claim.pk}/",
        f"/c/{told.claim.pk}",
        "/en/?country=UZ",
        f"/en/embed/deposit/{told.deposit.pk}/",
        f"/en/embed/point/{told.deposit.pk}/{told.claim.point}/",
    ]


def test_every_page_that_can_be_embedded_answers_as_rich(client: Client, told: Told) -> None:
    for page in pages(told):
        answer = asked(client, page)
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        assert isinstance(answer["width"], int)
        assert isinstance(answer["height"], int)
        assert str(answer["html"]).startswith(f'<iframe src="{HOST}/')
        assert f'width="{answer["width"]}" height="{answer["height"]}"' in str(answer["html"])


def test_the_frames_address_shows_what_was_asked_for(client: Client, told: Told) -> None:
    for page in pages(told):
        html = str(asked(client, page)["html"])
        source = html.split('src="')[1].split('"')[0].replace("&amp;", "&").removeprefix(HOST)
        assert client.get(source).status_code == 200


def test_the_xml_says_the_same_as_the_json(client: Client, told: Told) -> None:
    json = asked(client, address(told.deposit))

    answer = client.get("/oembed", {"url": HOST + address(told.deposit), "format": "xml"})

    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    assert {field.tag: field.text for field in root} == {name: str(value) for name, value in json.items()}


def test_the_language_and_the_moment_of_the_page_are_kept(client: Client, told: Told) -> None:
    html = str(asked(client, f"/ru/deposits/{told.deposit.pk}-x/?as_of={told.tick}")["html"])

    assert f"/ru/embed/deposit/{told.deposit.pk}/?as_of={told.tick}" in html


def test_sizes_stay_within_what_the_asker_allows(client: Client, told: Told) -> None:
    answer = asked(client, address(told.deposit), maxwidth="300", maxheight="200")

    assert (answer["width"], answer["height"]) == (300, 200)


@pytest.mark.parametrize("most", ["", "wide", "-1", "٣", "0", "00000", "9" * 400])
def test_a_size_that_is_none_is_ignored(client: Client, told: Told, most: str) -> None:
    assert asked(client, address(told.deposit), maxwidth=most)["width"] == 640


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://elsewhere.example/en/",
        HOST + "/en/nowhere/",
        HOST + "/en/deposits/999999-x/",
        HOST + "/en/claims/999999/",
        HOST + "/en/search/",
        HOST + "/en/?as_of=2099-01-01",
        "http://[",
    ],
)
def test_what_cannot_be_embedded_is_not_found(client: Client, told: Told, url: str) -> None:
    assert client.get(f"/oembed?url={quote(url)}").status_code == 404


def test_the_map_keeps_its_address_in_the_frame(client: Client, told: Told) -> None:
    html = str(asked(client, f"/en/?country=UZ&view=6/45.1/66&as_of={told.tick}")["html"])

    assert f"/en/embed/map/?country=UZ&amp;view=6/45.1/66&amp;as_of={told.tick}" in html


def test_the_discovery_links_of_a_page_lead_to_its_answers(client: Client, told: Told) -> None:
    page = client.get(f"{address(told.deposit)}?as_of={told.tick}").content.decode()

    for form, kind in (("json", "application/json+oembed"), ("xml", "text/xml+oembed")):
        [href] = re.findall(rf'<link rel="alternate" type="{re.escape(kind)}" href="([^"]+)"', page)
        answer = client.get(unescape(href).removeprefix(HOST))
        assert answer.status_code == 200
        assert form in answer["Content-Type"]
        assert f"as_of={told.tick}" in answer.content.decode()


@pytest.mark.parametrize("path", ["/oembed", "/oembed?url=", "/oembed?format=json"])
def test_without_an_address_there_is_nothing_to_embed(client: Client, told: Told, path: str) -> None:
    assert client.get(path).status_code == 404


def test_asking_is_all_one_can_do(client: Client, told: Told) -> None:
    assert client.post("/oembed", {"url": HOST + address(told.deposit)}).status_code == 405


def test_another_format_is_not_implemented(client: Client, told: Told) -> None:
    refused = client.get("/oembed", {"url": HOST + address(told.deposit), "format": "yaml"})
    assert refused.status_code == 501
    assert "json and xml" in refused.json()["error"]


def test_a_claim_that_no_longer_stands_is_not_embedded_but_is_as_of_when_it_did(
    client: Client, told: Told
) -> None:
    review.retract(told.claim, by=told.editor, because="Wrong.")

    assert client.get("/oembed", {"url": f"{HOST}/en/claims/{told.claim.pk}/"}).status_code == 404
    assert "as_of" in str(asked(client, f"/en/claims/{told.claim.pk}/?as_of={told.tick}")["html"])
