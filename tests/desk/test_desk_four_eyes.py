"""Whoever publishes at the desk is neither author, nor submitter, nor the last to edit: on every path."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from deposits.models import Deposit, ResourceEstimate
from sources import review
from sources.importing import apply, plan
from sources.models import Claim
from sources.tables import read_table
from tests.desk.forms import address, filled, messages_of, signed_in, step
from tests.factories import DepositFactory, EstimateFactory, MineralFactory, SourceFactory, person, submitted
from tests.record.attacks import raw_update

pytestmark = pytest.mark.django_db


def by_button(client: Client, claim: Claim) -> Any:
    return client.post(step(claim, "publish"))


def by_list_of_its_kind(client: Client, claim: Claim) -> Any:
    chosen = {"action": "publish_claims", "_selected_action": [claim.pk]}
    return client.post(address(type(claim), "changelist"), chosen, follow=True)


def by_queue(client: Client, claim: Claim) -> Any:
    chosen = {"action": "publish_claims", "_selected_action": [claim.pk]}
    return client.post(address(Claim, "changelist"), chosen, follow=True)


def entered_by(somebody: User) -> Claim:
    return submitted(EstimateFactory(author=somebody))


def submitted_by(somebody: User) -> Claim:
    claim = EstimateFactory(author=person("other", "contributor"))
    review.submit([claim], by=somebody)
    claim.refresh_from_db()
    return claim


def rewritten_by(somebody: User) -> Claim:
    claim = EstimateFactory(author=person("other", "contributor"))
    client = signed_in(somebody)
    data = filled(client.get(address(claim)))
    assert client.post(address(claim), {**data, "quantity": "2000"}).status_code == 302
    claim.refresh_from_db()
    return submitted(claim)


def by_inline(client: Client, claim: Claim) -> Any:
    """The record's form, with the claim's row and columns that the form does not have."""
    deposit = Deposit.objects.get(pk=claim.subject_id)
    data = filled(client.get(address(deposit)))
    by = client.session["_auth_user_id"]
    row = {"claim_ptr": claim.pk, "status": "published", "published_by": by, "published_tick": 1}
    data |= {f"estimate-0-{name}": value for name, value in row.items()}
    return client.post(address(deposit), {**data, "estimate-TOTAL_FORMS": 1, "estimate-INITIAL_FORMS": 1})


def by_its_form(client: Client, claim: Claim) -> Any:
    by = client.session["_auth_user_id"]
    return client.post(address(claim), {"status": "published", "published_by": by, "published_tick": 1})


def rewritten_in_the_record(somebody: User) -> Claim:
    """Another's draft, rewritten in the form of its record."""
    claim = EstimateFactory(author=person("other", "contributor"))
    deposit, client = Deposit.objects.get(pk=claim.subject_id), signed_in(somebody)
    data = {**filled(client.get(address(deposit))), "estimate-0-quantity": "2000"}
    assert client.post(address(deposit), data).status_code == 302
    claim.refresh_from_db()
    assert claim.quantity == 2000
    return submitted(claim)


def sent_back_and_rewritten(somebody: User) -> Claim:
    """What came back from review, and was rewritten by an editor before its author handed it in again."""
    claim = entered_by(person("other", "contributor"))
    review.send_back([claim], by=somebody, because="Name the page.")
    claim.refresh_from_db()
    client = signed_in(somebody)
    data = {**filled(client.get(address(claim))), "locator": "p. 4"}
    assert client.post(address(claim), data).status_code == 302
    return submitted(type(claim).objects.get(pk=claim.pk))


@pytest.mark.parametrize("path", [by_inline, by_its_form])
@pytest.mark.parametrize("part", [entered_by, submitted_by, rewritten_by])
def test_no_form_publishes_whatever_is_sent_along(
    editor: User, path: Callable[..., Any], part: Callable[..., Claim]
) -> None:
    claim = part(editor)
    path(signed_in(editor), claim)
    claim.refresh_from_db()
    assert (claim.status, claim.published_by) == ("submitted", None)


@pytest.mark.parametrize("part", [rewritten_in_the_record, sent_back_and_rewritten])
def test_an_editor_who_rewrote_anothers_draft_does_not_publish_it(
    editor: User, second_editor: User, part: Callable[..., Claim]
) -> None:
    claim = part(editor)
    assert by_button(signed_in(editor), claim).status_code == 409
    assert by_button(signed_in(second_editor), claim).status_code == 302


