"""A claim's life: which step each state allows, to whom, and what else happens at that tick."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from sources import clock, review
from sources.models import Check, Claim, Preference, Record, Tick, Version
from sources.queries import checks_of
from tests import factories as f
from tests.record import rows

pytestmark = pytest.mark.django_db

Step = Callable[[Claim, User], Any]


def rejected() -> Claim:
    claim = rows.submitted()
    review.reject([claim], rows.editor(), "no such figure there")
    return rows.parent(claim)


def superseded() -> Claim:
    old = rows.published()
    f.published(f.EstimateFactory(subject=old.subject, mineral=old.mineral, supersedes=old))
    return rows.parent(old)


STATES: dict[str, Callable[[], Claim]] = {
    "draft": rows.draft_parent,
    "submitted": rows.submitted_parent,
    "rejected": rejected,
    "published": rows.published_parent,
    "superseded": superseded,
    "retracted": rows.retracted,
}
STEPS: dict[str, Step] = {
    "submit": lambda claim, by: review.submit([claim], by),
    "send back": lambda claim, by: review.send_back([claim], by, "which page?"),
    "reject": lambda claim, by: review.reject([claim], by, "not there"),
    "publish": lambda claim, by: review.publish([claim], by),
    "retract": lambda claim, by: review.retract(claim, by, "misread"),
    "check": lambda claim, by: review.check(claim, by),
    "prefer": lambda claim, by: review.prefer(claim, by, "the newest"),
}
ALLOWED = {
    ("draft", "submit"): "submitted",
    ("submitted", "send back"): "draft",
    ("submitted", "reject"): "rejected",
    ("submitted", "publish"): "published",
    ("published", "retract"): "retracted",
    ("published", "check"): "published",
    ("published", "prefer"): "published",
}
PUBLISHING = ["reject", "publish", "retract", "check", "prefer"]
STARTS_FROM = {step: state for state, step in ALLOWED}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_each_step_starts_from_its_own_state_alone(state: str, step: str) -> None:
    claim, editor = STATES[state](), rows.second_editor()
    before = clock.newest()
    if (state, step) in ALLOWED:
        STEPS[step](claim, editor)
        assert rows.parent(claim).status == ALLOWED[state, step]
    else:
        with pytest.raises(review.TransitionRefused):
            STEPS[step](claim, editor)
        assert (rows.parent(claim).status, clock.newest()) == (state, before)


@pytest.mark.parametrize("step", PUBLISHING)
def test_a_contributor_cannot_do_an_editors_step(step: str) -> None:
    claim = STATES[STARTS_FROM[step]]()
    with pytest.raises(PermissionDenied):
        STEPS[step](claim, f.PersonFactory())


@pytest.mark.parametrize("step", STEPS)
def test_a_stranger_can_do_nothing(step: str, stranger: User) -> None:
    claim = STATES[STARTS_FROM[step]]()
    with pytest.raises(PermissionDenied):
        STEPS[step](claim, stranger)


@pytest.mark.parametrize("step", STEPS)
def test_a_closed_account_can_do_nothing(step: str, editor: User) -> None:
    claim = STATES[STARTS_FROM[step]]()
    editor.is_active = False
    editor.save()
    with pytest.raises(PermissionDenied):
        STEPS[step](claim, editor)


# Four eyes


@pytest.mark.parametrize("role", ["author", "edited_by", "submitted_by"])
@pytest.mark.parametrize("person", [rows.editor, rows.administrator, rows.superuser])
def test_nobody_publishes_what_they_wrote_edited_or_submitted(role: str, person: Callable[[], User]) -> None:
    claim = rows.submitted_with(person, role)()
    with pytest.raises(review.TransitionRefused, match="second pair of eyes"):
        review.publish([claim], person())
    assert rows.parent(claim).status == "submitted"


def test_one_claim_of_their_own_stops_the_whole_publication() -> None:
    others, own = rows.submitted(), rows.submitted_with(rows.editor, "author")()
    with pytest.raises(review.TransitionRefused):
        review.publish([others, own], rows.editor())
    assert rows.parent(others).status == "submitted"


def test_the_author_may_take_a_submitted_claim_back(contributor: User) -> None:
    claim = f.submitted(f.FindingFactory(author=contributor))
    review.send_back([claim], contributor, "")
    assert rows.parent(claim).status == "draft"


def test_another_contributor_may_not_take_it_back(contributor: User) -> None:
    with pytest.raises(PermissionDenied):
        review.send_back([rows.submitted()], contributor, "")


def test_a_claim_that_was_sent_back_carries_the_editors_words(editor: User) -> None:
    claim = rows.submitted()
    review.send_back([claim], editor, "which page?")
    assert rows.parent(claim).decided_because == "which page?"


# Reasons


@pytest.mark.parametrize("reason", ["", " \n"])
@pytest.mark.parametrize(
    ("row", "step"),
    [
        (rows.submitted, lambda claim, by, reason: review.reject([claim], by, reason)),
        (rows.published, review.retract),
        (rows.published, review.prefer),
        (rows.preference, review.end_preference),
    ],
)
def test_a_reason_is_owed(
    row: Callable[[], Any], step: Callable[..., Any], reason: str, editor: User
) -> None:
    acted_on = row()
    with pytest.raises(review.TransitionRefused, match="reason"):
        step(acted_on, editor, reason)


# The clock


@pytest.mark.parametrize("step", ["publish", "retract", "check", "prefer"])
def test_each_public_change_is_one_signed_tick(step: str, second_editor: User) -> None:
    claim = STATES[STARTS_FROM[step]]()
    before = clock.newest()
    STEPS[step](claim, second_editor)
    assert clock.newest() == before + 1
    tick = Tick.objects.get(number=before + 1)
    assert tick.by == second_editor
    assert tick.why


@pytest.mark.parametrize("step", ["submit", "send back", "reject"])
def test_what_is_not_public_moves_no_clock(step: str, second_editor: User) -> None:
    claim = STATES[STARTS_FROM[step]]()
    before = clock.newest()
    STEPS[step](claim, second_editor)
    assert clock.newest() == before


def test_many_claims_are_published_at_one_tick(editor: User) -> None:
    claims = [rows.submitted() for _number in range(3)]
    number = review.publish(claims, editor)
    assert {rows.parent(claim).published_tick for claim in claims} == {number} == {clock.newest()}


# Superseding


def test_a_claim_is_superseded_at_the_tick_of_its_successor() -> None:
    old = rows.published()
    new = f.published(f.EstimateFactory(subject=old.subject, mineral=old.mineral, supersedes=old))
    old.refresh_from_db()
    assert (old.status, old.withdrawn_tick) == ("superseded", new.published_tick)
    assert old.withdrawn_because


def test_what_no_longer_stands_cannot_be_superseded() -> None:
    gone = rows.retracted()
    successor = f.submitted(f.EstimateFactory(subject=gone.subject, supersedes=gone))
    with pytest.raises(review.TransitionRefused, match="no longer stands"):
        review.publish([successor], rows.editor())


def test_two_claims_cannot_supersede_the_same_one() -> None:
    old = rows.published()
    rivals = [f.submitted(f.EstimateFactory(subject=old.subject, supersedes=old)) for _number in range(2)]
    with pytest.raises(review.TransitionRefused, match="same one"):
        review.publish(rivals, rows.editor())


# Preferences


def test_a_new_preference_ends_the_one_before() -> None:
    first = rows.preference()
    other = f.published(
        f.EstimateFactory(subject_id=first.subject_id, mineral=first.claim.resourceestimate.mineral)
    )
    second = review.prefer(other, rows.editor(), "it counts more")
    first.refresh_from_db()
    assert (first.until_tick, second.until_tick) == (second.from_tick, None)
    assert first.ended_because == "it counts more"


@pytest.mark.parametrize("withdraw", [superseded, rows.retracted])
def test_a_withdrawn_claim_heads_no_point(
    withdraw: Callable[[], Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Preference] = []
    published = rows.published

    def published_and_preferred() -> Claim:
        claim = published()
        chosen.append(review.prefer(claim, rows.editor(), "the only one"))
        return claim

    monkeypatch.setattr(rows, "published", published_and_preferred)
    withdrawn = withdraw()
    chosen[0].refresh_from_db()
    assert chosen[0].until_tick == withdrawn.withdrawn_tick


def test_an_ended_preference_cannot_end_again(editor: User) -> None:
    with pytest.raises(review.TransitionRefused, match="already ended"):
        review.end_preference(rows.ended_preference(), editor, "again")


# Checks


def test_a_check_is_dated_on_the_clock_and_kept_with_what_it_showed(editor: User) -> None:
    claim = rows.published()
    said = review.check(claim, editor, Check.Outcome.NOT_FOUND, "page 3 speaks of ore")
    assert (said.tick, said.outcome) == (clock.newest(), "not found")
    assert checks_of([claim], said.tick - 1) == {}
    assert checks_of([claim], said.tick) == {claim.pk: [said]}


# Suppression


def test_two_administrators_suppress_a_claim(administrator: User, second_administrator: User) -> None:
    claim = rows.published()
    review.suppress(claim, administrator, second_administrator, "a court order")
    claim.refresh_from_db()
    assert (claim.suppressed_by, claim.suppressed_with) == (administrator, second_administrator)
    assert claim.suppressed_at is not None


def test_one_administrator_is_not_enough(administrator: User) -> None:
    with pytest.raises(review.TransitionRefused, match="two administrators"):
        review.suppress(rows.published(), administrator, administrator, "a court order")


def test_an_editor_cannot_be_the_second(administrator: User, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        review.suppress(rows.published(), administrator, editor, "a court order")


@pytest.mark.parametrize("step", ["retract", "check", "prefer"])
def test_nothing_more_is_done_to_a_suppressed_claim(step: str, editor: User) -> None:
    with pytest.raises(review.TransitionRefused):
        STEPS[step](rows.suppressed(), editor)


# Records become public with their first claim


def test_everything_a_claim_names_becomes_public_with_it() -> None:
    owner, minister = f.PartnerFactory(), f.PartnerFactory()
    claim = f.published(f.InvolvementFactory(partner=owner, originator=minister))
    source = claim.source
    named = [claim.subject_id, owner.pk, minister.pk, source.pk, source.publisher_id]
    assert set(Record.objects.filter(is_public=True).values_list("pk", flat=True)) == set(named)
    assert set(
        Version.objects.filter(from_tick=claim.published_tick).values_list("record_id", flat=True)
    ) == set(named)


def test_minerals_and_partners_of_money_become_public_with_it() -> None:
    mineral, bank = f.MineralFactory(), f.PartnerFactory()
    f.published(f.InvestmentFactory(minerals=[mineral], partners=[bank]))
    assert Record.objects.filter(pk__in=[mineral.pk, bank.pk], is_public=True).count() == 2


def test_a_drafts_records_stay_private() -> None:
    claim = rows.submitted()
    assert not Record.objects.filter(is_public=True).exists()
    assert claim.subject.versions.count() == 0
