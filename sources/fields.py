from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .dates import parse_partial_date


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless `value` is a year, a month or a day (ISO 8601)."""
    try:
        parse_partial_date(value)
    except ValueError as error:
        raise ValidationError(str(error), code="partial_date") from error


class PartialDateField(models.CharField):
    """A date as exactly as its source gives it: "2025", "2025-04" or "2025-04-02"; "" where unknown.

    Kept as ISO 8601 text, which sorts by time and never claims a precision that the source lacks.
    """

    description = _("Date as exact as its source")
    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


def partial_date_check(field: str, name: str) -> models.CheckConstraint:
    """A constraint that keeps the three lengths of a partial date, for tables written in bulk."""
    shapes = ("", "____", "____-__", "____-__-__")
    condition = models.Q(**{field: ""})
    for shape in shapes[1:]:
        condition |= models.Q(**{f"{field}__regex": "^" + shape.replace("_", "[0-9]") + "$"})
    return models.CheckConstraint(condition=condition, name=name)
