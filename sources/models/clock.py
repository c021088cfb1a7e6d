from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Clock(models.Model):
    """The publication clock: one row, whose number is the newest tick (see `sources.clock`)."""

    now = models.PositiveBigIntegerField(_("now"), default=0, help_text=_("Number of the newest tick."))

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clock")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="sources_clock_is_one_row")]


class Tick(models.Model):
    """One change of anything public: when, who, why. Never edited, never deleted."""

    number = models.PositiveBigIntegerField(
        _("number"), primary_key=True, help_text=_("Grows by one with every change of anything public.")
    )
    at = models.DateTimeField(_("at"), help_text=_("When the change was made (UTC)."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="ticks",
        help_text=_("The account that made the change."),
    )
    why = models.TextField(_("why"), help_text=_("What changed, in a few words."))

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")
        ordering = ["-number"]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.number}"
