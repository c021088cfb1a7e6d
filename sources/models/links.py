from django.db import models
from django.utils.translation import gettext_lazy as _

from .publications import Source


class LinkCheck(models.Model):
    """One look at whether a source can still be read at its address."""

    class Outcome(models.TextChoices):
        ALIVE = "alive", _("answers")
        MOVED = "moved", _("answers at another address")
        DEAD = "dead", _("gone")
        UNREACHABLE = "unreachable", _("could not be reached")

    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.CASCADE,
        related_name="link_checks",
        help_text=_("Whose address was tried."),
    )
    at = models.DateTimeField(
        _("at"), auto_now_add=True, db_index=True, help_text=_("When it was tried (UTC).")
    )
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome.choices, help_text=_("What happened.")
    )
    status = models.PositiveSmallIntegerField(
        _("status"), null=True, blank=True, help_text=_("The HTTP status it answered with.")
    )
    address = models.URLField(
        _("address"), max_length=1000, blank=True, help_text=_("Where the redirects ended, if elsewhere.")
    )
    digest = models.CharField(
        _("digest"), max_length=64, blank=True, help_text=_("SHA-256 of what was read there, in hexadecimal.")
    )

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        ordering = ["-at"]
        get_latest_by = "at"

    def __str__(self) -> str:
        return f"{self.source_id}: {self.outcome}"
