"""The second factor: owed by editors and administrators, set up by its owner, reset by a colleague."""

import re
import time
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import User
from tests.desk.forms import address, messages_of, signed_in
from tests.factories import person

pytestmark = pytest.mark.django_db

PASSWORD = "lithium and antimony"
VERIFY, SET_UP, OWN = "/admin/second-factor/verify/", "/admin/second-factor/set-up/", "/admin/second-factor/"


def after_password(username: str, follow: bool = True, **extra: str) -> tuple[Client, Any]:
    """A browser in which the password was right, and the page that it then sees."""
    account = User.objects.get(username=username)
    account.set_password(PASSWORD)
    account.save()
    client = Client(**extra)
    data = {"username": username, "password": PASSWORD}
    return client, client.post("/admin/login/?next=/admin/sources/claim/", data, follow=follow)


def code_of(device: TOTPDevice, steps_ahead: int = 0) -> str:
    """What the app shows now, or so many steps of 30 seconds from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + 30 * steps_ahead
    return f"{totp.token():06d}"


def wrong(device: TOTPDevice) -> str:
    shown = {code_of(device, steps) for steps in range(-2, 3)}
    return next(
        code for code in ("111111", "222222", "333333", "444444", "555555", "666666") if code not in shown
    )


def set_up(user: User) -> tuple[Client, list[str]]:
    """A verified browser of somebody who has just set theirs up, and the recovery codes."""
    client, _page = after_password(user.username)
    client.get(SET_UP)
    page = client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get(user=user))})
    assert page.status_code == 200, page.context["refusal"]
    return client, page.context["codes"]


# Who owes one


@pytest.mark.parametrize("username", ["editor", "administrator", "root"])
def test_who_publishes_or_administers_is_led_to_setting_one_up(editor, administrator, username) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    _client, page = after_password(username)
    assert page.redirect_chain[-1][0].startswith(SET_UP)
    assert page.status_code == 200


def test_until_then_they_can_do_nothing_else(editor) -> None:
    client, _page = after_password("editor")
    for pattern in (*admin.site._registry,):
        answer = client.get(address(pattern, "changelist"))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, SET_UP)
    for place in (
        reverse("admin:index"),
        reverse("admin:password_change"),
        OWN,
        VERIFY,
        "/admin/no/such/page/",
    ):
        assert client.get(place)["Location"].split("?")[0] == SET_UP, place
    assert client.post(reverse("admin:password_change"), {}).status_code == 302
    assert client.post(reverse("admin:logout")).status_code == 200


def test_a_contributor_works_without_and_may_have_one(contributor) -> None:
    client, page = after_password("contributor")
    assert page.status_code == 200 and page.redirect_chain[-1][0] == "/admin/sources/claim/"
    client, _codes = set_up(contributor)
    assert client.get("/admin/").status_code == 200
    _client, page = after_password("contributor")
    assert page.redirect_chain[-1][0].startswith(VERIFY)


def test_who_becomes_an_editor_owes_one_from_that_moment(contributor) -> None:
    client, _page = after_password("contributor")
    person("contributor", "editor")
    assert client.get("/admin/")["Location"].startswith(SET_UP)


def test_demonstration_accounts_do_without_while_the_demonstration_runs(editor, settings) -> None:
    settings.DEMONSTRATION = True
    User.objects.filter(pk=editor.pk).update(is_demonstration=True)
    _client, page = after_password("editor")
    assert page.redirect_chain[-1][0] == "/admin/sources/claim/"


def test_a_real_editor_owes_one_also_where_a_demonstration_runs(editor, settings) -> None:
    settings.DEMONSTRATION = True
    _client, page = after_password("editor")
    assert page.redirect_chain[-1][0].startswith(SET_UP)


# Setting it up


def test_the_secret_comes_as_a_picture_and_as_text_without_anything_from_elsewhere(editor) -> None:
    client, page = after_password("editor")
    text = page.content.decode()
    secret = page.context["enrolment"].secret
    assert secret in text and re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", secret)
    drawing = re.search(r"<svg.*?</svg>", page.context["enrolment"].qr_code, re.S)
    assert drawing and "style=" not in drawing[0] and "http" not in drawing[0]
    assert "script-src 'self' 'unsafe-eval'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]
    assert client.get(SET_UP).context["enrolment"].secret == secret


def test_the_apps_first_code_opens_the_desk_and_gives_ten_recovery_codes(editor) -> None:
    client, codes = set_up(editor)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert client.get("/admin/").status_code == 200
    assert LogEntry.objects.get(user=editor).change_message == "Second factor set up."


def test_a_wrong_first_code_sets_nothing_up(editor) -> None:
    client, _page = after_password("editor")
    page = client.post(SET_UP, {"code": wrong(TOTPDevice.objects.get(user=editor))})
    assert page.status_code == 400 and "wrong" in page.context["refusal"]
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert client.get("/admin/").status_code == 302


def test_a_password_alone_does_not_replace_an_app_that_is_set_up(editor) -> None:
    set_up(editor)
    thief, _page = after_password("editor")
    assert thief.get(SET_UP)["Location"].split("?")[0] == VERIFY
    assert thief.post(SET_UP, {"code": "123456"})["Location"] == VERIFY
    assert TOTPDevice.objects.filter(user=editor).count() == 1


def test_another_app_takes_the_place_of_the_first(editor) -> None:
    client, codes = set_up(editor)
    first = TOTPDevice.objects.get(user=editor)
    client.get(SET_UP)
    second = TOTPDevice.objects.get(user=editor, confirmed=False)
    page = client.post(SET_UP, {"code": code_of(second)})
    assert not set(page.context["codes"]) & set(codes)
    assert list(TOTPDevice.objects.filter(user=editor)) == [second] != [first]
    assert client.get("/admin/").status_code == 200


# Giving it


def test_after_the_password_a_code_leads_to_the_page_that_was_asked_for(editor) -> None:
    set_up(editor)
    client, page = after_password("editor")
    place = page.redirect_chain[-1][0]
    assert place == f"{VERIFY}?next=%2Fadmin%2Fsources%2Fclaim%2F"
    before = client.session.session_key
    device = TOTPDevice.objects.get(user=editor)
    assert client.post(place, {"code": code_of(device, 1)})["Location"] == "/admin/sources/claim/"
    assert client.session.session_key != before
    assert client.get("/admin/sources/claim/").status_code == 200


def test_a_code_works_once(editor) -> None:
    set_up(editor)
    device = TOTPDevice.objects.get(user=editor)
    code = code_of(device, 1)
    first, _page = after_password("editor")
    assert first.post(VERIFY, {"code": code}).status_code == 302
    second, _page = after_password("editor")
    assert second.post(VERIFY, {"code": code}).status_code == 400


def test_a_recovery_code_works_once_and_says_how_many_are_left(editor) -> None:
    _client, codes = set_up(editor)
    client, _page = after_password("editor")
    page = client.post(VERIFY, {"code": f" {codes[0].upper()} "}, follow=True)
    assert "9 recovery codes are left." in messages_of(page)
    again, _page = after_password("editor")
    assert again.post(VERIFY, {"code": codes[0]}).status_code == 400


def test_wrong_codes_make_the_next_one_wait_in_every_worker(editor) -> None:
    set_up(editor)
    device = TOTPDevice.objects.get(user=editor)
    client, _page = after_password("editor")
    assert client.post(VERIFY, {"code": wrong(device)}).status_code == 400
    device.refresh_from_db()
    assert device.throttling_failure_count == 1
    TOTPDevice.objects.update(throttling_failure_count=9)  # long enough for a busy machine
    other, _page = after_password("editor")
    page = other.post(VERIFY, {"code": code_of(device, 1)})
    assert re.search(r"Try again in 2\d\d seconds\.", page.context["refusal"])


@pytest.mark.parametrize("code", ["", " ", "\0", "１２３４５６", "12345", "x" * 33, "'; --"])
def test_what_cannot_be_a_code_is_refused(editor, code: str) -> None:
    set_up(editor)
    client, _page = after_password("editor")
    page = client.post(VERIFY, {"code": code})
    assert page.status_code == 400 and page.context["refusal"]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_code_leads_to_no_other_site(editor, elsewhere: str) -> None:
    set_up(editor)
    client, _page = after_password("editor")
    device = TOTPDevice.objects.get(user=editor)
    answer = client.post(f"{VERIFY}?next={elsewhere}", {"code": code_of(device, 1)})
    assert answer["Location"] == "/admin/"


# Looking after it


def test_new_recovery_codes_replace_the_old(editor) -> None:
    client, codes = set_up(editor)
    fresh = client.post(OWN, {"codes": ""}).context["codes"]
    assert not set(fresh) & set(codes)
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(fresh)


def test_a_contributor_turns_it_off_and_an_editor_cannot(contributor, editor) -> None:
    client, _codes = set_up(contributor)
    assert client.post(OWN, {"off": ""}).status_code == 302
    assert not TOTPDevice.objects.filter(user=contributor).exists()
    client, _codes = set_up(editor)
    assert client.post(OWN, {"off": ""}).status_code == 403
    assert TOTPDevice.objects.filter(user=editor).exists()


# Resetting a colleague's


def test_an_administrator_resets_a_colleagues_and_the_log_says_so(administrator, editor) -> None:
    theirs, codes = set_up(editor)
    page = signed_in(administrator).post(address(editor, "reset_second_factor"), follow=True)
    assert "The second factor is reset." in messages_of(page)
    entry = LogEntry.objects.filter(user=administrator).get()
    assert (entry.object_id, entry.change_message) == (str(editor.pk), "Second factor reset.")
    assert theirs.get("/admin/")["Location"].startswith(SET_UP)
    client, _page = after_password("editor")
    assert client.post(VERIFY, {"code": codes[0]})["Location"].startswith(SET_UP)


def test_nobody_else_resets_it_nor_anyone_their_own(
    administrator, editor, second_editor, contributor
) -> None:
    set_up(editor)
    for somebody in (second_editor, contributor):
        assert signed_in(somebody).post(address(editor, "reset_second_factor")).status_code == 403
    own = signed_in(administrator).post(address(administrator, "reset_second_factor"))
    assert own.status_code == 403
    root = User.objects.create_superuser("root", password=PASSWORD)
    assert signed_in(administrator).post(address(root, "reset_second_factor")).status_code == 403
    assert TOTPDevice.objects.filter(user=editor).exists()


def test_the_accounts_page_shows_whether_it_is_set_up(administrator, editor) -> None:
    client = signed_in(administrator)
    assert "the next sign-in leads to it" in client.get(address(editor)).content.decode()
    set_up(editor)
    assert "Reset the second factor" in client.get(address(editor)).content.decode()


def test_an_only_administrator_is_helped_by_command(administrator) -> None:
    set_up(administrator)
    call_command("reset_second_factor", "administrator", stdout=StringIO())
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    for name in ("administrator", "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)


def test_secrets_have_no_page_at_the_desk() -> None:
    assert not {"otp_totp", "otp_static", "axes"} & {model._meta.app_label for model in admin.site._registry}
