"""Two editors on the same thing: the second is told, keeps what they typed, and nothing is lost silently."""

from typing import Any

import pytest
from django.test import Client

from deposits.models import Deposit, ResourceEstimate
from sources.admin import opened
from sources.models import Claim, ClaimText, Name, Publisher, Source
from tests.desk.forms import adding, address, filled, signed_in
from tests.factories import (
    DepositFactory,
    EstimateFactory,
    FindingFactory,
    PartnerFactory,
    ProjectFactory,
    PublisherFactory,
    SourceFactory,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(editor) -> Client:
    return signed_in(editor)


@pytest.fixture
def second(second_editor) -> Client:
    return signed_in(second_editor)


def opens(client: Client, thing: Any) -> dict[str, Any]:
    return filled(client.get(address(thing)))


def saves(client: Client, thing: Any, data: dict[str, Any]) -> Any:
    return client.post(address(thing), data)


def told(answer: Any) -> dict[str, tuple[str, str, str]]:
    """What the page says was changed meanwhile: before, now and mine, by field."""
    assert answer.status_code == 200
    return {
        c.label: (c.before, c.now, c.mine) for _kind, changes in answer.context["meanwhile"] for c in changes
    }


def sent_again(answer: Any, **typed: Any) -> dict[str, Any]:
    return {**filled(answer), **typed}


RECORDS = [
    (DepositFactory, "region", {"region": "Sughd"}, {"region": "Khatlon"}),
    (ProjectFactory, "note", {"note": "One."}, {"note": "Two."}),
    (PartnerFactory, "website", {"website": "https://one.example/"}, {"website": "https://two.example/"}),
    (SourceFactory, "author", {"author": "A. One"}, {"author": "B. Two"}),
    (PublisherFactory, "name", {"name": "One"}, {"name": "Two"}),
]


@pytest.mark.parametrize(("factory", "field", "one", "two"), RECORDS, ids=[r[0].__name__ for r in RECORDS])
def test_the_later_save_does_not_win_silently(first, second, factory, field, one, two) -> None:
    record = factory()
    theirs, mine = opens(first, record), opens(second, record)
    assert saves(first, record, {**theirs, **one}).status_code == 302
    answer = saves(second, record, {**mine, **two})
    [(before, now, typed)] = told(answer).values()
    assert (now, typed) == (one[field], two[field]) and before != now
    record.refresh_from_db()
    assert getattr(record, field) == one[field]
    assert answer.context["adminform"].form[field].value() == two[field]


def test_the_page_says_who_changed_it_and_when(first, second, editor) -> None:
    deposit = DepositFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd"})
    answer = saves(second, deposit, {**mine, "region": "Khatlon"})
    [(name, moment)] = answer.context["changed_by"]
    assert name == str(editor) and moment
    text = answer.content.decode()
    assert "Changed while your form lay open" in text and f"By {editor}," in text


def test_saving_again_is_a_decision_and_goes_through(first, second) -> None:
    deposit = DepositFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd", "note": "Theirs."})
    answer = saves(second, deposit, {**mine, "region": "Khatlon"})
    assert saves(second, deposit, sent_again(answer)).status_code == 302
    deposit.refresh_from_db()
    assert (deposit.region, deposit.note) == ("Khatlon", "Theirs.")


def test_sending_the_old_page_again_is_no_decision(first, second) -> None:
    deposit = DepositFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd"})
    for _time in range(2):
        assert told(saves(second, deposit, {**mine, "region": "Khatlon"}))


def test_a_third_change_between_is_told_again(first, second, administrator) -> None:
    deposit = DepositFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd"})
    answer = saves(second, deposit, {**mine, "region": "Khatlon"})
    third = signed_in(administrator)
    saves(third, deposit, {**opens(third, deposit), "region": "Ghissar"})
    assert told(saves(second, deposit, sent_again(answer)))["Region"] == ("Sughd", "Ghissar", "Khatlon")


def test_another_field_of_the_same_record_is_told_too_and_taken_over(first, second) -> None:
    deposit = DepositFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd"})
    answer = saves(second, deposit, {**mine, "note": "Mine."})
    assert told(answer) == {"Region": ("—", "Sughd", "")}
    form = answer.context["adminform"].form
    assert (form["region"].value(), form["note"].value()) == ("Sughd", "Mine.")


def test_who_typed_the_same_is_not_troubled(first, second) -> None:
    deposit = DepositFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    for client, data in ((first, theirs), (second, mine)):
        assert saves(client, deposit, {**data, "region": "Sughd"}).status_code == 302


def test_a_card_that_one_left_alone_is_left_as_the_other_made_it(first, second) -> None:
    deposit, source = DepositFactory(), SourceFactory()
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd"})
    mine = adding(mine, "location", latitude="39", longitude="68", precision="site", source=source.pk)
    assert saves(second, deposit, mine).status_code == 302
    deposit.refresh_from_db()
    assert deposit.region == "Sughd" and deposit.claims.count() == 1


def test_links_between_records_are_told(first, second) -> None:
    project, one, two = ProjectFactory(), DepositFactory(name="Zhezdy"), DepositFactory(name="Akzhal")
    theirs, mine = opens(first, project), opens(second, project)
    saves(first, project, {**theirs, "deposits": [one.pk]})
    answer = saves(second, project, {**mine, "deposits": [two.pk]})
    assert told(answer) == {"Deposits": ("—", "Zhezdy", "Akzhal")}
    assert saves(second, project, sent_again(answer)).status_code == 302
    assert list(project.deposits.all()) == [two]


def test_a_line_of_text_that_nobody_touched_is_no_conflict_for_its_line_ends(first, second) -> None:
    deposit = DepositFactory(note="one\ntwo")
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "region": "Sughd"})
    answer = saves(second, deposit, {**mine, "note": "one\r\ntwo", "type_group": ""})
    assert answer.status_code == 302


