"""Invariant 4: coordinates, shares, quantities, UNFC codes and dates, by the database and by every form."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories as f
from tests.record import rows
from tests.record.attacks import (
    Attack,
    Route,
    assert_only_refused_by_its_rule,
    cases,
    raw_update,
    save,
    update,
)

pytestmark = pytest.mark.django_db

ROUTES = [save, update, raw_update]
FIGURES = [
    (f.LocationFactory, "latitude", "deposits_location_latitude_in_range", ["90.000001", "-95"]),
    (f.LocationFactory, "longitude", "deposits_location_longitude_in_range", ["180.000001", "-181"]),
    (f.InvolvementFactory, "share_percent", "projects_involvement_share_0_to_100", ["100.0001", "-1"]),
    (f.OwnershipFactory, "share_percent", "partners_ownership_share_0_to_100", ["150", "-0.0001"]),
    (f.EstimateFactory, "quantity", "deposits_estimate_quantity_not_negative", ["-1"]),
    (f.ProductionFactory, "quantity", "projects_production_quantity_not_negative", ["-1"]),
    (f.InvestmentFactory, "amount", "projects_investment_amount_not_negative", ["-0.01"]),
    (f.FindingFactory, "quantity", "findings_finding_quantity_not_negative", ["-1"]),
    (f.DurationFactory, "years", "projects_duration_years_positive", ["0", "-2"]),
]
AS_OF = "sources_claim_as_of_is_a_date"
UNFC = "deposits_estimate_unfc_is_valid"
CODES_OUTSIDE_UNFC = ["E4;F1;G1", "E1;F1;G5", "E1;F5;G1", "E1;F1;G1+G4", "E1;F1"]
NOT_DATES = ["soon", "25", "2025-1", "2025/01/01", "20250101"]
ATTACKS = [
    *(
        Attack(f"{factory._meta.model.KIND} {name} {value}", factory, (rule,), ROUTES, {name: Decimal(value)})
        for factory, name, rule, values in FIGURES
        for value in values
    ),
    *(
        Attack(f"UNFC {code!r}", f.EstimateFactory, (UNFC,), ROUTES, {"unfc": code})
        for code in CODES_OUTSIDE_UNFC
    ),
    Attack(
        "a grade below nothing",
        f.EstimateFactory,
        ("deposits_estimate_grade_not_negative",),
        ROUTES,
        {"grade": Decimal(-1), "grade_unit": "%"},
    ),
    Attack(
        "a quantity without its unit",
        f.EstimateFactory,
        ("deposits_estimate_quantity_has_unit",),
        ROUTES,
        {"unit": ""},
    ),
    Attack(
        "a grade without its unit",
        f.EstimateFactory,
        ("deposits_estimate_grade_has_unit",),
        ROUTES,
        {"grade": Decimal(2)},
    ),
    Attack(
        "a currency in words",
        f.InvestmentFactory,
        ("projects_investment_currency_is_iso_4217",),
        ROUTES,
        {"currency": "usd"},
    ),
    Attack(
        "a finding that says nothing",
        f.FindingFactory,
        ("findings_finding_says_something",),
        ROUTES,
        {"statement": ""},
    ),
    *(
        Attack(
            f"as of {text}", rows.draft_parent, ("sources_claim_as_of_is_a_date",), ROUTES, {"as_of": text}
        )
        for text in NOT_DATES
    ),
]


@cases(ATTACKS)
def test_the_database_refuses_by_that_rule_alone(attack: Attack, route: Route) -> None:
    assert_only_refused_by_its_rule(attack, route)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.what)
def test_forms_refuse_it_first(attack: Attack) -> None:
    row, values = attack.prepared()
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (f.LocationFactory, {"latitude": Decimal(90), "longitude": Decimal(-180)}),
        (f.OwnershipFactory, {"share_percent": Decimal(0)}),
        (f.OwnershipFactory, {"share_percent": Decimal(100)}),
        (f.EstimateFactory, {"quantity": Decimal(0)}),
        (f.EstimateFactory, {"unfc": "E1.1;F2.2;G1+G2"}),
        (f.EstimateFactory, {"as_of": "2025-04"}),
    ],
)
def test_the_ends_of_the_ranges_are_within_them(factory: Any, values: dict[str, Any]) -> None:
    claim = factory(**values)
    claim.refresh_from_db()
    assert {name: getattr(claim, name) for name in values} == values
