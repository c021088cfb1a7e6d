"""What must hold of a dossier before any of it is written."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from deposits.models.claims import Location
from sources.models import Claim, Name, Record
from sources.models.claims import claim_kinds
from sources.recording import record_models

from .oddities import report_oddities
from .planning import known_claims, known_records
from .rows import ClaimRow, Dossier, Place, Problem, RecordRow, Ref
from .sections import as_written

#: Decimals kept of a coordinate in degrees: a tenth of a metre, finer than any source here.
COORDINATE_DIGITS = 6
#: Notes that begin so describe a position which is a settlement's, not the source's.
SETTLEMENT_WORDS = ("nearest settlement", "the town of", "the village of")


def check(dossier: Dossier) -> None:
    """Add to the dossier's problems all that its rows get wrong, and what a reader of them should look at."""
    present = known_records()
    known = set(present) | set(dossier.records)
    kinds, records = claim_kinds(), record_models()
    for record in dossier.records.values():
        _check_row(
            dossier,
            records[record.kind],
            record.values,
            record.place,
            {"name": record.name, "note": record.note},
        )
        _check_names(dossier, record)
        named = [*record.refs.items(), *((name, ref) for name, refs in record.links.items() for ref in refs)]
        _check_refs(dossier, known, named, record.place)
    for claim in dossier.claims.values():
        model = kinds[claim.kind]
        if claim.subject[0] not in model.SUBJECT_KINDS:
            message = _("a %(kind)s cannot be about a %(subject)s") % {
                "kind": claim.kind,
                "subject": claim.subject[0],
            }
            dossier.problems.append(Problem(claim.place, claim.subject[1], message))
        _check_row(dossier, model, claim.values, claim.place, {})
        _mark_inferred(dossier, claim)
        named = [("subject", claim.subject), ("source", claim.source), *claim.refs.items()]
        named += [(name, ref) for name, refs in claim.many.items() for ref in refs]
        _check_refs(dossier, known, named, claim.place)
    _check_replies(dossier)
    _check_ids(dossier, {number: ref for ref, number in present.items()})
    if not dossier.errors:
        report_oddities(dossier)


def _check_row(
    dossier: Dossier, model: type[models.Model], values: dict[str, Any], place: Place, more: dict[str, str]
) -> None:
    """Run the model's own field validation and the checks that its `clean` makes on plain values."""
    fields = {field.name: field for field in model._meta.fields}
    relations = {name for name, field in fields.items() if isinstance(field, models.ForeignKey)}
    stated: dict[str, Any] = {}
    for name, value in {**values, **more}.items():
        if isinstance(fields[name], models.DecimalField) and isinstance(value, int | float):
            value = Decimal(str(value))
            if name in ("latitude", "longitude") and abs(value) <= 180:
                value = round(value, COORDINATE_DIGITS)
        stated[name] = value
    values.update({name: value for name, value in stated.items() if name in values})
    row = model(**stated)
    skipped = relations | {
        name for name in fields if fields[name].model in (Claim, Record) and name not in stated
    }
    skipped |= {"claim_ptr", "record_ptr"}
    try:
        row.clean_fields(exclude=skipped)
        row.clean()
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            at = place.at("" if name == "__all__" else as_written(getattr(model, "KIND", ""), name))
            dossier.problems.extend(Problem(at, values.get(name), message) for message in messages)
    else:
        for name in values:
            values[name] = getattr(row, name)


def _check_names(dossier: Dossier, record: RecordRow) -> None:
    languages = [language for _text, language, kind in record.names if kind == Name.Kind.NAME]
    for text, language, kind in record.names:
        if kind not in Name.Kind.values:
            dossier.problems.append(Problem(record.place.at("aliases"), kind, _("is not a kind of name")))
        elif kind == Name.Kind.NAME and languages.count(language) > 1:
            message = _("the record has another name in “%(language)s”") % {"language": language}
            dossier.problems.append(Problem(record.place.at("aliases"), text, message))


def _check_refs(dossier: Dossier, known: set[Ref], named: list[tuple[str, Ref | None]], place: Place) -> None:
    for name, ref in named:
        if ref and ref not in known:
            dossier.problems.append(
                Problem(place.at(name), ref[1], _("there is no %(kind)s with this key") % {"kind": ref[0]})
            )


def _check_replies(dossier: Dossier) -> None:
    """What is answered is a claim of files or database about the same record, and a partner answers."""
    replies = [claim for claim in dossier.claims.values() if claim.answers]
    standing = known_claims() if replies else {}
    for claim in replies:
        answered = dossier.claims.get(claim.answers)
        problem = ""
        if claim.answers not in standing and (answered is None or answered.answers or answered is claim):
            problem = _("there is no claim with this key that could be answered")
        elif answered and answered.subject != claim.subject:
            problem = _("a reply is about the same record as the claim it answers")
        elif not claim.refs.get("partner"):
            problem = _("a reply names the partner who gives it")
        if problem:
            dossier.problems.append(Problem(claim.place.at("answers"), claim.answers, problem))


def _check_ids(dossier: Dossier, present: dict[int, Ref]) -> None:
    """A permanent id belongs to one record for good."""
    numbered: dict[int, RecordRow] = {}
    for record in dossier.records.values():
        if record.id is None:
            continue
        if record.id in numbered:
            message = _("the id is already that of %(other)s") % {"other": numbered[record.id].place}
            dossier.problems.append(Problem(record.place.at("id"), record.id, message))
        numbered[record.id] = record
        if present.get(record.id, record.ref) != record.ref:
            message = _("the database has this id for “%(key)s”") % {"key": present[record.id][1]}
            dossier.problems.append(Problem(record.place.at("id"), record.id, message))


def _mark_inferred(dossier: Dossier, claim: ClaimRow) -> None:
    """A position taken from a settlement is our inference, whatever its row says."""
    if claim.kind != Location.KIND:
        return
    note = str(claim.values.get("note", "")).casefold()
    if note.startswith(SETTLEMENT_WORDS):
        claim.values["inferred"] = True
        if claim.values.get("precision") in ("exact", "site"):
            message = _("a settlement's coordinates are marked better than district")
            dossier.problems.append(
                Problem(claim.place.at("precision"), claim.values["precision"], message, stops=False)
            )
