"""What changed on a record's public card: name, spellings, fields, links, merges."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atlas.published.snapshot import Snapshot
from sources.models import Name
from sources.recording import record_models

#: What pages never show of a card.
_UNSEEN = {"key"}


@dataclass(frozen=True)
class FieldChange:
    """One field of a card, before and after; "" where it was or is empty."""

    label: str
    old: str
    new: str


def field_changes(
    kind: str, before: dict[str, Any], after: dict[str, Any], snapshot: Snapshot
) -> list[FieldChange]:
    """The fields in which two cards of one record differ, in words."""
    names = [name for name in {**before, **after} if name not in _UNSEEN]
    return [
        FieldChange(_label(kind, name), old, new)
        for name in names
        if (old := _words(kind, name, before.get(name), snapshot))
        != (new := _words(kind, name, after.get(name), snapshot))
    ]


def _label(kind: str, name: str) -> str:
    fields = {field.name: field for field in record_models()[kind]._meta.get_fields()}
    if name == "names":
        return str(Name._meta.verbose_name_plural)
    return str(getattr(fields[name], "verbose_name", name)) if name in fields else name


def _words(kind: str, name: str, value: Any, snapshot: Snapshot) -> str:
    """A card's value as readers see it: linked records by name, choices by their words."""
    if value in (None, "", []):
        return ""
    if name == "names":
        return ", ".join(f"{text} ({language})" for text, language, _kind in value)
    field = record_models()[kind]._meta.get_field(name)
    if field.is_relation:
        return ", ".join(_linked(value, snapshot))
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(choices.get(value, value))


def _linked(value: Any, snapshot: Snapshot) -> Iterator[str]:
    for number in value if isinstance(value, list) else [value]:
        record = snapshot.record(number)
        yield record.label if record else str(number)
