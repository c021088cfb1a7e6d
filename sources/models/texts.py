from django.db import models
from django.utils.translation import gettext_lazy as _

from .claims import Claim


class ClaimText(models.Model):
    """A claim's text in another language; never part of the immutable claim."""

    class Status(models.TextChoices):
        HUMAN = "human", _("translated by a person")
        MACHINE = "machine", _("translated by a machine")
        CHECKED = "checked", _("translation checked")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.CASCADE,
        related_name="texts",
        help_text=_("Whose text."),
    )
    field = models.CharField(
        _("field"), max_length=30, help_text=_("Which text of the claim: statement, note, …")
    )
    language = models.CharField(_("language"), max_length=10, help_text=_("ISO 639-1 code."))
    text = models.TextField(_("text"), help_text=_("The text in that language."))
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=Status.choices,
        default=Status.HUMAN,
        help_text=_("How it was made."),
    )

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["claim", "field", "language"], name="sources_one_text_a_language")
        ]

    def __str__(self) -> str:
        return self.text
