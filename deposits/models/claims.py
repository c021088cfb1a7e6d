from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from geopy.distance import geodesic

from sources.models import Claim
from sources.rounding import rounding_unit

from ..categories import category_group
from ..figures import same_mass, tonnes
from ..unfc import parse_unfc
from .records import Mineral


class Unit(models.TextChoices):
    TONNE = "t", _("t")
    KILOTONNE = "kt", _("kt")
    MEGATONNE = "Mt", _("Mt")
    KILOGRAM = "kg", _("kg")
    OUNCE = "oz", _("oz")
    KILO_OUNCE = "koz", _("koz")
    MEGA_OUNCE = "Moz", _("Moz")
    POUND = "lb", _("lb")
    MEGA_POUND = "Mlb", _("Mlb")
    CUBIC_METRE = "m3", _("m³")


def quantity_field(label: Any, help_text: Any, null: bool = True) -> models.DecimalField:
    """A figure of a source, never negative, to six decimals."""
    return models.DecimalField(
        label,
        max_digits=24,
        decimal_places=6,
        null=null,
        blank=null,
        validators=[MinValueValidator(0)],
        help_text=help_text,
    )


def degrees_field(label: Any, limit: int, help_text: Any) -> models.DecimalField:
    """A coordinate in decimal degrees between −limit and limit."""
    return models.DecimalField(
        label,
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-limit), MaxValueValidator(limit)],
        help_text=help_text,
    )


class Location(Claim):
    """A source says where a deposit or project lies (WGS 84, decimal degrees)."""

    KIND = "location"
    SUBJECT_KINDS = ("deposit", "project")
    STATEMENT_FIELDS = ("latitude", "longitude", "precision", "inferred")

    class Precision(models.TextChoices):
        EXACT = "exact", _("exact")
        SITE = "site", _("site")
        DISTRICT = "district", _("district")
        REGION = "region", _("region")

    #: How far from the stated position the place may lie, in kilometres.
    RADIUS_KM = {"exact": 1, "site": 10, "district": 60, "region": 250}

    latitude = degrees_field(_("latitude"), 90, _("Decimal degrees north, WGS 84, −90 to 90."))
    longitude = degrees_field(_("longitude"), 180, _("Decimal degrees east, WGS 84, −180 to 180."))
    precision = models.CharField(
        _("precision"),
        max_length=8,
        choices=Precision.choices,
        help_text=_("How far off it may be: exact 1 km, site 10 km, district 60 km, region 250 km."),
    )
    inferred = models.BooleanField(
        _("our inference"),
        default=False,
        help_text=_("Worked out by us, such as from the nearest settlement; not stated by the source."),
    )

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90), name="deposits_location_latitude_in_range"
            ),
            models.CheckConstraint(
                condition=Q(longitude__gte=-180, longitude__lte=180),
                name="deposits_location_longitude_in_range",
            ),
        ]

    @property
    def position(self) -> tuple[float, float]:
        """(latitude, longitude) in degrees."""
        return float(self.latitude), float(self.longitude)

    def distance_km(self, other: "Location") -> float:
        """Geodesic distance on the WGS 84 ellipsoid (Karney 2013, as geopy implements it)."""
        return float(geodesic(self.position, other.position).kilometers)

    def comparison_key(self) -> tuple[Hashable, ...]:
        """Stated positions compare with each other; one that we worked out speaks for and against none."""
        return ("our inference", self.pk) if self.inferred else ()

    def importance(self) -> int:
        return 1 if self.inferred else 0

    def agrees_with(self, other: Any) -> bool:
        return self.distance_km(other) <= self.RADIUS_KM[self.precision] + self.RADIUS_KM[other.precision]

    def coarseness(self) -> Decimal:
        """Stated before inferred, then by precision."""
        return Decimal(list(self.RADIUS_KM).index(self.precision) + 10 * self.inferred)

    def sort_value(self) -> Decimal:
        return self.coarseness()


