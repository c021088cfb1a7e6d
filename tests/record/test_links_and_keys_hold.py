"""What else the database holds: links, keys, dates and signatures, each by a constraint of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from accounts.models import User
from sources import review
from sources.models import Claim, ClaimText, Name, Suggestion
from tests import factories as f
from tests.record import (
    rows,
    test_figures_are_in_range,
    test_history_is_kept,
    test_later_registers,
    test_signatures_are_kept,
)
from tests.record.attacks import (
    CHANGES,
    INSERTIONS,
    ITSELF,
    Attack,
    Route,
    assert_only_refused_by_its_rule,
    cases,
    raw_insert,
    raw_update,
    save,
    update,
)

pytestmark = pytest.mark.django_db

ROUTES = [save, update, raw_update]
DATES: dict[str, tuple[Any, str]] = {
    "partners_ownership_since_is_a_date": (f.OwnershipFactory, "since"),
    "partners_ownership_until_is_a_date": (f.OwnershipFactory, "until"),
    "projects_duration_since_is_a_date": (f.DurationFactory, "since"),
    "projects_involvement_since_is_a_date": (f.InvolvementFactory, "since"),
    "projects_involvement_until_is_a_date": (f.InvolvementFactory, "until"),
    "sources_source_published_is_a_date": (f.SourceFactory, "published"),
}


def keyed(key: str) -> models.Model:
    """A deposit beside another of that key."""
    f.DepositFactory(key=key)
    return rows.deposit()


def rival(**values: Any) -> Claim:
    """A submitted claim, ready for a publication that another claim stands in the way of."""
    claim = f.submitted(f.EstimateFactory(**values))
    rows.next_tick()
    return rows.parent(claim)


def second_successor() -> Claim:
    replaced = rows.published()
    first = f.EstimateFactory(subject=replaced.subject, supersedes=replaced)
    f.published(first)
    return rival(subject=replaced.subject, supersedes=replaced)


def second_of_a_key() -> Claim:
    f.published(f.EstimateFactory(key="a-key"))
    return rival(key="a-key")


def second_name() -> Name:
    deposit = rows.deposit()
    Name.objects.create(record=deposit, text="Коргантас", language="ru")
    return Name(record_id=deposit.pk, text="Қорғантас", language="ru", search_key="k")


def system_account() -> User:
    account = f.PersonFactory()
    account.is_system, account.is_staff = True, False
    account.save()
    return account


PUBLICATION = {"status": "published", "published_by_id": rows.second_editor, "published_tick": rows.now}
ATTACKS = [
    *(
        Attack(f"{name} in words", row, (rule,), ROUTES, {name: "soon"})
        for rule, (row, name) in DATES.items()
    ),
    Attack(
        "a record is merged into itself",
        rows.deposit,
        ("sources_record_not_merged_into_itself",),
        [update, raw_update],
        {"merged_into_id": ITSELF},
    ),
    Attack(
        "two records of a kind have one key",
        lambda: keyed("a-key"),
        ("sources_record_key_unique",),
        [update, raw_update],
        {"key": "a-key"},
    ),
    Attack(
        "a source copies itself",
        f.SourceFactory,
        ("sources_source_not_its_own_copy",),
        [update, raw_update],
        {"copy_of_id": ITSELF},
    ),
    Attack("a second name in a language", second_name, ("sources_one_name_in_a_language",), INSERTIONS),
    Attack(
        "a claim supersedes itself",
        rows.draft_parent,
        ("sources_claim_not_its_own_successor",),
        CHANGES,
        {"supersedes_id": ITSELF},
    ),
    Attack(
        "a claim is superseded twice",
        second_successor,
        ("sources_claim_superseded_once",),
        CHANGES,
        PUBLICATION,
    ),
    Attack(
        "two claims of one key stand",
        second_of_a_key,
        ("sources_claim_key_unique_in_force",),
        CHANGES,
        PUBLICATION,
    ),
    Attack(
        "a draft has a tick",
        rows.draft_parent,
        ("sources_unpublished_claim_has_no_tick",),
        CHANGES,
        {"published_tick": rows.next_tick},
    ),
    Attack(
        "a card ends when it begins",
        rows.version,
        ("sources_version_ends_after_it_begins",),
        CHANGES,
        {"until_tick": rows.now},
    ),
    Attack(
        "nobody ends a preference",
        rows.preference,
        ("sources_preference_ends_after_it_begins",),
        CHANGES,
        {"until_tick": rows.next_tick},
    ),
    Attack(
        "nobody declines a suggestion",
        lambda: Suggestion.objects.create(sentence="The figure is another.", sender="x"),
        ("sources_handled_suggestion_is_signed",),
        CHANGES,
        {"status": "declined"},
    ),
    Attack(
        "a system account gets a desk",
        system_account,
        ("accounts_system_account_has_no_desk",),
        CHANGES,
        {"is_staff": True},
    ),
]


@cases(ATTACKS)
def test_the_database_refuses_by_that_rule_alone(attack: Attack, route: Route) -> None:
    assert_only_refused_by_its_rule(attack, route)


def again(row: models.Model, **values: Any) -> models.Model:
    """An unsaved row that says the same as a saved one."""
    copied = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.local_concrete_fields
        if field.name != "id"
    }
    return type(row)(**{**copied, **values})


def same_card() -> models.Model:
    card = rows.version()
    return again(card, until_tick=card.from_tick + 1)


def same_text() -> models.Model:
    claim = rows.draft_parent()
    return again(ClaimText.objects.create(claim=claim, field="note", language="ru", text="ещё"))


#: Unique constraints without a condition: (constraint, a row beside one that it repeats).
REPETITIONS: dict[str, Callable[[], models.Model]] = {
    "sources_name_once_per_record": lambda: again(
        Name.objects.create(record=rows.deposit(), text="Irgiz", language="en", kind="spelling")
    ),
    "sources_version_once_a_tick": same_card,
    "sources_check_once_a_tick": lambda: again(review.check(rows.published(), rows.editor())),
    "sources_one_text_a_language": same_text,
}


@pytest.mark.parametrize("constraint", REPETITIONS)
@pytest.mark.parametrize("route", [save, raw_insert])
def test_the_database_takes_no_row_twice(constraint: str, route: Route) -> None:
    row = REPETITIONS[constraint]()
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        route(row, {}) if route is save else route(row)


def test_every_constraint_of_the_record_is_attacked() -> None:
    """Those of the reference layer, which is no part of the record, are tried in its own tests."""
    attacked = set(REPETITIONS)
    for tests in (
        test_figures_are_in_range,
        test_history_is_kept,
        test_later_registers,
        test_signatures_are_kept,
    ):
        attacked |= {name for attack in tests.ATTACKS for name in attack.refused_by}
    attacked |= {name for attack in ATTACKS for name in attack.refused_by}
    ours = {
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if model.__module__.partition(".")[0] not in ("django", "axes")
        and not model.__name__.startswith("Reference")
    }
    assert ours - attacked == set()


def test_every_field_says_what_it_is_for() -> None:
    silent = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.partition(".")[0]
        in {"accounts", "sources", "partners", "deposits", "projects", "findings"}
        for field in model._meta.local_fields + model._meta.local_many_to_many
        if not field.auto_created and not field.help_text and not _is_djangos(model, field.name)
    ]
    assert silent == []


def _is_djangos(model: type[models.Model], name: str) -> bool:
    """Whether a field comes from Django's own account."""
    return issubclass(model, User) and name in {field.name for field in User.__mro__[1]._meta.local_fields}
