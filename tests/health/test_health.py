import pytest
from django.test import Client

from atlas.health.evidence import collect
from atlas.health.rules import BY_KEY, RULES, failing, measure
from atlas.published.keeper import keeper
from sources import review
from sources.models import Claim

pytestmark = pytest.mark.django_db


def test_what_was_loaded_counts_as_unchecked_until_an_editor_checks_it(loaded: int, editor: object) -> None:
    before = measure(collect(keeper.newest()), BY_KEY["checked"]).overall
    assert before.holding == 0
    assert before.total == Claim.objects.as_of(loaded).count()
    review.check(Claim.objects.as_of(loaded).first(), editor)
    assert measure(collect(keeper.newest()), BY_KEY["checked"]).overall.holding == 1


def test_a_check_that_did_not_find_the_claim_does_not_count(loaded: int, editor: object) -> None:
    review.check(Claim.objects.as_of(loaded).first(), editor, outcome="not found")
    assert measure(collect(keeper.newest()), BY_KEY["checked"]).overall.holding == 0


def test_a_preference_resolves_a_disagreement(loaded: int, editor: object) -> None:
    evidence = collect(keeper.newest())
    before = measure(evidence, BY_KEY["disputed"]).overall.holding
    _subject, point = next(iter(failing(evidence, BY_KEY["disputed"])))
    review.prefer(point.claims[0], editor, "It is the ministry's own figure.")
    assert measure(collect(keeper.newest()), BY_KEY["disputed"]).overall.holding == before - 1


def test_an_undated_claim_from_a_dated_source_is_dated(loaded: int) -> None:
    evidence = collect(keeper.newest())
    for _subject, claim in failing(evidence, BY_KEY["undated"]):
        assert not claim.as_of and not claim.source.published


def test_district_positions_are_counted_over_all_places(loaded: int) -> None:
    snapshot = keeper.newest()
    share = measure(collect(snapshot), BY_KEY["imprecise"]).overall
    rough = [place for place in snapshot.places.values() if place.precision in ("district", "region")]
    assert (share.holding, share.total) == (len(rough), len(snapshot.places))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_counts_the_same_over_all_as_what_it_lists(rule: object, loaded: int) -> None:
    evidence = collect(keeper.newest())
    measured = measure(evidence, rule)
    share = measured.overall
    told_against = sum(1 for _item in failing(evidence, rule))
    assert told_against == (share.total - share.holding if rule.good else share.holding)
    assert told_against == sum(measured.failing.values())


def test_the_page_names_every_rule_and_links_to_what_fails_it(loaded: int, client: Client) -> None:
    page = client.get("/en/health-of-the-record/").content.decode()
    for rule in RULES:
        assert str(rule.description) in page
        assert client.get(f"/en/health-of-the-record/{rule.key}/").status_code == 200
    assert client.get("/en/health-of-the-record/no-such-rule/").status_code == 404


def test_the_measures_of_a_tick_are_made_once(
    loaded: int, client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/en/health-of-the-record/")
    with django_assert_max_num_queries(3):
        client.get("/en/health-of-the-record/")
