"""What charts show: the profiles' own tables as bars, claim by claim; nothing is summed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from atlas.pages.country_profiles import StageCount, country_page
from atlas.pages.mineral_profiles import FigureTable, mineral_page
from atlas.pages.money import Sums
from atlas.pages.statements import Statement
from atlas.published.snapshot import Snapshot
from deposits.figures import tonnes
from deposits.models import Country, Mineral
from sources.models import Record

T = TypeVar("T")

#: Bars of one chart; the table beneath has the others.
MOST_BARS = 20
#: A chart of one bar compares nothing.
LEAST_BARS = 2


@dataclass(frozen=True)
class Bar:
    """One claim, or one count: `value` decides its length, `shown` stands beside it."""

    label: str
    value: float
    shown: str
    #: Who says so and when, "" for a count of records.
    source: str = ""
    statement: Statement | None = None


@dataclass(frozen=True)
class Chart:
    """Bars that count the same; `key` is its name in addresses."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    #: How many more of the table's figures are not drawn.
    left_out: int = 0

    @cached_property
    def longest(self) -> float:
        return max(bar.value for bar in self.bars)


def charts_of(snapshot: Snapshot, record: Record) -> list[Chart]:
    """Every chart of a mineral's or country's profile."""
    found: list[Chart | None] = []
    if isinstance(record, Mineral):
        mineral = mineral_page(snapshot, record)
        found = [of_table(table) for table in (*mineral.estimates, *mineral.production)]
    elif isinstance(record, Country):
        country = country_page(snapshot, record)
        found = [of_stages(country.stages), *(of_sums(sums) for sums in country.money)]
    return [chart for chart in found if chart is not None]


def of_table(table: FigureTable) -> Chart | None:
    """Estimates of one basis and system, or output by one measure; figures that are no mass are left out."""
    masses = []
    for figure in table.figures:
        claim = figure.statement.claim
        mass = tonnes(claim.quantity, claim.unit) if claim.quantity is not None else None
        if mass:
            masses.append((float(mass), figure))
    bars = []
    for length, figure in _largest(masses):
        name = figure.record.label_in(figure.statement.language)[0]
        label = f"{name}: {figure.counts}" if figure.counts else name
        bars.append(_bar(label, length, figure.statement))
    first = table.figures[0].statement.claim
    words = _("Estimates: %(what)s") if first.kind == "estimate" else _("Output: %(what)s")
    return _chart(_key_of(first), words % {"what": table.title}, bars, len(table.figures))


def of_sums(sums: Sums) -> Chart | None:
    """Sums of one status and currency for the same minerals, each one source's."""
    amounts = [(float(statement.claim.amount), statement) for statement in sums.statements]
    bars = [_bar(_aim(statement), amount, statement) for amount, statement in _largest(amounts)]
    first = sums.statements[0].claim
    minerals = "-".join(mineral.key or str(mineral.pk) for mineral in first.minerals.all())
    key = slugify(f"money-{first.status_of_money}-{first.currency}-{minerals}")
    return _chart(key, _("Money: %(what)s") % {"what": sums.title}, bars, len(amounts))


def of_stages(stages: Sequence[StageCount]) -> Chart | None:
    """A country's projects by the stage last reported."""
    bars = [Bar(capfirst(stage.label), stage.count, str(stage.count)) for stage in stages]
    return _chart("stages", _("Projects by stage"), bars, len(bars))


def _largest(valued: list[tuple[float, T]]) -> list[tuple[float, T]]:
    """Those for which a chart has room: all, as they come, or the largest, largest first."""
    if len(valued) <= MOST_BARS:
        return valued
    return sorted(valued, key=lambda pair: -pair[0])[:MOST_BARS]


def _chart(key: str, title: str, bars: list[Bar], figures: int) -> Chart | None:
    if len(bars) < LEAST_BARS:
        return None
    return Chart(key, capfirst(title), tuple(bars), figures - len(bars))


def _bar(label: str, value: float, statement: Statement) -> Bar:
    publisher = statement.claim.source.publisher.label_in(statement.language)[0]
    source = f"{publisher}, {statement.dated}"
    return Bar(label, value, statement.value, source, statement)


def _aim(statement: Statement) -> str:
    """What the money is for, in the source's sentence; else with whom."""
    return statement.text or ", ".join(statement.qualifiers) or statement.counts


def _key_of(claim: Any) -> str:
    if claim.kind == "estimate":
        return slugify(f"estimates-{claim.basis or 'basis-not-stated'}-{claim.system}")
    return slugify(f"production-{claim.measure}")
