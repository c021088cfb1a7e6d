"""A chart's figures as CSV (RFC 4180), each with its claim and its source."""

import csv
from io import StringIO
from typing import Any

from atlas import addresses
from atlas.citing.items import as_of_suffix
from atlas.moments import Moment

from .charts import Bar, Chart

COLUMNS = (
    "record",
    "what it counts",
    "value",
    "unit",
    "as of",
    "source",
    "publisher",
    "published",
    "source address",
    "claim",
    "claim address",
)


def table(chart: Chart, moment: Moment, site: str) -> str:
    """One row a bar; for counts of records label and value alone."""
    file = StringIO()
    writer = csv.writer(file)
    if all(bar.statement is None for bar in chart.bars):
        writer.writerow(["what", "records"])
        writer.writerows([_harmless(bar.label), bar.shown] for bar in chart.bars)
        return file.getvalue()
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _row(bar, moment, site)] for bar in chart.bars)
    return file.getvalue()


def _row(bar: Bar, moment: Moment, site: str) -> list[str]:
    if bar.statement is None:
        return [bar.label, "", bar.shown, ""]
    claim = bar.statement.claim
    return [
        moment.snapshot.standing(claim.subject).label,
        bar.statement.counts,
        *_figure(claim),
        claim.as_of,
        claim.source.name,
        claim.source.publisher.name,
        claim.source.published,
        claim.source.url,
        str(claim.pk),
        site + addresses.claim_address(claim, as_of_suffix(moment)),
    ]


def _figure(claim: Any) -> tuple[str, str]:
    """(number, unit or currency) as the source states them, with a point before the decimals."""
    number, unit = (
        (claim.amount, claim.currency) if claim.kind == "investment" else (claim.quantity, claim.unit)
    )
    return format(number.normalize(), "f"), unit


def _harmless(cell: str) -> str:
    """No cell that a spreadsheet would take for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
