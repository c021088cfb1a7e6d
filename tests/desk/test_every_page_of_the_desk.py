"""Who opens which page of the desk: every address that the desk has, for everybody who may come.

A page that is new and not told of here fails the first test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from accounts.models import User
from sources import suppression
from sources.models import Claim, ClaimText, Record, Suggestion, SuppressionRequest
from sources.models.claims import claim_kinds
from sources.recording import record_models
from tests.desk.forms import signed_in
from tests.factories import (
    CLAIM_FACTORIES,
    CountryFactory,
    DepositFactory,
    MineralFactory,
    PartnerFactory,
    ProjectFactory,
    PublisherFactory,
    RegionFactory,
    SourceFactory,
    person,
    published,
)

PEOPLE = ("anonymous", "stranger", "contributor", "editor", "administrator")
STAFF, EDITORS, ADMINISTRATORS = PEOPLE[2:], PEOPLE[3:], PEOPLE[4:]
NOBODY: tuple[str, ...] = ()

CLAIMS = {model._meta.label_lower for model in claim_kinds().values()}
RECORDS = {model._meta.label_lower for model in record_models().values()}
GROWING = {"sources.source", "sources.publisher", "partners.partner", "deposits.deposit", "projects.project"}
DELETABLE = {*GROWING, "deposits.mineral"}

#: Whose lists and pages, besides claims' and records', are not all staff's.
OF_FEW = {
    "sources.suggestion": EDITORS,
    "sources.suppressionrequest": ADMINISTRATORS,
    "accounts.user": ADMINISTRATORS,
    "auth.group": ADMINISTRATORS,
}
ADDED_BY = {
    **dict.fromkeys(CLAIMS | GROWING | {"sources.claimtext", "sources.claim"}, STAFF),
    "deposits.mineral": EDITORS,
    "accounts.user": ADMINISTRATORS,
}
#: Every other page: who opens it, and how it is asked for. Steps and their like are only ever posted to; what
#: they refuse beyond that (403, 409) is told in the tests of each.
OTHERS: dict[str, tuple[tuple[str, ...], str]] = {
    "index": (STAFF, "GET"),
    "login": (PEOPLE, "GET"),
    "logout": (PEOPLE, "POST"),
    "jsi18n": (STAFF, "GET"),
    "autocomplete": (STAFF, "GET"),
    "password_change": (STAFF, "GET"),
    "password_change_done": (STAFF, "GET"),
    "app_list": (STAFF, "GET"),
    "search": (STAFF, "GET"),
    "view_on_site": (STAFF, "GET"),
    "second_factor": (STAFF, "GET"),
    "second_factor_verify": (STAFF, "GET"),
    "second_factor_set_up": (STAFF, "GET"),
    "activity": (ADMINISTRATORS, "GET"),
    "own_activity": (STAFF, "GET"),
    "read_typed": (STAFF, "GET"),
    "auth_user_password_change": (ADMINISTRATORS, "GET"),
    "accounts_user_reset_second_factor": (ADMINISTRATORS, "POST"),
    "sources_source_by_address": (STAFF, "GET"),
    "sources_source_facts": (STAFF, "GET"),
    "sources_source_review": (EDITORS, "GET"),
    "like": (STAFF, "GET"),
    "duplicates": (EDITORS, "GET"),
    "merge": (EDITORS, "GET"),
    "undo_merge": (EDITORS, "POST"),
    "two_records": (EDITORS, "POST"),
    "undo_two": (EDITORS, "POST"),
    "import": (STAFF, "GET"),
    "import_template": (STAFF, "GET"),
    "import_plan": (STAFF, "POST"),
    "import_dossier": (STAFF, "GET"),
    "import_dossier_plan": (STAFF, "POST"),
    "page_texts": (ADMINISTRATORS, "GET"),
    "page_text": (ADMINISTRATORS, "GET"),
    "field_terms": (STAFF, "GET"),
    "health": (STAFF, "GET"),
    "health_rule": (STAFF, "GET"),
}
PAGES_OF_EVERY_KIND = ("changelist", "add", "change", "history", "delete")
POSTED_OF_KINDS = {"step": CLAIMS, "submit_drafts": RECORDS, "restore": RECORDS}


def names(patterns: Any = None) -> Iterator[str]:
    """The name of every address at the desk."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def of_kinds() -> dict[str, tuple[str, str]]:
    """(kind of row, page) of each address that belongs to a kind of row."""
    found = {}
    for model in admin.site._registry:
        label, prefix = model._meta.label_lower, f"{model._meta.app_label}_{model._meta.model_name}"
        for page in PAGES_OF_EVERY_KIND:
            found[f"{prefix}_{page}"] = (label, page)
        for page, kinds in POSTED_OF_KINDS.items():
            if label in kinds:
                found[f"{prefix}_{page}"] = (label, page)
    return found


def test_every_page_of_the_desk_is_told_of_here() -> None:
    told = {*of_kinds(), *OTHERS}
    assert set(names()) - told == set()


def test_nothing_is_told_of_that_the_desk_does_not_have() -> None:
    assert {*of_kinds(), *OTHERS} - set(names()) == set()


