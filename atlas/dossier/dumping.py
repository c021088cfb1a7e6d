"""Writing the published record back in the dossier's format: load → dump → load changes nothing."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from deposits.models import Country, Mineral
from sources.models import Claim, Record
from sources.models.claims import claim_kinds
from sources.recording import record_models

from . import sections as s
from .planning import answered_by, key_of, key_of_claim

Row = dict[str, Any]


def dump() -> Row:
    """All published records and claims in force, as one document."""
    records = {
        record.pk: record
        for kind, model in record_models().items()
        for record in model._default_manager.filter(
            is_public=True, merged_into__isnull=True, withdrawn_because=""
        )
        .prefetch_related("names", *model.PUBLIC_LINKS)
        .order_by("pk")
    }
    claims: dict[int, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for kind, model in claim_kinds().items():
        rows = model._default_manager.filter(status=Claim.Status.PUBLISHED, suppressed_at__isnull=True)
        related = [field.name for field in model._meta.local_fields if field.name == "answers"]
        for claim in rows.select_related("author", *related).complete().order_by("pk"):
            claims[claim.subject_id][kind].append(claim)
    return document_of(records, claims)


def document_of(records: dict[int, Record], claims: dict[int, dict[str, list[Claim]]]) -> Row:
    """Records by number, and claims by their subject's number and their kind, as one document.

    Whatever a record's card or a claim names must be among the records.
    """
    return _Dump(records, claims).document()


class _Dump:
    def __init__(self, records: dict[int, Record], claims: dict[int, dict[str, list[Claim]]]) -> None:
        self.records = records
        self.claims = claims

    def document(self) -> Row:
        by_kind: dict[str, list[Any]] = defaultdict(list)
        for record in self.records.values():
            by_kind[record.kind].append(record)
        facts, findings = [], []
        for subject, kinds in sorted(self.claims.items()):
            record = self.records[subject]
            for claim in (*kinds.get("finding", []), *kinds.get("investment", [])):
                if claim.kind == "investment" and record.kind != "project":
                    facts.append(self._money_fact(claim, record))
                elif claim.kind == "finding":
                    findings.append({"subject": self._subject(record), **self._claim(s.FINDINGS, claim)})
        return {
            "region": next((self._region(record) for record in by_kind["region"]), {}),
            "countries": [self._country(record) for record in by_kind["country"]],
            "minerals": [self._mineral(record) for record in by_kind["mineral"]],
            "publishers": [self._publisher(record) for record in by_kind["publisher"]],
            "sources": [self._source(record) for record in by_kind["source"]],
            "partners": [self._partner(record) for record in by_kind["partner"]],
            "deposits": [self._deposit(record) for record in by_kind["deposit"]],
            "projects": [self._project(record) for record in by_kind["project"]],
            "country_facts": facts,
            "findings": findings,
        }

    # Records

    def _key(self, number: int | None) -> str | None:
        if number is None:
            return None
        return key_of(self.records[number])

    def _by_language(self, record: Record) -> Row:
        names = (n for n in record.names.all() if n.kind == "name" and n.language != "en")
        return {"en": record.name} | {n.language: n.text for n in names}

    def _aliases(self, record: Record, named: bool = False) -> list[Row]:
        """Name rows; those of kind "name" too unless the row gives its names by language."""
        return [
            {"name": n.text, "language": n.language, "kind": n.kind}
            for n in record.names.all()
            if not (named and n.kind == "name" and n.language != "en")
        ]

    def _region(self, record: Record) -> Row:
        names, aliases = self._by_language(record), self._aliases(record, named=True)
        return _filled(id=record.pk, names=names, aliases=aliases)

    def _country(self, record: Any) -> Row:
        return _filled(
            id=record.pk,
            iso2=record.iso2,
            iso3=record.iso3,
            names=self._by_language(record),
            aliases=self._aliases(record, named=True),
        )

    def _mineral(self, record: Any) -> Row:
        fields = {name: getattr(record, name) for name in Mineral.PUBLIC_FIELDS}
        names, aliases = self._by_language(record), self._aliases(record, named=True)
        return _filled(
            id=record.pk, slug=self._key(record.pk), names=names, aliases=aliases, note=record.note, **fields
        )

    def _publisher(self, record: Any) -> Row:
        return _filled(
            id=record.pk,
            key=self._key(record.pk),
            name=record.name,
            aliases=self._aliases(record),
            country=record.country,
            note=record.note,
        )

    def _source(self, record: Any) -> Row:
        names = (
            "author",
            "published",
            "url",
            "language",
            "accessed",
            "inferred",
            "reliability",
            "archive_url",
            "note",
        )
        return _filled(
            id=record.pk,
            key=self._key(record.pk),
            title=record.name,
            publisher=self.records[record.publisher_id].name,
            kind=record.type,
            copy_of=self._key(record.copy_of_id),
            **{name: getattr(record, name) for name in names},
        )

    def _partner(self, record: Any) -> Row:
        return _filled(
            **self._head(record),
            kind=record.type,
            country=record.country,
            website=record.website,
            source=self._key(record.source_id),
            **self._sections(record, s.OF_PARTNERS),
        )

    def _deposit(self, record: Any) -> Row:
        names = ("region", "region_ru", "deposit_type", "deposit_type_ru", "type_group")
        return _filled(
            **self._head(record),
            country=self.records[record.country_id].key,
            **{name: getattr(record, name) for name in names},
            **self._sections(record, s.OF_DEPOSITS),
        )

    def _project(self, record: Any) -> Row:
        return _filled(
            **self._head(record),
            kind=record.type,
            country=self._key(record.country_id),
            countries=[self._key(country.pk) for country in record.countries.all()],
            deposits=[self._key(deposit.pk) for deposit in record.deposits.all()],
            **self._sections(record, s.OF_PROJECTS),
        )

    def _head(self, record: Record) -> Row:
        return {
            "id": record.pk,
            "key": self._key(record.pk),
            "name": record.name,
            "aliases": self._aliases(record),
            "note": record.note,
        }

    # Claims

    def _sections(self, record: Record, sections: dict[str, s.ClaimSection]) -> Row:
        return {
            name: [self._claim(section, claim) for claim in self.claims[record.pk].get(section.kind, [])]
            for name, section in sections.items()
        }

    def _claim(self, section: s.ClaimSection, claim: Any) -> Row:
        row: Row = {"claim": key_of_claim(claim), "source": self._key(claim.source_id)}
        for name, field in {**section.values, **s.COMMON}.items():
            row[name] = _plain(getattr(claim, field))
        for name, (field, _kind) in section.refs.items():
            row[name] = self._key(getattr(claim, f"{field}_id"))
        for name, (field, _kind) in section.many.items():
            row[name] = [self._key(linked.pk) for linked in getattr(claim, field).all()]
        if section.replies:
            row["answers"] = answered_by(claim)
        row |= {f"{text.field}_{text.language}": text.text for text in claim.translations}
        return _filled(**row)

    def _money_fact(self, claim: Any, subject: Record) -> Row:
        """Money of a country or the region, in the form in which country facts state it."""
        row = self._claim(s.INVESTMENTS, claim)
        row["quantity"], row["unit"] = row.pop("amount"), row.pop("currency")
        about = (
            {"country": subject.key} if isinstance(subject, Country) else {"subject": self._subject(subject)}
        )
        return {**about, "topic": "investment", **row}

    def _subject(self, record: Record) -> str:
        return "region" if record.kind == "region" else f"{record.kind}:{self._key(record.pk)}"


def _plain(value: Any) -> Any:
    """A decimal as the number that was loaded: whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _filled(**row: Any) -> Row:
    """The row without what is blank, as the format asks."""
    return {
        name: value for name, value in row.items() if value is not False and value not in (None, "", [], {})
    }


def count(document: Row) -> dict[str, int]:
    """How many rows each section has, for the command's report."""
    return {name: len(rows) for name, rows in document.items() if isinstance(rows, list)}