def test_an_author_changed_before_publishing_is_refused_by_the_database(editor: User) -> None:
    claim = entered_by(editor)
    other = person("other", "contributor")
    for change in (
        lambda: Claim.objects.filter(pk=claim.pk).update(author=other),
        lambda: Claim.objects.bulk_update([Claim(pk=claim.pk, author=other)], ["author"]),
        lambda: raw_update(Claim.objects.get(pk=claim.pk), {"author_id": other.pk}),
        lambda: raw_update(Claim.objects.get(pk=claim.pk), {"edited_by_id": other.pk}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert by_button(signed_in(editor), claim).status_code == 409


def test_an_import_enters_drafts_in_the_name_of_who_imports_and_they_publish_none(editor: User) -> None:
    deposit, mineral, source = DepositFactory(), MineralFactory(), SourceFactory()
    text = f"subject,source,mineral,quantity,unit\n{deposit.pk},{source.pk},{mineral.pk},5,t\n"
    apply(plan(ResourceEstimate, read_table("claims.csv", text.encode())), set(), editor)
    claim = Claim.objects.get(subject=deposit)
    assert (claim.status, claim.author, claim.edited_by) == ("draft", editor, editor)
    review.submit([claim], by=person("other", "contributor"))
    with pytest.raises(review.TransitionRefused, match="second pair of eyes"):
        review.publish([claim], by=editor)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_publishes_nothing(editor: User, method: str) -> None:
    claim = entered_by(editor)
    for place in (f"/api/v1/claims/{claim.pk}", f"/api/v1/records/{claim.subject_id}/claims"):
        assert getattr(signed_in(editor), method)(place).status_code == 405
    claim.refresh_from_db()
    assert claim.status == "submitted"


@pytest.mark.parametrize("path", [by_button, by_list_of_its_kind, by_queue])
@pytest.mark.parametrize("part", [entered_by, submitted_by, rewritten_by])
@pytest.mark.parametrize("superuser", [False, True], ids=["editor", "superuser"])
def test_nobody_publishes_what_they_had_a_part_in(
    editor: User, path: Callable[..., Any], part: Callable[..., Claim], superuser: bool
) -> None:
    editor.is_superuser = superuser
    editor.save()
    claim = part(editor)
    answer = path(signed_in(editor), claim)
    claim.refresh_from_db()
    assert claim.status == "submitted"
    said = str(answer.context["why"]) if answer.status_code == 409 else messages_of(answer)
    assert "second pair of eyes" in said


@pytest.mark.parametrize("path", [by_button, by_list_of_its_kind, by_queue])
def test_another_editor_publishes_it(editor: User, path: Callable[..., Any]) -> None:
    claim = submitted(EstimateFactory())
    path(signed_in(editor), claim)
    claim.refresh_from_db()
    assert (claim.status, claim.published_by) == ("published", editor)


def test_one_claim_of_ones_own_holds_back_the_whole_selection(editor: User) -> None:
    claims = [submitted(EstimateFactory()), entered_by(editor)]
    chosen = {"action": "publish_claims", "_selected_action": [claim.pk for claim in claims]}
    answer = signed_in(editor).post(address(Claim, "changelist"), chosen, follow=True)
    assert "Nothing was changed" in messages_of(answer)
    assert set(Claim.objects.values_list("status", flat=True)) == {"submitted"}


def test_a_selection_is_published_at_one_tick(editor: User) -> None:
    claims = [submitted(EstimateFactory()) for _number in range(3)]
    chosen = {"action": "publish_claims", "_selected_action": [claim.pk for claim in claims]}
    signed_in(editor).post(address(Claim, "changelist"), chosen)
    assert len(set(Claim.objects.values_list("published_tick", flat=True))) == 1


def test_the_author_stays_who_entered_it(editor: User) -> None:
    claim = rewritten_by(editor)
    assert (claim.author.username, claim.edited_by) == ("other", editor)


def test_the_form_has_no_way_to_name_another_author(contributor: User, editor: User) -> None:
    claim = EstimateFactory(author=contributor)
    client = signed_in(contributor)
    data = filled(client.get(address(claim)))
    client.post(address(claim), {**data, "quantity": "5", "author": editor.pk, "edited_by": editor.pk})
    claim.refresh_from_db()
    assert (claim.quantity, claim.author, claim.edited_by) == (5, contributor, contributor)
