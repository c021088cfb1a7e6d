"""Whatever is sent in the place of a record's number is told in words, and breaks nothing."""

import pytest
from django.contrib import admin
from django.urls import reverse

from sources.models.claims import claim_kinds
from sources.recording import record_models
from tests.desk.forms import address, signed_in

pytestmark = pytest.mark.django_db

NO_NUMBERS = ["x", "-1", "½", "１２", "99999999999999999999", "9" * 5000, "1 or 1=1", "\x00"]
MODELS = [*claim_kinds().values(), *(record_models()[kind] for kind in ("source", "deposit", "project"))]


CASES = [*((model, "99999999999999999999") for model in MODELS), *((MODELS[0], sent) for sent in NO_NUMBERS)]


@pytest.mark.parametrize(("model", "sent"), CASES)
def test_what_is_no_number_is_told_beside_its_field(administrator, model, sent: str) -> None:
    desk = admin.site.get_model_admin(model)
    fields = [name for name in desk.get_autocomplete_fields(None) if name != "originator"]
    response = signed_in(administrator).post(address(model, "add"), dict.fromkeys(fields, sent))
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert {name for name in fields if name in errors} == set(fields)


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_what_is_no_number_in_the_address_of_a_form_is_passed_over(administrator, sent: str) -> None:
    model = claim_kinds()["finding"]
    response = signed_in(administrator).get(address(model, "add"), {"subject": sent, "source": sent})
    assert response.status_code == 200


@pytest.mark.parametrize("number", ["x", "9" * 18, "9" * 20, "9" * 400])
def test_a_record_of_no_possible_number_is_not_there(administrator, number: str) -> None:
    page = reverse("admin:deposits_deposit_change", args=[number])
    # SQLite has no room for the longer ones, PostgreSQL looks for them.
    assert signed_in(administrator).get(page).status_code in (302, 400)
