"""Claims of one kind from a table: a plan line by line, and applying exactly that plan as drafts.

A column is named as the kind's field; records are named by number, or by a name if only one has it; sources
also by their address. Figures and dates are read as people type them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User

from .bulk import bulk_insert
from .fields import PartialDateField
from .identity import normal_address
from .models import Claim, Name, Record, Source
from .review import TransitionRefused
from .tables import Row, Table, cell_name
from .typed_dates import read_date, read_period
from .typed_figures import read_amount, read_count, read_grade, read_number, read_quantity

COMMON = ("subject", "source", "locator", "excerpt", "originator", "originator_name", "as_of", "note")
#: The number of the published claim that a line replaces.
REPLACES = "replaces"
#: Lines read between two reports of progress.
LINES_A_STEP = 250
UNIT_OF = {"quantity": "unit", "grade": "grade_unit", "amount": "currency"}
_FIGURES: dict[str, Callable[[str], Any]] = {
    "quantity": read_quantity,
    "grade": read_grade,
    "amount": read_amount,
}
YES, NO = ("yes", "true", "1", "да", "иә"), ("no", "false", "0", "нет", "жоқ")


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("replaces a claim")
    SAME = "same", gettext_lazy("there already")
    DUPLICATE = "duplicate", gettext_lazy("may be there already")
    ERROR = "error", gettext_lazy("cannot be read")


@dataclass
class Line:
    """What becomes of one line of the table."""

    row: Row
    outcome: Outcome
    claim: Any = None
    linked: dict[str, list[Record]] = field(default_factory=dict)
    #: (cell, what is wrong with it).
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def applies(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.DUPLICATE)


def columns_of(model: type[Claim]) -> list[str]:
    """The columns a table of this kind may have, in the template's order."""
    own = [
        f.name for f in (*model._meta.local_fields, *model._meta.local_many_to_many) if f.name != "claim_ptr"
    ]
    return ["subject", *own, *COMMON[1:], REPLACES]


def check_columns(model: type[Claim], table: Table) -> None:
    """Raises ValueError for a column that the kind's tables do not have, with its cell."""
    allowed = columns_of(model)
    for index, column in enumerate(table.columns):
        if column not in allowed:
            raise ValueError(
                _("Cell %(cell)s: there is no column “%(column)s” in this kind.")
                % {"cell": cell_name(index, 1), "column": column}
            )


def plan(model: type[Claim], table: Table) -> list[Line]:
    """What each line would become; nothing is written. Raises ValueError for a column that is unknown."""
    steps = planning(model, table)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(end.value)


def planning(model: type[Claim], table: Table) -> Generator[int, None, list[Line]]:
    """The same step by step: yields how many lines are read so far, returns them all."""
    check_columns(model, table)
    directory = _Directory(model)
    lines: list[Line] = []
    for row in table.rows:
        if len(lines) % LINES_A_STEP == 0:
            yield len(lines)
        lines.append(_read(model, table.columns, row, directory))
    _compare(model, lines)
    return lines


def apply(lines: list[Line], left_out: Collection[int], by: User) -> list[Claim]:
    """Enter the plan's lines, but for those left out, as drafts: all of them or none."""
    if not by.is_active or not by.has_perm("sources.add_claim"):
        raise PermissionDenied("sources.add_claim")
    wanted = [line for line in lines if line.row.number not in left_out]
    if any(line.outcome == Outcome.ERROR for line in wanted):
        raise TransitionRefused(_("Lines that cannot be read must be left out."))
    applied = [line for line in wanted if line.applies]
    for line in applied:
        line.claim.author = line.claim.edited_by = by
    with transaction.atomic():
        _insert(applied)
    return [line.claim for line in applied]


