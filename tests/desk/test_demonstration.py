"""Demonstration accounts: printed passwords that work on this machine and nowhere else."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.demonstration import PROXY_HEADERS, refuse_outside_demonstration
from accounts.groups import GROUPS
from accounts.models import User
from sources.models import Clock
from tests import loaded_database

PASSWORD = "lithium and antimony"
LOGIN = "/admin/login/"


@pytest.fixture
def demonstration(settings) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def demo_editor(db) -> User:
    return User.objects.create_user("demo-editor", password=PASSWORD, is_staff=True, is_demonstration=True)


def sign_in(username: str = "demo-editor", remote: str = "127.0.0.1", **headers: str):
    return Client(REMOTE_ADDR=remote, headers=headers).post(
        LOGIN, {"username": username, "password": PASSWORD}
    )


@pytest.mark.parametrize("remote", ["127.0.0.1", "::1"])
def test_a_demonstration_account_signs_in_from_this_machine(demonstration, demo_editor, remote) -> None:
    assert sign_in(remote=remote).status_code == 302


@pytest.mark.parametrize("header", PROXY_HEADERS)
def test_it_is_refused_through_a_proxy(demonstration, demo_editor, header) -> None:
    answer = sign_in(**{header: "127.0.0.1"})
    assert answer.status_code == 200
    assert "only there" in answer.content.decode()


@pytest.mark.parametrize("remote", ["192.0.2.7", "2001:db8::7", ""])
def test_it_is_refused_from_elsewhere(demonstration, demo_editor, remote) -> None:
    assert sign_in(remote=remote).status_code == 200


def test_it_is_refused_when_the_demonstration_is_over(demo_editor) -> None:
    assert sign_in().status_code == 200


def test_anybody_else_signs_in_from_anywhere(db) -> None:
    User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    assert sign_in("editor", "192.0.2.7", Forwarded="for=198.51.100.2").status_code == 302


def test_the_site_does_not_start_with_them_outside_the_demonstration(demo_editor) -> None:
    with pytest.raises(ImproperlyConfigured, match="demo-editor"):
        refuse_outside_demonstration()
    found = checks.run_checks(tags=["security"], include_deployment_checks=True)
    assert "accounts.E001" in {message.id for message in found}


def test_the_site_starts_once_they_are_closed(demo_editor) -> None:
    call_command("set_up_demonstration", "--close", stdout=StringIO())
    refuse_outside_demonstration()
    assert not User.objects.get(username="demo-editor").is_active


def test_the_site_starts_with_them_in_the_demonstration(demonstration, demo_editor) -> None:
    refuse_outside_demonstration()


@pytest.mark.slow
def test_the_server_itself_refuses_to_start_with_them(
    run_directory: Path, tmp_path: Path, repository
) -> None:
    loaded_database.copy_of(loaded_database.sqlite_directory(run_directory), tmp_path)

    def run(code: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = loaded_database.plain_environment(ATLAS_DATA_DIR=str(tmp_path), **variables)
        command = [sys.executable, "-c", code]
        return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True)

    server = "import atlas.wsgi"
    refused = run(server)
    assert refused.returncode == 1
    accounts = ", ".join(sorted(loaded_database.DESK))
    assert f"ImproperlyConfigured: The database holds demonstration accounts ({accounts})" in refused.stderr
    assert run(server, ATLAS_DEMONSTRATION="1").returncode == 0
    close = "import django; django.setup(); from django.core.management import call_command; "
    assert run(f"{close}call_command('set_up_demonstration', '--close')").returncode == 0
    assert run(server).returncode == 0


# Setting it up


def set_up() -> dict[str, str]:
    """Run the command; the passwords it prints, by account."""
    printed = StringIO()
    call_command("set_up_demonstration", stdout=printed)
    lines = [line.split() for line in printed.getvalue().splitlines() if line.startswith("  ")]
    return dict(lines)


@pytest.fixture
def something_loaded(db) -> None:
    Clock.objects.create(pk=1, now=1)


def test_it_makes_one_account_for_each_group_and_prints_its_password(demonstration, something_loaded) -> None:
    passwords = set_up()
    assert set(passwords) == {f"demo-{group}" for group in GROUPS}
    for name, password in passwords.items():
        account = User.objects.get(username=name)
        assert account.check_password(password)
        assert account.is_staff and account.is_demonstration and not account.is_superuser
        assert [f"demo-{group.name}" for group in account.groups.all()] == [name]


def test_every_run_prints_new_passwords(demonstration, something_loaded) -> None:
    before, after = set_up(), set_up()
    assert not set(before.values()) & set(after.values())
    assert User.objects.filter(is_demonstration=True).count() == len(GROUPS)


def test_it_loads_the_record_where_nothing_is_loaded_yet(demonstration, db, monkeypatch) -> None:
    called = []
    command = "atlas.management.commands.set_up_demonstration.call_command"
    monkeypatch.setattr(command, lambda name, *paths, by, **options: called.append((name, by)))
    set_up()
    assert called == [("load_dossier", "demo-administrator")]
    Clock.objects.create(pk=1, now=1)
    set_up()
    assert len(called) == 1


def test_it_refuses_outside_the_demonstration(db) -> None:
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("set_up_demonstration")
    assert not User.objects.filter(is_demonstration=True).exists()


def test_it_never_takes_over_somebodys_own_account(demonstration, something_loaded) -> None:
    User.objects.create_user("demo-editor", password=PASSWORD)
    with pytest.raises(CommandError, match="own account"):
        call_command("set_up_demonstration", stdout=StringIO())
    assert User.objects.get(username="demo-editor").check_password(PASSWORD)
