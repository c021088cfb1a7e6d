"""What claims state, in one line each, for the desk's lists."""

from collections.abc import Iterable
from decimal import Decimal

from django.contrib import admin
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.formats import number_format

from ..models import Claim, Record
from ..models.claims import claim_kinds


def digits(value: Decimal) -> str:
    """A figure without the zeros that only its column adds behind the point."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def figure(value: Decimal) -> str:
    """A source's figure, grouped as the active language groups figures."""
    return number_format(Decimal(digits(value)), use_l10n=True, force_grouping=True)


def joined(*parts: object) -> str:
    """The parts that say something, set apart by middle dots; records by their names in one's language."""
    said = (part.label if isinstance(part, Record) else str(part) for part in parts if part not in (None, ""))
    return " · ".join(said)


def one_line(claim: Claim) -> str:
    """What a typed claim states, in the words of its kind's own admin."""
    return str(admin.site.get_model_admin(type(claim)).one_line(claim))  # type: ignore[attr-defined]


def rows_of(model: type[Claim]) -> "QuerySet[Claim]":
    """Claims of one kind with what their line and their comparison read: one query, and one a list."""
    desk = admin.site.get_model_admin(model)
    lists = [field.name for field in model._meta.local_many_to_many]
    rows = model._default_manager.select_related("source__publisher", "subject", *desk.record_fields)  # type: ignore[attr-defined]
    return rows.prefetch_related(*lists)


def typed_rows(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as instances of their kinds, in the same order; one query a kind and one (see `named`)."""
    claims = list(claims)
    found: dict[int, Claim] = {}
    for kind, model in claim_kinds().items():
        numbers = [claim.pk for claim in claims if claim.kind == kind]
        if numbers:
            found.update({claim.pk: claim for claim in rows_of(model).filter(pk__in=numbers)})
    return named([found[claim.pk] for claim in claims])


def named(claims: list[Claim]) -> list[Claim]:
    """Typed claims with all names of the records that their lines speak of; one query."""
    spoken_of = [
        getattr(claim, field)
        for claim in claims
        for field in ("subject", *admin.site.get_model_admin(type(claim)).record_fields)  # type: ignore[attr-defined]
    ]
    prefetch_related_objects([record for record in spoken_of if record is not None], "names")
    return claims
