import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from atlas.addresses import address
from sources import review
from sources.recording import publish_record
from tests import factories

from .conftest import Told

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, path: str) -> feedparser.FeedParserDict:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert feed.bozo is False
    assert feed.version == "atom10"
    return feed


def test_an_entry_carries_old_and_new_value_and_both_sources(client: Client, told: Told) -> None:
    source = factories.SourceFactory(name="Second report", publisher__name="Ministry of Geology")
    told.replaced_by(quantity=1200, source=source, note="The report counted ore.")

    entry = read(client, "/en/feeds/all.atom").entries[0]

    assert "→" in entry.title
    for words in ("1,000", "1,200", "First report", "Geology Weekly", "Second report", "Ministry of Geology"):
        assert words in entry.summary
    assert "The report counted ore." in entry.summary
    assert entry.link.endswith(f"/en/claims/{told.claim.pk + 1}/?as_of={told.tick + 1}")


def test_entries_keep_their_id_in_every_language(client: Client, told: Told) -> None:
    told.retract()

    english, russian = (read(client, f"/{language}/feeds/all.atom") for language in ("en", "ru"))

    assert [entry.id for entry in english.entries] == [entry.id for entry in russian.entries]
    assert len({entry.id for entry in english.entries}) == 2
    assert (english.feed.language, russian.feed.language) == ("en", "ru")


@pytest.mark.parametrize(
    "path",
    [
        "feeds/all.atom",
        "feeds/corrections.atom",
        "feeds/search.atom?q=Shavazsay",
        "feeds/map.atom?country=UZ",
    ],
)
def test_a_feed_keeps_the_rules_of_atom(client: Client, told: Told, path: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: what every feed and every entry must have, and have once."""
    told.replaced_by(quantity=1200)

    root = ElementTree.fromstring(client.get(f"/en/{path}").content)

    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{ATOM}{name}")
            assert found.text
        assert dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme in ("http", "tag")
        assert len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
    [own] = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == f"http://testserver/en/{path}"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert root.findtext(f"{ATOM}updated") == moments[0]


def test_a_reader_hears_of_each_change_once(client: Client, told: Told) -> None:
    path = address(told.deposit) + "feed.atom"
    first = read(client, path)
    new = told.replaced_by(quantity=1200)
    second = read(client, path)
    review.retract(new, by=told.editor, because="The ministry withdrew its report.")
    third = read(client, path)

    known: set[str] = set()
    for feed, heard in ((first, ["1,000"]), (second, ["→"]), (third, ["withdrawn"])):
        fresh = [entry for entry in feed.entries if entry.id not in known]
        assert [word in entry.title for entry, word in zip(fresh, heard, strict=True)] == [True]
        known |= {entry.id for entry in feed.entries}
    assert {entry.id for entry in first.entries} < {entry.id for entry in third.entries}


def test_a_reader_that_knows_the_newest_is_sent_nothing(client: Client, told: Told) -> None:
    path = "/en/feeds/all.atom"
    etag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304

    told.retract()
    answer = client.get(path, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_pages_name_their_feeds(client: Client, told: Told) -> None:
    partner = factories.published(factories.InvolvementFactory()).partner
    for record in (told.deposit, told.deposit.country, told.mineral, partner, told.claim.source):
        publish_record(record, told.editor)
        page = client.get(address(record)).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" href="{address(record)}feed.atom">' in page
    page = client.get("/en/?country=UZ").content.decode()
    assert 'type="application/atom+xml" href="/en/feeds/map.atom?country=UZ"' in page


def test_corrections_alone_leave_out_what_is_new(client: Client, told: Told) -> None:
    assert read(client, "/en/feeds/corrections.atom").entries == []
    told.retract()

    assert len(read(client, "/en/feeds/corrections.atom").entries) == 1


@pytest.mark.parametrize("kind", ["deposit", "country", "source"])
def test_a_record_has_a_feed(client: Client, told: Told, kind: str) -> None:
    record = {"deposit": told.deposit, "country": told.deposit.country, "source": told.claim.source}[kind]

    [entry] = read(client, address(record) + "feed.atom").entries

    assert "1,000" in entry.title


def test_a_search_has_a_feed_of_what_it_finds_in_any_script(client: Client, told: Told) -> None:
    factories.published(
        factories.EstimateFactory(
            subject__name="Uchkulach", subject__country=told.deposit.country, quantity=77
        )
    )

    titles = [entry.title for entry in read(client, "/en/feeds/search.atom?q=Шавазсай").entries]

    assert len(titles) == 1
    assert "Shavazsay" in titles[0]


def test_a_search_that_finds_nothing_has_an_empty_feed(client: Client, told: Told) -> None:
    feed = read(client, "/en/feeds/search.atom?q=" + "x" * 3000)

    assert feed.entries == []
    assert feed.feed.updated


def test_a_filtered_map_has_a_feed(client: Client, told: Told) -> None:
    elsewhere = factories.CountryFactory(name="Tajikistan", iso2="TJ")
    publish_record(elsewhere, told.editor)
    factories.published(factories.EstimateFactory(subject__name="Uchkulach", subject__country=elsewhere))

    titles = [entry.title for entry in read(client, "/en/feeds/map.atom?country=UZ").entries]

    assert [title.split(":")[0] for title in titles] == ["Shavazsay"]


def test_a_suppressed_claim_is_in_no_feed(client: Client, told: Told) -> None:
    told.suppress(told.claim)

    assert read(client, "/en/feeds/all.atom").entries == []


def test_what_xml_cannot_hold_is_left_out(client: Client, told: Told) -> None:
    told.retract("A line\x0bfeed and a bell\x07.")

    assert "A linefeed and a bell." in read(client, "/en/feeds/all.atom").entries[0].summary


def test_every_record_of_the_atlas_has_a_feed_that_parses(client: Client, loaded: int) -> None:
    from atlas.published.keeper import keeper

    snapshot = keeper.newest()
    records = [*snapshot.countries, snapshot.all_minerals[0], snapshot.partners[5], snapshot.deposits[7]]
    for record in [*records, snapshot.projects[3], snapshot.publishers[2]]:
        assert read(client, address(record) + "feed.atom").entries


def test_a_feed_asks_the_database_little(
    client: Client, loaded: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/feeds/all.atom")

    with django_assert_max_num_queries(12):
        client.get("/en/feeds/all.atom")


def test_the_page_of_feeds_names_them(client: Client, loaded: int) -> None:
    page = client.get("/en/feeds/").content.decode()

    assert page.count("feed.atom") > 80
    assert "/en/feeds/corrections.atom" in page
