"""Entering claims in a record's form and in their own, and the steps of their life."""

import pytest
from django.urls import reverse

from deposits.models import Deposit, Location, ResourceEstimate
from sources.models import Check, Claim, Preference, Tick
from tests.desk.forms import adding, address, filled, signed_in, step
from tests.factories import (
    DepositFactory,
    EstimateFactory,
    LocationFactory,
    MineralFactory,
    SourceFactory,
    person,
    published,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_claims_of_several_kinds_are_entered_with_their_new_deposit(contributor) -> None:
    client = signed_in(contributor)
    data = filled(client.get(address(Deposit, "add")))
    country, source, mineral = DepositFactory().country, SourceFactory(), MineralFactory()
    data |= {"name": "Konchoch", "country": country.pk}
    data = adding(data, "location", latitude="39.2", longitude="68.4", precision="site", source=source.pk)
    data = adding(data, "estimate", mineral=mineral.pk, quantity="264600", unit="t", system="unspecified",
                  source=source.pk)  # fmt: skip
    data = adding(data, "finding", topic="water", direction="neutral", statement="…", source=source.pk)
    answer = client.post(address(Deposit, "add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    deposit = Deposit.objects.get(name="Konchoch")
    claims = deposit.claims.order_by("kind")
    assert [(c.kind, c.status, c.author, c.edited_by) for c in claims] == [
        (kind, "draft", contributor, contributor) for kind in ("estimate", "finding", "location")
    ]
    assert deposit.is_public is False


def test_a_choice_that_nobody_made_is_asked_for(contributor) -> None:
    client = signed_in(contributor)
    data = filled(client.get(address(Location, "add")))
    data |= {
        "subject": DepositFactory().pk,
        "latitude": "39",
        "longitude": "68",
        "source": SourceFactory().pk,
    }
    assert "precision" not in data
    answer = client.post(address(Location, "add"), data)
    assert "precision" in answer.context["adminform"].form.errors


def test_a_refused_form_gives_back_what_was_typed(contributor) -> None:
    deposit = DepositFactory()
    client = signed_in(contributor)
    data = adding(filled(client.get(address(deposit))), "location", latitude="395", longitude="68",
                  precision="site", excerpt="в 12 км от Айни")  # fmt: skip
    answer = client.post(address(deposit), data)
    assert answer.status_code == 200
    form = next(f for f in answer.context["inline_admin_formsets"] if f.opts.model is Location).formset.forms[
        0
    ]
    assert set(form.errors) == {"latitude", "source"}
    assert "в 12 км от Айни" in answer.content.decode()
    assert not deposit.claims.exists()


def test_a_figure_is_edited_as_its_source_has_it(contributor) -> None:
    draft = EstimateFactory(author=contributor, quantity="264600")
    draft.refresh_from_db()
    assert filled(signed_in(contributor).get(address(draft)))["quantity"] == 264600
    assert b'value="264600"' in signed_in(contributor).get(address(draft)).content


def test_a_records_form_holds_ones_own_drafts_and_for_editors_all(contributor, editor) -> None:
    own = EstimateFactory(author=contributor)
    EstimateFactory(subject=own.subject, author=person("other", "contributor"))
    published(EstimateFactory(subject=own.subject))
    deposit = Deposit.objects.get(pk=own.subject_id)
    assert filled(signed_in(contributor).get(address(deposit)))["estimate-TOTAL_FORMS"] == 1
    assert filled(signed_in(editor).get(address(deposit)))["estimate-TOTAL_FORMS"] == 2


@pytest.mark.parametrize("take", [submitted, published])
def test_a_draft_that_moved_on_meanwhile_is_refused_and_nothing_typed_is_lost(editor, take) -> None:
    draft = EstimateFactory()
    deposit = Deposit.objects.get(pk=draft.subject_id)
    client = signed_in(editor)
    data = filled(client.get(address(deposit)))
    take(draft, *([person("second", "editor")] if take is published else []))
    answer = client.post(address(deposit), {**data, "estimate-0-excerpt": "typed meanwhile"})
    assert answer.status_code == 200
    assert "its content no longer changes" in answer.content.decode()
    assert "typed meanwhile" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.excerpt == ""


def test_a_published_claim_forged_into_the_form_stays_as_it_was(editor) -> None:
    claim = published(EstimateFactory(quantity=1000), person("second", "editor"))
    deposit = Deposit.objects.get(pk=claim.subject_id)
    client = signed_in(editor)
    data = filled(client.get(address(deposit)))
    forged = adding(data, "estimate", claim_ptr=claim.pk, mineral=claim.mineral_id, quantity="9", unit="t",
                    system="unspecified", source=claim.source_id)  # fmt: skip
    forged["estimate-INITIAL_FORMS"] = 1
    assert client.post(address(deposit), forged).status_code == 200
    assert client.post(address(deposit), {**forged, "estimate-0-DELETE": "on"}).status_code == 200
    claim.refresh_from_db()
    assert (claim.quantity, claim.status) == (1000, "published")


def test_a_draft_of_another_record_is_not_reached_through_this_one(contributor) -> None:
    draft = EstimateFactory(author=contributor, quantity=1000)
    other = DepositFactory()
    client = signed_in(contributor)
    forged = adding(filled(client.get(address(other))), "estimate", claim_ptr=draft.pk,
                    mineral=draft.mineral_id, quantity="9", unit="t", system="unspecified",
                    source=draft.source_id)  # fmt: skip
    forged["estimate-INITIAL_FORMS"] = 1
    client.post(address(other), forged)
    draft.refresh_from_db()
    assert (draft.quantity, draft.subject_id) != (9, other.pk)


def test_own_drafts_on_a_record_are_submitted_together(contributor) -> None:
    mine = EstimateFactory(author=contributor)
    LocationFactory(author=contributor, subject=mine.subject)
    other = EstimateFactory(author=person("other", "contributor"), subject=mine.subject)
    deposit = Deposit.objects.get(pk=mine.subject_id)
    assert signed_in(contributor).get(address(deposit, "submit_drafts")).status_code == 405
    assert signed_in(contributor).post(address(deposit, "submit_drafts")).status_code == 302
    statuses = dict(Claim.objects.values_list("pk", "status"))
    assert statuses.pop(other.pk) == "draft"
    assert set(statuses.values()) == {"submitted"}


def test_a_source_is_added_in_a_popup_and_chosen_in_the_form_that_asked(contributor) -> None:
    client = signed_in(contributor)
    publisher = SourceFactory().publisher
    data = {
        "name": "New article", "publisher": publisher.pk, "url": "https://example.org/new", "language": "ru",
        "type": "news", "_popup": "1", "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(reverse("admin:sources_source_add") + "?_popup=1", data)
    assert answer.templates[0].name == "admin/popup_response.html"
    assert "New article" in answer.content.decode()


# Steps


def test_the_life_of_a_claim_by_its_buttons(contributor, editor) -> None:
    claim = EstimateFactory(author=contributor)
    own, other = signed_in(contributor), signed_in(editor)
    for client, name, words, status in [
        (own, "submit", "", "submitted"),
        (own, "take-back", "", "draft"),
        (own, "submit", "", "submitted"),
        (other, "send-back", "Which page?", "draft"),
        (own, "submit", "", "submitted"),
        (other, "publish", "", "published"),
        (other, "check", "", "published"),
        (other, "prefer", "It is the ministry's own figure.", "published"),
        (other, "end-preference", "A newer one is out.", "published"),
        (other, "retract", "The paper took it back.", "retracted"),
    ]:
        assert client.post(step(claim, name), {"words": words}).status_code == 302, name
        claim.refresh_from_db()
        assert claim.status == status, name
    assert claim.withdrawn_because == "The paper took it back."
    assert Check.objects.get(claim=claim).by == editor
    assert Preference.objects.get(claim=claim).ended_because == "A newer one is out."


@pytest.mark.parametrize("name", ["reject", "send-back"])
def test_a_decision_against_a_claim_owes_its_author_words(editor, name) -> None:
    claim = submitted(EstimateFactory())
    answer = signed_in(editor).post(step(claim, name), {"words": "  "})
    assert answer.status_code == 409
    assert "needs a reason" in str(answer.context["why"])


def test_a_refused_step_gives_back_the_words(editor) -> None:
    claim = published(EstimateFactory(), person("second", "editor"))
    signed_in(editor).post(step(claim, "retract"), {"words": "first"})
    answer = signed_in(editor).post(step(claim, "retract"), {"words": "The paper took it back on Monday."})
    assert answer.status_code == 409
    assert "The paper took it back on Monday." in answer.content.decode()


def test_a_step_is_taken_by_post_alone(editor) -> None:
    claim = submitted(EstimateFactory())
    assert signed_in(editor).get(step(claim, "publish")).status_code == 405
    assert signed_in(editor).post(step(claim, "no-such-step")).status_code == 404


def test_a_claims_page_offers_the_steps_that_are_its_readers_to_take(contributor, editor) -> None:
    claim = submitted(EstimateFactory(author=contributor))
    names = {}
    for who in (contributor, editor):
        names[who] = {offered.name for offered in signed_in(who).get(address(claim)).context["steps"]}
    assert names == {contributor: {"take-back"}, editor: {"publish", "send-back", "reject"}}


# Superseding


def test_superseding_begins_with_a_copy_and_ends_with_the_old_one_superseded(contributor, editor) -> None:
    old = published(EstimateFactory(quantity=1000, locator="p. 4"))
    page = address(ResourceEstimate, "add") + f"?supersedes={old.pk}"
    client = signed_in(contributor)
    data = filled(client.get(page))
    assert (data["subject"], data["quantity"], data["locator"]) == (old.subject_id, 1000, "p. 4")
    assert client.post(page, {**data, "quantity": "1100", "note": "misprint"}).status_code == 302
    new = ResourceEstimate.objects.get(supersedes=old)
    assert (new.status, new.author) == ("draft", contributor)
    signed_in(contributor).post(step(new, "submit"))
    signed_in(editor).post(step(new, "publish"))
    old.refresh_from_db()
    assert (old.status, old.withdrawn_because) == ("superseded", "misprint")


def test_what_supersedes_a_claim_is_about_the_same_record(contributor) -> None:
    old = published(EstimateFactory())
    page = address(ResourceEstimate, "add") + f"?supersedes={old.pk}"
    client = signed_in(contributor)
    data = filled(client.get(page)) | {"subject": DepositFactory().pk}
    assert "subject" in client.post(page, data).context["adminform"].form.errors


@pytest.mark.parametrize("number", ["x", "0", "999999999999"])
def test_only_a_standing_claim_of_the_kind_can_be_superseded(contributor, number) -> None:
    page = address(ResourceEstimate, "add")
    assert signed_in(contributor).get(page + f"?supersedes={number}").status_code == 404
    draft = EstimateFactory()
    assert signed_in(contributor).get(page + f"?supersedes={draft.pk}").status_code == 404


# Translations


def test_a_translation_of_a_published_claim_moves_the_clock(editor) -> None:
    claim = published(EstimateFactory(note="ore only"), person("second", "editor"))
    before = Tick.objects.count()
    data = {"claim": claim.pk, "field": "note", "language": "ru", "text": "только руда", "status": "human"}
    assert signed_in(editor).post(reverse("admin:sources_claimtext_add"), data).status_code == 302
    assert Tick.objects.count() == before + 1


def test_a_contributor_translates_only_what_is_not_public(contributor) -> None:
    claim = published(EstimateFactory(note="ore only"))
    data = {"claim": claim.pk, "field": "note", "language": "ru", "text": "только руда", "status": "human"}
    answer = signed_in(contributor).post(reverse("admin:sources_claimtext_add"), data)
    assert "claim" in answer.context["adminform"].form.errors


def test_a_published_claims_page_states_it_and_holds_no_field_to_change(editor) -> None:
    claim = published(EstimateFactory(quantity="264600.500000", locator="p. 4"), person("second", "editor"))
    page = signed_in(editor).get(address(claim))
    facts = dict(page.context["facts"])
    assert (facts["Quantity"], facts["Unit"], facts["Locator"]) == ("264,600.5", "t", "p. 4")
    assert "Excerpt" not in facts
    assert 'name="quantity"' not in page.content.decode()
