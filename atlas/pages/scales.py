"""The figures of one point on one scale, so that a page can draw beside each other what can be drawn so.

Only figures of the same basis, form and unit of measure as the one shown first have a place: tonnes of metal
beside tonnes of metal. Each scale begins at zero, so that lengths can be compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from deposits.figures import tonnes

#: One figure alone compares with nothing.
LEAST_FIGURES = 2


@dataclass(frozen=True)
class Scale:
    """Where figures stand between zero and the largest, in per cent of its length."""

    #: The claims that state the least and the largest figure; the scale ends at the latter.
    smallest: Any
    largest: Any
    #: Each drawn claim's place, by its id.
    places: dict[int, float]
    #: The claims that can be compared with the figure shown first, or repeat it.
    comparable: frozenset[int]

    @property
    def band(self) -> tuple[float, float]:
        """From the lowest to the highest of the comparable figures: the range that sources differ in."""
        compared = [self.places[number] for number in self.comparable]
        return min(compared), max(compared)


def scale(leading: Sequence[Any], claims: Iterable[Any]) -> Scale | None:
    """A point's scale; None where fewer than two different figures can stand on it.

    `leading` are the claims comparable with the figure shown first, at least one, and those that repeat it;
    `claims` all of the point.
    """
    kind = _measure(leading[0])
    if kind is None:
        return None
    figures = {claim.pk: (float(claim.sort_value()), claim) for claim in claims if _measure(claim) == kind}
    (_least, smallest), (top, largest) = (pick(figures.values(), key=lambda f: f[0]) for pick in (min, max))
    if len({value for value, _claim in figures.values()}) < LEAST_FIGURES or top <= 0:
        return None
    places = {number: 100 * value / top for number, (value, _claim) in figures.items()}
    return Scale(smallest, largest, places, frozenset(claim.pk for claim in leading if claim.pk in places))


def _measure(claim: Any) -> tuple[str, ...] | None:
    """What a claim's figure is measured in, the same for all that stand on one scale; None if it has none."""
    if claim.kind in ("estimate", "production") and claim.quantity is not None:
        unit = "mass" if tonnes(claim.quantity, claim.unit) is not None else claim.unit
        return (claim.kind, getattr(claim, "basis", ""), claim.form, unit)
    if claim.kind == "investment":
        return (claim.kind, claim.currency)
    return None
