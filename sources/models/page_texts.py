from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PageText(models.Model):
    """What the people who answer for the site say on one of its pages, from one tick to another.

    Never edited, only replaced: `sources.page_texts` writes it.
    """

    class Page(models.TextChoices):
        ABOUT = "about", _("About")
        METHODOLOGY = "methodology", _("How it works")
        PRIVACY = "privacy", _("Privacy")
        LICENCE = "licence", _("Licence")

    page = models.CharField(_("page"), max_length=12, choices=Page.choices, help_text=_("On which page."))
    language = models.CharField(_("language"), max_length=10, help_text=_("ISO 639-1 code: en, ru, …"))
    text = models.TextField(
        _("text"), blank=True, help_text=_("Paragraphs set apart by blank lines; addresses become links.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="page_texts",
        help_text=_("Who wrote it."),
    )
    from_tick = models.PositiveBigIntegerField(
        _("from tick"), help_text=_("From this tick on it is on the page.")
    )
    until_tick = models.PositiveBigIntegerField(
        _("until tick"), null=True, blank=True, help_text=_("The tick that replaced it.")
    )

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering = ["page", "language", "-from_tick"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                condition=Q(until_tick__isnull=True),
                name="sources_one_page_text_stands",
            ),
            models.CheckConstraint(
                condition=Q(until_tick__isnull=True) | Q(until_tick__gt=F("from_tick")),
                name="sources_page_text_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}/{self.language} @ {self.from_tick}"
