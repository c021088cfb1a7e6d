"""The reference file: countries, the region, minerals, publishers and the short lists' terms."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from deposits.models import Mineral
from sources.models import Name

from .rows import Dossier, Place, Problem, RecordRow
from .vocabulary import Vocabulary, names_of

LISTS = ("eu_critical_2023", "eu_strategic_2023", "us_critical_2022", "us_critical_2025")


def read_reference(file: str, document: dict[str, Any], dossier: Dossier, vocabulary: Vocabulary) -> None:
    """Read a file's reference sections into records, and teach the vocabulary their words."""
    sections = (
        ("countries", _country),
        ("minerals", _mineral),
        ("publishers", _publisher),
    )
    if document.get("region"):
        place = Place(file, "region")
        try:
            _add(dossier, _region(document["region"], place))
        except (KeyError, TypeError, AttributeError) as error:
            dossier.problems.append(
                Problem(place, None, _("a field is missing or of the wrong shape: %(why)s") % {"why": error})
            )
    for section, read_row in sections:
        for number, row in enumerate(document.get(section, []), 1):
            place = Place(
                file, f"{section} {row.get('slug') or row.get('iso2') or row.get('name') or number}"
            )
            try:
                _add(dossier, read_row(row, place, vocabulary))
            except (KeyError, TypeError, AttributeError) as error:
                dossier.problems.append(
                    Problem(
                        place, None, _("a field is missing or of the wrong shape: %(why)s") % {"why": error}
                    )
                )
    for number, row in enumerate(document.get("deposit_types", []), 1):
        vocabulary.learn_deposit_type(row, Place(file, f"deposit_types {row.get('slug', number)}"))


def _add(dossier: Dossier, record: RecordRow) -> None:
    if record.ref in dossier.records:
        dossier.problems.append(Problem(record.place, record.key, _("there already is a row with this key")))
    dossier.records[record.ref] = record


def _region(row: dict[str, Any], place: Place) -> RecordRow:
    names = _names(row["names"], _aliases(row), row.get("official"))
    return RecordRow("region", "central-asia", row["names"]["en"], place, row.get("id"), names=names)


def _country(row: dict[str, Any], place: Place, vocabulary: Vocabulary) -> RecordRow:
    return RecordRow(
        "country",
        row["iso2"],
        row["names"]["en"],
        place,
        row.get("id"),
        values={"iso2": row["iso2"], "iso3": row["iso3"]},
        names=_names(row["names"], _aliases(row), row.get("official", {})),
    )


def _mineral(row: dict[str, Any], place: Place, vocabulary: Vocabulary) -> RecordRow:
    aliases = _aliases(row)
    names = row.get("names") or {"en": row["name_en"], "ru": row["name_ru"]}
    vocabulary.learn_mineral(row["slug"], [*names.values(), *(alias["name"] for alias in aliases)])
    fields = [
        field.name for field in Mineral._meta.local_concrete_fields if field.name in Mineral.PUBLIC_FIELDS
    ]
    return RecordRow(
        "mineral",
        row["slug"],
        names["en"],
        place,
        row.get("id"),
        note=row.get("note", ""),
        values={name: row[name] for name in fields if row.get(name) not in (None, "")},
        names=_names(names, aliases),
    )


def _publisher(row: dict[str, Any], place: Place, vocabulary: Vocabulary) -> RecordRow:
    aliases = _aliases(row)
    key = row.get("key") or slugify(row["name"])[:100] or f"publisher-{row['id']}"
    vocabulary.learn_publisher(key, [row["name"], *(alias["name"] for alias in aliases)])
    values = {"country": row["country"]} if row.get("country") else {}
    return RecordRow(
        "publisher",
        key,
        row["name"],
        place,
        row.get("id"),
        note=row.get("note", ""),
        values=values,
        names=names_of(aliases, row["name"]),
    )


def _aliases(row: dict[str, Any]) -> list[dict[str, Any]]:
    """A row's aliases; plain words among them are spellings in English or, by their script, in Russian."""
    return [
        alias
        if isinstance(alias, dict)
        else {"name": alias, "language": "en" if alias.isascii() else "ru", "kind": Name.Kind.SPELLING}
        for alias in row.get("aliases", [])
    ]


def _names(
    names: dict[str, str], aliases: list[dict[str, Any]], official: dict[str, str] | None = None
) -> list[tuple[str, str, str]]:
    """Name rows of a record whose names are given by language."""
    by_language = [
        {"name": text, "language": language} for language, text in names.items() if language != "en"
    ]
    long_forms = [
        {"name": text, "language": language, "kind": Name.Kind.OFFICIAL}
        for language, text in (official or {}).items()
        if text not in names.values()
    ]
    return names_of([*by_language, *long_forms, *aliases], names["en"])