@pytest.fixture
def rows(db: None) -> dict[str, Any]:
    """A row of each kind, public as far as that kind can be."""
    second, made = person("second", "editor"), {}
    for factory in CLAIM_FACTORIES:
        claim = published(factory(), by=second)
        made[type(claim)._meta.label_lower] = claim
    for factory in (CountryFactory, DepositFactory, MineralFactory, PartnerFactory, ProjectFactory,
                    PublisherFactory, RegionFactory, SourceFactory):  # fmt: skip
        record = factory()
        made[type(record)._meta.label_lower] = record
    finding = made["findings.finding"]
    made["sources.claim"] = Claim.objects.get(pk=finding.pk)
    made["sources.record"] = Record.objects.first()
    made["sources.claimtext"] = ClaimText.objects.create(
        claim=made["sources.claim"], field="statement", language="ru", text="…"
    )
    made["sources.suggestion"] = Suggestion.objects.create(
        sentence="Look here.", kind=Suggestion.Kind.values[0]
    )
    made["sources.suppressionrequest"] = suppression.ask(finding, person("first", "administrator"), "x")
    made["accounts.user"] = User.objects.create_user("somebody")
    made["auth.group"] = User.objects.get(username="second").groups.get()
    assert set(made) == {model._meta.label_lower for model in admin.site._registry}
    assert isinstance(made["sources.suppressionrequest"], SuppressionRequest)
    return made


def browsers() -> dict[str, Client]:
    groups = {"stranger": "", **{name: name for name in STAFF}}
    return {"anonymous": Client()} | {who: signed_in(person(who, group)) for who, group in groups.items()}


def opens(answer: Any) -> bool:
    """Whether a page answered, be it with a page to go to; not: 403, or the way to signing in."""
    return answer.status_code < 400 and "/login/" not in answer.get("Location", "")


def lets_in(answer: Any) -> bool:
    """Whether a page is the person's to open, even if this time it finds nothing to do."""
    return answer.status_code != 403 and "/login/" not in answer.get("Location", "")


def may_open(label: str, page: str) -> tuple[str, ...]:
    if page == "add":
        return ADDED_BY.get(label, NOBODY)
    if page == "delete":  # these records are not public yet; claims are, and people and the rest stay
        return EDITORS if label in DELETABLE else NOBODY
    return OF_FEW.get(label, STAFF)


@pytest.mark.slow
def test_pages_of_every_kind_open_to_whom_they_should(rows) -> None:
    wrong = {}
    clients = browsers()
    for name, (label, page) in of_kinds().items():
        if page in POSTED_OF_KINDS:
            continue
        own = [] if page in ("changelist", "add") else [rows[label].pk]
        for who, client in clients.items():
            opened = opens(client.get(reverse(f"admin:{name}", args=own)))
            if opened != (who in may_open(label, page)):
                wrong[f"{name} for {who}"] = opened
    assert wrong == {}


def test_steps_and_their_like_are_closed_to_who_is_not_staff(rows) -> None:
    clients = {who: client for who, client in browsers().items() if who not in STAFF}
    for name, (label, page) in of_kinds().items():
        if page in POSTED_OF_KINDS:
            more = {"step": ["publish"], "restore": [1]}.get(page, [])
            place = reverse(f"admin:{name}", args=[rows[label].pk, *more])
            for client in clients.values():
                answer = client.post(place)
                assert answer.status_code == 302 and "/login/" in answer["Location"], place
    for page in ("step", "submit_drafts"):
        label = next(iter(sorted(POSTED_OF_KINDS[page])))
        prefix = label.replace(".", "_")
        more = ["publish"] if page == "step" else []
        place = reverse(f"admin:{prefix}_{page}", args=[rows[label].pk, *more])
        assert signed_in(person("editor", "editor")).get(place).status_code == 405


def test_every_other_page_opens_to_whom_it_should(rows) -> None:
    numbers = {
        "activity": [rows["accounts.user"].pk],
        "app_list": ["sources"],
        "auth_user_password_change": [rows["accounts.user"].pk],
        "accounts_user_reset_second_factor": [rows["accounts.user"].pk],
        "sources_source_facts": [rows["sources.source"].pk],
        "sources_source_review": [rows["sources.source"].pk],
        "view_on_site": [ContentType.objects.get_for_model(rows["deposits.deposit"]).pk, 1],
        "duplicates": ["deposit"],
        "merge": [rows["deposits.deposit"].pk, DepositFactory().pk],
        "undo_merge": [rows["deposits.deposit"].pk],
        "two_records": [rows["deposits.deposit"].pk, DepositFactory().pk],
        "undo_two": [1],
        "import_template": ["estimate", "csv"],
        "page_text": ["about", "en"],
        "health_rule": ["archived"],
    }
    asked = {"app_label": "deposits", "model_name": "location", "field_name": "source", "term": "a",
             "kind": "deposit", "name": "Konchoch"}  # fmt: skip
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    wrong = {}
    for name, (allowed, method) in OTHERS.items():
        place = reverse(f"admin:{name}", args=numbers.get(name, []))
        with transaction.atomic():
            for who, client in browsers().items():
                answer = client.generic(method, place, QUERY_STRING=query)
                if answer.status_code >= 500 or lets_in(answer) != (who in allowed):
                    wrong[f"{name} for {who}"] = answer.status_code
            transaction.set_rollback(True)
    assert wrong == {}
