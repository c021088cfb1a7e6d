"""A claim's own page: what it says, who answers for it, what became of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from sources import review
from sources.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db


def text(client: Client, claim: Any, query: str = "") -> str:
    answer = client.get(f"/en/claims/{claim.pk}/{query}")
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def claim(db: None) -> Any:
    return factories.published(factories.EstimateFactory(quantity=264616, excerpt="264 616 tonnes"))


def test_a_claim_names_who_entered_and_who_published_it(client: Client, claim: Any) -> None:
    shown = text(client, claim)
    assert "264,616 t" in shown and "264 616 tonnes" in shown
    assert f"Entered by {claim.author.username} on" in shown
    assert "Published by editor on" in shown
    assert claim.source.name in shown


def test_a_claim_names_who_checked_it(client: Client, claim: Any, second_editor: Any) -> None:
    review.check(claim, by=second_editor, note="table 2")
    assert "Checked by second-editor on" in text(client, claim)
    assert "table 2" in text(client, claim)


def test_a_loaded_claim_says_that_it_was_loaded(client: Client, loaded: int) -> None:
    claim = Claim.objects.filter(batch__name="kazakhstan.json")[0]
    shown = text(client, claim)
    assert "Loaded from kazakhstan.json on" in shown
    assert "not yet checked by a named editor" in shown


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_what_was_never_published_is_not_public(client: Client, editor: Any, state: str) -> None:
    claim = factories.EstimateFactory()
    if state != "draft":
        factories.submitted(claim)
    if state == "rejected":
        review.reject([claim], by=editor, because="no such figure in the source")
    assert client.get(f"/en/claims/{claim.pk}/").status_code == 404


def test_a_superseded_claim_stays_and_leads_to_its_successor(client: Client, claim: Any) -> None:
    successor = factories.published(
        factories.EstimateFactory(
            subject=claim.subject, mineral=claim.mineral, quantity=265000, supersedes=claim, note="misread"
        )
    )
    shown = text(client, claim)
    assert "Superseded on" in shown and "misread" in shown
    assert f"See claim {successor.pk}" in shown
    assert f"Claim {claim.pk}" in text(client, successor)


def test_a_retracted_claim_stays_with_the_reason(client: Client, claim: Any, editor: Any) -> None:
    review.retract(claim, by=editor, because="The article was withdrawn.")
    shown = text(client, claim)
    assert "Retracted on" in shown and "The article was withdrawn." in shown


def test_as_of_before_its_retraction_a_claim_stands(client: Client, claim: Any, editor: Any) -> None:
    review.retract(claim, by=editor, because="The article was withdrawn.")
    assert "The article was withdrawn." not in text(client, claim, f"?as_of={claim.published_tick}")


def test_as_of_before_its_publication_there_is_no_claim(client: Client, claim: Any) -> None:
    later = factories.published(factories.EstimateFactory())
    assert client.get(f"/en/claims/{later.pk}/?as_of={claim.published_tick}").status_code == 404


def test_a_suppressed_claim_leaves_only_a_tombstone(
    client: Client, claim: Any, administrator: Any, second_administrator: Any
) -> None:
    review.suppress(claim, by=administrator, agreed=second_administrator, because="court order")
    for query in ("", f"?as_of={claim.published_tick}"):
        answer = client.get(f"/en/claims/{claim.pk}/{query}")
        assert answer.status_code == 451
        assert "264,616" not in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert claim.source.name not in answer.content.decode()


def test_a_number_beyond_any_is_just_not_found(client: Client, claim: Any) -> None:
    assert client.get(f"/en/claims/{10**30}/").status_code == 404


def test_a_claim_page_takes_few_queries(
    client: Client, claim: Any, django_assert_max_num_queries: Any
) -> None:
    text(client, claim)
    with django_assert_max_num_queries(10):
        text(client, claim)


def test_a_finding_shows_its_figure_with_its_unit(client: Client) -> None:
    finding = factories.published(factories.FindingFactory(quantity=22, unit="critical minerals"))
    assert "22 critical minerals ·" in text(client, finding)


def test_a_claims_permanent_link_can_be_pasted(client: Client, claim: Any) -> None:
    assert f"Permanent link: http://testserver/c/{claim.pk}" in text(client, claim)


def test_a_points_summary_counts_the_figures_that_it_spans(client: Client) -> None:
    first = factories.published(factories.EstimateFactory(quantity=100, basis="contained metal"))
    same = {"subject": first.subject, "mineral": first.mineral}
    factories.published(factories.EstimateFactory(**same, quantity=300, basis="contained metal"))
    factories.published(factories.EstimateFactory(**same, quantity=5, unit="Mt", basis="ore"))
    page = client.get(f"/d/{first.subject_id}", follow=True).content.decode()
    shown = " ".join(strip_tags(page).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "2 statements, 2 independent sources: from 100 t to 300 t." in shown
