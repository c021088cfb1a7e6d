"""Which lists of critical minerals name a mineral, with the act that each list is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deposits.models import Mineral
from deposits.vocabulary import Listed


@dataclass(frozen=True)
class CriticalList:
    """A list of critical minerals; `short` is for tables."""

    field: str
    short: str | Promise
    title: str | Promise
    act: str | Promise
    #: Where the act can be read, "" where it has no address of its own.
    url: str = ""


@dataclass(frozen=True)
class OnList:
    """What one list says of a mineral: yes, no or part."""

    list: CriticalList
    value: str
    label: str

    @property
    def is_named(self) -> bool:
        """Whether the list names the mineral or part of its group."""
        return self.value != Listed.NO


LISTS = (
    CriticalList(
        "eu_critical_2023",
        _("EU critical"),
        _("European Union, critical raw materials (2023)"),
        _("Annex II of Regulation (EU) 2024/1252, the Critical Raw Materials Act"),
        "https://eur-lex.europa.eu/eli/reg/2024/1252/oj",
    ),
    CriticalList(
        "eu_strategic_2023",
        _("EU strategic"),
        _("European Union, strategic raw materials (2023)"),
        _("Annex I of Regulation (EU) 2024/1252, the Critical Raw Materials Act"),
        "https://eur-lex.europa.eu/eli/reg/2024/1252/oj",
    ),
    CriticalList(
        "us_critical_2022",
        _("US 2022"),
        _("United States, critical minerals (2022)"),
        _("U.S. Geological Survey, list of 24 February 2022, 87 FR 10381"),
        "https://www.federalregister.gov/citation/87-FR-10381",
    ),
    CriticalList(
        "us_critical_2025",
        _("US 2025"),
        _("United States, critical minerals (2025)"),
        _("U.S. Department of the Interior, list of 7 November 2025"),
    ),
)


def critical_lists(mineral: Mineral) -> list[OnList]:
    """Every list with its answer for the mineral, in one order."""
    values = [(entry, getattr(mineral, entry.field)) for entry in LISTS]
    return [OnList(entry, value, str(Listed(value).label)) for entry, value in values]