# Names


def test_one_spelling_changed_by_two(first, second) -> None:
    deposit = DepositFactory()
    name = Name.objects.create(record=deposit, text="Кончоч", language="ru")
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "names-0-text": "Кончочь"})
    answer = saves(second, deposit, {**mine, "names-0-text": "Конкоч"})
    assert told(answer)["Text"] == ("Кончоч", "Кончочь", "Конкоч")
    name.refresh_from_db()
    assert name.text == "Кончочь"
    assert saves(second, deposit, sent_again(answer)).status_code == 302
    name.refresh_from_db()
    assert name.text == "Конкоч"


def test_a_spelling_changed_by_one_stays_so_when_the_other_saves_something_else(first, second) -> None:
    deposit = DepositFactory()
    name = Name.objects.create(record=deposit, text="Кончоч", language="ru")
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "names-0-text": "Кончочь"})
    assert saves(second, deposit, {**mine, "region": "Sughd"}).status_code == 302
    name.refresh_from_db()
    deposit.refresh_from_db()
    assert (name.text, deposit.region) == ("Кончочь", "Sughd")


def test_a_spelling_deleted_by_one_is_dropped_when_the_other_left_it_alone(first, second) -> None:
    deposit = DepositFactory()
    Name.objects.create(record=deposit, text="Кончоч", language="ru")
    theirs, mine = opens(first, deposit), opens(second, deposit)
    assert saves(first, deposit, {**theirs, "names-0-DELETE": "on"}).status_code == 302
    assert saves(second, deposit, {**mine, "region": "Sughd"}).status_code == 302
    assert not deposit.names.exists()


def test_a_spelling_deleted_by_one_and_changed_by_the_other_is_told_and_can_come_back(first, second) -> None:
    deposit = DepositFactory()
    Name.objects.create(record=deposit, text="Кончоч", language="ru")
    theirs, mine = opens(first, deposit), opens(second, deposit)
    saves(first, deposit, {**theirs, "names-0-DELETE": "on"})
    answer = saves(second, deposit, {**mine, "names-0-text": "Конкоч"})
    assert told(answer)["This row"][1] == "deleted"
    assert not deposit.names.exists()
    again = {**{k: v for k, v in mine.items() if k != "opened"}, "names-0-text": "Конкоч"}
    assert saves(second, deposit, {**again, "opened": answer.context["opened"]}).status_code == 302
    assert [name.text for name in deposit.names.all()] == ["Конкоч"]


