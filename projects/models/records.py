from django.db import models
from django.utils.translation import gettext_lazy as _

from deposits.models import Country, Deposit
from sources.models import Record
from sources.models.records import record_link


class Project(Record):
    """An undertaking: a mine, a plant, exploration, infrastructure, research or a programme."""

    KIND = "project"
    PUBLIC_FIELDS = ("type", "country")
    PUBLIC_LINKS = ("deposits", "countries")

    record_ptr = record_link()

    class Type(models.TextChoices):
        MINE = "mine", _("mine")
        PROCESSING_PLANT = "processing plant", _("processing plant")
        EXPLORATION = "exploration", _("exploration")
        INFRASTRUCTURE = "infrastructure", _("infrastructure")
        RESEARCH = "research", _("research")
        PROGRAMME = "programme", _("programme")

    type = models.CharField(
        _("type"), max_length=20, choices=Type.choices, help_text=_("What is undertaken.")
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
        help_text=_("Where it is; blank if it concerns the region."),
    )
    countries = models.ManyToManyField(
        Country,
        verbose_name=_("countries covered"),
        blank=True,
        related_name="programmes",
        help_text=_("Of a programme: the countries it covers."),
    )
    deposits = models.ManyToManyField(
        Deposit,
        verbose_name=_("deposits"),
        blank=True,
        related_name="projects",
        help_text=_("The deposits it works, explores or processes."),
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
