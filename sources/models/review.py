from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .claims import Claim
from .records import Record


class Preference(models.Model):
    """An editor's dated, reasoned choice of the claim a page shows first; never edited, only ended."""

    subject = models.ForeignKey(
        Record,
        verbose_name=_("subject"),
        on_delete=models.PROTECT,
        related_name="preferences",
        help_text=_("The record on whose page it counts."),
    )
    point = models.CharField(_("point"), max_length=120, help_text=_("The point it decides."))
    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="preferences",
        help_text=_("The claim shown first."),
    )
    reason = models.TextField(_("reason"), help_text=_("Why, in public."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="preferences",
        help_text=_("The editor who chose."),
    )
    from_tick = models.PositiveBigIntegerField(_("from tick"), help_text=_("From this tick on it counts."))
    until_tick = models.PositiveBigIntegerField(
        _("until tick"), null=True, blank=True, help_text=_("The tick that ended it; blank while in force.")
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who ended it."),
    )
    ended_because = models.TextField(_("ended because"), blank=True, help_text=_("Why it ended."))

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "point"],
                condition=Q(until_tick__isnull=True),
                name="sources_one_preference_a_point",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sources_preference_says_why"),
            models.CheckConstraint(
                condition=Q(until_tick__isnull=True)
                | Q(until_tick__gt=F("from_tick"), ended_by__isnull=False),
                name="sources_preference_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.point}"


class Check(models.Model):
    """A named editor's statement to have compared a published claim with its source."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("the source says so")
        NOT_FOUND = "not found", _("not found in the source")
        UNREACHABLE = "unreachable", _("the source could not be read")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="checks",
        help_text=_("What was checked."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="checks",
        help_text=_("The editor who compared it with its source."),
    )
    tick = models.PositiveBigIntegerField(
        _("tick"), help_text=_("When it was said, on the publication clock.")
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=12,
        choices=Outcome.choices,
        default=Outcome.CONFIRMED,
        help_text=_("What the comparison showed."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What readers should know about it."))

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.UniqueConstraint(fields=["claim", "by", "tick"], name="sources_check_once_a_tick")
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.outcome}"
