"""A record's names in all languages, as its page lists them."""

from dataclasses import dataclass

from sources.models import Name, Record

from .formatting import show_language


@dataclass(frozen=True)
class Spelling:
    """A name as written in a language; `kind` in words where it is not simply the name."""

    text: str
    language: str
    language_name: str
    kind: str = ""


def spellings(record: Record) -> list[Spelling]:
    """Every name but the page's own heading: the English one first, then names, official forms, spellings."""
    heading = record.label
    kinds = [kind.value for kind in Name.Kind]
    found = [] if heading == record.name else [Spelling(record.name, "en", show_language("en"))]
    for name in sorted(record.all_names, key=lambda name: kinds.index(name.kind)):
        if name.text != heading and name.text not in [other.text for other in found]:
            kind = "" if name.kind == Name.Kind.NAME else str(name.get_kind_display())
            found.append(Spelling(name.text, name.language, show_language(name.language), kind))
    return found
