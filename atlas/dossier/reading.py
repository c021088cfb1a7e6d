"""Reading dossier files into rows, with every fault named by file, row, field and value."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sources.models.claims import claim_kinds

from . import sections as s
from .reference import read_reference
from .rows import ClaimRow, Dossier, Place, Problem, RecordRow, Ref
from .shapes import shape_problems
from .vocabulary import Vocabulary, names_of

COUNTRIES = {"KZ", "KG", "TJ", "TM", "UZ"}
REGION: Ref = ("region", "central-asia")


def read(paths: Iterable[Path]) -> Dossier:
    """Read files of the dossier format; the result's `problems` say what is wrong with them.

    Reference files (those with "minerals" or "publishers") are read first, whatever the order given.
    """
    return read_contents((path.name, path.read_bytes()) for path in paths)


def read_contents(files: Iterable[tuple[str, bytes]]) -> Dossier:
    """The same from (name, content) of each file."""
    dossier = Dossier()
    documents: list[tuple[str, dict[str, Any]]] = []
    for name, content in files:
        dossier.digests[name] = hashlib.sha256(content).hexdigest()
        try:
            document = json.loads(content)
            json.dumps(document, ensure_ascii=False).encode()  # half a pair of surrogates is no text
        except (ValueError, RecursionError) as error:
            dossier.problems.append(
                Problem(Place(name, ""), None, _("not a JSON file in UTF-8: %(why)s") % {"why": error})
            )
            continue
        dossier.problems += shape_problems(name, document)
        documents.append((name, document))
    if dossier.errors:
        return dossier
    vocabulary = Vocabulary(dossier)
    for file, document in documents:
        read_reference(file, document, dossier, vocabulary)
    for file, document in documents:
        _Reader(file, document, dossier, vocabulary).read()
    return dossier


class _Reader:
    """Reads one file's sections into a dossier's rows."""

    def __init__(self, file: str, document: dict[str, Any], dossier: Dossier, vocabulary: Vocabulary) -> None:
        self.file = file
        self.document = document
        self.dossier = dossier
        self.vocabulary = vocabulary

    def read(self) -> None:
        for section, read_row, known in (
            ("sources", self._source, s.SOURCE_FIELDS),
            ("deposits", self._deposit, s.DEPOSIT_FIELDS),
            ("projects", self._project, s.PROJECT_FIELDS),
            ("partners", self._partner, s.PARTNER_FIELDS),
            ("country_facts", self._fact, s.FACT_FIELDS),
            ("findings", self._finding, s.FINDING_FIELDS),
        ):
            for number, row in enumerate(self.document.get(section, []), 1):
                place = Place(self.file, f"{section} {row.get('key') or row.get('claim') or number}")
                self._refuse_unknown(row, known, place)
                try:
                    read_row(row, place, number)
                except KeyError as error:
                    self._problem(place.at(str(error.args[0])), None, _("is missing"))
                except (AttributeError, TypeError) as error:
                    self._problem(place, None, _("has a value of the wrong shape (%(why)s)") % {"why": error})

    # Records

    def _source(self, row: dict[str, Any], place: Place, number: int) -> None:
        record = self._record("source", row, place, row["title"])
        for name in (
            "author",
            "published",
            "url",
            "language",
            "accessed",
            "inferred",
            "reliability",
            "archive_url",
        ):
            if name in row:
                record.values[name] = row[name]
        record.values["type"] = row["kind"]
        record.refs["publisher"] = self.vocabulary.publisher(row["publisher"], place.at("publisher"))
        record.refs["copy_of"] = ("source", row["copy_of"]) if row.get("copy_of") else None

    def _deposit(self, row: dict[str, Any], place: Place, number: int) -> None:
        record = self._record("deposit", row, place, row["name"])
        record.refs["country"] = ("country", row["country"])
        for name in ("region", "region_ru", "deposit_type", "deposit_type_ru"):
            if name in row:
                record.values[name] = row[name]
        record.values["type_group"] = row.get("type_group") or self.vocabulary.type_group(
            row.get("deposit_type", "")
        )
        self._claims(record, row, s.OF_DEPOSITS)

    def _project(self, row: dict[str, Any], place: Place, number: int) -> None:
        record = self._record("project", row, place, row["name"])
        record.values["type"] = row["kind"]
        record.refs["country"] = ("country", row["country"]) if row.get("country") else None
        record.links["countries"] = [("country", iso2) for iso2 in row.get("countries", [])]
        record.links["deposits"] = [("deposit", key) for key in row.get("deposits", [])]
        self._claims(record, row, s.OF_PROJECTS)

    def _partner(self, row: dict[str, Any], place: Place, number: int) -> None:
        record = self._record("partner", row, place, row["name"])
        record.values["type"] = row["kind"]
        for name in ("country", "website"):
            if name in row:
                record.values[name] = row[name]
        record.refs["source"] = ("source", row["source"]) if row.get("source") else None
        self._claims(record, row, s.OF_PARTNERS)
        if row.get("parent"):
            key = row.get("parent_claim") or f"{record.key}.parent.1"
            claim = ClaimRow("ownership", key, record.ref, ("source", row["source"]), place.at("parent"))
            claim.refs["owner"] = ("partner", row["parent"])
            self._add_claim(claim)

    def _record(self, kind: str, row: dict[str, Any], place: Place, name: str) -> RecordRow:
        record = RecordRow(kind, row["key"], name, place, id=row.get("id"), note=row.get("note", ""))
        record.names = names_of(row.get("aliases", []), name)
        if record.ref in self.dossier.records:
            self._problem(place.at("key"), record.key, _("there already is a row with this key"))
        self.dossier.records[record.ref] = record
        return record

    # Claims

    def _claims(self, record: RecordRow, row: dict[str, Any], kinds: dict[str, s.ClaimSection]) -> None:
        for name, section in kinds.items():
            stated = row.get(name, [])
            for number, item in enumerate([stated] if isinstance(stated, dict) else stated, 1):
                place = Place(self.file, f"{record.place.row}, {name} {number}")
                self._refuse_unknown(item, section.fields, place)
                default = f"{record.key}.{section.word}.{number}"
                self._add_claim(self._claim(section, item, place, record.ref, default))

    def _claim(
        self, section: s.ClaimSection, row: dict[str, Any], place: Place, subject: Ref, default_key: str
    ) -> ClaimRow:
        if not row.get("source"):
            raise KeyError("source")
        claim = ClaimRow(
            section.kind, row.get("claim") or default_key, subject, ("source", row["source"]), place
        )
        for name, field in {**s.COMMON, **section.values}.items():
            if row.get(name) not in (None, ""):
                claim.values[field] = row[name]
        for name, (field, kind) in section.refs.items():
            claim.refs[field] = self._named(kind, row[name], place.at(name)) if row.get(name) else None
            if not row.get(name) and not claim_kinds()[section.kind]._meta.get_field(field).null:
                self._problem(place.at(name), None, _("is missing"))
        for name, (field, kind) in section.many.items():
            named = [self._named(kind, word, place.at(name)) for word in row.get(name, [])]
            claim.many[field] = sorted({ref for ref in named if ref})
        claim.answers = row.get("answers", "") if section.replies else ""
        for text in section.texts:
            if row.get(f"{text}_ru"):
                claim.texts[text, "ru"] = row[f"{text}_ru"]
        return claim

    def _fact(self, row: dict[str, Any], place: Place, number: int) -> None:
        country = row.get("country", "")
        default = f"{country or Path(self.file).stem}.fact.{number}"
        if country in COUNTRIES:
            subject: Ref | None = ("country", country)
        elif row.get("subject"):
            subject = self._subject(row["subject"], place.at("subject"))
        else:
            subject = (
                self._named("mineral", row["mineral"], place.at("mineral")) if row.get("mineral") else REGION
            )
        if subject is None:
            return
        if row.get("topic") == "investment" and row.get("status"):
            money = {
                "amount": row["quantity"],
                "currency": row["unit"],
                "minerals": row.get("minerals") or [row[k] for k in ("mineral",) if k in row],
                "partners": row.get("partners") or [row[k] for k in ("partner",) if k in row],
                **{
                    name: row[name]
                    for name in ("claim", "status", "statement", "statement_ru", "source", *s.COMMON)
                    if name in row
                },
            }
            self._add_claim(self._claim(s.INVESTMENTS, money, place, subject, default))
        else:
            self._add_claim(self._claim(s.FINDINGS, row, place, subject, default))

    def _finding(self, row: dict[str, Any], place: Place, number: int) -> None:
        subject = self._subject(row["subject"], place.at("subject"))
        if subject:
            self._add_claim(
                self._claim(s.FINDINGS, row, place, subject, f"{Path(self.file).stem}.finding.{number}")
            )

    def _subject(self, text: str, place: Place) -> Ref | None:
        """ "project:KEY", "mineral:lithium" or "region"."""
        if text == "region":
            return REGION
        kind, _colon, key = text.partition(":")
        if kind not in ("project", "deposit", "country", "mineral", "partner") or not key:
            self._problem(
                place, text, _("is not a subject such as project:KEY, country:TJ, mineral:lithium or region")
            )
            return None
        return self._named(kind, key, place)

    def _named(self, kind: str, word: str, place: Place) -> Ref | None:
        if kind != "mineral":
            return kind, word
        mineral = self.vocabulary.mineral(word)
        if mineral is None:
            self._problem(place, word, _("is not a mineral of the vocabulary"))
        return mineral

    def _add_claim(self, claim: ClaimRow) -> None:
        if claim.key in self.dossier.claims:
            other = self.dossier.claims[claim.key].place
            self._problem(
                claim.place.at("claim"),
                claim.key,
                _("the claim's key is already that of %(other)s") % {"other": other},
            )
        self.dossier.claims[claim.key] = claim

    def _refuse_unknown(self, row: dict[str, Any], known: set[str], place: Place) -> None:
        for name in sorted(set(row) - known):
            self._problem(place.at(name), row[name], _("unknown field"))

    def _problem(self, place: Place, value: Any, message: str) -> None:
        self.dossier.problems.append(Problem(place, value, message))
