import datetime as dt
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.formats import date_format

from accounts.places import neighbourhood, place
from atlas.suggesting import guards
from sources.models import Claim, Record, Suggestion

pytestmark = pytest.mark.django_db
HOME = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms in these tests are filled in quickly, unless the test is about that."""
    monkeypatch.setattr(guards, "LEAST_SECONDS", -1)
    monkeypatch.setattr(guards, "LEAST_SECONDS_IN_A_FLOOD", -1)


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
    for turn in range(guards.PER_HOUR_FROM_ONE):
        assert client.post("/en/suggest/", form(sentence=f"It opened {turn}."), **HOME).status_code == 302
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
    assert [
        bool(suggestion.sender or suggestion.network) for suggestion in Suggestion.objects.order_by("sent_at")
    ] == [False, True]


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


# Floods


def flood(count: int, network: str = "") -> None:
    Suggestion.objects.bulk_create(
        Suggestion(sentence=f"spam {number}", sender=f"somebody {number}", network=network or f"net {number}")
        for number in range(count)
    )


def test_a_flood_from_everywhere_shuts_no_honest_reader_out(client: Client) -> None:
    flood(guards.PER_HOUR_FROM_ALL)
    sent = client.post("/en/suggest/", form(), **HOME)
    assert sent.status_code == 302
    suggestion = Suggestion.objects.get(sentence="The plant opened.")
    assert suggestion.held
    assert "waits for an editor" in client.get(sent.headers["Location"]).content.decode()


def test_while_a_flood_lasts_the_form_must_have_been_open_longer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood(guards.PER_HOUR_FROM_ALL)
    served = guards.token()
    monkeypatch.setattr(guards, "LEAST_SECONDS_IN_A_FLOOD", 2)
    refused = client.post("/en/suggest/", form(served=served), **HOME).content.decode()
    assert "too quickly" in refused
    assert f'value="{served}"' in refused  # pressing the button again, later, is enough
    monkeypatch.setattr(guards, "LEAST_SECONDS_IN_A_FLOOD", -1)
    assert client.post("/en/suggest/", form(served=served), **HOME).status_code == 302


def test_one_network_is_held_then_refused_and_others_are_taken(client: Client) -> None:
    here = guards.sender(RequestFactory().get("/", REMOTE_ADDR="203.0.113.1")).network
    flood(guards.PER_HOUR_FROM_NETWORK, here)
    assert client.post("/en/suggest/", form(), REMOTE_ADDR="203.0.113.200", **HOME).status_code == 302
    assert Suggestion.objects.get(sentence="The plant opened.").held
    flood(guards.MOST_PER_HOUR_FROM_NETWORK - guards.PER_HOUR_FROM_NETWORK, here)
    assert client.post("/en/suggest/", form(), REMOTE_ADDR="203.0.113.201", **HOME).status_code == 429
    other = form(sentence="Another reader's.")
    assert client.post("/en/suggest/", other, REMOTE_ADDR="198.51.100.1", **HOME).status_code == 302
    assert not Suggestion.objects.get(sentence="Another reader's.").held


def test_one_address_can_send_only_so_much_a_day(client: Client) -> None:
    who = guards.sender(RequestFactory().get("/", REMOTE_ADDR="203.0.113.1")).address
    earlier = timezone.now() - dt.timedelta(hours=5)
    for number in range(guards.PER_DAY_FROM_ONE):
        sent = Suggestion.objects.create(sentence=f"no {number}", sender=who)
        Suggestion.objects.filter(pk=sent.pk).update(sent_at=earlier)
    assert client.post("/en/suggest/", form(), REMOTE_ADDR="203.0.113.1", **HOME).status_code == 429


@pytest.mark.parametrize(
    ("address", "own", "network"),
    [
        ("203.0.113.77", "203.0.113.77", "203.0.113.0"),
        ("203.0.113.77:4711", "203.0.113.77", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2::5", "2001:db8:1:2::", "2001:db8:1::"),
        ("[2001:db8:1:2::5]:443", "2001:db8:1:2::", "2001:db8:1::"),
        ("nonsense", "0.0.0.0", "0.0.0.0"),
    ],
)
def test_an_address_counts_with_its_household_and_its_network(address: str, own: str, network: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    assert (place(request), neighbourhood(request)) == (own, network)


def test_the_button_pressed_twice_sends_once(client: Client) -> None:
    first = client.post("/en/suggest/", form(), **HOME)
    second = client.post("/en/suggest/", form(), **HOME)
    assert first.headers["Location"] == second.headers["Location"]
    assert Suggestion.objects.count() == 1


# Complaints


def test_who_complains_is_told_by_when_there_is_an_answer(client: Client) -> None:
    sent = client.post("/en/suggest/", form(kind="complaint", address=""), **HOME)
    promised = Suggestion.objects.get().answer_by
    assert promised == timezone.now().date() + dt.timedelta(days=14)
    page = client.get(sent.headers["Location"]).content.decode()
    assert f"You will have an answer here by {date_format(promised)}" in page


def test_a_promise_that_was_not_kept_is_admitted(client: Client) -> None:
    sent = client.post("/en/suggest/", form(kind="complaint", address=""), **HOME)
    Suggestion.objects.update(sent_at=timezone.now() - dt.timedelta(days=15))
    assert Suggestion.objects.get().is_overdue
    assert "it is late" in client.get(sent.headers["Location"]).content.decode()


def test_what_is_no_complaint_is_promised_no_day(client: Client) -> None:
    client.post("/en/suggest/", form(), **HOME)
    assert Suggestion.objects.get().answer_by is None
    assert not Suggestion.objects.get().is_overdue
