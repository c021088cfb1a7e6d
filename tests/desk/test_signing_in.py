"""Guessing passwords: counted by account and by place, in the database that all workers share."""

import datetime as dt
import logging

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from accounts.places import place
from tests.desk.forms import signed_in

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
PASSWORD = "lithium and antimony"
LIMIT = 3


@pytest.fixture(autouse=True)
def few(settings) -> None:
    settings.AXES_FAILURE_LIMIT = LIMIT
    settings.AXES_COOLOFF_TIME = dt.timedelta(minutes=15)


@pytest.fixture
def account(db) -> User:
    return User.objects.create_user("aigul", password=PASSWORD, is_staff=True)


def attempt(username: str = "aigul", password: str = "wrong", remote: str = "198.51.100.7", **headers: str):
    """One attempt in a browser of its own."""
    client = Client(REMOTE_ADDR=remote, headers=headers)
    return client.post(LOGIN, {"username": username, "password": password})


def test_too_many_wrong_passwords_close_the_account_to_guessing(account) -> None:
    answers = [attempt(remote=f"198.51.100.{number}") for number in range(LIMIT)]
    assert [answer.status_code for answer in answers] == [200] * (LIMIT - 1) + [429]
    right = attempt(password=PASSWORD, remote="203.0.113.9")
    assert (right.status_code, right["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in right.content.decode()


def test_too_many_wrong_passwords_close_the_place(account) -> None:
    for number in range(LIMIT):
        attempt(f"somebody-{number}")
    assert attempt(password=PASSWORD).status_code == 429
    assert attempt(password=PASSWORD, remote="203.0.113.9").status_code == 302


def test_what_is_answered_does_not_tell_whether_the_account_exists(account) -> None:
    def answers(username: str, network: str) -> list[tuple[int, str]]:
        found = [attempt(username, remote=f"{network}.{number}") for number in range(LIMIT + 1)]
        return [(a.status_code, a.content.decode().replace(username, "NAME")) for a in found]

    def plain(pages: list[tuple[int, str]]) -> list[tuple[int, list[str]]]:
        return [(s, [li for li in t.splitlines() if "csrfmiddlewaretoken" not in li]) for s, t in pages]

    assert plain(answers("aigul", "198.51.100")) == plain(answers("nobody", "203.0.113"))


def test_the_pause_ends_and_trying_does_not_prolong_it(account) -> None:
    for _number in range(LIMIT):
        attempt()
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=14))
    assert attempt(password=PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert attempt(password=PASSWORD).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(account) -> None:
    for _number in range(LIMIT - 1):
        attempt()
    assert attempt(password=PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_the_servers_log_tells_of_it_without_the_password(account, caplog) -> None:
    caplog.set_level(logging.WARNING, logger="axes")
    for _number in range(LIMIT):
        attempt(password="a secret of mine")
    assert "Locking out" in caplog.text
    assert "a secret of mine" not in caplog.text
    kept = AccessAttempt.objects.get()
    assert "a secret of mine" not in kept.post_data + kept.get_data


def test_open_sessions_go_on(account) -> None:
    client = signed_in(account)
    for _number in range(LIMIT):
        attempt()
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/", LOGIN + "?next=/admin/"])
def test_the_sign_in_form_comes_on_whatever_page_is_asked_for(account, path) -> None:
    assert Client().get(path, follow=True).status_code == 200


# Places


def place_of(remote: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return place(RequestFactory(headers=headers).get("/", REMOTE_ADDR=remote))


def test_without_trusted_proxies_the_header_counts_for_nothing() -> None:
    assert place_of("198.51.100.7", "203.0.113.9") == "198.51.100.7"


def test_behind_trusted_proxies_the_outermost_of_them_is_believed(settings) -> None:
    settings.TRUSTED_PROXIES = 2
    assert place_of("10.0.0.1", "192.0.2.1, 203.0.113.9, 10.0.0.2") == "203.0.113.9"


@pytest.mark.parametrize("remote", ["", "unknown", "_hidden"])
def test_an_address_that_is_none_is_one_place(remote) -> None:
    assert place_of(remote) == "0.0.0.0"


@pytest.mark.parametrize("remote", ["198.51.100.7:4711", "::ffff:198.51.100.7", "[::ffff:198.51.100.7]:4711"])
def test_a_port_or_another_way_to_write_it_makes_no_other_place(remote) -> None:
    assert place_of(remote) == "198.51.100.7"


def test_of_ipv6_a_household_is_one_place() -> None:
    assert place_of("2001:db8:1:2:3:4:5:6") == place_of("2001:db8:1:2::9") == "2001:db8:1:2::"
    assert place_of("fe80::1%eth0") == "fe80::"


def test_a_forged_header_is_no_error(account, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    assert attempt(**{"X-Forwarded-For": "'; DROP TABLE, nonsense"}).status_code == 200