class Occurrence(Claim):
    """A source says that a mineral occurs in a deposit, or is the object of a project."""

    KIND = "occurrence"
    SUBJECT_KINDS = ("deposit", "project")
    STATEMENT_FIELDS = ("mineral_id", "role")

    class Role(models.TextChoices):
        MAIN = "main", _("main")
        BY_PRODUCT = "by-product", _("by-product")

    mineral = models.ForeignKey(
        Mineral,
        verbose_name=_("mineral"),
        on_delete=models.PROTECT,
        related_name="occurrences",
        help_text=_("What occurs there."),
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices, help_text=_("Main mineral or by-product.")
    )

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")

    def point_name(self) -> str:
        return f"occurrence/{self.mineral_id}"

    def agrees_with(self, other: Any) -> bool:
        return bool(self.role == other.role)

    def sort_value(self) -> str:
        return self.role

    def named_records(self) -> set[int]:
        return super().named_records() | {self.mineral_id}


class ResourceEstimate(Claim):
    """A source says how much of a mineral a deposit holds, on what basis and by which system."""

    KIND = "estimate"
    SUBJECT_KINDS = ("deposit",)
    STATEMENT_FIELDS = (
        "mineral_id",
        "quantity",
        "unit",
        "form",
        "basis",
        "scope",
        "grade",
        "grade_unit",
        "system",
        "category",
        "unfc",
    )

    class Basis(models.TextChoices):
        CONTAINED_METAL = "contained metal", _("contained metal")
        CONTAINED_OXIDE = "contained oxide", _("contained oxide")
        ORE = "ore", _("ore")

    class GradeUnit(models.TextChoices):
        PER_CENT = "%", _("%")
        GRAM_PER_TONNE = "g/t", _("g/t")
        PPM = "ppm", _("ppm")
        MILLIGRAM_PER_LITRE = "mg/l", _("mg/l")

    class System(models.TextChoices):
        GKZ = "GKZ", _("GKZ")
        JORC = "JORC", _("JORC")
        NI_43_101 = "NI 43-101", _("NI 43-101")
        KAZRC = "KAZRC", _("KAZRC")
        UNFC = "UNFC", _("UNFC")
        UNSPECIFIED = "unspecified", _("system not stated")

    mineral = models.ForeignKey(
        Mineral,
        verbose_name=_("mineral"),
        on_delete=models.PROTECT,
        related_name="estimates",
        help_text=_("What is estimated."),
    )
    quantity = quantity_field(_("quantity"), _("As the source states it; blank if it gives a grade only."))
    unit = models.CharField(
        _("unit"), max_length=3, blank=True, choices=Unit.choices, help_text=_("Unit of the quantity.")
    )
    form = models.CharField(
        _("form"),
        max_length=60,
        blank=True,
        help_text=_("What of the mineral the quantity counts, where basis does not say: concentrate, …"),
    )
    basis = models.CharField(
        _("basis"),
        max_length=16,
        blank=True,
        choices=Basis.choices,
        help_text=_("Contained metal, contained oxide or ore; blank if the source does not say."),
    )
    scope = models.CharField(
        _("part"),
        max_length=150,
        blank=True,
        help_text=_("The part of the deposit it counts; blank: the whole."),
    )
    grade = quantity_field(_("grade"), _("Average grade, as the source states it."))
    grade_unit = models.CharField(
        _("grade unit"),
        max_length=5,
        blank=True,
        choices=GradeUnit.choices,
        help_text=_("Unit of the grade."),
    )
    system = models.CharField(
        _("system"),
        max_length=12,
        choices=System.choices,
        default=System.UNSPECIFIED,
        help_text=_("Classification it was made by, if the source says."),
    )
    category = models.CharField(
        _("category"),
        max_length=100,
        blank=True,
        help_text=_("Exactly as the source writes it: C1+C2, inferred, …"),
    )
    unfc = models.CharField(
        _("UNFC code"),
        max_length=60,
        blank=True,
        help_text=_("Only where the source states one; never computed."),
    )

    class Meta:
        verbose_name = _("resource estimate")
        verbose_name_plural = _("resource estimates")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="deposits_estimate_quantity_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__gte=0), name="deposits_estimate_grade_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True, unit="") | Q(quantity__isnull=False) & ~Q(unit=""),
                name="deposits_estimate_quantity_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True, grade_unit="") | Q(grade__isnull=False) & ~Q(grade_unit=""),
                name="deposits_estimate_grade_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(unfc="")
                | Q(
                    unfc__regex=r"^E(1|1\.[12]|2|3|3\.[123]);F([1-4]|[1-4]\.[123])"
                    r";G(1|2|3|1\+G2|1\+G3|2\+G3|1\+G2\+G3|4|4\.[123]|4\.1\+G4\.2|4\.1\+G4\.2\+G4\.3)$"
                ),
                name="deposits_estimate_unfc_is_valid",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.unfc:
            try:
                self.unfc = str(parse_unfc(self.unfc))
            except ValueError as error:
                raise ValidationError({"unfc": str(error)}) from error
        if (self.quantity is None) != (not self.unit):
            raise ValidationError({"unit": _("A quantity needs a unit, and a unit a quantity.")})
        if (self.grade is None) != (not self.grade_unit):
            raise ValidationError({"grade_unit": _("A grade needs a unit, and a unit a grade.")})

    @property
    def group(self) -> str:
        """reserves, resources, prognostic or "" where the category does not tell (domain.md §3.2)."""
        return category_group(self.system, self.category)

    @property
    def tonnes(self) -> Decimal | None:
        """The quantity by unit scaling alone; None without a quantity of mass."""
        return None if self.quantity is None else tonnes(self.quantity, self.unit)

    def point_name(self) -> str:
        return f"estimate/{self.mineral_id}"

    def comparison_key(self) -> tuple[Hashable, ...]:
        if self.quantity is None and self.grade is None:
            return ("words", self.pk)
        kind = "quantity" if self.quantity is not None else "grade"
        return (kind, self.form, self.basis, self.scope.casefold(), self.system, self.group)

    def agrees_with(self, other: Any) -> bool:
        if self.quantity is None:
            return bool(self.grade == other.grade and self.grade_unit == other.grade_unit)
        return other.quantity is not None and same_mass(self.quantity, self.unit, other.quantity, other.unit)

    def echoes(self, other: Any) -> bool:
        """The same figure for the same part, under another paper's label.

        What one source does not say (basis, system) contradicts nothing, and newspapers call one figure
        reserves here and resources there; only what both classify, and classify apart, is another quantity.
        """
        if self.quantity is None or other.quantity is None or self.scope.casefold() != other.scope.casefold():
            return False
        unstated = ResourceEstimate.System.UNSPECIFIED
        systems_differ = self.system != other.system and unstated not in (self.system, other.system)
        both_classified = unstated not in (self.system, other.system)
        groups_differ = both_classified and self.group != other.group
        bases_differ = bool(self.basis and other.basis and self.basis != other.basis)
        forms_differ = bool(self.form and other.form and self.form != other.form)
        if systems_differ or groups_differ or bases_differ or forms_differ:
            return False
        return self.agrees_with(other)

    def coarseness(self) -> Decimal:
        return rounding_unit(self.tonnes) if self.tonnes is not None else Decimal(0)

    def importance(self) -> int:
        """The whole deposit before a part, a quantity before a grade, contained mineral before ore, reserves
        before resources before prognostic before unknown, and a stated system before an unstated one."""
        bases = [self.Basis.CONTAINED_METAL, self.Basis.CONTAINED_OXIDE, self.Basis.ORE, ""]
        groups = ["reserves", "resources", "prognostic", ""]
        return (
            1000 * bool(self.scope)
            + 500 * (self.quantity is None)
            + 10 * bases.index(self.basis)
            + 2 * groups.index(self.group)
            + (self.system == self.System.UNSPECIFIED)
        )

    def sort_value(self) -> Decimal:
        return self.tonnes if self.tonnes is not None else self.quantity or self.grade or Decimal(0)

    def named_records(self) -> set[int]:
        return super().named_records() | {self.mineral_id}
