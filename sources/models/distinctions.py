from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .records import Record


class Distinction(models.Model):
    """An editor's dated, reasoned verdict that two records which look like one are two."""

    first = models.ForeignKey(
        Record,
        verbose_name=_("first record"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The record with the lower number."),
    )
    second = models.ForeignKey(
        Record,
        verbose_name=_("second record"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The record with the higher number."),
    )
    reason = models.TextField(_("reason"), help_text=_("What tells the two apart."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="distinctions",
        help_text=_("The editor who judged."),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True, help_text=_("When (UTC)."))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The editor who took it back."),
    )
    ended_at = models.DateTimeField(
        _("taken back at"), null=True, blank=True, help_text=_("When it was taken back (UTC).")
    )

    class Meta:
        verbose_name = _("verdict that two records are two")
        verbose_name_plural = _("verdicts that two records are two")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_at__isnull=True),
                name="sources_one_distinction_stands",
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="sources_distinction_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sources_ended_distinction_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
