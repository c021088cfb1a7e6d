from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One run of a loader over one set of files."""

    name = models.CharField(_("name"), max_length=200, help_text=_("What was loaded, as readers are told."))
    digest = models.CharField(
        _("digest"), max_length=64, help_text=_("SHA-256 of the files, in hexadecimal.")
    )
    loaded_at = models.DateTimeField(
        _("loaded at"), auto_now_add=True, help_text=_("When it was loaded (UTC).")
    )
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("loaded by"),
        on_delete=models.PROTECT,
        related_name="batches",
        help_text=_("The person who ran the load; publisher of what it brought."),
    )

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return self.name
