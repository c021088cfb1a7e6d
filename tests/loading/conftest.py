"""Loading by the command, as an operator does it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture
def load(editor: Any) -> Callable[..., str]:
    """Run load_dossier as the editor; what it printed, notes included."""

    def run(*paths: Path, **options: Any) -> str:
        printed = io.StringIO()
        call_command("load_dossier", *map(str, paths), by="editor", stdout=printed, stderr=printed, **options)
        return printed.getvalue()

    return run
