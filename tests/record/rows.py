"""Rows to attack, each made as it comes about: through `sources.review` and nothing else."""

from collections.abc import Callable
from typing import Any

from deposits.models import Deposit
from sources import clock, distinctions, page_texts, review
from sources.models import (
    Batch,
    Check,
    Claim,
    Clock,
    Distinction,
    PageText,
    Preference,
    Record,
    Tick,
    Version,
)
from tests import factories as f


def editor() -> Any:
    return f.person("editor", "editor")


def second_editor() -> Any:
    return f.person("second-editor", "editor")


def administrator() -> Any:
    return f.person("administrator", "administrator")


def second_administrator() -> Any:
    return f.person("second-administrator", "administrator")


def superuser() -> Any:
    account = f.person("root")
    account.is_superuser = True
    account.save()
    return account


def now() -> int:
    return clock.newest()


def next_tick() -> int:
    return clock.tick(editor(), "something else")


def parent(claim: Claim) -> Claim:
    """The row of a claim that is common to all kinds."""
    return Claim.objects.get(pk=claim.pk)


# Claims


def draft() -> Claim:
    return f.EstimateFactory()


def draft_parent() -> Claim:
    return parent(draft())


def submitted() -> Claim:
    return f.submitted(f.EstimateFactory())


def submitted_parent() -> Claim:
    return parent(submitted())


def published() -> Claim:
    return f.published(f.EstimateFactory())


def published_parent() -> Claim:
    return parent(published())


def retracted() -> Claim:
    claim = published()
    review.retract(claim, by=editor(), because="misread")
    return parent(claim)


def suppressed() -> Claim:
    claim = published()
    review.suppress(claim, administrator(), second_administrator(), "a court order")
    return parent(claim)


def submitted_with(person: Callable[[], Any], *roles: str) -> Callable[[], Claim]:
    """A submitted claim, a tick ago, in which that person already acted: author, edited_by, submitted_by."""

    def build() -> Claim:
        account = person()
        claim = f.FindingFactory(**{role: account for role in roles if role != "submitted_by"})
        submitter = account if "submitted_by" in roles else f.PersonFactory()
        Claim.objects.filter(pk=claim.pk).update(status="submitted", submitted_by=submitter)
        next_tick()
        return parent(claim)

    return build


def unsaved(**values: Callable[[], Any]) -> Callable[[], Claim]:
    """A claim's row, ready to be inserted."""

    def build() -> Claim:
        author = f.PersonFactory()
        common = {
            "kind": "estimate",
            "subject": f.DepositFactory(),
            "source": f.SourceFactory(),
            "author": author,
            "edited_by": author,
        }
        return Claim(**{**common, **{name: value() for name, value in values.items()}})

    return build


def mineral_of_investment() -> Any:
    """A row of the list that a published investment carries."""
    investment = f.published(f.InvestmentFactory(minerals=[f.MineralFactory()]))
    return type(investment).minerals.through.objects.get(investment_id=investment.pk)


def another_mineral_of_investment() -> Any:
    row = mineral_of_investment()
    return type(row)(investment_id=row.investment_id, mineral_id=f.MineralFactory().pk)


# What editors do with them


def preference() -> Preference:
    return review.prefer(published(), editor(), "it is the newest")


def page_text() -> PageText:
    page_texts.write("about", "en", "Who we are.", administrator())
    return PageText.objects.get()


def distinction() -> Distinction:
    return distinctions.set_apart(f.DepositFactory(), f.DepositFactory(), editor(), "two valleys")


def ended_preference() -> Preference:
    chosen = preference()
    review.end_preference(chosen, editor(), "a better one came")
    return Preference.objects.get(pk=chosen.pk)


def unreasoned_preference() -> Preference:
    claim = published()
    return Preference(
        subject_id=claim.subject_id, point=claim.point, claim=claim, by=editor(), from_tick=now()
    )


def rival_preference() -> Preference:
    chosen = preference()
    return Preference(
        subject_id=chosen.subject_id,
        point=chosen.point,
        claim=chosen.claim,
        reason="it is mine",
        by=editor(),
        from_tick=now(),
    )


def check() -> Check:
    return review.check(published(), editor())


# Registers


def version() -> Version:
    return Version.objects.get(record_id=published().subject_id)


def version_from_the_past() -> Version:
    next_tick()
    row = Version(record_id=f.DepositFactory().pk, from_tick=now(), document={}, by=editor())
    next_tick()
    return row


def version_beside_another() -> Version:
    standing = version()
    return Version(record_id=standing.record_id, from_tick=next_tick(), document={}, by=editor())


def tick() -> Tick:
    return Tick.objects.get(number=next_tick())


def batch() -> Batch:
    return Batch.objects.create(name="a file", digest="0" * 64, loaded_by=editor())


def the_clock() -> Clock:
    next_tick()
    return Clock.objects.get()


# Records


def deposit() -> Record:
    return f.DepositFactory()


def deposit_with_a_draft() -> Record:
    return draft().subject


def public_deposit() -> Record:
    return Deposit.objects.get(pk=published().subject_id)
