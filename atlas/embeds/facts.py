"""What a record comes down to in a few lines, by the pages' own rules: for embeds and preview pictures."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atlas.pages.critical_lists import LISTS
from atlas.pages.evidence import Evidence, Gathered, gather
from atlas.pages.formatting import show_date
from atlas.pages.money import sums_on
from atlas.pages.participants import participations
from atlas.pages.records import stage_shown
from atlas.pages.statements import Statement
from atlas.pages.wording import seat
from atlas.published.snapshot import Snapshot
from deposits.models import Country, Deposit, Mineral, Occurrence, ResourceEstimate
from deposits.vocabulary import Listed
from partners.models import Ownership, Partner
from projects.models import Investment, Involvement, Production, Project, StageReport
from sources.models import Claim, Publisher, Record, Source

#: Points shown of one kind, and names in one line.
MOST_POINTS = 4
MOST_NAMES = 6
#: Claims named under one fact.
MOST_LINES = 6
#: Letters of a sentence that explains a value.
LONGEST_DETAIL = 160


@dataclass(frozen=True)
class Line:
    """One claim under a fact, and how it is to be read beside the value shown first."""

    statement: Statement
    label: str = ""


@dataclass(frozen=True)
class Fact:
    """One line: what, how much, and who says so."""

    label: str
    value: str
    #: What the value counts: "contained metal · reserves".
    detail: str = ""
    agreement: str = ""
    disagrees: bool = False
    lines: list[Line] = field(default_factory=list)
    #: Claims that the value rests on and no line names.
    told: list[Claim] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        return self.lines[:MOST_LINES]

    @property
    def more(self) -> int:
        """How many claims are not shown."""
        return len(self.lines) - len(self.shown)


@dataclass(frozen=True)
class Summary:
    """A record in a few lines."""

    record: Record
    #: What it is, in words: "deposit, Kazakhstan".
    kind: str
    facts: list[Fact]

    @property
    def claims(self) -> list[int]:
        """The numbers of the claims that its facts rest on."""
        named = (line.statement.claim for fact in self.facts for line in fact.lines)
        return [claim.pk for claim in (*named, *(claim for fact in self.facts for claim in fact.told))]


def summary(snapshot: Snapshot, record: Record) -> Summary:
    """The record's facts at the snapshot's tick; at most a dozen queries."""
    where = ", ".join(country.label for country in snapshot.countries_of(record))
    what = str(getattr(record, "get_type_display", lambda: "")() or record._meta.verbose_name)
    found = [fact for fact in _FACTS[record.kind](snapshot, record) if fact.value]
    return Summary(record, ", ".join(filter(None, (what, where))), found)


def of_evidence(label: str, evidence: Evidence) -> Fact:
    """A point as one line."""
    agreement = _("sources differ") if evidence.disagrees else evidence.agreement
    if len(evidence.groups) > 1:
        agreement = f"{agreement}; {show_answers(evidence)}"
    lines = [
        Line(statement, statement.label or group.label)
        for group in evidence.groups
        for statement in group.statements
    ]
    return Fact(label, evidence.value, evidence.title, agreement, evidence.disagrees, lines)


def answers(evidence: Evidence) -> int:
    """How many different answers sources give on a point; figures of different things count apart."""
    comparisons = evidence.point.comparisons
    echoed = {id(claim) for c in comparisons for agreement in c.agreements for claim in agreement.echoes}
    earlier = [claim for c in comparisons for claim in c.earlier if id(claim) not in echoed]
    return sum(len(comparison.agreements) for comparison in comparisons) + len(earlier)


def show_answers(evidence: Evidence) -> str:
    """ "6 answers"."""
    count = answers(evidence)
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


def _deposit(snapshot: Snapshot, deposit: Deposit) -> list[Fact]:
    gathered = gather(snapshot, [([deposit], [Occurrence, ResourceEstimate])])
    order = [number for number, _role in snapshot.minerals.get(deposit.pk, [])]
    estimates = sorted(
        gathered.of(deposit, "estimate"),
        key=lambda e: order.index(e.leading.mineral_id) if e.leading.mineral_id in order else len(order),
    )
    projects = snapshot.projects_of(deposit)
    return [
        _minerals(gathered, deposit),
        *(of_evidence(evidence.leading.mineral.label, evidence) for evidence in estimates[:MOST_POINTS]),
        Fact(_("Type"), deposit.deposit_type_label),
        Fact(_("Projects"), _names(projects)),
    ]


def _project(snapshot: Snapshot, project: Project) -> list[Fact]:
    kinds = [Occurrence, StageReport, Involvement, Investment, Production]
    gathered = gather(snapshot, [([project], kinds)])
    involved = participations(gathered, project)
    partners = dict.fromkeys(row.partner.label for row in involved)
    told = [claim for row in involved for claim in row.evidence.point.claims]
    return [
        _stage(gathered, project),
        _minerals(gathered, project),
        Fact(_("Partners"), _listed(partners), told=told),
        *_points(gathered, project, "investment", lambda _claim: _("Money")),
        *_points(gathered, project, "production", lambda claim: claim.mineral.label),
    ]


def _partner(snapshot: Snapshot, partner: Partner) -> list[Fact]:
    gathered = gather(snapshot, [([partner], [Ownership])])
    numbers = dict.fromkeys(number for number, _role in snapshot.involvements.get(partner.pk, []))
    projects = [snapshot.records[number] for number in numbers if number in snapshot.records]
    return [
        Fact(_("Seat"), seat(partner.country)),
        *_points(gathered, partner, "ownership", lambda claim: _("Owner: %s") % claim.owner.label),
        Fact(_("Projects"), _names(projects)),
    ]


def _country(snapshot: Snapshot, country: Country) -> list[Fact]:
    gathered = gather(snapshot, [([country], [Investment])])
    deposits = [there for there in snapshot.in_country(country) if isinstance(there, Deposit)]
    projects = [there for there in snapshot.in_country(country) if isinstance(there, Project)]
    minerals = Counter(m for p in projects for m, role in snapshot.minerals_of(p) if role == "main")
    money = [
        Fact(
            sums.title,
            sums.statements[0].value,
            Truncator(sums.statements[0].text).chars(LONGEST_DETAIL),
            lines=[Line(sums.statements[0])],
        )
        for sums in sums_on(gathered, country)[:MOST_POINTS]
    ]
    return [
        Fact(_("Deposits"), str(len(deposits))),
        Fact(_("Projects"), str(len(projects))),
        Fact(_("Minerals of most projects"), _names(m for m, _n in minerals.most_common(MOST_NAMES))),
        *money,
    ]


def _mineral(snapshot: Snapshot, mineral: Mineral) -> list[Fact]:
    holders = [
        place
        for place in (*snapshot.deposits, *snapshot.projects)
        if mineral.pk in {number for number, _role in snapshot.minerals.get(place.pk, [])}
    ]
    deposits = [place for place in holders if place.kind == "deposit"]
    countries = Counter(country for place in deposits for country in snapshot.countries_of(place))
    lists = [str(one.short) for one in LISTS if getattr(mineral, one.field) != Listed.NO]
    return [
        Fact(_("Deposits"), str(len(deposits))),
        Fact(_("Projects"), str(len(holders) - len(deposits))),
        Fact(_("Where"), ", ".join(f"{c.label} ({n})" for c, n in countries.most_common())),
        Fact(_("Critical lists"), ", ".join(lists)),
    ]


def _source(snapshot: Snapshot, source: Source) -> list[Fact]:
    return [
        Fact(_("Publisher"), source.publisher.label),
        Fact(_("Published"), show_date(source.published) or _("undated")),
        Fact(_("Grade"), str(source.get_reliability_display()) or _("not graded")),
        Fact(_("Claims it states"), str(snapshot.cited.get(source.pk, 0))),
    ]


def _publisher(snapshot: Snapshot, publisher: Publisher) -> list[Fact]:
    stated = [source for source in snapshot.sources if source.publisher_id == publisher.pk]
    return [Fact(_("Seat"), seat(publisher.country)), Fact(_("Sources"), str(len(stated)))]


def _points(gathered: Gathered, record: Record, kind: str, label: Callable[[Any], str]) -> list[Fact]:
    found = gathered.of(record, kind)[:MOST_POINTS]
    return [of_evidence(label(evidence.leading), evidence) for evidence in found]


def _stage(gathered: Gathered, project: Project) -> Fact:
    """The stage last reported, and the sources that report it."""
    shown = stage_shown(gathered.snapshot, project)
    if shown is None:
        return Fact(_("Stage"), "")
    dated = shown.stage.dated
    reports = (s for evidence in gathered.of(project, "stage") for s in evidence.statements)
    lines = [Line(replace(s, value=shown.word)) for s in reports if s.claim.stage == shown.stage.value]
    return Fact(
        _("Stage"),
        shown.word,
        _("last reported %(date)s") % {"date": show_date(dated)} if dated else "",
        _("sources differ") if shown.stage.disputed else "",
        disagrees=shown.stage.disputed,
        lines=lines,
    )


def _minerals(gathered: Gathered, record: Record) -> Fact:
    names = _names(mineral for mineral, _role in gathered.snapshot.minerals_of(record))
    claims = [claim for evidence in gathered.of(record, "occurrence") for claim in evidence.point.claims]
    return Fact(_("Minerals"), names, told=claims)


def _names(records: Iterable[Record]) -> str:
    return _listed(record.label for record in records)


def _listed(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    names = list(names)
    more = [_("and %(count)d more") % {"count": len(names) - MOST_NAMES}] if len(names) > MOST_NAMES else []
    return ", ".join([*names[:MOST_NAMES], *more])


_FACTS: dict[str, Callable[[Snapshot, Any], list[Fact]]] = {
    "deposit": _deposit,
    "project": _project,
    "partner": _partner,
    "country": _country,
    "mineral": _mineral,
    "source": _source,
    "publisher": _publisher,
}
