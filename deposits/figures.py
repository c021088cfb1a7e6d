"""Figures of mass set side by side: scaled to tonnes, with no more digits than the source gave."""

from decimal import ROUND_HALF_UP, Context, Decimal

from sources.rounding import same_when_rounded, significant_digits

from .units import in_tonnes

#: Units whose scaling to tonnes only moves the decimal point.
DECIMAL_UNITS = frozenset({"t", "kt", "Mt", "kg"})


def tonnes(quantity: Decimal, unit: str) -> Decimal | None:
    """The quantity in tonnes by unit scaling alone; None where the unit is not one of mass.

    Ounces and pounds scale to long decimals that nobody measured, so those are rounded to as many
    significant digits as the source's own figure has (at least two).
    """
    scaled = in_tonnes(quantity, unit)
    if scaled is None or unit in DECIMAL_UNITS:
        return scaled
    digits = max(2, significant_digits(quantity))
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(scaled)


def same_mass(quantity: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """Whether two quantities are the same after rounding; other units than mass must be the same unit."""
    if unit == other_unit:
        return same_when_rounded(quantity, other)
    first, second = tonnes(quantity, unit), tonnes(other, other_unit)
    return first is not None and second is not None and same_when_rounded(first, second)
