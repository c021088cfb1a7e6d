"""Which of the atlas's minerals a commodity of MRDS is.

MRDS writes the elements by their American names, some with the ore mineral ("Barium-Barite"), and several in
one field with commas between, of which parts may only describe the part before ("Gold, Placer").
"""

from collections.abc import Iterable

_SAME_NAME = (
    "antimony", "arsenic", "beryllium", "bismuth", "boron", "bromine", "cadmium", "cerium", "chromium",
    "cobalt", "copper", "dysprosium", "erbium", "europium", "feldspar", "gadolinium", "gallium",
    "germanium", "gold", "graphite", "hafnium", "helium", "holmium", "indium", "iodine", "iridium",
    "iron", "lanthanum", "lead", "lithium", "lutetium", "magnesium", "manganese", "mercury",
    "molybdenum", "neodymium", "nickel", "niobium", "osmium", "palladium", "platinum", "potash",
    "praseodymium", "rhenium", "rhodium", "rubidium", "ruthenium", "samarium", "scandium", "selenium",
    "silicon", "silver", "strontium", "tantalum", "tellurium", "terbium", "thallium", "thorium",
    "thulium", "tin", "titanium", "tungsten", "uranium", "vanadium", "ytterbium", "yttrium", "zinc",
    "zirconium",
)  # fmt: skip
_KEYS = dict(zip(_SAME_NAME, _SAME_NAME, strict=True)) | {
    "aluminum": "aluminium",
    "barite": "baryte",
    "barium-barite": "baryte",
    "boron-borates": "boron",
    "cesium": "caesium",
    "fluorine-fluorite": "fluorspar",
    "fluorite": "fluorspar",
    "pge": "platinum-group-metals",
    "phosphorus-phosphates": "phosphate-rock",
    "ree": "rare-earth-elements",
    "sulfur": "sulphur",
}


def minerals_of(commodities: Iterable[str]) -> list[str]:
    """The keys of the minerals that commodity fields name, each once, in their order."""
    parts = (part.strip().casefold() for field in commodities for part in field.split(","))
    return list(dict.fromkeys(_KEYS[part] for part in parts if part in _KEYS))
