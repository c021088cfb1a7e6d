"""Records at the desk: versions of their cards, search in any script, lists that stay cheap."""

import pytest
from django.urls import reverse

from deposits.models import Deposit, Mineral
from projects.models import Project
from sources.models import Source, Tick
from tests.desk.forms import adding, address, filled, signed_in
from tests.factories import (
    DepositFactory,
    EstimateFactory,
    FindingFactory,
    OccurrenceFactory,
    PartnerFactory,
    ProjectFactory,
    SourceFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db


def public_deposit() -> Deposit:
    claim = published(EstimateFactory(), person("second", "editor"))
    return Deposit.objects.get(pk=claim.subject_id)


def test_saving_a_public_record_writes_a_version_at_a_new_tick(editor) -> None:
    deposit, before = public_deposit(), Tick.objects.count()
    client = signed_in(editor)
    data = filled(client.get(address(deposit)))
    assert client.post(address(deposit), {**data, "region": "Sughd"}).status_code == 302
    first, second = deposit.versions.order_by("from_tick")
    assert (first.document["region"], second.document["region"]) == ("", "Sughd")
    assert (first.until_tick, second.by, second.until_tick) == (second.from_tick, editor, None)
    assert Tick.objects.count() == before + 1


def test_a_new_spelling_of_a_name_is_a_change_of_the_card(editor) -> None:
    deposit = public_deposit()
    client = signed_in(editor)
    data = adding(filled(client.get(address(deposit))), "names", text="Кончоч", language="ru", kind="name")
    assert client.post(address(deposit), data).status_code == 302
    assert deposit.versions.get(until_tick=None).document["names"] == [["Кончоч", "ru", "name"]]


def test_deposits_worked_by_a_public_project_are_part_of_its_card(editor) -> None:
    claim = published(FindingFactory(subject=ProjectFactory()), person("second", "editor"))
    project, deposit = Project.objects.get(pk=claim.subject_id), DepositFactory()
    client = signed_in(editor)
    data = filled(client.get(address(project)))
    assert client.post(address(project), {**data, "deposits": [deposit.pk]}).status_code == 302
    assert project.versions.get(until_tick=None).document["deposits"] == [deposit.pk]


def test_saving_what_did_not_change_moves_no_clock(editor) -> None:
    deposit, before = public_deposit(), Tick.objects.count()
    client = signed_in(editor)
    assert client.post(address(deposit), filled(client.get(address(deposit)))).status_code == 302
    assert Tick.objects.count() == before


def test_a_record_made_at_the_desk_is_not_public_until_a_claim_names_it(contributor) -> None:
    client = signed_in(contributor)
    data = filled(client.get(address(Source, "add")))
    data |= {
        "name": "Report", "publisher": SourceFactory().publisher_id, "url": "https://example.org/r",
        "language": "en", "type": "report", "inferred": ["title"],
    }  # fmt: skip
    assert client.post(address(Source, "add"), data).status_code == 302
    source = Source.objects.get(name="Report")
    assert (source.is_public, source.inferred, source.versions.count()) == (False, ["title"], 0)
    published(EstimateFactory(source=source))
    source.refresh_from_db()
    assert source.is_public


def test_a_public_record_links_to_its_page_and_another_has_none(editor) -> None:
    assert not signed_in(editor).get(address(DepositFactory())).context["has_absolute_url"]
    deposit = public_deposit()
    context = signed_in(editor).get(address(deposit)).context
    assert context["absolute_url"].endswith(f"/en/deposits/{deposit.pk}-{deposit.slug}/")


# Finding records


@pytest.mark.parametrize(
    "term", ["Куйректыколь", "kuyrektykol", "KUIREKTYKOL", "Күйректікөл", "Karagan 3001"]
)
def test_a_deposit_is_found_by_any_spelling(loaded, editor, term) -> None:
    answer = signed_in(editor).get(address(Deposit, "changelist"), {"q": term})
    found = {deposit.name for deposit in answer.context["cl"].result_list}
    assert ("Kuirektykol" in found) is (term != "Karagan 3001")


def test_a_source_is_found_by_its_title_its_publisher_and_its_address(contributor) -> None:
    source = SourceFactory(name="Запасы лития", url="https://example.org/lithium")
    SourceFactory(name="Another")
    for term in ("запасы лития", "zapasy", source.publisher.name, "example.org/lith"):
        found = (
            signed_in(contributor).get(address(Source, "changelist"), {"q": term}).context["cl"].result_list
        )
        assert source in found, term
        assert len(found) == 1, term


def test_only_records_that_the_kind_can_be_about_are_suggested_as_its_subject(contributor) -> None:
    DepositFactory(name="Zhezdy")
    PartnerFactory(name="Zhezdy Ltd")
    asked = {"app_label": "deposits", "model_name": "location", "field_name": "subject", "term": "zhezd"}
    answer = signed_in(contributor).get(reverse("admin:autocomplete"), asked).json()
    assert [result["text"] for result in answer["results"]] == ["Zhezdy · deposit"]


def test_who_said_it_is_a_partner_a_country_or_a_publisher(contributor) -> None:
    DepositFactory(name="Zhezdy")
    PartnerFactory(name="Zhezdy Ltd")
    asked = {"app_label": "deposits", "model_name": "location", "field_name": "originator", "term": "zhezd"}
    answer = signed_in(contributor).get(reverse("admin:autocomplete"), asked).json()
    assert [result["text"] for result in answer["results"]] == ["Zhezdy Ltd · partner"]


def test_namesakes_are_told_apart_where_a_source_is_chosen(contributor) -> None:
    source = SourceFactory(name="Lithium", published="2025-06")
    asked = {"app_label": "deposits", "model_name": "location", "field_name": "source", "term": "lithium"}
    answer = signed_in(contributor).get(reverse("admin:autocomplete"), asked).json()
    assert answer["results"][0]["text"] == f"Lithium · {source.publisher.name} · 2025-06"


def test_a_stranger_gets_no_suggestions(stranger) -> None:
    asked = {"app_label": "deposits", "model_name": "location", "field_name": "source", "term": "l"}
    assert signed_in(stranger).get(reverse("admin:autocomplete"), asked).status_code in (302, 403)


def test_deposits_are_filtered_by_mineral_and_by_work_in_hand(editor) -> None:
    claim = published(OccurrenceFactory(), person("second", "editor"))
    other = OccurrenceFactory()
    client = signed_in(editor)

    def found(**asked: str) -> set[int]:
        page = client.get(address(Deposit, "changelist"), asked)
        return {deposit.pk for deposit in page.context["cl"].result_list}

    mineral = Mineral.objects.get(pk=claim.mineral_id)
    assert found(mineral=str(mineral.pk)) == {claim.subject_id}
    assert found(in_hand="draft") == {other.subject_id}
    assert found(mineral="nonsense", in_hand="nonsense") == {claim.subject_id, other.subject_id}


# Costs


@pytest.mark.parametrize(
    ("model", "pages", "queries"),
    [("deposits.deposit", "list", 12), ("deposits.deposit", 3001, 21), ("projects.project", 4001, 27),
     ("sources.source", "list", 12), ("sources.claim", "list", 21)],
)  # fmt: skip
def test_pages_of_the_desk_ask_few_queries(
    loaded, editor, django_assert_max_num_queries, model: str, pages: str | int, queries: int
) -> None:
    client = signed_in(editor)
    app, name = model.split(".")
    page = "changelist" if pages == "list" else "change"
    place = reverse(f"admin:{app}_{name}_{page}", args=[] if pages == "list" else [pages])
    client.get(place)
    with django_assert_max_num_queries(queries):
        assert client.get(place).status_code == 200
