"""A partner's published reply stands beside the claim that it answers."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from findings.models import Finding
from sources import review
from tests.data import reading
from tests.desk.forms import address, signed_in
from tests.factories import FindingFactory, PartnerFactory, ProjectFactory, person, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def accused() -> Any:
    """A published finding on a project."""
    return published(FindingFactory(subject=ProjectFactory(name="A mine"), statement="Wells ran dry."))


def reply(accused: Any, **more: Any) -> Finding:
    values = {"subject": accused.subject, "partner": PartnerFactory(name="Tin One"), "answers": accused}
    made: Finding = FindingFactory(**{**values, "statement": "The wells were dry before.", **more})
    return made


def test_the_reply_stands_beside_the_claim_on_the_records_page(client: Client, accused: Any) -> None:
    published(reply(accused))
    page = client.get(f"/en/projects/{accused.subject_id}-a-mine/").content.decode()
    beside = page[page.index(f'id="claim-{accused.pk}"') :]
    beside = beside[beside.index('class="replies"') :]
    assert beside.index("Tin One") < beside.index("The wells were dry before.") < beside.index("</ul>")


def test_the_reply_stands_on_the_claims_own_page_and_leads_back(client: Client, accused: Any) -> None:
    answer = published(reply(accused))
    page = client.get(f"/en/claims/{accused.pk}/").content.decode()
    assert "In reply," in page and "The wells were dry before." in page and f"/c/{answer.pk}" in page
    back = client.get(f"/en/claims/{answer.pk}/").content.decode()
    assert "Reply of Tin One to" in back and f"/en/claims/{accused.pk}/" in back


def test_before_it_was_published_no_reply_is_shown(client: Client, accused: Any) -> None:
    before = accused.published_tick or 1
    answer = reply(accused)
    assert "In reply," not in client.get(f"/en/claims/{accused.pk}/").content.decode()
    published(answer)
    assert "In reply," not in client.get(f"/en/claims/{accused.pk}/?as_of={before}").content.decode()


def test_api_and_downloads_name_the_claim_that_a_reply_answers(client: Client, accused: Any) -> None:
    answer = published(reply(accused))
    answered = {accused.pk: None, answer.pk: accused.pk}
    claims = json.loads(reading.body(client, f"/api/v1/records/{accused.subject_id}/claims"))["claims"]
    assert {claim["claim_id"]: claim["answers_claim_id"] for claim in claims} == answered
    single = json.loads(reading.body(client, f"/api/v1/claims/{answer.pk}"))["claim"]
    assert single["answers_claim_id"] == accused.pk
    table = csv.DictReader(
        io.StringIO(reading.body(client, "/en/data/projects/findings.csv").decode("utf-8-sig"))
    )
    assert {int(row["claim_id"]): int(row["answers_claim_id"] or 0) or None for row in table} == answered


def test_a_retracted_reply_is_gone(client: Client, accused: Any) -> None:
    answer = published(reply(accused))
    review.retract(answer, person("an-editor", "editor"), "never said")
    assert "In reply," not in client.get(f"/en/claims/{accused.pk}/").content.decode()


def test_a_reply_names_its_partner_and_a_public_claim_on_the_same_record(accused: Any) -> None:
    for wrong, field in (
        ({"partner": None}, "partner"),
        ({"subject": ProjectFactory()}, "answers"),
        ({"answers": FindingFactory(subject=accused.subject)}, "answers"),
    ):
        values = {"subject": accused.subject, "partner": PartnerFactory(), "answers": accused, **wrong}
        with pytest.raises(ValidationError) as refused:
            FindingFactory.build(**values, source=accused.source).clean()
        assert field in refused.value.message_dict


def test_the_database_keeps_no_reply_without_a_partner(accused: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        reply(accused, partner=None)


def test_the_desk_opens_the_form_of_a_reply_filled_in(accused: Any) -> None:
    client = signed_in(person("contributor", "contributor"))
    page = client.get(address(accused))
    wanted = page.context["reply_address"]
    assert wanted.startswith(reverse("admin:findings_finding_add"))
    form = client.get(wanted).context["adminform"].form
    assert str(form["answers"].value()) == str(accused.pk)
    assert str(form["subject"].value()) == str(accused.subject_id)
