"""Readers' suggestions at the desk: a claim is made of one in one step, or its sender is answered."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from deposits.models import Occurrence
from sources.answering import decline, take_up
from sources.models import Suggestion
from sources.review import TransitionRefused
from tests.desk.forms import address, filled, signed_in
from tests.factories import (
    DepositFactory,
    MineralFactory,
    OccurrenceFactory,
    SourceFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Any:
    return person("an-editor", "editor")


def sent(**values: Any) -> Suggestion:
    return Suggestion.objects.create(sentence="The deposit has tungsten.", sender="hash", **values)


def page_of(suggestion: Suggestion) -> str:
    return reverse("admin:sources_suggestion_change", args=[suggestion.pk])


def test_an_address_that_is_a_source_leads_straight_to_the_claim(editor: Any) -> None:
    source, deposit = SourceFactory(url="https://news.example/1"), DepositFactory()
    suggestion = sent(subject=deposit, address="http://www.news.example/1/")
    kinds = dict(signed_in(editor).get(page_of(suggestion)).context["kinds"])
    begun = parse_qs(urlsplit(kinds["Occurrence"]).query)
    assert begun["source"] == [str(source.pk)]
    assert begun["subject"] == [str(deposit.pk)]
    assert begun["suggestion"] == [str(suggestion.pk)]


def test_the_claim_made_of_it_settles_the_suggestion(editor: Any) -> None:
    source, deposit, mineral = SourceFactory(url="https://news.example/1"), DepositFactory(), MineralFactory()
    suggestion = sent(subject=deposit, address="https://news.example/1")
    client = signed_in(editor)
    form = dict(client.get(page_of(suggestion)).context["kinds"])["Occurrence"]
    opened = client.get(form)
    assert "The deposit has tungsten." in opened.content.decode()
    client.post(form, {**filled(opened), "mineral": mineral.pk, "role": "main", "_save": "1"})
    suggestion.refresh_from_db()
    claim = Occurrence.objects.get(source=source)
    assert (suggestion.status, suggestion.handled_by) == ("taken up", editor)
    assert suggestion.made_claim_id == claim.pk
    assert claim.status == "draft"


def test_an_unknown_address_goes_along_until_its_source_is_added(editor: Any) -> None:
    suggestion = sent(subject=DepositFactory(), address="https://news.example/new")
    client = signed_in(editor)
    add_source = client.get(page_of(suggestion)).context["add_source"]
    assert parse_qs(urlsplit(add_source).query) == {
        "address": ["https://news.example/new"],
        "suggestion": [str(suggestion.pk)],
    }
    form = f"{reverse('admin:sources_source_add')}?from_address=1&suggestion={suggestion.pk}"
    typed = {
        "name": "A",
        "new_publisher": "House",
        "url": suggestion.address,
        "type": "news",
        "language": "en",
    }
    response = client.post(form, {**filled(client.get(form)), **typed, "_save": "1"})
    assert parse_qs(urlsplit(response["Location"]).query)["suggestion"] == [str(suggestion.pk)]
    kinds = dict(client.get(response["Location"]).context["kinds"])
    assert parse_qs(urlsplit(kinds["Occurrence"]).query)["subject"] == [str(suggestion.subject_id)]


def test_what_is_said_of_a_claim_can_lead_to_the_one_that_replaces_it(editor: Any) -> None:
    claim = published(OccurrenceFactory())
    suggestion = sent(kind="error", subject=claim.subject, claim=claim)
    replace = signed_in(editor).get(page_of(suggestion)).context["replace"]
    assert parse_qs(urlsplit(replace).query) == {
        "supersedes": [str(claim.pk)],
        "suggestion": [str(suggestion.pk)],
    }


@pytest.mark.parametrize(("button", "status"), [("decline", "declined"), ("take-up", "taken up")])
def test_the_sender_reads_the_editors_answer(editor: Any, button: str, status: str) -> None:
    suggestion = sent()
    signed_in(editor).post(page_of(suggestion), {"words": "We wrote to the ministry.", button: "1"})
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.handled_by) == (status, editor)
    page = Client().get(reverse("suggestion", args=[suggestion.token])).content.decode()
    assert "We wrote to the ministry." in page


@pytest.mark.parametrize("button", ["decline", "take-up"])
def test_an_answer_without_words_is_refused(editor: Any, button: str) -> None:
    suggestion = sent()
    response = signed_in(editor).post(page_of(suggestion), {"words": " ", button: "1"})
    assert response.status_code == 409
    assert "owed an answer" in response.content.decode()
    assert Suggestion.objects.get().status == "waiting"


def test_the_second_editor_is_told_and_loses_no_words(editor: Any) -> None:
    suggestion = sent()
    decline(suggestion, editor, "No source.")
    response = signed_in(person("second", "editor")).post(
        page_of(suggestion), {"words": "My words", "take-up": "1"}
    )
    assert "Another editor has dealt with it already." in response.content.decode()
    assert Suggestion.objects.get().answer == "No source."


def test_only_editors_settle_suggestions() -> None:
    suggestion, contributor = sent(), person("contributor", "contributor")
    with pytest.raises(PermissionDenied):
        decline(suggestion, contributor, "No.")
    with pytest.raises(PermissionDenied):
        take_up(suggestion, contributor, "Yes.")


def test_a_contributor_in_a_suggestions_form_settles_nothing() -> None:
    suggestion, source = sent(), SourceFactory()
    form = {
        "subject": DepositFactory().pk,
        "source": source.pk,
        "mineral": MineralFactory().pk,
        "role": "main",
    }
    signed_in(person("contributor", "contributor")).post(
        f"{address(Occurrence, 'add')}?facts={source.pk}&suggestion={suggestion.pk}", form
    )
    assert Occurrence.objects.exists()
    assert Suggestion.objects.get().status == "waiting"


def test_a_settled_suggestion_is_not_settled_again(editor: Any) -> None:
    suggestion = sent()
    take_up(suggestion, editor, "Done.")
    with pytest.raises(TransitionRefused):
        take_up(suggestion, editor, "Done twice.")


def test_the_queue_is_editors_work() -> None:
    suggestion = sent()
    pages = [reverse("admin:sources_suggestion_changelist"), page_of(suggestion)]
    for page in pages:
        assert Client().get(page).status_code == 302
        assert signed_in(person("contributor", "contributor")).get(page).status_code == 403
        assert signed_in(person("an-editor", "editor")).get(page).status_code == 200
        assert signed_in(person("chief", "administrator")).get(page).status_code == 200
    assert signed_in(person("an-editor", "editor")).get("/admin/sources/suggestion/add/").status_code == 403
