"""Migrations: in one line, complete, reversible; the record's rules come back after every one of them."""

import subprocess
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sources import triggers
from tests import loaded_database

HOUSES = ["accounts", "sources", "partners", "deposits", "projects", "findings", "atlas"]


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("house", HOUSES)
def test_each_house_has_one_line_of_migrations(house: str) -> None:
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    assert len(graph.leaf_nodes(house)) <= 1
    for node in (node for node in graph.nodes if node[0] == house):
        before = [parent for parent in graph.node_map[node].parents if parent[0] == house]
        assert len(before) <= 1


@pytest.mark.parametrize("house", HOUSES)
def test_every_step_can_be_taken_back(house: str) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, _name), migration in loader.disk_migrations.items():
        if app == house:
            assert all(operation.reversible for operation in migration.operations)


# The rules


@pytest.mark.django_db
def test_every_rule_is_installed() -> None:
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_the_system_check_reports_a_rule_that_is_gone() -> None:
    rule = triggers.rules()[0]
    with connection.cursor() as cursor:
        for statement in rule.drop(connection.vendor):
            cursor.execute(statement)
    [problem] = [found for found in checks.run_checks(databases=["default"]) if found.id == "sources.W001"]
    assert rule.name in problem.msg


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot disable a trigger")
def test_the_system_check_reports_a_disabled_rule() -> None:
    rule = triggers.rules()[0]
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE {rule.table} DISABLE TRIGGER "{triggers.PREFIX}{rule.name}"')
    assert triggers.missing(connection) == [triggers.PREFIX + rule.name]


@pytest.mark.django_db
def test_installing_twice_is_installing_once() -> None:
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_rules_have_names_of_their_own_that_fit_both_databases() -> None:
    names = [triggers.PREFIX + rule.name for rule in triggers.rules()]
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 63


# There and back


@pytest.fixture(scope="module")
def spare_atlas(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    with loaded_database.spare(tmp_path_factory.mktemp("migrated"), django_db_blocker) as environment:
        yield environment


@pytest.mark.slow
@pytest.mark.django_db
def test_all_migrations_go_forth_back_and_forth_again(spare_atlas: dict[str, str]) -> None:
    own = [house for house in HOUSES if apps.get_app_config(house).models_module and house != "atlas"]
    script = STEPS.format(houses=[*reversed(own)])
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=loaded_database.REPOSITORY, env=spare_atlas, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    before, back, again = done.stdout.splitlines()
    assert before == again == "0 rules missing, houses' tables there"
    assert back == "no table of ours left"


STEPS = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from sources import triggers

def tables():
    return [t for t in connection.introspection.table_names() if t.split("_")[0] in {houses}]

def show():
    assert "sources_claim" in tables() and "findings_finding" in tables()
    print(len(triggers.missing(connection)), "rules missing, houses' tables there")

call_command("migrate", verbosity=0)
show()
for house in {houses}:
    call_command("migrate", "admin", "zero", verbosity=0) if house == "accounts" else None
    call_command("migrate", house, "zero", verbosity=0)
print("no table of ours left" if not tables() else tables())
call_command("migrate", verbosity=0)
show()
"""
