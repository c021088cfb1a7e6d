from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sources.models import Record
from sources.models.records import record_link

from ..vocabulary import DepositType, Listed, MineralGroup


class Region(Record):
    """What the atlas covers as a whole; there is one: Central Asia."""

    KIND = "region"

    record_ptr = record_link()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Country(Record):
    """A country that the atlas covers. Countries of partners and publishers are ISO codes instead."""

    KIND = "country"
    PUBLIC_FIELDS = ("iso2", "iso3")

    record_ptr = record_link()

    iso2 = models.CharField(_("ISO code"), max_length=2, unique=True, help_text=_("ISO 3166-1 alpha-2."))
    iso3 = models.CharField(
        _("ISO alpha-3 code"), max_length=3, unique=True, help_text=_("ISO 3166-1 alpha-3.")
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Mineral(Record):
    """A critical raw material, or another product that sources count."""

    KIND = "mineral"
    PUBLIC_FIELDS = (
        "symbol",
        "group",
        "eu_critical_2023",
        "eu_strategic_2023",
        "us_critical_2022",
        "us_critical_2025",
        "uses",
        "uses_ru",
    )

    record_ptr = record_link()

    symbol = models.CharField(
        _("symbol"), max_length=10, blank=True, help_text=_("Chemical symbol or formula.")
    )
    group = models.CharField(
        _("group"),
        max_length=30,
        choices=MineralGroup.choices,
        help_text=_("Group it is filtered and coloured by."),
    )
    eu_critical_2023 = models.CharField(
        _("EU critical (2023)"),
        max_length=4,
        choices=Listed.choices,
        default=Listed.NO,
        help_text=_("Annex II of Regulation (EU) 2024/1252."),
    )
    eu_strategic_2023 = models.CharField(
        _("EU strategic (2023)"),
        max_length=4,
        choices=Listed.choices,
        default=Listed.NO,
        help_text=_("Annex I of Regulation (EU) 2024/1252."),
    )
    us_critical_2022 = models.CharField(
        _("US critical (2022)"),
        max_length=4,
        choices=Listed.choices,
        default=Listed.NO,
        help_text=_("List of 24 February 2022, 87 FR 10381."),
    )
    us_critical_2025 = models.CharField(
        _("US critical (2025)"),
        max_length=4,
        choices=Listed.choices,
        default=Listed.NO,
        help_text=_("List of 7 November 2025, U.S. Department of the Interior."),
    )
    uses = models.CharField(
        _("uses"), max_length=300, blank=True, help_text=_("What it is used for, in English.")
    )
    uses_ru = models.CharField(
        _("uses in Russian"), max_length=300, blank=True, help_text=_("What it is used for, in Russian.")
    )

    class Meta:
        verbose_name = _("mineral")
        verbose_name_plural = _("minerals")


class Deposit(Record):
    """A place where minerals occur; it exists whoever works it."""

    KIND = "deposit"
    PUBLIC_FIELDS = ("country", "region", "region_ru", "deposit_type", "deposit_type_ru", "type_group")

    record_ptr = record_link()

    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        on_delete=models.PROTECT,
        related_name="deposits",
        help_text=_("The country its sources place it in."),
    )
    region = models.CharField(
        _("region"),
        max_length=200,
        blank=True,
        help_text=_("First-level region, and district if known, in English."),
    )
    region_ru = models.CharField(
        _("region in Russian"), max_length=200, blank=True, help_text=_("The same in Russian.")
    )
    deposit_type = models.CharField(
        _("deposit type"),
        max_length=120,
        blank=True,
        help_text=_("The geological type in the source's own term."),
    )
    deposit_type_ru = models.CharField(
        _("deposit type in Russian"), max_length=120, blank=True, help_text=_("The same in Russian.")
    )
    type_group = models.CharField(
        _("group of types"),
        max_length=20,
        blank=True,
        choices=DepositType.choices,
        help_text=_("Short list for filters; blank if no type is known."),
    )

    class Meta:
        verbose_name = _("deposit")
        verbose_name_plural = _("deposits")

    @property
    def region_label(self) -> str:
        """The region in Russian for Russian readers where known, else in English."""
        return (get_language() == "ru" and self.region_ru) or self.region

    @property
    def deposit_type_label(self) -> str:
        """The type in Russian for Russian readers where known, else in English."""
        return (get_language() == "ru" and self.deposit_type_ru) or self.deposit_type