def _insert(lines: list[Line]) -> None:
    """Insert the lines' claims, all of one kind: their common rows, their statements, their lists."""
    if not lines:
        return
    columns = [column.attname for column in Claim._meta.concrete_fields if not column.primary_key]
    parents = [Claim(**{name: getattr(line.claim, name) for name in columns}) for line in lines]
    Claim.objects.bulk_create(parents, batch_size=500)
    for line, parent in zip(lines, parents, strict=True):
        line.claim.id = line.claim.claim_ptr_id = parent.pk
        line.claim._state.adding = False
    model = type(lines[0].claim)
    bulk_insert(model, [line.claim for line in lines])
    for many in model._meta.local_many_to_many:
        through = many.remote_field.through
        own, other = many.m2m_field_name(), many.m2m_reverse_field_name()
        rows = [
            through(**{f"{own}_id": line.claim.pk, f"{other}_id": record.pk})
            for line in lines
            for record in {record.pk: record for record in line.linked.get(many.name, [])}.values()
        ]
        through._default_manager.bulk_create(rows, batch_size=500)


class _Directory:
    """Records by number and by every name, for the kinds that a kind of claim can name."""

    def __init__(self, model: type[Claim]) -> None:
        self.by_number: dict[int, Any] = {}
        self.by_name: dict[tuple[type[Record], str], set[int]] = defaultdict(set)
        self.standing: dict[int, Claim] = {
            claim.pk: claim for claim in model._default_manager.filter(status=Claim.Status.PUBLISHED)
        }
        targets: set[Any] = {Source}
        for each in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if each.is_relation and issubclass(each.related_model, Record):  # type: ignore[arg-type]
                targets.add(each.related_model)
        for target in (*targets, Record):
            for record in target._default_manager.filter(merged_into__isnull=True):
                self.by_name[target, _key(record.name)].add(record.pk)
                if target is Source:
                    self.by_name[Source, normal_address(record.url)].add(record.pk)
                self.by_number.setdefault(record.pk, {})[target] = record
        for number, text in Name.objects.values_list("record_id", "text"):
            for target in self.by_number.get(number, {}):
                self.by_name[target, _key(text)].add(number)

    def find(self, target: type[Record], text: str, kinds: Collection[str] = ()) -> Any:
        """The one record meant. Raises ValueError in words."""
        if text.isascii() and text.isdigit():
            found = {int(text)}
        else:
            address = normal_address(text) if "://" in text else ""
            found = self.by_name.get((target, _key(text)), set()) | self.by_name.get((target, address), set())
        records = [self.by_number[n][target] for n in sorted(found) if target in self.by_number.get(n, {})]
        records = [record for record in records if not kinds or record.kind in kinds]
        if len(records) == 1:
            return records[0]
        if records:
            numbers = ", ".join(str(record.pk) for record in records)
            raise ValueError(
                _("Several records are called “%(text)s”: write a number, %(numbers)s.")
                % {"text": text, "numbers": numbers}
            )
        raise ValueError(_("No record is called “%(text)s”.") % {"text": text})


def _read(model: type[Claim], columns: tuple[str, ...], row: Row, directory: _Directory) -> Line:
    """One line as an unsaved claim, or what is wrong with which cell."""
    line = Line(row, Outcome.NEW)
    texts = dict(zip(columns, row.cells, strict=True))
    values: dict[str, Any] = {}

    def wrong(column: str, why: str) -> None:
        place = cell_name(columns.index(column), row.number) if column in columns else str(row.number)
        line.problems.append((f"{place} ({column})" if column != "__all__" else place, why))

    for column, text in texts.items():
        if not text:
            continue
        try:
            if column == REPLACES:
                values["supersedes"] = _standing(directory, text)
            else:
                _take(model, column, text, directory, values, line)
        except ValidationError as error:
            wrong(column, " ".join(error.messages))
        except ValueError as error:
            wrong(column, str(error))
    for required in ("subject", "source"):
        if required not in values and not any(f"({required})" in cell for cell, _why in line.problems):
            wrong(required, _("This column is needed."))
    if line.problems:
        line.outcome = Outcome.ERROR
        return line
    line.claim = model(**values)
    line.claim.kind, relations = model.KIND, [f.name for f in model._meta.fields if f.is_relation]
    try:
        line.claim.clean_fields(exclude=[*relations, "point"])
        for needed in (
            f
            for f in model._meta.local_fields
            if f.is_relation and not f.null and f.name in columns_of(model)
        ):
            if needed.name not in values:
                raise ValidationError({needed.name: _("This column is needed.")})
        line.claim.clean()
    except ValidationError as error:
        for column, reasons in error.message_dict.items():
            wrong(column, " ".join(reasons))
        line.outcome = Outcome.ERROR
        return line
    line.claim.point = line.claim.point_name()
    line.outcome = Outcome.CHANGED if "supersedes" in values else Outcome.NEW
    return line


