"""Loading by the command, as an operator does it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from sources import triggers

HOUSES = {"sources", "partners", "deposits", "projects", "findings"}


@pytest.fixture
def load(editor: Any) -> Callable[..., str]:
    """Run load_dossier as the editor; what it printed, notes included."""

    def run(*paths: Path, **options: Any) -> str:
        printed = io.StringIO()
        call_command("load_dossier", *map(str, paths), by="editor", stdout=printed, stderr=printed, **options)
        return printed.getvalue()

    return run


@pytest.fixture
def empty_again(db: None) -> Callable[[], None]:
    """Empty the record within the test's transaction, as only a test may: its rules are lifted for it."""

    def run() -> None:
        tables = [
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label in HOUSES
        ]
        triggers.remove(connection)
        connection.check_constraints()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE {', '.join(tables)}")
            else:
                for table in tables:
                    cursor.execute(f"DELETE FROM {table}")
        triggers.install(connection)

    return run
