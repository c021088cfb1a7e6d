"""Nothing is overwritten silently: a form knows the rows it was filled in from, and tells if they changed.

The page carries the state of its rows as they were when it was opened (`Opened`, signed). When it is sent,
each form compares that with the row as it is now, which is locked: what only the other person changed is
taken over, and whoever changed something in the same row is told before anything is saved. The form that
comes back carries the newer state, so that saving again is a decision.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

#: Name of the form's field that carries the state.
OPENED = "opened"
SALT = "atlas.opened"
State = dict[str, Any]


@dataclass
class Opened:
    """When a page was opened, and how its rows were then; None for a row already known to be deleted."""

    at: dt.datetime
    rows: dict[str, State | None] = field(default_factory=dict)

    def sealed(self) -> str:
        """As text for a hidden field."""
        return signing.dumps({"at": self.at.isoformat(), "rows": self.rows}, salt=SALT, compress=True)


def unsealed(data: Any) -> Opened | None:
    """The state that a form sent along; None if it has none of ours."""
    try:
        carried = signing.loads(data.get(OPENED, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return Opened(dt.datetime.fromisoformat(carried["at"]), carried["rows"])


def opened_now(shown: list[forms.BaseForm]) -> Opened:
    """The state of the rows that these forms show."""
    rows: dict[str, State | None] = {}
    for form in shown:
        if isinstance(form, NothingOverwritten):
            if form.vanished:
                rows[row_key(form.instance, form.vanished)] = None
            elif form.instance.pk:
                rows[row_key(form.instance)] = form.state
    return Opened(timezone.now(), rows)


def row_key(row: models.Model, number: Any = None) -> str:
    return f"{row._meta.label_lower}:{number or row.pk}"


@dataclass(frozen=True)
class Change:
    """One field that somebody else changed: how it was, how it is, and what was typed, "" if nothing."""

    label: str
    before: str
    now: str
    mine: str


class NothingOverwritten(forms.BaseModelForm):
    """A form of one row that tells what changed since its page was opened."""

    data: Any
    #: Number of a row that was deleted since, "" for one that is there.
    vanished = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state: State = {
            name: _plain(self.initial.get(name)) for name in self.fields if _column(self.instance, name)
        }
        self.changes: list[Change] = []
        self.opened: Opened | None = None
        if self.is_bound and self.instance.pk:
            self._compare()

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.is_bound and self.instance.pk and self.opened is None:
            self.add_error(None, _("This form has lost its place. Open the page again; nothing was saved."))
        elif self.changes:
            self.add_error(
                None,
                _(
                    "This was changed while your form lay open. Nothing is saved yet: compare, correct what "
                    "you typed if need be, and save again to put it in place."
                ),
            )
        return cleaned

    def gone(self, number: str) -> None:
        """The row that the form was filled in from has been deleted; to be called before validation."""
        self.vanished = number
        self.opened = unsealed(self.data)
        before = self.opened.rows.get(row_key(self.instance, number)) if self.opened else None
        self.touched = self.opened is None or before is None or bool(self._typed(before))
        if self.touched and before is not None:
            self.changes = [Change(_("This row"), _("there"), _("deleted"), _("changed by you"))]

    def _compare(self) -> None:
        self.opened = unsealed(self.data)
        before = self.opened.rows.get(row_key(self.instance)) if self.opened else None
        if before is None:
            return
        changed = [name for name in before if name in self.state and self.state[name] != before[name]]
        typed = self._typed(before)
        for name in changed:
            column, now = _column(self.instance, name), self.state[name]
            if name not in typed:
                self._take_over(name, now)
            elif not self._differs(name, now):
                continue  # both typed the same
            if typed:
                label = str(self.fields[name].label or name)
                mine = _in_words(column, self[name].data) if name in typed else ""
                words = _in_words(column, before[name]), _in_words(column, now)
                self.changes.append(Change(label, *words, mine))

    def _typed(self, before: State) -> set[str]:
        """Names of the fields in which the person changed something."""
        return {name for name, value in before.items() if name in self.fields and self._differs(name, value)}

    def _differs(self, name: str, value: Any) -> bool:
        """Whether what the form sent is not that value of the row."""
        formfield, column, data = self.fields[name], _column(self.instance, name), self[name].data
        if formfield.disabled:
            return False
        if not isinstance(value, list) and column is not None:
            value = column.to_python(value)
        return formfield.has_changed(_one_line_end(value), _one_line_end(data))

    def _take_over(self, name: str, now: Any) -> None:
        """Let the form hold the row's value in place of the one it was opened with."""
        self.data = self.data.copy()
        key = self.add_prefix(name)
        if isinstance(now, list):
            self.data.setlist(key, [str(item) for item in now])
        elif now is None or now is False:
            self.data.pop(key, None)
        else:
            self.data[key] = "on" if now is True else str(now)


class RecordForm(NothingOverwritten, forms.ModelForm):
    """The form of a record's card."""


class RowsMayVanish:
    """Part of a formset: a row that somebody deleted is dropped, or entered anew if it was changed here."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        formset: Any = self
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        name = formset._pk_field.name
        number = formset.data.get(f"{formset.add_prefix(i)}-{name}", "") if formset.is_bound else ""
        if number and i < formset.initial_form_count() and form.instance.pk is None:
            form.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
            form.gone(number)
        return form

    @property
    def initial_forms(self) -> list[Any]:
        return [form for form in super().initial_forms if not form.vanished]  # type: ignore[misc]

    @property
    def extra_forms(self) -> list[Any]:
        back = [form for form in super().initial_forms if form.vanished and form.touched]  # type: ignore[misc]
        return [*back, *super().extra_forms]  # type: ignore[misc]


def _column(row: models.Model, name: str) -> Any:
    """The row's own field of that name; None for a field of the form alone."""
    named = {column.name: column for column in (*row._meta.concrete_fields, *row._meta.many_to_many)}
    return named.get(name)


def _plain(value: Any) -> Any:
    """A row's value as JSON has it, the same for equal values."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value


def _one_line_end(value: Any) -> Any:
    """Browsers end lines in their own way."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _in_words(column: Any, value: Any) -> str:
    """A value as a person reads it."""
    if value in (None, "", []):
        return "—"
    if column is not None and column.remote_field:
        numbers = value if isinstance(value, list | tuple) else [value]
        try:
            found = column.remote_field.model._default_manager.filter(pk__in=numbers)
            return ", ".join(str(row) for row in found) or "—"
        except (TypeError, ValueError, ValidationError):
            return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is True or (value == "on" and isinstance(column, models.BooleanField)):
        return _("yes")
    choices = dict(getattr(column, "flatchoices", None) or ())
    return str(choices.get(value, value))
