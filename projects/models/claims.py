from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deposits.figures import same_mass, tonnes
from deposits.models import Mineral
from deposits.models.claims import Unit, quantity_field
from partners.models import Partner, share_check, share_field
from sources.dates import can_overlap, latest
from sources.fields import PartialDateField, partial_date_check
from sources.models import Claim
from sources.rounding import rounding_unit, same_share, same_when_rounded

from ..stages import contradict


class StageReport(Claim):
    """A source says what stage a project had reached at a time."""

    KIND = "stage"
    SUBJECT_KINDS = ("project",)
    STATEMENT_FIELDS = ("stage",)

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        EXPLORATION = "exploration", _("exploration")
        PRE_FEASIBILITY = "pre-feasibility", _("pre-feasibility")
        FEASIBILITY = "feasibility", _("feasibility")
        PERMITTING = "permitting", _("permitting")
        CONSTRUCTION = "construction", _("construction")
        COMMISSIONING = "commissioning", _("commissioning")
        OPERATING = "operating", _("operating")
        SUSPENDED = "suspended", _("suspended")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    stage = models.CharField(
        _("stage"),
        max_length=16,
        choices=Stage.choices,
        help_text=_("A memorandum is “announced”; a licence is exploration or permitting, not feasibility."),
    )

    class Meta:
        verbose_name = _("stage report")
        verbose_name_plural = _("stage reports")

    def agrees_with(self, other: Any) -> bool:
        return not contradict(self.stage, self.dated, other.stage, other.dated)

    def coarseness(self) -> Decimal:
        """The newest report leads."""
        return Decimal(-latest(self.dated).toordinal() if self.dated else 0)

    def sort_value(self) -> str:
        return self.dated


class Duration(Claim):
    """A source says from when and for how long a programme runs."""

    KIND = "duration"
    SUBJECT_KINDS = ("project",)
    STATEMENT_FIELDS = ("since", "years")

    since = PartialDateField(_("from"), help_text=_("When it begins."))
    years = models.DecimalField(
        _("years"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("How many years it lasts."),
    )

    class Meta:
        verbose_name = _("duration")
        verbose_name_plural = _("durations")
        constraints = [
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__gt=0), name="projects_duration_years_positive"
            ),
            partial_date_check("since", "projects_duration_since_is_a_date"),
        ]

    def agrees_with(self, other: Any) -> bool:
        return bool(self.since == other.since and self.years == other.years)

    def sort_value(self) -> str:
        return self.since