def _take(
    model: type[Claim], column: str, text: str, directory: _Directory, values: dict[str, Any], line: Line
) -> None:
    """Read one cell into the claim's values. Raises ValueError and ValidationError in words."""
    found: Any = model._meta.get_field(column)
    if found.many_to_many:
        line.linked[column] = [directory.find(found.related_model, part.strip()) for part in text.split(";")]
    elif found.is_relation:
        values[column] = directory.find(
            found.related_model, text, model.SUBJECT_KINDS if column == "subject" else ()
        )
    elif column in UNIT_OF:
        free = not model._meta.get_field(UNIT_OF[column]).choices and column == "quantity"  # type: ignore[union-attr]
        figure = (read_count if free else _FIGURES[column])(text)
        values[column] = figure.number
        if figure.unit and values.setdefault(UNIT_OF[column], figure.unit) != figure.unit:
            raise ValueError(
                _("The figure says %(unit)s, the column beside it something else.") % {"unit": figure.unit}
            )
    elif column in UNIT_OF.values() and values.get(column) not in (None, text):
        raise ValueError(_("The figure says %(unit)s, this cell something else.") % {"unit": values[column]})
    elif isinstance(found, PartialDateField):
        values[column] = read_date(text)
    elif column == "period":
        values[column] = read_period(text)
    elif isinstance(found, models.BooleanField):
        if text.casefold() not in (*YES, *NO):
            raise ValueError(_("Write yes or no."))
        values[column] = text.casefold() in YES
    elif isinstance(found, models.DecimalField):
        negative = text.startswith(("-", "−"))
        values[column] = read_number(text.lstrip("-− ")) * (-1 if negative else 1)
    elif found.choices:
        by_label = {str(label).casefold(): value for value, label in found.flatchoices}
        values[column] = by_label.get(text.casefold(), text)
    else:
        values[column] = text


def _standing(directory: _Directory, text: str) -> Claim:
    claim = directory.standing.get(int(text)) if text.isascii() and text.isdigit() else None
    if claim is None:
        raise ValueError(_("There is no published claim %(text)s of this kind.") % {"text": text})
    return claim


def _compare(model: type[Claim], lines: list[Line]) -> None:
    """Mark what the atlas holds already, and what stands twice in the table."""
    alive = model._default_manager.exclude(status__in=("rejected", "superseded", "retracted"))
    known: dict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)
    for claim in alive:
        known[_place(claim)].add(_statement(claim))
    for line in lines:
        if line.outcome != Outcome.NEW:
            continue
        place, statement = _place(line.claim), _statement(line.claim)
        if statement in known[place]:
            line.outcome = Outcome.SAME
        elif known[place]:
            line.outcome = Outcome.DUPLICATE
        known[place].add(statement)


def _place(claim: Any) -> tuple[Any, ...]:
    return (claim.subject_id, claim.source_id, claim.point)


def _statement(claim: Any) -> tuple[Any, ...]:
    """What the claim states, figures without the zeros that only their column adds."""
    return (*(getattr(claim, name) for name in claim.STATEMENT_FIELDS), claim.as_of)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
