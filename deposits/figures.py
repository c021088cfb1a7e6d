"""Figures of mass set side by side: scaled to tonnes, with no more digits than the source gave."""

from decimal import ROUND_HALF_UP, Context, Decimal

from sources.rounding import rounding_unit, same_when_rounded, significant_digits

from .units import TONNES, in_tonnes

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
    """Whether two quantities are the same after rounding; other units than mass must be the same unit.

    The finer figure is rounded in the coarser one's own unit: 1,011 koz are the 1.01 Moz of another source,
    which they would not be once both were rounded to tonnes.
    """
    step = in_tonnes(rounding_unit(quantity), unit)
    other_step = in_tonnes(rounding_unit(other), other_unit)
    if unit == other_unit or step is None or other_step is None:
        return unit == other_unit and same_when_rounded(quantity, other)
    if step < other_step:
        return _rounds_to(quantity, unit, other, other_unit)
    return _rounds_to(other, other_unit, quantity, unit)


def _rounds_to(finer: Decimal, unit: str, coarser: Decimal, coarser_unit: str) -> bool:
    return same_when_rounded(finer * TONNES[unit] / TONNES[coarser_unit], coarser)