class Involvement(Claim):
    """A source says that a partner has a role in a project."""

    KIND = "involvement"
    SUBJECT_KINDS = ("project",)
    STATEMENT_FIELDS = ("partner_id", "role", "share_percent", "since", "until")

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        OPERATOR = "operator", _("operator")
        INVESTOR = "investor", _("investor")
        LENDER = "lender", _("lender")
        DONOR = "donor", _("donor")
        OFFTAKER = "offtaker", _("offtaker")
        CONTRACTOR = "contractor", _("contractor")
        TECHNOLOGY = "technology", _("technology provider")
        REGULATOR = "regulator", _("regulator")
        IMPLEMENTER = "implementer", _("implementer")
        BENEFICIARY = "beneficiary", _("beneficiary")

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        on_delete=models.PROTECT,
        related_name="involvements",
        help_text=_("Who is involved."),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, help_text=_("In what role."))
    share_percent = share_field(_("Share of the project, where the source gives one."))
    since = PartialDateField(_("since"), help_text=_("Since when, if the source says."))
    until = PartialDateField(_("until"), help_text=_("Until when, if the source says."))

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        constraints = [
            share_check("projects_involvement_share_0_to_100"),
            partial_date_check("since", "projects_involvement_since_is_a_date"),
            partial_date_check("until", "projects_involvement_until_is_a_date"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until[:4] < self.since[:4]:
            raise ValidationError({"until": _("It cannot end before it begins.")})

    def point_name(self) -> str:
        return f"involvement/{self.partner_id}/{self.role}"

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
        return super().named_records() | {self.partner_id}

    @property
    def dated(self) -> str:
        return self.since or super().dated


class Investment(Claim):
    """A source says how much money goes into a project, a country or the region."""

    KIND = "investment"
    SUBJECT_KINDS = ("project", "country", "region")
    STATEMENT_FIELDS = ("amount", "currency", "status_of_money", "statement")

    class Status(models.TextChoices):
        PROJECTED = "projected", _("projected")
        ANNOUNCED = "announced", pgettext_lazy("money", "announced")
        COMMITTED = "committed", _("committed")
        SPENT = "spent", _("spent")

    amount = models.DecimalField(
        _("amount"),
        max_digits=20,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("In whole units of the currency, as stated."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        validators=[RegexValidator("^[A-Z]{3}$", _("Three capital letters, as in ISO 4217: USD, KZT, …"))],
        help_text=_("ISO 4217 code; never converted."),
    )
    status_of_money = models.CharField(
        _("status of the money"), max_length=10, choices=Status.choices, help_text=_("How far it has got.")
    )
    statement = models.TextField(
        _("statement"), blank=True, help_text=_("What the source says of it, one sentence in our words.")
    )
    minerals = models.ManyToManyField(
        Mineral,
        verbose_name=_("minerals"),
        blank=True,
        related_name="investments",
        help_text=_("For which minerals."),
    )
    partners = models.ManyToManyField(
        Partner,
        verbose_name=_("partners"),
        blank=True,
        related_name="investments",
        help_text=_("With which partners."),
    )

    class Meta:
        verbose_name = _("investment")
        verbose_name_plural = _("investments")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="projects_investment_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z][A-Z][A-Z]$"),
                name="projects_investment_currency_is_iso_4217",
            ),
        ]

    def comparison_key(self) -> tuple[Hashable, ...]:
        minerals = tuple(sorted(mineral.pk for mineral in self.minerals.all())) if self.pk else ()
        return (self.status_of_money, self.currency, minerals)

    def agrees_with(self, other: Any) -> bool:
        return same_when_rounded(self.amount, other.amount)

    def coarseness(self) -> Decimal:
        return rounding_unit(self.amount)

    def sort_value(self) -> Decimal:
        return self.amount

    def named_records(self) -> set[int]:
        linked = [*self.minerals.all(), *self.partners.all()]
        return super().named_records() | {record.pk for record in linked}


class Production(Claim):
    """A source says how much a project makes, can make or plans to make."""

    KIND = "production"
    SUBJECT_KINDS = ("project",)
    STATEMENT_FIELDS = ("mineral_id", "form", "quantity", "unit", "period", "measure")

    class Measure(models.TextChoices):
        ACTUAL = "actual", _("actual")
        CAPACITY = "capacity", _("capacity")
        PLANNED = "planned", _("planned")

    mineral = models.ForeignKey(
        Mineral,
        verbose_name=_("mineral"),
        on_delete=models.PROTECT,
        related_name="production",
        help_text=_("What is produced."),
    )
    form = models.CharField(
        _("form"),
        max_length=60,
        blank=True,
        help_text=_("Ore, concentrate, oxide, …; blank: the element itself."),
    )
    quantity = quantity_field(_("quantity"), _("As the source states it."), null=False)
    unit = models.CharField(
        _("unit"), max_length=3, choices=Unit.choices, help_text=_("Unit of the quantity.")
    )
    period = models.CharField(
        _("period"),
        max_length=30,
        blank=True,
        help_text=_("2024, 2018-01–2018-09, 2011-H1, per year, per day, …"),
    )
    measure = models.CharField(
        _("measure"), max_length=8, choices=Measure.choices, help_text=_("Made, could be made, or planned.")
    )

    class Meta:
        verbose_name = _("production")
        verbose_name_plural = _("production")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=0), name="projects_production_quantity_not_negative"
            )
        ]

    def point_name(self) -> str:
        return f"production/{self.mineral_id}"

    def comparison_key(self) -> tuple[Hashable, ...]:
        return (self.measure, self.form.casefold(), self.period)

    def agrees_with(self, other: Any) -> bool:
        return same_mass(self.quantity, self.unit, other.quantity, other.unit)

    def coarseness(self) -> Decimal:
        return rounding_unit(self.sort_value())

    def sort_value(self) -> Decimal:
        scaled = tonnes(self.quantity, self.unit)
        return self.quantity if scaled is None else scaled

    def named_records(self) -> set[int]:
        return super().named_records() | {self.mineral_id}
