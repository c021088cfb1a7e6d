"""The queue: what waits, in one line each, beside what is published on its point."""

import pytest
from django.urls import reverse

from deposits.models import ResourceEstimate
from sources.models import Claim
from tests.desk.forms import address, messages_of, signed_in, step
from tests.factories import (
    CLAIM_FACTORIES,
    DepositFactory,
    EstimateFactory,
    FindingFactory,
    LocationFactory,
    MineralFactory,
    person,
    published,
    submitted,
)

pytestmark = pytest.mark.django_db

QUEUE = {"status__exact": "submitted"}


def queue_of(someone, **asked: str):
    return signed_in(someone).get(address(Claim, "changelist"), {**QUEUE, **asked})


def test_the_queue_holds_claims_of_every_kind_that_wait(editor) -> None:
    waiting = {submitted(factory()).pk for factory in (EstimateFactory, LocationFactory, FindingFactory)}
    EstimateFactory()
    published(EstimateFactory(), person("second", "editor"))
    page = queue_of(editor)
    assert {claim.pk for claim in page.context["cl"].result_list} == waiting
    assert page.context["cl"].title == "Waiting for review"
    assert page.context["desk"]["waiting"] == 3


def test_a_line_says_what_the_claim_states(editor) -> None:
    claim = submitted(EstimateFactory(quantity="264600.500000", category="C1+C2"))
    text = queue_of(editor).content.decode()
    assert f"{claim.mineral} · 264,600.5 t · C1+C2" in text


@pytest.mark.parametrize(
    ("stated", "beside"),
    [
        ({"quantity": 1000}, "says the same"),
        ({"quantity": 2000}, "says otherwise"),
        ({"quantity": 2000, "as_of": "2010"}, "of another time"),
        ({"quantity": 1000, "basis": "ore"}, "the same figure under another label"),
        ({"quantity": 2000, "basis": "ore"}, "not comparable"),
    ],
)
def test_a_claim_that_waits_is_compared_with_the_published_ones(editor, stated, beside) -> None:
    standing = published(EstimateFactory(quantity=1000, as_of="2025"), person("second", "editor"))
    claim = submitted(
        EstimateFactory(
            **{"subject": standing.subject, "mineral": standing.mineral, "as_of": "2025", **stated}
        )
    )
    assert f"1 × {beside}" in queue_of(editor).content.decode()
    [(neighbour, _line, _address)] = signed_in(editor).get(address(claim)).context["beside"]
    assert str(neighbour.relation.label) == beside


def test_what_can_be_compared_stands_before_what_cannot(editor) -> None:
    same_point = {"subject": DepositFactory(), "mineral": MineralFactory(), "as_of": "2025"}
    second = person("second", "editor")
    for stated in ({"quantity": 3000, "basis": "ore"}, {"quantity": 2000}, {"quantity": 1000}):
        published(EstimateFactory(**same_point, **stated), second)
    claim = submitted(EstimateFactory(**same_point, quantity=1000))
    beside = signed_in(editor).get(address(claim)).context["beside"]
    assert [neighbour.relation for neighbour, _line, _address in beside] == ["agrees", "differs", "beside"]


def test_a_claim_without_company_is_first_on_its_point(editor) -> None:
    submitted(EstimateFactory())
    assert "first on its point" in queue_of(editor).content.decode()


def test_the_queue_is_filtered_by_kind_and_found_by_number_or_name(editor) -> None:
    # Names without digits, so that a claim's number finds nothing but the claim.
    claim = submitted(EstimateFactory(subject__name="Kadamjay", source__name="A yearbook"))
    other = submitted(LocationFactory(subject__name="Haidarkan", source__name="A register"))
    for asked, found in [
        ({"kind": "estimate"}, claim),
        ({"kind": "location"}, other),
        ({"q": str(claim.pk)}, claim),
        ({"q": other.subject.name.upper()}, other),
        ({"author__id__exact": str(claim.author_id)}, claim),
    ]:
        assert [row.pk for row in queue_of(editor, **asked).context["cl"].result_list] == [found.pk]


