"""Who may open which page of the desk, and whose claims and records they may change."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client

from accounts.groups import GROUPS
from sources.models.claims import claim_kinds
from sources.recording import record_models
from tests.desk.forms import adding, address, filled, registered_models, signed_in, step
from tests.factories import (
    DepositFactory,
    EstimateFactory,
    MineralFactory,
    SourceFactory,
    person,
    published,
    submitted,
)

pytestmark = pytest.mark.django_db

CLAIMS = {model._meta.label_lower for model in claim_kinds().values()}
GROWING = {"sources.source", "sources.publisher", "partners.partner", "deposits.deposit", "projects.project"}
REFERENCE = {"deposits.region", "deposits.country", "deposits.mineral"}
COMMON = {"sources.claim", "sources.claimtext", "sources.record"}
PEOPLE = {"accounts.user", "auth.group"}

MAY_LIST = {
    "contributor": CLAIMS | GROWING | REFERENCE | COMMON,
    "editor": CLAIMS | GROWING | REFERENCE | COMMON,
    "administrator": CLAIMS | GROWING | REFERENCE | COMMON | PEOPLE,
}
MAY_ADD = {
    "contributor": CLAIMS | GROWING | {"sources.claimtext"},
    "editor": CLAIMS | GROWING | {"sources.claimtext", "deposits.mineral"},
    "administrator": CLAIMS | GROWING | {"sources.claimtext", "deposits.mineral", "accounts.user"},
}
#: Pages of these kinds are the affair of other tests.
TABLED = CLAIMS | GROWING | REFERENCE | COMMON | PEOPLE


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_opens_the_lists_it_needs_and_no_others(group: str) -> None:
    client = signed_in(person("somebody", group))
    opened = {
        label
        for label in TABLED & registered_models()
        if client.get(address(apps.get_model(label), "changelist")).status_code == 200
    }
    assert opened == MAY_LIST[group]


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_adds_what_it_needs_and_nothing_else(group: str) -> None:
    client = signed_in(person("somebody", group))
    opened = {
        label
        for label in TABLED & registered_models()
        if client.get(address(apps.get_model(label), "add")).status_code == 200
    }
    assert opened == MAY_ADD[group]


def test_every_kind_of_record_and_of_claim_has_pages_at_the_desk() -> None:
    kinds = {*record_models().values(), *claim_kinds().values()}
    assert {model._meta.label_lower for model in kinds} <= registered_models()


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_who_is_not_staff_is_asked_to_sign_in_on_every_page(who: str) -> None:
    client = Client() if who == "anonymous" else signed_in(person("stranger"))
    answers = {client.get(address(model, "changelist")).status_code for model in admin.site._registry}
    answers |= {client.get(address(model, "add")).status_code for model in admin.site._registry}
    assert answers == {302}
    assert client.post(step(submitted(EstimateFactory()), "publish")).status_code == 302


def test_every_kind_of_claim_can_be_entered_by_every_group() -> None:
    for name in GROUPS:
        granted = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in Group.objects.get(name=name).permissions.select_related("content_type")
        }
        wanted = {f"{m._meta.app_label}.add_{m._meta.model_name}" for m in claim_kinds().values()}
        assert wanted <= granted


def test_a_contributor_changes_own_drafts_only(contributor, editor) -> None:
    other = EstimateFactory(author=person("other", "contributor"))
    own = EstimateFactory(author=contributor)
    client = signed_in(contributor)
    assert client.post(address(other), {}).status_code == 403
    assert client.post(address(own), {}).status_code == 200  # the form again, with what is missing
    assert client.post(address(other, "delete"), {"post": "yes"}).status_code == 403
    assert signed_in(editor).post(address(other), {}).status_code == 200


def test_a_contributor_neither_publishes_nor_rejects_nor_retracts(contributor) -> None:
    client = signed_in(contributor)
    waiting = submitted(EstimateFactory(author=person("other", "contributor")))
    standing = published(EstimateFactory())
    for claim, name in [(waiting, "publish"), (waiting, "reject"), (waiting, "send-back")]:
        assert client.post(step(claim, name), {"words": "because"}).status_code == 403
    for name in ("check", "prefer", "retract"):
        assert client.post(step(standing, name), {"words": "because"}).status_code == 403
    waiting.refresh_from_db()
    standing.refresh_from_db()
    assert (waiting.status, standing.status) == ("submitted", "published")


def test_a_contributor_cannot_submit_somebody_elses_draft(contributor) -> None:
    draft = EstimateFactory(author=person("other", "contributor"))
    assert signed_in(contributor).post(step(draft, "submit")).status_code == 403


def test_a_draft_of_ones_own_is_deleted_with_its_translations(contributor, editor) -> None:
    draft = EstimateFactory(author=contributor)
    draft.texts.create(field="note", language="ru", text="Примечание")
    assert signed_in(contributor).post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not type(draft).objects.exists()


def test_an_editor_deletes_a_record_that_never_was_public_and_that_no_claim_names(editor) -> None:
    deposit, named = DepositFactory(), EstimateFactory().subject
    deposit.names.create(text="Кончоч", language="ru")
    client = signed_in(editor)
    assert client.post(address(deposit, "delete"), {"post": "yes"}).status_code == 302
    assert not type(deposit).objects.filter(pk=deposit.pk).exists()
    client.post(address(named, "delete"), {"post": "yes"})
    assert type(named).objects.filter(pk=named.pk).exists()


def test_nobody_changes_or_deletes_a_claim_that_is_no_draft(editor, administrator) -> None:
    claims = [submitted(EstimateFactory()), published(EstimateFactory(), editor)]
    for client in map(signed_in, (editor, administrator)):
        for claim in claims:
            assert client.get(address(claim)).status_code == 200
            assert client.post(address(claim), {"quantity": "1"}).status_code == 403
            assert client.post(address(claim, "delete"), {"post": "yes"}).status_code == 403


def test_a_contributor_enters_claims_on_a_public_record_and_leaves_its_card_alone(contributor) -> None:
    deposit = published(EstimateFactory()).subject
    client = signed_in(contributor)
    page = address(DepositFactory._meta.model, "changelist") + f"{deposit.pk}/change/"
    data = adding(
        filled(client.get(page)),
        "occurrence",
        mineral=MineralFactory().pk,
        role="main",
        source=SourceFactory().pk,
    )
    assert client.post(page, {**data, "name": "Renamed"}).status_code == 302
    deposit.refresh_from_db()
    assert deposit.name != "Renamed"
    assert list(deposit.claims.filter(author=contributor).values_list("status", flat=True)) == ["draft"]


def test_a_contributor_changes_a_record_that_is_not_public_yet(contributor) -> None:
    deposit = DepositFactory()
    client = signed_in(contributor)
    data = filled(client.get(address(deposit)))
    assert client.post(address(deposit), {**data, "name": "Renamed"}).status_code == 302
    deposit.refresh_from_db()
    assert deposit.name == "Renamed"


def test_a_record_that_is_public_is_never_deleted(administrator) -> None:
    deposit = DepositFactory._meta.model.objects.get(pk=published(EstimateFactory()).subject_id)
    assert signed_in(administrator).post(address(deposit, "delete"), {"post": "yes"}).status_code == 403


def test_an_account_is_closed_and_never_deleted(administrator, contributor) -> None:
    client = signed_in(administrator)
    assert client.post(address(contributor, "delete"), {"post": "yes"}).status_code == 403
    data = filled(client.get(address(contributor)))
    data.pop("is_active")
    assert client.post(address(contributor), data).status_code == 302
    contributor.refresh_from_db()
    assert not contributor.is_active


def test_an_administrator_does_not_take_over_a_superusers_account(administrator, django_user_model) -> None:
    root = django_user_model.objects.create_superuser("root", password="lithium and antimony")
    assert signed_in(administrator).post(address(root), {}).status_code == 403
