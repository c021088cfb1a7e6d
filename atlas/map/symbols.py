"""How records are drawn: a hue for each family of minerals, told apart by readers of any colour vision.

Eight hues after Okabe and Ito (Color Universal Design, https://jfly.uni-koeln.de/color/) and a grey; twelve
groups share them, and shape, legend and words say the same. The hues themselves stand in static/css/map.css.
"""

from dataclasses import dataclass

from deposits.models import Mineral
from deposits.vocabulary import MineralGroup

HUES: dict[str, tuple[MineralGroup, ...]] = {
    "base": (MineralGroup.BASE,),
    "precious": (MineralGroup.PRECIOUS, MineralGroup.PLATINUM),
    "steel": (MineralGroup.FERRO_ALLOY, MineralGroup.REFRACTORY),
    "battery": (MineralGroup.BATTERY,),
    "rare": (MineralGroup.RARE_EARTHS,),
    "light": (MineralGroup.LIGHT,),
    "technology": (MineralGroup.TECHNOLOGY,),
    "energy": (MineralGroup.ENERGY,),
    "other": (MineralGroup.INDUSTRIAL, MineralGroup.OTHER),
}
_HUE_OF = {group.value: hue for hue, groups in HUES.items() for group in groups}


@dataclass(frozen=True)
class LegendRow:
    """A hue and the names of the mineral groups that share it."""

    hue: str
    label: str


def hue_of(mineral: Mineral | None) -> str:
    """The hue of a record by its first mineral; grey where none is known."""
    return _HUE_OF.get(mineral.group, "other") if mineral else "other"


def legend() -> list[LegendRow]:
    """The hues in the active language."""
    return [LegendRow(hue, ", ".join(str(group.label) for group in groups)) for hue, groups in HUES.items()]
