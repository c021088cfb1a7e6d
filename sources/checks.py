from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from . import triggers


@register(Tags.database)
def rules_are_installed(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers that hold the record's invariants are in every database that has its tables.

    A warning, so that `migrate`, which installs them, is not refused for want of them; deployments
    check with `--fail-level WARNING` (docs/operations.md).
    """
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "sources_claim" not in connection.introspection.table_names():
            continue
        lacking = triggers.missing(connection)
        if lacking:
            problems.append(
                Warning(
                    f"The database “{alias}” lacks {len(lacking)} rules of the record, such as {lacking[0]}.",
                    hint="Run “manage.py migrate”, which installs them again.",
                    id="sources.W001",
                )
            )
    return problems
