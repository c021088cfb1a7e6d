"""A register of mineral sites taken over as published elsewhere: uncurated, and apart from the record.

Nothing here is a claim. It is kept as of every tick all the same: a site that a newer edition of the register
changes or drops stays, and says until which import it stood.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReferenceImport(models.Model):
    """One edition of the register, read from one file; public from its tick on."""

    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of the table's bytes."))
    file_name = models.TextField(_("file"), help_text=_("What the file was called."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The account that ran the import."),
    )
    lines_staged = models.PositiveIntegerField(
        _("lines staged"), default=0, help_text=_("How far into the file the rows are staged.")
    )
    kept = models.PositiveIntegerField(_("kept"), default=0, help_text=_("Rows of the file taken over."))
    skipped = models.PositiveIntegerField(
        _("skipped"), default=0, help_text=_("Rows of the file left out, each with its reason in the report.")
    )
    tick = models.OneToOneField(
        "sources.Tick",
        verbose_name=_("tick"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("When it was published; empty while it is being staged."),
    )

    class Meta:
        verbose_name = _("import of reference sites")
        verbose_name_plural = _("imports of reference sites")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(tick=None), name="deposits_one_staging_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ReferenceRow(models.Model):
    """What is kept of one row of the table: texts as published, and what the atlas reads from them."""

    dep_id = models.PositiveBigIntegerField(
        _("number"), help_text=_("The site's permanent number in the register (dep_id).")
    )
    name = models.TextField(_("name"), blank=True, help_text=_("Name of the site, as published."))
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees north, as published."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees east, as published."))
    country = models.TextField(_("country"), blank=True, help_text=_("Country, as published."))
    commodities = models.TextField(
        _("commodities"), blank=True, help_text=_("Main, then secondary ones and traces, as published.")
    )
    minerals = models.TextField(
        _("minerals"),
        blank=True,
        help_text=_("Keys of the atlas's minerals among them, with spaces between."),
    )
    status = models.TextField(_("status"), blank=True, help_text=_("Development status, as published."))
    operation = models.TextField(_("operation"), blank=True, help_text=_("Operation type, as published."))
    deposit_type = models.TextField(_("deposit type"), blank=True, help_text=_("As published."))
    url = models.TextField(_("address"), blank=True, help_text=_("The site's page at the publisher."))
    details = models.JSONField(
        _("details"), default=dict, help_text=_("All other filled columns of the row, as published.")
    )
    fingerprint = models.CharField(
        _("fingerprint"), max_length=32, help_text=_("Begin of the SHA-256 of all the row says.")
    )

    class Meta:
        abstract = True


class StagedReference(ReferenceRow):
    """A row of an edition that is not published yet."""

    batch = models.ForeignKey(
        ReferenceImport,
        verbose_name=_("import"),
        on_delete=models.CASCADE,
        related_name="staged",
        help_text=_("The edition."),
    )

    class Meta:
        verbose_name = _("staged reference site")
        verbose_name_plural = _("staged reference sites")
        indexes = [models.Index(fields=["dep_id"])]


class ReferencePoint(ReferenceRow):
    """A site as one or more editions in a row published it."""

    published_in = models.ForeignKey(
        ReferenceImport,
        verbose_name=_("published in"),
        on_delete=models.PROTECT,
        related_name="published",
        help_text=_("The edition that first said this."),
    )
    withdrawn_in = models.ForeignKey(
        ReferenceImport,
        verbose_name=_("withdrawn in"),
        null=True,
        on_delete=models.PROTECT,
        related_name="withdrawn",
        help_text=_("The edition that changed or dropped it."),
    )

    class Meta:
        verbose_name = _("reference site")
        verbose_name_plural = _("reference sites")
        constraints = [
            models.UniqueConstraint(
                fields=["dep_id"], condition=Q(withdrawn_in=None), name="deposits_reference_dep_id_unique"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="deposits_reference_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.dep_id)
