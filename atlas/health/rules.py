"""Rules of evidence: each a named question with a description, asked of every claim, point or record."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deposits.models import Country, Mineral
from sources.dates import latest
from sources.models import Record

from .evidence import Evidence, independent

OLD_AFTER_YEARS = 2

#: A thing a rule is asked of: the record it belongs to, and the thing itself (claim, point or record).
Item = tuple[Record, Any]
#: The same of one record together.
Items = tuple[Record, Sequence[Any]]


@dataclass(frozen=True)
class Rule:
    """One measure of the record's health; `good` says whether a high share is good news."""

    key: str
    name: Promise
    description: Promise
    items: Callable[[Evidence], Iterable[Items]]
    holds: Callable[[Evidence, Any], bool]
    good: bool = False


@dataclass
class Share:
    """Of how many a rule holds for how many."""

    holding: int = 0
    total: int = 0

    @property
    def percent(self) -> float:
        return 100 * self.holding / self.total if self.total else 0.0

    def count(self, holding: int, total: int = 1) -> None:
        self.holding += holding
        self.total += total


@dataclass
class Measure:
    """What a rule found: over all, by record, and by country, by mineral and by kind of claim."""

    rule: Rule
    overall: Share = field(default_factory=Share)
    by_record: list[tuple[Record, Share]] = field(default_factory=list)
    by_country: dict[Record, Share] = field(default_factory=dict)
    by_mineral: dict[Record, Share] = field(default_factory=dict)
    by_kind: dict[str, Share] = field(default_factory=dict)

    @property
    def failing(self) -> dict[Record, int]:
        """Of how many things of a record the rule tells against it, where of any."""
        good = self.rule.good
        told = {r: share.total - share.holding if good else share.holding for r, share in self.by_record}
        return {record: count for record, count in told.items() if count}


def measure(evidence: Evidence, rule: Rule) -> Measure:
    """Ask a rule of everything it is about."""
    found = Measure(rule)
    for record, items in rule.items(evidence):
        share = Share()
        for item in items:
            holds = rule.holds(evidence, item)
            share.count(holds)
            found.by_kind.setdefault(getattr(item, "kind", record.kind), Share()).count(holds)
        found.by_record.append((record, share))
        found.overall.count(share.holding, share.total)
        for country in _countries(evidence, record):
            found.by_country.setdefault(country, Share()).count(share.holding, share.total)
        for mineral in _minerals(evidence, record):
            found.by_mineral.setdefault(mineral, Share()).count(share.holding, share.total)
    return found


def failing(evidence: Evidence, rule: Rule) -> Iterator[Item]:
    """The things an editor could mend: those the rule tells against."""
    return (
        (record, item)
        for record, items in rule.items(evidence)
        for item in items
        if rule.holds(evidence, item) != rule.good
    )


def _countries(evidence: Evidence, record: Record) -> list[Country]:
    return [record] if isinstance(record, Country) else evidence.snapshot.countries_of(record)


def _minerals(evidence: Evidence, record: Record) -> list[Mineral]:
    if isinstance(record, Mineral):
        return [record]
    return [mineral for mineral, _role in evidence.snapshot.minerals_of(record)]


def _claims(evidence: Evidence) -> Iterator[Items]:
    return iter(evidence.by_subject)


def _points(evidence: Evidence) -> Iterator[Items]:
    return iter(evidence.points)


def _comparable_points(evidence: Evidence) -> Iterator[Items]:
    """Points on which more than one claim speaks."""
    for record, found in evidence.points:
        if several := [point for point in found if len(point.claims) > 1]:
            yield record, several


def _sentences(evidence: Evidence) -> Iterator[Items]:
    for record, claims in evidence.by_subject:
        if sentences := [claim for claim in claims if getattr(claim, "statement", "")]:
            yield record, sentences


def _places(evidence: Evidence) -> Iterator[Items]:
    snapshot = evidence.snapshot
    return ((record, [record]) for record in snapshot.deposits_and_projects if record.pk in snapshot.places)


def _named(evidence: Evidence) -> Iterator[Items]:
    snapshot = evidence.snapshot
    return ((record, [record]) for record in (*snapshot.deposits_and_projects, *snapshot.partners))


def _old(evidence: Evidence, claim: Any) -> bool:
    limit = evidence.snapshot.at.date() - dt.timedelta(days=365 * OLD_AFTER_YEARS)
    return bool(claim.dated) and latest(claim.dated) < limit


RULES = (
    Rule(
        "checked",
        _("Checked by a named editor"),
        _("Claims that an editor has compared with their source. What was loaded counts as unchecked."),
        _claims,
        lambda evidence, claim: claim.pk in evidence.checked,
        good=True,
    ),
    Rule(
        "independent",
        _("Two independent voices"),
        _("Points on which at least two independent publishers or originators speak; reprints count once."),
        _points,
        lambda evidence, point: independent(point),
        good=True,
    ),
    Rule(
        "archived",
        _("Archived copy"),
        _("Claims whose source has a dated copy in an archive."),
        _claims,
        lambda evidence, claim: bool(claim.source.archive_url),
        good=True,
    ),
    Rule(
        "dead_link",
        _("Dead link"),
        _("Claims whose source was gone from its address when links were last checked."),
        _claims,
        lambda evidence, claim: claim.source.gone_since is not None,
    ),
    Rule(
        "disputed",
        _("Unresolved disagreement"),
        _("Points on which sources contradict each other and no editor has chosen a headline."),
        _comparable_points,
        lambda evidence, point: point.disagrees and point.preferred is None,
    ),
    Rule(
        "ungraded",
        _("Source not graded"),
        _("Claims whose source has no reliability grade yet."),
        _claims,
        lambda evidence, claim: not claim.source.reliability,
    ),
    Rule(
        "undated",
        _("Undated"),
        _("Claims that neither say what time they are about nor come from a dated source."),
        _claims,
        lambda evidence, claim: not claim.dated,
    ),
    Rule(
        "old",
        _("Older than two years"),
        _("Claims about a time more than two years before the moment shown."),
        _claims,
        _old,
    ),
    Rule(
        "imprecise",
        _("Known to the district at best"),
        _("Deposits and projects with a position that is no better than a district."),
        _places,
        lambda evidence, record: evidence.snapshot.places[record.pk].precision in ("district", "region"),
    ),
    Rule(
        "untranslated",
        _("No Russian sentence"),
        _("Findings and money whose sentence readers of Russian see in English."),
        _sentences,
        lambda evidence, claim: claim.pk not in evidence.in_russian,
    ),
    Rule(
        "no_russian",
        _("No Russian name"),
        _("Deposits, projects and partners without a name in Russian."),
        _named,
        lambda evidence, record: record.label_in("ru")[1] != "ru",
    ),
)
BY_KEY = {rule.key: rule for rule in RULES}
