"""When two figures are the same figure, one of them rounded. Exact decimals throughout.

Trailing zeros never count as digits, wherever they stand: 265,000 has three, and so has 49.900, since a
stored decimal no longer tells zeros that were measured from zeros that pad it.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

LARGEST_DIFFERENCE = Decimal("0.05")

_EXACT = Context(prec=100)


def significant_digits(value: Decimal) -> int:
    """Return how many digits a figure states: 3 for 265000 and for 49.9, 1 for 50 and for 0."""
    return len(value.normalize(_EXACT).as_tuple().digits)


def rounding_unit(value: Decimal) -> Decimal:
    """Return the place value of the last digit a figure states: 1000 for 265000, 0.1 for 49.9, 1 for 0."""
    return Decimal(1).scaleb(int(value.normalize(_EXACT).as_tuple().exponent), _EXACT)


def same_when_rounded(a: Decimal, b: Decimal) -> bool:
    """Tell whether two figures are equal, or the finer one rounds (half up) to the coarser one.

    Figures more than 5 % of the larger one apart are never the same: else a figure of one digit, such as
    1,000,000, would "agree" with 795,800.
    """
    if a == b:
        return True
    unit_a, unit_b = rounding_unit(a), rounding_unit(b)
    finer, coarser, unit = (a, b, unit_b) if unit_a < unit_b else (b, a, unit_a)
    difference = _EXACT.abs(_EXACT.subtract(a, b))
    if difference > LARGEST_DIFFERENCE * max(abs(a), abs(b)):
        return False
    return finer.quantize(unit, rounding=ROUND_HALF_UP, context=_EXACT) == coarser


def same_share(a: Decimal, b: Decimal) -> bool:
    """Tell whether two percentages are the same, the finer rounded to the coarser one's decimals.

    A whole per cent is the coarsest: 69.74 is another source's 70, but 51 is not its 50.
    """
    unit = min(Decimal(1), max(rounding_unit(a), rounding_unit(b)))
    return a.quantize(unit, rounding=ROUND_HALF_UP) == b.quantize(unit, rounding=ROUND_HALF_UP)


def cluster(values: Sequence[Decimal]) -> list[list[int]]:
    """Return the indexes of the values in groups within which every two values are the same when rounded.

    Being the same when rounded is not transitive: 264,616 and 265,300 both round to 265,000, yet differ. So
    each value, the finest first and smaller before larger, joins the first group with all of which it agrees,
    else begins one. Groups, and indexes within a group, come in that order; the order of the input does not
    change which values share a group.
    """
    order = sorted(range(len(values)), key=lambda index: (rounding_unit(values[index]), values[index], index))
    groups: list[list[int]] = []
    for index in order:
        for group in groups:
            if all(same_when_rounded(values[index], values[member]) for member in group):
                group.append(index)
                break
        else:
            groups.append([index])
    return groups
