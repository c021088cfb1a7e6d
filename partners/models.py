from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.dates import can_overlap
from sources.fields import PartialDateField, partial_date_check
from sources.models import Claim, Record, Source
from sources.models.records import record_link
from sources.rounding import rounding_unit, same_share
from sources.territories import check_country


def share_field(help_text: Any) -> models.DecimalField:
    """A share in per cent, 0 to 100, as exactly as its source gives it."""
    return models.DecimalField(
        _("share, %"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=help_text,
    )


def share_check(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(share_percent__isnull=True) | Q(share_percent__gte=0, share_percent__lte=100), name=name
    )


class Partner(Record):
    """A company, government, international organisation, bank, university or civil-society body."""

    KIND = "partner"
    PUBLIC_FIELDS = ("type", "country", "website", "source")

    record_ptr = record_link()

    class Type(models.TextChoices):
        COMPANY = "company", _("company")
        STATE_COMPANY = "state company", _("state company")
        GOVERNMENT = "government", _("government")
        INTERNATIONAL_ORGANISATION = "international organisation", _("international organisation")
        DEVELOPMENT_BANK = "development bank", _("development bank")
        BANK = "bank", _("bank")
        UNIVERSITY = "university", _("university")
        CIVIL_SOCIETY = "civil society", _("civil society")

    type = models.CharField(
        _("type"), max_length=30, choices=Type.choices, help_text=_("What kind of body it is.")
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("ISO 3166-1 alpha-2 code of its seat; blank if none."),
    )
    website = models.URLField(_("website"), max_length=500, blank=True, help_text=_("Its own site."))

    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="described_partners",
        help_text=_("The publication its card is taken from."),
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def clean(self) -> None:
        super().clean()
        check_country(self.country)


class Ownership(Claim):
    """A source says that one partner (the subject) is owned, wholly or in part, by another."""

    KIND = "ownership"
    SUBJECT_KINDS = ("partner",)
    STATEMENT_FIELDS = ("owner_id", "share_percent", "since", "until")

    owner = models.ForeignKey(
        Partner,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="holdings",
        help_text=_("Who owns the subject."),
    )
    share_percent = share_field(_("Share of the subject that it owns; blank if the source gives none."))
    since = PartialDateField(_("since"), help_text=_("Since when, if the source says."))
    until = PartialDateField(_("until"), help_text=_("Until when, if the source says."))

    class Meta:
        verbose_name = _("ownership")
        verbose_name_plural = _("ownership")
        constraints = [
            share_check("partners_ownership_share_0_to_100"),
            partial_date_check("since", "partners_ownership_since_is_a_date"),
            partial_date_check("until", "partners_ownership_until_is_a_date"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.owner_id and self.owner_id == self.subject_id:
            raise ValidationError({"owner": _("A partner cannot own itself.")})

    def point_name(self) -> str:
        return f"ownership/{self.owner_id}"

    def agrees_with(self, other: Any) -> bool:
        """Shares of one time differ; without a share, or of another time, they contradict nothing."""
        if self.share_percent is None or other.share_percent is None:
            return True
        if not can_overlap(self.since, self.until, other.since, other.until):
            return True
        return same_share(self.share_percent, other.share_percent)

    def coarseness(self) -> Decimal:
        """A stated share leads, the most exact one first."""
        return Decimal(100) if self.share_percent is None else rounding_unit(self.share_percent)

    def sort_value(self) -> Decimal:
        return self.share_percent if self.share_percent is not None else Decimal(-1)

    def named_records(self) -> set[int]:
        return super().named_records() | {self.owner_id}

    @property
    def dated(self) -> str:
        return self.since or super().dated
