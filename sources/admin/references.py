"""Fields that choose a record by its number: whatever else is sent is told, and asked of no database."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model

#: The largest id that either database holds.
_LARGEST = 2**63 - 1


def is_number(value: Any) -> bool:
    """Whether it can be a row's id."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _LARGEST


class _OffersRows:
    """Shows those of the chosen values that can be rows; Django's own asks the database for all of them."""

    def optgroups(self, name: str, value: Iterable[Any], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if one == "" or is_number(one)], attr)  # type: ignore[misc]


class _Chosen(_OffersRows, AutocompleteSelect):
    """A row found by typing."""


class _ChosenMany(_OffersRows, AutocompleteSelectMultiple):
    """Rows found by typing."""


class ReferenceField(forms.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not isinstance(value, Model) and not is_number(value):
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": value})
        return super().to_python(value)


class ReferencesField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        for one in value or ():
            if not is_number(one):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": one})
        return super().clean(value)


class ChecksReferences:
    """For an admin or an inline: its relations are fields of this module."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", _Chosen(db_field, self.admin_site))  # type: ignore[attr-defined]
        kwargs.setdefault("form_class", ReferenceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", _ChosenMany(db_field, self.admin_site))  # type: ignore[attr-defined]
        kwargs.setdefault("form_class", ReferencesField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