def test_a_claims_number_leads_to_the_page_of_its_kind(editor) -> None:
    claim = EstimateFactory()
    answer = signed_in(editor).get(reverse("admin:sources_claim_change", args=[claim.pk]))
    assert answer["Location"] == address(claim)


def test_rejecting_a_selection_asks_for_the_reason_and_keeps_it(editor) -> None:
    claims = [submitted(EstimateFactory()), EstimateFactory()]
    chosen = {"action": "reject_claims", "_selected_action": [claim.pk for claim in claims]}
    client = signed_in(editor)
    page = client.post(address(Claim, "changelist"), chosen)
    assert page.templates[0].name == "admin/reject_claims.html"
    again = client.post(address(Claim, "changelist"), {**chosen, "words": "No such table."})
    assert "No such table." in again.content.decode()
    assert "Nothing was changed" in messages_of(again)
    one = {**chosen, "_selected_action": [claims[0].pk], "words": "No such table."}
    assert client.post(address(Claim, "changelist"), one).status_code == 302
    claims[0].refresh_from_db()
    assert (claims[0].status, claims[0].decided_because) == ("rejected", "No such table.")


def test_review_goes_on_by_keyboard_from_one_claim_to_the_next(editor, contributor) -> None:
    first, second, third = (submitted(EstimateFactory()) for _number in range(3))
    client = signed_in(editor)
    page = client.get(address(second))
    assert page.context["next_waiting"] == first.pk
    assert client.get(address(first)).context["next_waiting"] == third.pk
    text = page.content.decode()
    for key in "nprb":
        assert f'accesskey="{key}"' in text
    assert 'accesskey="n"' not in signed_in(contributor).get(address(second)).content.decode()
    done = client.post(step(second, "publish"), follow=True)
    assert done.context["next_waiting"] == first.pk


def test_contributors_have_no_action_to_publish_or_reject(contributor) -> None:
    submitted(EstimateFactory(author=contributor))
    choices = queue_of(contributor).context["action_form"].fields["action"].choices
    assert [name for name, _label in choices] == ["", "submit_claims"]


def test_the_index_counts_what_waits_for_this_person(contributor, editor) -> None:
    submitted(EstimateFactory(author=contributor))
    EstimateFactory(author=contributor)
    EstimateFactory(author=editor)
    counts = signed_in(contributor).get(reverse("admin:index")).context["desk"]
    assert (counts["waiting"], counts["drafts"], counts["returned"], counts["rejected"]) == (1, 1, 0, 0)


def test_a_line_names_records_in_the_readers_language(editor) -> None:
    claim = submitted(EstimateFactory(quantity="264600", as_of="2020"))
    for record, name in ((claim.mineral, "сурьма"), (claim.subject, "Кончоч")):
        record.names.create(text=name, language="ru", kind="name")
    page = (
        signed_in(editor)
        .get(address(Claim, "changelist"), QUEUE, headers={"accept-language": "ru"})
        .content.decode()
    )
    assert "сурьма · 264\xa0600 т" in page
    assert "Кончоч" in page
    assert str(claim.subject) not in page


def test_a_list_of_one_kind_costs_the_same_for_many_claims(editor, django_assert_max_num_queries) -> None:
    for _number in range(12):
        submitted(EstimateFactory(quantity="1000"))
    client = signed_in(editor)
    with django_assert_max_num_queries(20):
        text = client.get(address(ResourceEstimate, "changelist")).content.decode()
    assert text.count("1,000 t") == 12


def test_the_queue_costs_the_same_for_many_claims_of_many_kinds(
    editor, django_assert_max_num_queries
) -> None:
    for factory in CLAIM_FACTORIES:
        for _number in range(4):
            submitted(factory())
    client = signed_in(editor)
    with django_assert_max_num_queries(34):
        page = client.get(address(Claim, "changelist"), QUEUE)
    assert page.context["cl"].result_count == 4 * len(CLAIM_FACTORIES)
