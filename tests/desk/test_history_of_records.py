"""A record's history at the desk: what each card changed, readable, and an earlier one brought back."""

import pytest

from deposits.models import Deposit
from partners.models import Partner
from projects.models import Project
from sources import merging
from sources.models import Source, Tick
from tests.desk.forms import adding, address, filled, messages_of, signed_in
from tests.factories import (
    DepositFactory,
    EstimateFactory,
    FindingFactory,
    PartnerFactory,
    ProjectFactory,
    SourceFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db


def public(record):
    claim = published(FindingFactory(subject=record), person("third", "editor"))
    return type(record).objects.get(pk=claim.subject_id)


def changed(editor, record, **values):
    client = signed_in(editor)
    data = {**filled(client.get(address(record))), **values}
    assert client.post(address(record), data).status_code == 302
    record.refresh_from_db()


def differences(someone, record) -> list[dict[str, tuple[str, str]]]:
    """Of each card, newest first: what it changed."""
    shown = signed_in(someone).get(address(record, "history")).context["editions"]
    return [{d.label: (d.before, d.after) for d in edition.differences} for edition in shown]


def test_every_field_that_changed_is_told_in_words(editor) -> None:
    country = DepositFactory(country__name="Tajikistan").country
    deposit = public(DepositFactory(country__name="Uzbekistan"))
    changed(editor, deposit, region="Sughd", country=country.pk)
    assert differences(editor, deposit) == [
        {"Country": ("Uzbekistan", "Tajikistan"), "Region": ("", "Sughd")},
        {},
    ]


def test_names_that_came_and_went_are_told(editor) -> None:
    deposit = public(DepositFactory())
    client = signed_in(editor)
    data = adding(filled(client.get(address(deposit))), "names", text="Кончоч", language="ru", kind="name")
    client.post(address(deposit), data)
    changed(editor, deposit, **{"names-0-text": "Кончочь"})
    [newest, first, _begin] = differences(editor, deposit)
    assert first["Names"] == ("", "Кончоч (Russian, name in that language)")
    assert newest["Names"] == (
        "Кончоч (Russian, name in that language)",
        "Кончочь (Russian, name in that language)",
    )


def test_source_metadata_and_grades_are_told(editor) -> None:
    source = Source.objects.get(pk=published(EstimateFactory(source=SourceFactory())).source_id)
    changed(editor, source, reliability="B", author="A. Author")
    [newest, _first] = differences(editor, source)
    assert newest["Author"] == ("", "A. Author")
    assert newest["Reliability"][1].startswith("B")


def test_links_between_records_are_told_by_name(editor) -> None:
    project, deposit = public(ProjectFactory()), DepositFactory(name="Zhezdy")
    changed(editor, project, deposits=[deposit.pk])
    assert differences(editor, project)[0] == {"Deposits": ("", "Zhezdy")}


def test_a_merge_is_told(editor) -> None:
    one, two = public(PartnerFactory(name="One")), public(PartnerFactory(name="Two"))
    merging.merge(one, two, editor)
    assert differences(editor, one)[0] == {"Merged into": ("", "Two")}


def test_an_earlier_card_comes_back_as_a_new_one(editor) -> None:
    project, deposit = ProjectFactory(name="Before", note="One."), DepositFactory()
    project.deposits.add(deposit)
    project.names.create(text="До", language="ru")
    project = public(project)
    first = project.versions.get()
    changed(editor, project, name="After", note="", deposits=[], **{"names-0-text": "После"})
    client, standing = signed_in(editor), project.versions.get(until_tick=None).from_tick
    page = client.post(address(project, "restore", first.from_tick), {"standing": standing}, follow=True)
    assert f"The card of tick {first.from_tick} is restored" in messages_of(page)
    project = Project.objects.get(pk=project.pk)
    newest = project.versions.get(until_tick=None)
    assert newest.document == first.document and newest.by == editor
    assert (project.name, project.note, list(project.deposits.all())) == ("Before", "One.", [deposit])
    assert [name.text for name in project.names.all()] == ["До"]
    assert Tick.objects.get(number=newest.from_tick).why == "earlier card restored"
    assert project.versions.count() == 3


def test_restoring_what_somebody_changed_meanwhile_is_refused(editor, second_editor) -> None:
    deposit = public(DepositFactory())
    first = deposit.versions.get()
    changed(editor, deposit, region="Sughd")
    seen = deposit.versions.get(until_tick=None).from_tick
    changed(second_editor, deposit, region="Khatlon")
    page = signed_in(editor).post(
        address(deposit, "restore", first.from_tick), {"standing": seen}, follow=True
    )
    assert "changed meanwhile" in messages_of(page)
    deposit.refresh_from_db()
    assert deposit.region == "Khatlon"


@pytest.mark.parametrize("standing", ["", "x", "99999999999999999999", "0"])
def test_nonsense_restores_nothing(editor, standing) -> None:
    deposit = public(DepositFactory())
    first = deposit.versions.get()
    changed(editor, deposit, region="Sughd")
    signed_in(editor).post(address(deposit, "restore", first.from_tick), {"standing": standing})
    assert Deposit.objects.get(pk=deposit.pk).region == "Sughd"
    assert signed_in(editor).post(address(deposit, "restore", 999)).status_code == 404


def test_restoring_what_stands_changes_nothing(editor) -> None:
    deposit, ticks = public(DepositFactory()), Tick.objects.count()
    tick = deposit.versions.get().from_tick
    page = signed_in(editor).post(address(deposit, "restore", tick), {"standing": tick}, follow=True)
    assert "reads so already" in messages_of(page)
    assert Tick.objects.count() == ticks


def test_a_contributor_reads_the_history_and_restores_nothing(contributor, editor) -> None:
    deposit = public(DepositFactory())
    first = deposit.versions.get()
    changed(editor, deposit, region="Sughd")
    assert differences(contributor, deposit)[0] == {"Region": ("", "Sughd")}
    client, standing = signed_in(contributor), deposit.versions.get(until_tick=None).from_tick
    assert "Restore the card" not in client.get(address(deposit, "history")).content.decode()
    place = address(deposit, "restore", first.from_tick)
    assert client.post(place, {"standing": standing}).status_code == 403


def test_a_record_that_is_not_public_has_no_card_yet(editor) -> None:
    partner = PartnerFactory()
    page = signed_in(editor).get(address(partner, "history"))
    assert page.status_code == 200 and page.context["editions"] == []
    assert signed_in(editor).get(address(Partner, "changelist") + "x/history/").status_code in (302, 404)
