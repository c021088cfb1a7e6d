"""What the sources say on each point: who agrees, who differs, what is another quantity, what heads it.

The one place where claims are set against each other; pages, API, downloads and desk all read its result.
Each kind of claim says what it is comparable with (`comparison_key`), when two comparable claims state the
same (`agrees_with`) and when one merely passes on another's figure under another label (`echoes`).
Terms are those of the design: agreement is counted in independent voices, copies credited to the original.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from .dates import earliest, latest, within_a_year
from .models import Claim, Preference, Source

MAX_COPIES = 20


@dataclass
class Agreement:
    """Comparable claims that state the same (at least one), finest figure first."""

    claims: list[Claim]
    #: The same figure, passed on under another label or for an earlier time.
    echoes: list[Claim] = field(default_factory=list)

    @property
    def leading(self) -> Claim:
        """The claim that states it most exactly."""
        return self.claims[0]

    @property
    def voices(self) -> int:
        """How many independent publishers and originators say so."""
        return len({voice(claim) for claim in (*self.claims, *self.echoes)})


@dataclass
class Comparison:
    """Claims on one point that are comparable with each other: what they agree and differ on."""

    key: tuple[Hashable, ...]
    agreements: list[Agreement]
    #: Comparable but for their time: more than a year before the newest report.
    earlier: list[Claim] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """Every claim that counts now, in order of agreement."""
        return [claim for agreement in self.agreements for claim in agreement.claims]

    @property
    def disagrees(self) -> bool:
        """Whether sources contradict each other here.

        Two figures of one source (the ends of a range, two parts of a plant) are that source's own; only
        sources of which no figure agrees with any of the other's disagree.
        """
        if len(self.agreements) == 1:
            return False
        stated: dict[int, set[int]] = {}
        for number, agreement in enumerate(self.agreements):
            for claim in agreement.claims:
                stated.setdefault(original(claim.source).pk, set()).add(number)
        figures = list(stated.values())
        return any(not a & b for index, a in enumerate(figures) for b in figures[index + 1 :])

    @property
    def newest(self) -> str:
        """The newest time any of its claims is about; "" if none is dated."""
        return max((claim.dated for claim in self.claims), default="")

    @property
    def voices(self) -> int:
        """Independent voices over all its agreements."""
        return len(
            {voice(c) for agreement in self.agreements for c in (*agreement.claims, *agreement.echoes)}
        )


@dataclass
class Point:
    """Everything in force that sources say on one point of one subject."""

    name: str
    kind: str
    #: The comparison that leads comes first; the others are different quantities beside it.
    comparisons: list[Comparison]
    preference: Preference | None = None

    @property
    def claims(self) -> list[Claim]:
        """Every claim on the point, those of earlier reports included."""
        return [claim for c in self.comparisons for claim in (*c.claims, *c.earlier)]

    @property
    def preferred(self) -> Claim | None:
        """The claim an editor chose, if a choice is in force."""
        if self.preference is None:
            return None
        return next((claim for claim in self.claims if claim.pk == self.preference.claim_id), None)

    @property
    def headline(self) -> list[Claim]:
        """What a page shows first: the preferred claim; else the one value; else both ends of the range.

        One claim where an editor chose or the comparable claims agree; two, lowest first, where they differ.
        """
        if self.preferred:
            return [self.preferred]
        leading = self.comparisons[0]
        values = sorted((a.leading for a in leading.agreements), key=lambda claim: claim.sort_value())
        return [values[0]] if len(values) == 1 else [values[0], values[-1]]

    @property
    def disagrees(self) -> bool:
        """Whether comparable claims anywhere on the point differ."""
        return any(comparison.disagrees for comparison in self.comparisons)

    @property
    def voices(self) -> int:
        """Independent voices on the whole point."""
        return len({voice(claim) for claim in self.claims})


def original(source: Source) -> Source:
    """The publication that a reprint copies, however long the chain; itself if it is no copy."""
    for _step in range(MAX_COPIES):
        if source.copy_of is None:
            break
        source = source.copy_of
    return source


def voice(claim: Claim) -> tuple[str, Hashable]:
    """Who speaks: the originator the source names, else the original publication's house."""
    if claim.originator_id:
        return "originator", claim.originator_id
    if claim.originator_name:
        return "person", claim.originator_name.casefold()
    return "publisher", original(claim.source).publisher_id


def points(claims: Iterable[Claim], preferences: Iterable[Preference] = ()) -> list[Point]:
    """Sort the claims in force on one subject into points, in the order in which their kinds first come."""
    by_name: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        by_name.setdefault((claim.kind, claim.point), []).append(claim)
    chosen = {preference.point: preference for preference in preferences}
    return [
        Point(name=name, kind=kind, comparisons=compare(members), preference=chosen.get(name))
        for (kind, name), members in by_name.items()
    ]


def compare(claims: Sequence[Claim]) -> list[Comparison]:
    """Group one point's claims by comparability; the weightiest group first."""
    groups: dict[tuple[Hashable, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.comparison_key(), []).append(claim)
    comparisons = [_comparison(key, members) for key, members in groups.items()]
    for comparison in comparisons:
        _add_echoes(comparison, claims)
        comparison.agreements.sort(key=_support)
    return sorted(comparisons, key=_weight)


def _comparison(key: tuple[Hashable, ...], members: list[Claim]) -> Comparison:
    """Claims within a year of the newest (or undated) count; older ones echo them or stand as earlier."""
    newest = _newest_date(members)
    current: list[Claim] = []
    older: list[Claim] = []
    for claim in members:
        (current if within_a_year(claim.dated, newest) else older).append(claim)
    comparison = Comparison(key, _agreements(current))
    for claim in older:
        agreement = next((a for a in comparison.agreements if a.leading.agrees_with(claim)), None)
        if agreement:
            agreement.echoes.append(claim)
        comparison.earlier.append(claim)
    return comparison


def _newest_date(claims: Sequence[Claim]) -> str:
    dated = [claim.dated for claim in claims if claim.dated]
    return max(dated, key=lambda date: (latest(date), earliest(date)), default="")


def _agreements(claims: Sequence[Claim]) -> list[Agreement]:
    """Sets of claims that all agree with each other; the order of the input does not matter."""
    ordered = sorted(claims, key=lambda claim: (claim.coarseness(), claim.pk or 0))
    found: list[Agreement] = []
    for claim in ordered:
        agreement = next((a for a in found if all(claim.agrees_with(other) for other in a.claims)), None)
        if agreement:
            agreement.claims.append(claim)
        else:
            found.append(Agreement([claim]))
    return found


def _add_echoes(comparison: Comparison, claims: Sequence[Claim]) -> None:
    """Credit the same figure found under another label to the agreement it repeats."""
    own = {id(claim) for claim in (*comparison.claims, *comparison.earlier)}
    for claim in claims:
        if id(claim) not in own:
            agreement = next((a for a in comparison.agreements if a.leading.echoes(claim)), None)
            if agreement:
                agreement.echoes.append(claim)


def _support(agreement: Agreement) -> tuple[int, int]:
    """The agreement with most voices first, those that echo it included."""
    return -agreement.voices, agreement.leading.pk or 0


def _weight(comparison: Comparison) -> tuple[int, int, int, int]:
    """Which comparison leads: the most important quantity, then the one on which most voices speak."""
    leading = comparison.agreements[0].leading
    newest = latest(comparison.newest).toordinal() if comparison.newest else 0
    return leading.importance(), -comparison.voices, -newest, leading.pk or 0
