"""Whoever publishes at the desk is neither author, nor submitter, nor the last to edit: on every path."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from sources import review
from sources.models import Claim
from tests.desk.forms import address, filled, messages_of, signed_in, step
from tests.factories import EstimateFactory, person, submitted

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