# Claims


def test_a_draft_changed_by_two_in_its_record(first, second) -> None:
    claim = EstimateFactory(quantity=1000)
    deposit = Deposit.objects.get(pk=claim.subject_id)
    theirs, mine = opens(first, deposit), opens(second, deposit)
    assert saves(first, deposit, {**theirs, "estimate-0-quantity": "2000"}).status_code == 302
    answer = saves(second, deposit, {**mine, "estimate-0-quantity": "3000"})
    assert told(answer)["Quantity"] == ("1000", "2000", "3000")
    assert ResourceEstimate.objects.get().quantity == 2000
    assert saves(second, deposit, sent_again(answer)).status_code == 302
    assert ResourceEstimate.objects.get().quantity == 3000


def test_a_draft_changed_by_two_in_its_own_form_and_who(first, second, editor) -> None:
    claim = FindingFactory()
    theirs, mine = opens(first, claim), opens(second, claim)
    assert saves(first, claim, {**theirs, "statement": "One."}).status_code == 302
    answer = saves(second, claim, {**mine, "statement": "Two."})
    assert told(answer)["Statement"][1:] == ("One.", "Two.")
    assert answer.context["changed_by"][0][0] == str(editor)
    assert saves(second, claim, sent_again(answer)).status_code == 302


def test_a_draft_changed_in_its_own_form_and_in_its_record(first, second) -> None:
    claim = EstimateFactory(quantity=1000)
    deposit = Deposit.objects.get(pk=claim.subject_id)
    theirs, mine = opens(first, claim), opens(second, deposit)
    saves(first, claim, {**theirs, "quantity": "2000"})
    assert "Quantity" in told(saves(second, deposit, {**mine, "estimate-0-quantity": "3000"}))


def test_a_draft_deleted_by_one_is_not_lost_to_the_other(first, second) -> None:
    claim = EstimateFactory(quantity=1000)
    deposit = Deposit.objects.get(pk=claim.subject_id)
    mine = opens(second, deposit)
    assert first.post(address(claim, "delete"), {"post": "yes"}).status_code == 302
    typed = {**mine, "estimate-0-quantity": "3000"}
    answer = saves(second, deposit, typed)
    assert "This row" in told(answer)
    assert saves(second, deposit, {**typed, "opened": answer.context["opened"]}).status_code == 302
    again = ResourceEstimate.objects.get()
    assert (again.quantity, again.author.username) == (3000, "second-editor")


def test_a_translation_changed_by_two(first, second) -> None:
    claim = published(FindingFactory())
    text = ClaimText.objects.create(
        claim=Claim.objects.get(pk=claim.pk), field="statement", language="ru", text="Было."
    )
    theirs, mine = opens(first, text), opens(second, text)
    assert saves(first, text, {**theirs, "text": "Одно."}).status_code == 302
    assert told(saves(second, text, {**mine, "text": "Другое."}))["Text"] == ("Было.", "Одно.", "Другое.")


# What is sent along


@pytest.mark.parametrize("sent", [{}, {"opened": ""}, {"opened": "forged"}, {"opened": "a:b:c"}])
def test_a_form_without_the_state_it_was_opened_with_saves_nothing(first, sent) -> None:
    deposit = DepositFactory()
    data = {k: v for k, v in opens(first, deposit).items() if k != "opened"}
    answer = saves(first, deposit, {**data, **sent, "region": "Sughd"})
    assert "lost its place" in str(answer.context["adminform"].form.non_field_errors())
    deposit.refresh_from_db()
    assert deposit.region == ""


def test_the_state_cannot_be_made_up(first) -> None:
    deposit = DepositFactory()
    sealed = opened.Opened(opened.timezone.now(), {}).sealed()
    assert opened.unsealed({"opened": sealed}) is not None
    assert opened.unsealed({"opened": sealed[:-2] + "xx"}) is None
    assert opens(first, deposit)["opened"]


@pytest.mark.parametrize("model", [Deposit, Source, Publisher])
def test_a_new_record_has_no_state(first, model) -> None:
    assert "meanwhile" not in first.get(address(model, "add")).context
