import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from atlas.suggesting import guards
from sources.models import Claim, Record, Suggestion

pytestmark = pytest.mark.django_db
HOME = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms in these tests are filled in quickly, unless the test is about that."""
    monkeypatch.setattr(guards, "LEAST_SECONDS", -1)


def form(**changes: str) -> dict[str, str]:
    return {
        "kind": "fact",
        "address": "https://example.kz/tungsten",
        "sentence": "The plant opened.",
        "website": "",
        "served": guards.token(),
        **changes,
    }


def test_a_suggestion_waits_for_an_editor_and_its_sender_sees_what_became_of_it(
    client: Client, editor: Any
) -> None:
    sent = client.post("/en/suggest/", form(), **HOME)
    suggestion = Suggestion.objects.get()
    assert sent.headers["Location"] == f"/en/suggest/{suggestion.token}/"
    assert "waits for an editor" in client.get(sent.headers["Location"]).content.decode()
    suggestion.status, suggestion.answer = Suggestion.Status.DECLINED, "The plant is older."
    suggestion.handled_by, suggestion.handled_at = editor, suggestion.sent_at
    suggestion.save()
    assert "The plant is older." in client.get(sent.headers["Location"]).content.decode()


def test_neither_form_nor_outcome_sets_a_cookie(client: Client) -> None:
    assert not client.get("/en/suggest/").cookies
    assert not client.post("/en/suggest/", form(), **HOME).cookies


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"website": "http://spam.example"}, "robot"),
        ({"served": "suggest:forged:signature"}, "too quickly"),
        ({"served": ""}, "not sent yet"),
        ({"address": "javascript:alert(1)"}, "Address where"),
        ({"address": "ftp://example.org/a"}, "Address where"),
        ({"address": ""}, "needs the address of a source"),
        ({"sentence": ""}, "What should the atlas know"),
        ({"sentence": "x" * 1001}, "What should the atlas know"),
    ],
)
def test_a_bad_form_is_refused_and_gives_back_what_was_typed(
    client: Client, changes: dict[str, str], said: str
) -> None:
    answer = client.post("/en/suggest/", form(**changes), **HOME)
    page = answer.content.decode()
    assert said in page
    assert changes.get("sentence", "The plant opened.") in page
    assert not Suggestion.objects.exists()


def test_a_form_sent_faster_than_it_can_be_read_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "LEAST_SECONDS", 3)
    assert "too quickly" in client.post("/en/suggest/", form(), **HOME).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_a_form_from_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/en/suggest/", form(), **headers).status_code == 403
    assert not Suggestion.objects.exists()


def test_one_network_can_send_only_so_much_an_hour(client: Client) -> None:
    for _turn in range(guards.PER_HOUR_FROM_ONE):
        assert client.post("/en/suggest/", form(), **HOME).status_code == 302
    assert client.post("/en/suggest/", form(), **HOME).status_code == 429
    assert client.post("/en/suggest/", form(), REMOTE_ADDR="203.0.113.9", **HOME).status_code == 302


def test_behind_trusted_proxies_the_reader_counts_not_the_proxy(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(guards.PER_HOUR_FROM_ONE + 1):
        forwarded = f"198.51.100.1, 203.0.113.{number}"
        assert client.post("/en/suggest/", form(), HTTP_X_FORWARDED_FOR=forwarded, **HOME).status_code == 302


def test_the_senders_address_is_not_kept(client: Client) -> None:
    client.post("/en/suggest/", form(), REMOTE_ADDR="203.0.113.77", **HOME)
    assert "203.0.113.77" not in str(Suggestion.objects.values().get())


def test_after_a_day_not_even_the_hash_of_the_sender_is_kept(client: Client) -> None:
    client.post("/en/suggest/", form(), **HOME)
    Suggestion.objects.update(sent_at=timezone.now() - dt.timedelta(days=2))
    client.post("/en/suggest/", form(), **HOME)
    assert [bool(suggestion.sender) for suggestion in Suggestion.objects.order_by("sent_at")] == [False, True]


def test_a_suggestion_knows_the_record_and_the_claim_it_was_sent_from(loaded: int, client: Client) -> None:
    claim = Claim.objects.as_of(loaded).first()
    client.post(f"/en/suggest/?claim={claim.pk}", form(kind="error", address=""), **HOME)
    suggestion = Suggestion.objects.get()
    assert (suggestion.claim_id, suggestion.subject_id) == (claim.pk, claim.subject_id)


@pytest.mark.parametrize(
    "query", ["record=999999999", "record=x", "claim=-1", "claim=" + "9" * 30, "record=%00"]
)
def test_what_is_not_public_cannot_be_suggested_about(client: Client, query: str) -> None:
    assert client.get(f"/en/suggest/?{query}").status_code == 404


def test_an_unknown_token_is_not_found(client: Client) -> None:
    assert client.get("/en/suggest/nothing-here/").status_code == 404
    assert not Record.objects.exists()
