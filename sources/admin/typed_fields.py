"""Form fields that take figures and dates as people type them, and say back what they understood."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from ..dates import show_partial_date
from ..typed_dates import read_date, read_period
from ..typed_figures import Figure, echo, read_amount, read_count, read_grade, read_quantity

#: Loaded by every form that has such fields.
SCRIPT = Script("admin/typed-figures.js", type="module")


class TypedFigureField(forms.DecimalField):
    """A figure; its unit, if one is typed with it, goes to the field beside it (see `UnitsFromFigures`)."""

    reads = "quantity"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.input_type = "text"
        for name in ("min", "max", "step"):
            self.widget.attrs.pop(name, None)
        self.widget.attrs |= _asks(self.reads)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            value = str(_read(self.reads, value).number)
        return super().to_python(value)


class QuantityField(TypedFigureField):
    reads = "quantity"


class CountField(TypedFigureField):
    reads = "count"


class GradeField(TypedFigureField):
    reads = "grade"


class AmountField(TypedFigureField):
    reads = "amount"


class TypedDateField(forms.CharField):
    """A partial date in any usual notation, kept in its plain form."""

    reads = "date"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)  # that of the plain form, not of what is typed
        super().__init__(**kwargs)
        self.widget.attrs |= _asks(self.reads)

    def to_python(self, value: Any) -> str:
        return str(_read(self.reads, super().to_python(value) or ""))


class TypedPeriodField(TypedDateField):
    reads = "period"


#: Of each field with a figure: the field that holds its unit.
UNIT_OF = {"quantity": "unit", "grade": "grade_unit", "amount": "currency"}
#: Form fields by the names of a claim's columns.
FIELDS: dict[str, type[forms.Field]] = {
    "quantity": QuantityField,
    "grade": GradeField,
    "amount": AmountField,
    "as_of": TypedDateField,
    "since": TypedDateField,
    "until": TypedDateField,
    "period": TypedPeriodField,
    "published": TypedDateField,
    "accessed": TypedDateField,
}
_READERS: dict[str, Callable[[str], Any]] = {
    "quantity": read_quantity,
    "count": read_count,
    "grade": read_grade,
    "amount": read_amount,
    "date": read_date,
    "period": read_period,
}


class UnitsFromFigures:
    """A form in which "18,5 млн т" fills the quantity and, if that is blank, the unit."""

    class Media:
        js = [SCRIPT]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:  # type: ignore[attr-defined]
            found = {
                self.add_prefix(UNIT_OF[name]): figure.unit  # type: ignore[attr-defined]
                for name, figure in self._typed_figures()
                if figure.unit and not self[UNIT_OF[name]].data  # type: ignore[index]
            }
            if found:
                self.data = self.data.copy()  # type: ignore[has-type]
                for name, unit in found.items():
                    self.data[name] = unit

    def clean(self) -> Any:
        """Refuse a figure whose unit is not that of the field beside it."""
        cleaned = super().clean()  # type: ignore[misc]
        for name, figure in self._typed_figures():
            chosen = self[UNIT_OF[name]].data  # type: ignore[index]
            if figure.unit and chosen and figure.unit != chosen:
                self.add_error(  # type: ignore[attr-defined]
                    name,
                    _("The figure says %(typed)s, the field beside it %(chosen)s.")
                    % {"typed": figure.unit, "chosen": chosen},
                )
        return cleaned

    def _typed_figures(self) -> list[tuple[str, Figure]]:
        """(field, what was read) of each figure that can be read."""
        found = []
        for name, unit in UNIT_OF.items():
            field = self.fields.get(name)  # type: ignore[attr-defined]
            text = self[name].data if isinstance(field, TypedFigureField) else None  # type: ignore[index]
            if unit in self.fields and isinstance(text, str) and text.strip():  # type: ignore[attr-defined]
                try:
                    found.append((name, _READERS[field.reads](text)))
                except ValueError:
                    continue  # the field itself says why
        return found


def read_typed(request: HttpRequest) -> JsonResponse:
    """What a field would understand: {"understood": …} or {"refused": …}, in the desk's language."""
    reads, text = request.GET.get("as", ""), request.GET.get("text", "")[:200]
    if reads not in _READERS:
        return JsonResponse({}, status=404)
    try:
        understood = _READERS[reads](text) if text.strip() else ""
    except ValueError as refusal:
        return JsonResponse({"refused": str(refusal)})
    if isinstance(understood, Figure):
        return JsonResponse({"understood": echo(understood)})
    if reads == "date" and understood:
        return JsonResponse({"understood": show_partial_date(understood, request.LANGUAGE_CODE)})
    return JsonResponse({"understood": understood})


def _read(reads: str, text: str) -> Any:
    try:
        return _READERS[reads](text)
    except ValueError as refusal:
        raise ValidationError(str(refusal)) from refusal


def _asks(reads: str) -> dict[str, Any]:
    return {"data-reads": reads, "data-reads-at": reverse_lazy("admin:read_typed"), "autocomplete": "off"}
