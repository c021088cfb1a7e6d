"""Units of mass and grade, and what part of an oxide is its element.

Scaling a unit changes nothing about what is counted. Going from an oxide to its element does: such a figure
is the atlas's own and is shown with its factor. Factors of oxides, sulphides and salts are computed from
IUPAC's standard atomic weights, to four digits.
"""

from decimal import Decimal

#: Exact: the international pound of 1959 has 7000 grains, the troy ounce 480 of them.
TROY_OUNCE_GRAMS = Decimal("31.1034768")
POUND_KILOGRAMS = Decimal("0.45359237")

_OUNCE = TROY_OUNCE_GRAMS / 1_000_000
_POUND = POUND_KILOGRAMS / 1000

#: Tonnes in each unit of mass.
TONNES = {
    "t": Decimal(1),
    "kt": Decimal(1000),
    "Mt": Decimal(1_000_000),
    "kg": Decimal("0.001"),
    "oz": _OUNCE,
    "koz": _OUNCE * 1000,
    "Moz": _OUNCE * 1_000_000,
    "lb": _POUND,
    "Mlb": _POUND * 1_000_000,
}

#: Per cent by mass in each unit of grade that is one of mass; mg/l is not, without the density of the brine.
PER_CENT = {"%": Decimal(1), "g/t": Decimal("0.0001"), "ppm": Decimal("0.0001")}

#: Of each oxide, sulphide or salt: the element that is counted, and its share of the mass.
OXIDE_FACTORS = {
    formula: (element, Decimal(factor))
    for formula, element, factor in (
        ("Li2O", "Li", "0.4645"),
        ("Li2CO3", "Li", "0.1879"),
        ("WO3", "W", "0.7930"),
        ("Ta2O5", "Ta", "0.8190"),
        ("Nb2O5", "Nb", "0.6990"),
        ("BeO", "Be", "0.3603"),
        ("TiO2", "Ti", "0.5993"),
        ("V2O5", "V", "0.5602"),
        ("U3O8", "U", "0.8480"),
        ("P2O5", "P", "0.4364"),
        ("K2O", "K", "0.8302"),
        ("KCl", "K", "0.5245"),
        ("Al2O3", "Al", "0.5293"),
        ("Cr2O3", "Cr", "0.6842"),
        ("MnO2", "Mn", "0.6319"),
        ("Fe2O3", "Fe", "0.6994"),
        ("SnO2", "Sn", "0.7877"),
        ("MoO3", "Mo", "0.6666"),
        ("MoS2", "Mo", "0.5994"),
        ("ZrO2", "Zr", "0.7403"),
        ("HfO2", "Hf", "0.8480"),
        ("Sb2O3", "Sb", "0.8354"),
        ("B2O3", "B", "0.3106"),
        ("Rb2O", "Rb", "0.9144"),
        ("Cs2O", "Cs", "0.9432"),
        ("SiO2", "Si", "0.4674"),
        ("ThO2", "Th", "0.8788"),
        ("La2O3", "La", "0.8527"),
        ("CeO2", "Ce", "0.8141"),
        ("Pr6O11", "Pr", "0.8277"),
        ("Nd2O3", "Nd", "0.8574"),
        ("Sm2O3", "Sm", "0.8624"),
        ("Eu2O3", "Eu", "0.8636"),
        ("Gd2O3", "Gd", "0.8676"),
        ("Tb4O7", "Tb", "0.8502"),
        ("Dy2O3", "Dy", "0.8713"),
        ("Ho2O3", "Ho", "0.8730"),
        ("Er2O3", "Er", "0.8745"),
        ("Tm2O3", "Tm", "0.8756"),
        ("Yb2O3", "Yb", "0.8782"),
        ("Lu2O3", "Lu", "0.8794"),
        ("Y2O3", "Y", "0.7874"),
        ("Sc2O3", "Sc", "0.6520"),
    )
}

#: Totals of several oxides, whose factor depends on the mix.
MIXED_OXIDES = frozenset({"TREO", "REO"})


def in_tonnes(quantity: Decimal, unit: str) -> Decimal | None:
    """Return a mass in tonnes by scaling its unit alone; None for a unit, such as m3, not of mass."""
    factor = TONNES.get(unit)
    return None if factor is None else quantity * factor


def comparable_units(a: str, b: str) -> bool:
    """Tell whether quantities in two units can be set side by side: the same unit, or both of mass."""
    return a == b or (a in TONNES and b in TONNES)


def grade_in_percent(grade: Decimal, unit: str) -> Decimal | None:
    """Return a grade in per cent by mass; None for mg/l, which says nothing of mass without a density."""
    factor = PER_CENT.get(unit)
    return None if factor is None else grade * factor


def element_mass(oxide_formula: str, mass: Decimal) -> tuple[str, Decimal]:
    """Return the element in an oxide, sulphide or salt and its mass, in the unit of the mass given.

    Raises ValueError for total rare earth oxides, which have no single factor, and for an unknown formula.
    """
    if oxide_formula in MIXED_OXIDES:
        raise ValueError(f"{oxide_formula} is a total of several oxides: its factor depends on the mix")
    if oxide_formula not in OXIDE_FACTORS:
        raise ValueError(f"no factor is known for {oxide_formula!r}")
    element, factor = OXIDE_FACTORS[oxide_formula]
    return element, mass * factor
