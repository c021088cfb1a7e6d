"""Writing records' public cards: every change of a public record is a new version at a new tick."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_noop

from accounts.models import User

from .clock import tick
from .models import Name, Record, Version


def publish_record(record: Record, by: User, why: str = "", at: int | None = None) -> Version | None:
    """Make the record's card as it stands now the public one; None if nothing public changed.

    `at` is a tick already taken in this transaction; without it a tick is taken here.
    """
    with transaction.atomic():
        Record.objects.select_for_update(no_key=True).get(pk=record.pk)
        document = record.document()
        standing = record.versions.filter(until_tick__isnull=True).first()
        if standing and standing.document == document:
            return None
        number = at or tick(by, why or gettext_noop("record changed"))
        if standing:
            if standing.from_tick == number:
                raise ValueError(f"Record {record.pk} was already changed at tick {number}.")
            standing.until_tick = number
            standing.save(update_fields=["until_tick"])
        Record.objects.filter(pk=record.pk).update(is_public=True)
        record.is_public = True
        return Version.objects.create(record_id=record.pk, from_tick=number, document=document, by=by)


def restored(model: type[Record], pk: int, document: dict[str, Any]) -> Record:
    """The record as a version's card has it: an instance that is read, never saved."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    values: dict[str, Any] = {
        "name": document["name"],
        "note": document["note"],
        "key": document.get("key", ""),
    }
    for name in model.PUBLIC_FIELDS:
        field = fields[name]
        if name in document:
            values[field.attname if isinstance(field, models.ForeignKey) else name] = document[name]
    values |= {"record_ptr_id": pk, "id": pk}
    record = model(kind=model.KIND, is_public=True, **values)
    record.merged_into_id = document.get("merged_into")
    record.withdrawn_because = document.get("withdrawn_because", "")
    record.all_names = [
        Name(record_id=pk, text=text, language=language, kind=kind)
        for text, language, kind in document["names"]
    ]
    record.links = {name: document.get(name, []) for name in model.PUBLIC_LINKS}  # type: ignore[attr-defined]
    return record


def record_models() -> dict[str, type[Record]]:
    """Every kind of record that the installed apps define, by its name."""
    from django.apps import apps

    return {model.KIND: model for model in apps.get_models() if issubclass(model, Record) and model.KIND}
