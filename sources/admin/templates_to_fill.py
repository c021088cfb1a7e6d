"""Empty tables of each kind of claim, to be filled in and imported."""

import csv
import io
from collections.abc import Callable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

from ..importing import REPLACES, columns_of
from ..models import Claim

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEEDED = {"subject", "source"}


def as_csv(model: type[Claim]) -> tuple[bytes, str]:
    """(content, media type): the columns alone, so that the file can be filled in below them."""
    file = io.StringIO()
    csv.writer(file).writerow(columns_of(model))
    return ("\ufeff" + file.getvalue()).encode(), "text/csv; charset=utf-8"


def as_workbook(model: type[Claim]) -> tuple[bytes, str]:
    """(content, media type): the sheet to fill in, and one that says what belongs in each column."""
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = model.KIND
    sheet.append(columns_of(model))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 2)
    sheet.freeze_panes = "A2"
    for row in sheet.iter_rows(min_row=2, max_row=200, max_col=len(columns_of(model))):
        for cell in row:
            cell.number_format = "@"  # text: what is typed stays as it is typed
    meanings = book.create_sheet("columns")
    meanings.append([_("Column"), _("Name"), _("What belongs there"), _("One of"), _("Needed")])
    for name, label, meaning, choices, needed in column_meanings(model):
        meanings.append([name, label, meaning, ", ".join(choices), _("yes") if needed else ""])
    for letter, width in zip("ABCDE", (20, 24, 80, 60, 10), strict=True):
        meanings.column_dimensions[letter].width = width
    book.save(file)
    return file.getvalue(), XLSX


def column_meanings(model: type[Claim]) -> list[tuple[str, str, str, list[str], bool]]:
    """(column, name, what belongs there, the values it can have, whether it is needed) of a kind's table."""
    rows: list[tuple[str, str, str, list[str], bool]] = []
    for name in columns_of(model):
        if name == REPLACES:
            meaning = _("The number of the published claim that a line replaces.")
            rows.append((name, str(_("replaces")), meaning, [], False))
            continue
        field = model._meta.get_field(name)
        choices = [str(value) for value, _label in getattr(field, "flatchoices", []) if value != ""]
        needed = name in NEEDED or not (field.many_to_many or field.blank or field.has_default())  # type: ignore[union-attr]
        rows.append((name, str(capfirst(field.verbose_name)), str(field.help_text), choices, needed))  # type: ignore[union-attr]
    return rows


#: By the file's ending.
TEMPLATES: dict[str, Callable[[type[Claim]], tuple[bytes, str]]] = {"csv": as_csv, "xlsx": as_workbook}
