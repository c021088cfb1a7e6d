import json
import re

import bibtexparser
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from atlas.addresses import address
from atlas.citing.files import FORMATS
from atlas.citing.items import claim_item, record_item
from atlas.moments import Moment
from atlas.published.keeper import keeper
from sources import review
from sources.models import Claim, Record
from sources.models.claims import typed
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The following arguments for Reference"),  # citeproc-py knows no custom
]

SITE = "https://atlas.example"


@pytest.fixture
def kuirektykol(loaded: int) -> Record:
    return next(deposit for deposit in keeper.newest().deposits if deposit.name == "Kuirektykol")


def test_every_record_is_cited_in_files_that_parse(loaded: int) -> None:
    moment = Moment(keeper.newest())
    records = [record for record in moment.snapshot.records.values() if record.kind != "region"]
    items = [record_item(record, moment, SITE) for record in records]

    library = bibtexparser.parse_string(FORMATS["bib"].write(items))
    references = rispy.loads(FORMATS["ris"].write(items))
    read = CiteProcJSON(json.loads(FORMATS["json"].write(items)))

    assert [str(read[item["id"]].title) for item in items] == [item["title"] for item in items]
    assert library.failed_blocks == []
    assert library.entries_dict.keys() == {item["id"] for item in items}
    assert [reference["urls"] for reference in references] == [[item["URL"]] for item in items]
    assert all(f"?as_of={loaded}" in item["URL"] for item in items if item["type"] == "entry")


def test_every_claim_is_cited_from_its_source_via_the_atlas(loaded: int) -> None:
    moment = Moment(keeper.newest())
    claims = moment.snapshot.attach(Claim.objects.as_of(loaded))
    items = [claim_item(claim, moment, SITE) for claim in claims]

    library = bibtexparser.parse_string(FORMATS["bib"].write(items))
    references = rispy.loads(FORMATS["ris"].write(items))
    read = CiteProcJSON(json.loads(FORMATS["json"].write(items)))

    assert all(str(read[item["id"]].note) == item["note"] for item in items)
    assert library.failed_blocks == []
    assert len(library.entries) == len(references) == len(claims) > 5000
    for claim, item, reference in zip(claims, items, references, strict=True):
        assert reference["urls"] == [claim.source.url]
        assert f"{SITE}/en/claims/{claim.pk}/?as_of={loaded}" in reference["notes"][0]
        assert item["custom"]["via"]["URL"] == f"{SITE}/en/claims/{claim.pk}/?as_of={loaded}"


def test_a_records_cite_page_has_every_style_and_names_its_sources(
    client: Client, kuirektykol: Record
) -> None:
    page = client.get(address(kuirektykol) + "cite/")

    text = page.content.decode()
    for key in ("plain", "apa", "chicago", "gost", "bib", "ris", "json"):
        assert f'id="cite-{key}"' in text
    assert "as_of=1" in text
    assert text.count("/en/sources/") > 5


@pytest.mark.parametrize("ending", list(FORMATS))
def test_a_records_file_holds_the_page_and_the_sources_it_rests_on(
    client: Client, kuirektykol: Record, ending: str
) -> None:
    file = client.get(address(kuirektykol) + f"cite.{ending}")

    assert file["Content-Type"] == FORMATS[ending].media_type
    assert f'filename="deposit-{kuirektykol.pk}.{ending}"' in file["Content-Disposition"]
    identifiers = set(re.findall(r"(?:deposit|source)-\d+", file.content.decode()))
    assert f"deposit-{kuirektykol.pk}" in identifiers
    assert len(identifiers) > 5


def test_a_source_is_cited_as_the_publication_itself(client: Client, loaded: int) -> None:
    source = keeper.newest().sources[0]

    [item] = json.loads(client.get(address(source) + "cite.json").content)

    assert item["URL"] == source.url
    assert "custom" not in item


def test_a_claims_cite_page_puts_the_original_source_first(client: Client, loaded: int) -> None:
    claim = Claim.objects.filter(kind="estimate").select_related("source").first()

    page = client.get(f"/en/claims/{claim.pk}/cite/").content.decode()

    apa = page[page.index('id="cite-apa"') :]
    assert apa.index(claim.source.url) < apa.index(f"/en/claims/{claim.pk}/?as_of=1")


def test_a_citation_in_russian_names_the_russian_page(client: Client, loaded: int) -> None:
    claim = Claim.objects.first()

    [item] = json.loads(client.get(f"/ru/claims/{claim.pk}/cite.json").content)

    assert f"/ru/claims/{claim.pk}/?as_of=1" in item["custom"]["via"]["URL"]


def test_a_withdrawn_claim_can_be_cited_and_says_so(client: Client, loaded: int) -> None:
    claim = Claim.objects.filter(kind="estimate").first()
    review.retract(claim, by=factories.person("editor", "editor"), because="The source took it back.")

    assert "no longer stands" in client.get(f"/en/claims/{claim.pk}/cite/").content.decode()
    assert "no longer stands" not in client.get(f"/en/claims/{claim.pk}/cite/?as_of=1").content.decode()


def test_a_suppressed_claim_is_not_cited(client: Client, loaded: int) -> None:
    claim = Claim.objects.filter(kind="estimate").first()
    administrators = [factories.person(name, "administrator") for name in ("first", "second")]
    review.suppress(claim, by=administrators[0], agreed=administrators[1], because="A court order.")

    answer = client.get(f"/en/claims/{claim.pk}/cite/")

    assert answer.status_code == 302
    assert answer["Location"] == f"/en/claims/{claim.pk}/"


def test_a_draft_is_not_cited(client: Client, loaded: int) -> None:
    draft = factories.EstimateFactory()

    assert client.get(f"/en/claims/{draft.pk}/cite/").status_code == 404


def test_another_slug_redirects_to_the_record_as_it_is_called(client: Client, kuirektykol: Record) -> None:
    answer = client.get(f"/en/deposits/{kuirektykol.pk}-old-name/cite/?as_of=1")

    assert answer.status_code == 301
    assert answer["Location"] == address(kuirektykol) + "cite/?as_of=1"


@pytest.mark.parametrize(
    "path", ["deposits/999999-x/cite/", "minerals/3001-x/cite/", "claims/999999999/cite/"]
)
def test_what_the_atlas_does_not_have_is_not_found(client: Client, loaded: int, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


def test_a_cite_page_asks_the_database_little(
    client: Client, kuirektykol: Record, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        client.get(address(kuirektykol) + "cite/")
    claim = typed(Claim.objects.filter(kind="investment")[:1])[0]
    with django_assert_max_num_queries(7):
        client.get(f"/en/claims/{claim.pk}/cite/")
