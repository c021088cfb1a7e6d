"""What is odd in a dossier though nothing forbids it: reported with its row, and loaded all the same."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from deposits.borders import outside_country
from projects.stages import contradict
from sources.dates import parse_period

from .rows import ClaimRow, Dossier, Place, Problem, Ref

#: Where, which value, and what is odd about it.
Oddity = tuple[Place, Any, str]


def report_oddities(dossier: Dossier) -> None:
    """Add every oddity to the dossier's problems; none of them stops a load."""
    for found in (_outside_their_country, _periods, _repetitions, _owners, _stages):
        for place, value, message in found(dossier):
            dossier.problems.append(Problem(place, value, message, stops=False))


def _outside_their_country(dossier: Dossier) -> Iterator[Oddity]:
    for claim in _claims(dossier, "location"):
        subject = dossier.records.get(claim.subject)
        country = subject.refs.get("country") if subject else None
        position = float(claim.values["latitude"]), float(claim.values["longitude"])
        if country and outside_country(country[1], *position):
            yield claim.place, position, _("lies outside %(country)s") % {"country": country[1]}


def _periods(dossier: Dossier) -> Iterator[Oddity]:
    """Periods of production in a source's own words, which no timeline can place."""
    for claim in _claims(dossier, "production"):
        try:
            parse_period(str(claim.values.get("period", "")))
        except ValueError as error:
            yield claim.place.at("period"), claim.values["period"], str(error)


def _repetitions(dossier: Dossier) -> Iterator[Oddity]:
    """The same statement of one source in two rows."""
    stated: dict[tuple[Any, ...], ClaimRow] = {}
    for claim in dossier.claims.values():
        values = repr(sorted(claim.values.items()))
        refs = repr(sorted(claim.refs.items(), key=str))
        first = stated.setdefault((claim.kind, claim.subject, claim.source, values, refs), claim)
        if first is not claim:
            yield claim.place, None, _("states the same as %(other)s") % {"other": first.place}


def _owners(dossier: Dossier) -> Iterator[Oddity]:
    """Shares that one source gives for one time and that add up to more than there is."""
    owners: dict[tuple[Ref, Ref, str], list[ClaimRow]] = defaultdict(list)
    for claim in _claims(dossier, "involvement"):
        if claim.values.get("role") == "owner" and not claim.values.get("until"):
            owners[claim.subject, claim.source, claim.values.get("since", "")].append(claim)
    for claims in owners.values():
        total = sum(claim.values.get("share_percent") or 0 for claim in claims)
        if total > 100:
            yield (
                claims[0].place,
                total,
                _("the owners' shares that this source gives exceed one hundred per cent"),
            )


def _stages(dossier: Dossier) -> Iterator[Oddity]:
    reported: dict[Ref, list[ClaimRow]] = defaultdict(list)
    for claim in _claims(dossier, "stage"):
        for other in reported[claim.subject]:
            if contradict(*_stage(other), *_stage(claim)):
                words = {"other": claim.place, "stage": claim.values["stage"]}
                message = _("contradicts %(other)s: %(stage)s") % words
                yield other.place, other.values["stage"], message
        reported[claim.subject].append(claim)


def _stage(claim: ClaimRow) -> tuple[str, str]:
    return claim.values["stage"], claim.values.get("as_of", "")


def _claims(dossier: Dossier, kind: str) -> Iterator[ClaimRow]:
    return (claim for claim in dossier.claims.values() if claim.kind == kind)
