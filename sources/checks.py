from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from . import triggers


@register(Tags.database)
def rules_are_installed(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers that hold the record's invariants are in every database that has its tables."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "sources_claim" not in connection.introspection.table_names():
            continue
        lacking = triggers.missing(connection)
        if lacking:
            problems.append(
                Error(
                    f"The database “{alias}” lacks {len(lacking)} rules of the record, such as {lacking[0]}.",
                    hint="Run “manage.py migrate”, which installs them again.",
                    id="sources.E001",
                )
            )
    return problems
