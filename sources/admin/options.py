"""What a kind's own admin and its inline have in common: the form, its order, and who may change what."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from ..models import Claim
from .opened import NothingOverwritten
from .references import ChecksReferences
from .statements import digits
from .typed_fields import FIELDS, UnitsFromFigures


class ClaimForm(NothingOverwritten, UnitsFromFigures, forms.ModelForm):
    """The form of one draft; refuses changes to a claim that has meanwhile left that state."""

    class Meta:
        field_classes = FIELDS
        widgets = {
            "note": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
            "excerpt": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "statement": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):  # as the source has it, without the column's trailing zeros
                self.initial[name] = Decimal(digits(value))

    def clean(self) -> dict[str, Any] | None:
        if self.instance.pk and self.instance.status != Claim.Status.DRAFT and self.has_changed():
            raise ValidationError(
                _(
                    "Claim %(number)s is %(status)s by now, and its content no longer changes. "
                    "What you typed is still here."
                )
                % {"number": self.instance.pk, "status": self.instance.get_status_display()}
            )
        return super().clean()


class NothingGuessed:
    """Choices without a default begin blank: what a form preselects would be entered unread."""

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        blank = db_field.blank or not db_field.has_default()
        kwargs.setdefault(
            "choices", db_field.get_choices(include_blank=blank, blank_choice=[("", _("Select value"))])
        )
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]


class ClaimOptions(ChecksReferences, NothingGuessed):
    """Options of one kind of claim, shared by its ModelAdmin and its inline."""

    form = ClaimForm
    #: The kind's own fields, a tuple for those that share a row.
    statement_rows: tuple[str | tuple[str, ...], ...] = ()
    #: Foreign keys of the statement, found by typing a name.
    record_fields: tuple[str, ...] = ()
    #: Lists of records in the statement, found likewise.
    list_fields: tuple[str, ...] = ()

    source_rows = ("source", "locator", "excerpt", ("originator", "originator_name"))

    def get_autocomplete_fields(self, request: Any) -> tuple[str, ...]:
        return ("subject", "source", "originator", *self.record_fields, *self.list_fields)

    def one_line(self, claim: Any) -> str:
        """What the claim states, in one line."""
        raise NotImplementedError
