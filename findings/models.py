import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from deposits.models import Mineral
from deposits.models.claims import Unit, quantity_field
from partners.models import Partner
from sources.models import Claim
from sources.rounding import rounding_unit, same_when_rounded

from .topics import GROUP_OF, Topic, TopicGroup

#: Units that do not say what they count.
UNITS_OF_ANYTHING = {"", "%", "% a year", "times", *(unit.casefold() for unit in Unit.values)}
CURRENCY = re.compile("[A-Z]{3}")


class Finding(Claim):
    """One sentence in our words of what a source says about exactly one subject."""

    KIND = "finding"
    SUBJECT_KINDS = ("country", "deposit", "project", "partner", "mineral", "region")
    STATEMENT_FIELDS = ("topic", "direction", "statement", "mineral_id", "partner_id", "quantity", "unit")

    class Direction(models.TextChoices):
        POSITIVE = "positive", _("positive")
        NEGATIVE = "negative", _("negative")
        NEUTRAL = "neutral", _("neutral")

    topic = models.CharField(
        _("topic"), max_length=24, choices=Topic.choices, help_text=_("What it is about.")
    )
    direction = models.CharField(
        _("direction"),
        max_length=8,
        choices=Direction.choices,
        default=Direction.NEUTRAL,
        help_text=_("Whether the source presents it as good, bad or neither."),
    )
    statement = models.TextField(
        _("statement"),
        help_text=_(
            "One sentence in our words. Wrongdoing: name the court decision, or word it as the source's."
        ),
    )
    mineral = models.ForeignKey(
        Mineral,
        verbose_name=_("mineral"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentioning_findings",
        help_text=_("The mineral it concerns, if one."),
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentioning_findings",
        help_text=_("The partner it concerns, if one."),
    )
    answers = models.ForeignKey(
        Claim,
        verbose_name=_("in reply to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
        help_text=_("The claim to which the partner replies in public; the reply then stands beside it."),
    )
    quantity = quantity_field(_("quantity"), _("The figure in the sentence, if it has one."))
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("What the figure counts: rank, %, t, deposits, …")
    )

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(condition=~Q(statement=""), name="findings_finding_says_something"),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="findings_finding_quantity_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(partner__isnull=False),
                name="findings_reply_names_its_partner",
            ),
            models.CheckConstraint(
                condition=~Q(answers=models.F("claim_ptr")), name="findings_finding_answers_another"
            ),
        ]

    def clean(self) -> None:
        """A reply is a partner's, to a public claim about the same record."""
        super().clean()
        if self.answers is None:
            return
        if not self.partner_id:
            raise ValidationError({"partner": _("A reply names the partner who gives it.")})
        if self.answers.published_tick is None:
            raise ValidationError({"answers": _("Only a published claim can be replied to.")})
        if self.subject_id and self.answers.subject_id != self.subject_id:
            raise ValidationError({"answers": _("A reply is about the same record as the claim it answers.")})

    @property
    def group(self) -> TopicGroup:
        """The group of topics that pages show it under."""
        return GROUP_OF[self.topic]

    @property
    def statement_text(self) -> tuple[str, str]:
        """(statement, language) in the reader's language where translated, else English."""
        return self.text_in(get_language() or "en", "statement")

    def point_name(self) -> str:
        return f"finding/{self.topic}/{self.mineral_id or ''}"

    def comparison_key(self) -> tuple[Hashable, ...]:
        """Figures compare only with figures that count the same; a sentence without one with nothing.

        Money, shares and masses on no one mineral may be of anything, so those stand alone.
        """
        unit = self.unit.casefold()
        if self.quantity is None:
            return ("words", self.pk)
        if self.mineral_id is None and (unit in UNITS_OF_ANYTHING or CURRENCY.fullmatch(self.unit)):
            return ("figure", unit, self.pk)
        return ("figure", unit)

    def agrees_with(self, other: Any) -> bool:
        """Figures after rounding; a rank is never rounded."""
        if self.quantity is None or other.quantity is None:
            return False
        if self.unit.casefold().startswith("rank"):
            return bool(self.quantity == other.quantity)
        return same_when_rounded(self.quantity, other.quantity)

    def coarseness(self) -> Decimal:
        return rounding_unit(self.quantity or Decimal(0))

    def sort_value(self) -> Decimal:
        return self.quantity or Decimal(0)

    def named_records(self) -> set[int]:
        return super().named_records() | {number for number in (self.mineral_id, self.partner_id) if number}
