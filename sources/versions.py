"""A record's earlier cards: what changed from one to the next, in words, and bringing one back."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Name, Record, Tick, Version
from .recording import publish_record, record_models
from .review import TransitionRefused


@dataclass(frozen=True)
class Difference:
    """One field of two cards; "" where it said nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Edition:
    """One version with its moment and what it changed; nothing for the first."""

    version: Version
    tick: Tick
    differences: list[Difference]


def editions(record: Record) -> list[Edition]:
    """Every version of the record's card, newest first."""
    versions = list(record.versions.select_related("by").order_by("from_tick"))
    ticks = Tick.objects.in_bulk([version.from_tick for version in versions])
    model = record_models()[record.kind]
    names = _names_of_records(model, versions)
    told = []
    for before, version in zip([None, *versions], versions, strict=False):
        changed = _differences(model, before.document, version.document, names) if before else []
        told.append(Edition(version, ticks[version.from_tick], changed))
    return told[::-1]


def restore(version: Version, by: User, standing: int) -> Version:
    """Bring an earlier card back, as a new version at a new tick; whether it is merged or withdrawn stays.

    `standing` is the tick of the version that the person saw as the newest. Raises TransitionRefused (a
    ValidationError) if that changed meanwhile, or if the card would be no other, and PermissionDenied.
    """
    if not by.is_active or not by.has_perm("sources.publish_claim"):
        raise PermissionDenied("sources.publish_claim")
    with transaction.atomic():
        kind = Record.objects.select_for_update(no_key=True).get(pk=version.record_id).kind
        record = record_models()[kind]._default_manager.get(pk=version.record_id)
        newest = record.versions.get(until_tick__isnull=True)
        if newest.from_tick != standing:
            raise TransitionRefused(_("The record was changed meanwhile. Compare again, then decide."))
        _apply(record, version.document)
        why = gettext_noop("earlier card restored")
        written = publish_record(record_models()[kind]._default_manager.get(pk=record.pk), by, why)
        if written is None:
            raise TransitionRefused(_("The record reads so already."))
    return written


def _apply(record: Record, document: dict[str, Any]) -> None:
    """Write the card's fields, links and names to the record's rows; what the card lacks stays."""
    for name in ("name", "note", *record.PUBLIC_FIELDS):
        if name in document:
            setattr(record, _column(record, name).attname, document[name])
    record.full_clean(exclude=["key"])
    record.save()
    for link in record.PUBLIC_LINKS:
        if link in document:
            getattr(record, link).set(document[link])
    wanted = [tuple(name) for name in document["names"]]
    for held in list(record.names.all()):
        if (held.text, held.language, held.kind) in wanted:
            wanted.remove((held.text, held.language, held.kind))
        else:
            held.delete()
    for text, language, kind in wanted:
        Name.objects.create(record_id=record.pk, text=text, language=language, kind=kind)


def _differences(
    model: type[Record], before: dict[str, Any], after: dict[str, Any], names: dict[int, str]
) -> list[Difference]:
    changed = []
    for name in ("name", "note", *model.PUBLIC_FIELDS, *model.PUBLIC_LINKS):
        column, old, new = _column(model, name), before.get(name), after.get(name)
        if old != new:
            label = str(capfirst(column.verbose_name))
            changed.append(Difference(label, _in_words(column, old, names), _in_words(column, new, names)))
    old_names, new_names = _spellings(before), _spellings(after)
    gone, come = [n for n in old_names if n not in new_names], [n for n in new_names if n not in old_names]
    if gone or come:
        changed.append(Difference(_("Names"), "; ".join(gone), "; ".join(come)))
    for name in ("merged_into", "withdrawn_because"):
        if before.get(name) != after.get(name):
            column = _column(model, name)
            words = [_in_words(column, card.get(name), names) for card in (before, after)]
            changed.append(Difference(str(capfirst(column.verbose_name)), *words))
    return changed


def _spellings(document: dict[str, Any]) -> list[str]:
    kinds = dict(Name.Kind.choices)
    return [
        f"{text} ({_language(language)}, {kinds.get(kind, kind)})"
        for text, language, kind in document["names"]
    ]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _column(model: Any, name: str) -> Any:
    return model._meta.get_field(name)


def _in_words(column: Any, value: Any, names: dict[int, str]) -> str:
    if value in (None, "", []):
        return ""
    if column.remote_field:
        numbers = value if isinstance(value, list) else [value]
        return ", ".join(names.get(number, str(number)) for number in numbers)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(column, models.BooleanField):
        return _("yes") if value else _("no")
    return str(dict(column.flatchoices).get(value, value))


def _names_of_records(model: type[Record], versions: list[Version]) -> dict[int, str]:
    """What the records are called that any of these cards refers to; one query."""
    fields = [f for f in (*model.PUBLIC_FIELDS, "merged_into") if _column(model, f).remote_field]
    numbers: set[int] = set()
    for version in versions:
        numbers |= {version.document[name] for name in fields if version.document.get(name)}
        for link in model.PUBLIC_LINKS:
            numbers |= set(version.document.get(link, []))
    return dict(Record.objects.filter(pk__in=numbers).values_list("pk", "name"))
