"""Short lists that deposits and projects are filtered by: labels are translated, values never change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MineralGroup(TextChoices):
    BATTERY = "battery metals", _("battery metals")
    RARE_EARTHS = "rare earth elements", _("rare earth elements")
    PLATINUM = "platinum-group metals", _("platinum-group metals")
    BASE = "base metals", _("base metals")
    FERRO_ALLOY = "ferro-alloy metals", _("ferro-alloy metals")
    LIGHT = "light metals", _("light metals")
    REFRACTORY = "refractory metals", _("refractory metals")
    TECHNOLOGY = "technology metals", _("technology metals")
    PRECIOUS = "precious metals", _("precious metals")
    ENERGY = "energy minerals", _("energy minerals")
    INDUSTRIAL = "industrial minerals", _("industrial minerals")
    OTHER = "other products", _("other products")


class DepositType(TextChoices):
    """Groups of the types in USGS Bulletin 1693 (Cox and Singer, 1986), for filters only."""

    PORPHYRY = "porphyry", _("porphyry")
    SKARN = "skarn", _("skarn")
    VEIN = "vein", _("vein, greisen and stockwork")
    PEGMATITE = "pegmatite", _("pegmatite")
    ALKALINE = "alkaline", _("alkaline and carbonatite")
    SEDIMENT_HOSTED = "sediment-hosted", _("sediment-hosted")
    MASSIVE_SULPHIDE = "massive-sulphide", _("volcanogenic massive sulphide")
    OROGENIC = "orogenic", _("orogenic and black-shale")
    MAFIC = "mafic", _("mafic and ultramafic")
    PLACER = "placer", _("placer")
    WEATHERING = "weathering", _("weathering crust and laterite")
    SANDSTONE_URANIUM = "sandstone-uranium", _("sandstone-hosted and surficial uranium")
    BRINE = "brine", _("brine")
    EVAPORITE = "evaporite", _("evaporite")
    PHOSPHORITE = "phosphorite", _("phosphorite")
    TAILINGS = "tailings", _("tailings and waste")
    OTHER = "other", _("other")


class Listed(TextChoices):
    """Whether a list of critical minerals names a mineral; "part": only some members of the group."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    PART = "part", _("in part")
