"""A batch from one source is reviewed as one: what waits from it on one page, decided together."""

import pytest
from django.urls import reverse

from sources import review
from sources.models import Claim, Tick
from tests.desk.forms import address, messages_of, signed_in
from tests.factories import EstimateFactory, FindingFactory, SourceFactory, person, published, submitted

pytestmark = pytest.mark.django_db


def batch(source) -> str:
    return reverse("admin:sources_source_review", args=[source.pk])


@pytest.fixture
def article(db):
    """A source from which three claims of two kinds on two records wait."""
    source = SourceFactory(name="Tin of the north")
    first = EstimateFactory(source=source, quantity=1000, as_of="2025", excerpt="a thousand tonnes")
    second = EstimateFactory(source=source, subject=first.subject, quantity=2000)
    for claim in (first, second, FindingFactory(source=source)):
        submitted(claim)
    return source


def ticked(page) -> list[str]:
    return [row.ticket for _record, rows in page.context["records"] for row in rows if row.is_ticked]


def statuses(source) -> list[str]:
    return list(Claim.objects.filter(source_id=source.pk).order_by("pk").values_list("status", flat=True))


def test_everything_that_waits_from_the_source_is_shown_by_record_and_nothing_else(editor, article) -> None:
    EstimateFactory(source=article)  # a draft
    submitted(EstimateFactory())  # of another source
    page = signed_in(editor).get(batch(article))
    assert [len(rows) for _record, rows in page.context["records"]] in ([2, 1], [1, 2])
    assert "a thousand tonnes" in page.content.decode()


def test_each_claim_stands_beside_what_is_published_on_its_point(editor, article) -> None:
    waiting = Claim.objects.filter(source_id=article.pk, kind="estimate").first()
    mine = waiting.resourceestimate
    published(
        EstimateFactory(subject=waiting.subject, mineral=mine.mineral, quantity=1000, as_of="2025"),
        person("second", "editor"),
    )
    text = signed_in(editor).get(batch(article)).content.decode()
    assert "says the same" in text
    assert "first on its point" in text


def test_one_step_publishes_all_of_it_at_one_tick(editor, article) -> None:
    client = signed_in(editor)
    page = client.get(batch(article))
    answer = client.post(batch(article), {"step": "publish", "claim": ticked(page)}, follow=True)
    assert statuses(article) == ["published"] * 3
    assert len(set(Claim.objects.filter(source_id=article.pk).values_list("published_tick"))) == 1
    assert "3 claims: Published." in messages_of(answer)


def test_what_is_not_ticked_stays_in_the_queue(editor, article) -> None:
    client = signed_in(editor)
    [first, *_rest] = ticked(client.get(batch(article)))
    answer = client.post(batch(article), {"step": "publish", "claim": [first]})
    assert sorted(statuses(article)) == ["published", "submitted", "submitted"]
    assert answer.url == batch(article)


@pytest.mark.parametrize(("name", "status"), [("reject", "rejected"), ("send-back", "draft")])
def test_all_of_it_is_rejected_or_sent_back_with_one_reason(editor, article, name, status) -> None:
    client = signed_in(editor)
    tickets = ticked(client.get(batch(article)))
    client.post(batch(article), {"step": name, "claim": tickets, "words": "The table was misread."})
    assert statuses(article) == [status] * 3
    reasons = Claim.objects.filter(source_id=article.pk).values_list("decided_because", flat=True)
    assert set(reasons) == {"The table was misread."}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"step": "reject"}, "needs a reason"),
        ({"step": "publish", "claim": []}, "No claim is ticked"),
        ({"step": "burn"}, "Say what is to be done"),
        ({"step": "publish", "claim": ["x", "9" * 99, "1@2"]}, "changed after this page was made"),
    ],
)
def test_a_refused_step_changes_nothing_and_says_why(editor, article, sent, said) -> None:
    client = signed_in(editor)
    tickets = ticked(client.get(batch(article)))
    answer = client.post(batch(article), {"claim": tickets, "words": " ", **sent})
    assert answer.status_code == 409
    assert said in answer.context["why"]
    assert statuses(article) == ["submitted"] * 3
    assert not Tick.objects.exists()


def test_ticks_and_words_come_back_with_a_refusal(editor, article) -> None:
    client = signed_in(editor)
    kept = ticked(client.get(batch(article)))[1:]
    answer = client.post(batch(article), {"claim": kept, "words": "misread", "step": "burn"})
    assert ticked(answer) == kept
    assert answer.context["words"] == "misread"


def test_four_eyes_hold_for_the_batch(article) -> None:
    own = EstimateFactory(source=article, author=person("both", "editor"))
    submitted(own)
    client = signed_in(own.author)
    page = client.get(batch(article))
    [row] = [row for _record, rows in page.context["records"] for row in rows if row.is_own]
    assert row.claim.pk == own.pk
    assert not row.is_ticked
    answer = client.post(batch(article), {"step": "publish", "claim": [*ticked(page), row.ticket]})
    assert "second pair of eyes" in answer.context["why"]
    assert statuses(article) == ["submitted"] * 4


def test_ones_own_claims_do_not_crowd_out_those_that_one_may_publish(article, monkeypatch) -> None:
    monkeypatch.setattr("sources.admin.batches.AT_ONCE", 3)
    own = EstimateFactory(source=article, subject__name="Aaa", author=person("both", "editor"))
    submitted(own)
    page = signed_in(own.author).get(batch(article))
    assert len(ticked(page)) == 3


def test_what_changed_since_the_page_was_made_is_read_again_before_it_is_published(editor, article) -> None:
    client = signed_in(editor)
    tickets = ticked(client.get(batch(article)))
    claim = Claim.objects.filter(source_id=article.pk, kind="estimate").first()
    review.send_back([claim], editor, "Which year?")
    estimate = claim.resourceestimate
    estimate.refresh_from_db()
    estimate.quantity = 9
    estimate.save()
    submitted(estimate)
    answer = client.post(batch(article), {"step": "publish", "claim": tickets})
    assert "changed after this page was made" in answer.context["why"]
    assert statuses(article) == ["submitted"] * 3


@pytest.mark.parametrize("who", ["contributor", "stranger"])
def test_only_editors_review(who, request, article) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(batch(article)).status_code in (302, 403)
    assert client.post(batch(article), {"step": "publish"}).status_code in (302, 403)


def test_the_page_costs_the_same_for_many_claims(editor, article, django_assert_max_num_queries) -> None:
    for _ in range(20):
        submitted(EstimateFactory(source=article))
    client = signed_in(editor)
    with django_assert_max_num_queries(22):
        client.get(batch(article))


def test_the_queue_and_a_claim_that_waits_lead_to_the_batch(editor, article) -> None:
    client = signed_in(editor)
    queue = client.get(address(Claim, "changelist"), {"status__exact": "submitted"})
    assert batch(article) in queue.content.decode()
    claim = Claim.objects.filter(source_id=article.pk, kind="estimate").first().resourceestimate
    assert batch(article) in client.get(address(claim)).content.decode()


def test_when_all_is_decided_the_next_batch_is_one_click_away(editor, article) -> None:
    other = SourceFactory(name="Another yearbook")
    submitted(EstimateFactory(source=other))
    client = signed_in(editor)
    client.post(batch(article), {"step": "publish", "claim": ticked(client.get(batch(article)))})
    page = client.get(batch(article)).content.decode()
    assert "Nothing waits from this source." in page
    assert batch(other) in page
