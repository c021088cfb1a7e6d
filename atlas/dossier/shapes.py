"""The shape of a dossier file: which fields are numbers, lists or objects; every other one is text.

Checked before anything is read, so that the readers can take it for granted.
"""

import math
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from . import sections as s
from .rows import Place, Problem

NUMBERS = frozenset({"quantity", "grade", "latitude", "longitude", "share_percent", "amount", "years"})
OBJECTS = frozenset({"names", "official"})
WORDS = frozenset({"countries", "deposits", "partners", "terms"})
LISTS = WORDS | {"aliases"} | s.OF_DEPOSITS.keys() | s.OF_PROJECTS.keys() | s.OF_PARTNERS.keys()
#: Most characters of texts that no model field checks.
LONGEST = {"key": 120, "slug": 120, "claim": 160, "answers": 160, "name": 500, "language": 10}
LARGEST_ID = 2**63 - 1
CLAIM_SECTIONS = (*s.OF_DEPOSITS.values(), *s.OF_PROJECTS.values(), *s.OF_PARTNERS.values(), s.FINDINGS)
#: Fields that some section has; what is none of them is told by its name, not by its shape.
KNOWN = frozenset(
    {"slug", "iso2", "iso3", "symbol", "group", "uses", "uses_ru"}
    | s.SOURCE_FIELDS
    | s.DEPOSIT_FIELDS
    | s.PROJECT_FIELDS
    | s.PARTNER_FIELDS
    | s.FACT_FIELDS
).union(*(section.fields for section in CLAIM_SECTIONS))


def shape_problems(file: str, document: Any) -> Iterator[Problem]:
    """What in a parsed file has not the shape of a dossier."""
    if not isinstance(document, dict):
        yield Problem(Place(file, ""), None, _("not a dossier: its top level is no object"))
        return
    for section, rows in document.items():
        if section not in s.SECTIONS:
            yield Problem(Place(file, section), None, _("unknown section"))
        elif section == "region":
            yield from _object(rows, Place(file, section))
        elif isinstance(rows, list):
            yield from _rows(rows, file, section)
        else:
            yield Problem(Place(file, section), rows, _("is not a list of rows"))


def _rows(rows: list[Any], file: str, name: str) -> Iterator[Problem]:
    for number, row in enumerate(rows, 1):
        key = (
            next((row[k] for k in ("key", "claim", "slug") if row.get(k)), "")
            if isinstance(row, dict)
            else ""
        )
        yield from _object(row, Place(file, f"{name} {key or number}"))


def _object(row: Any, place: Place) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem(place, row, _("is not an object"))
        return
    for name, value in row.items():
        yield from _field(name, value, place)


def _field(name: str, value: Any, place: Place) -> Iterator[Problem]:
    """One field of a row; lists of claims and names are rows themselves."""
    if name == "duration" and isinstance(value, dict):
        yield from _object(value, Place(place.file, f"{place.row}, {name}"))
    elif name in LISTS and isinstance(value, list):
        for number, item in enumerate(value, 1):
            if isinstance(item, dict) and name not in WORDS:
                yield from _object(item, Place(place.file, f"{place.row}, {name} {number}"))
            else:
                yield from _text(name, item, place)
    elif name in OBJECTS:
        yield from _texts_by_language(value, place.at(name))
    elif name in LISTS:
        yield Problem(place.at(name), value, _("is not a list"))
    elif name == "id":
        if not isinstance(value, int) or not 0 < value <= LARGEST_ID:
            yield Problem(place.at(name), value, _("is not a positive whole number"))
    elif name in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            yield Problem(place.at(name), value, _("is not a number"))
    elif name == "inferred":
        if not isinstance(value, bool) and not (
            isinstance(value, list) and all(isinstance(word, str) for word in value)
        ):
            yield Problem(place.at(name), value, _("is neither true or false nor a list of fields"))
    elif name in KNOWN:
        yield from _text(name, value, place)


def _texts_by_language(value: Any, place: Place) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(place, value, _("is not an object"))
        return
    for language, text in value.items():
        yield from _text("language", language, place)
        yield from _text("name", text, place)


def _text(name: str, value: Any, place: Place) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(place.at(name), value, _("is not text"))
    elif "\x00" in value:
        yield Problem(place.at(name), value, _("has a NUL character"))
    elif name in LONGEST and not 0 < len(value.strip()) <= LONGEST[name]:
        yield Problem(
            place.at(name), value, _("is blank or longer than %(n)d characters") % {"n": LONGEST[name]}
        )
