"""What a load would change: the files' rows set against what the database holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from accounts.models import User
from sources.models import Claim, Record
from sources.models.claims import claim_kinds
from sources.recording import record_models

from .rows import ClaimRow, Dossier, RecordRow, Ref

LOADER = "loader"


def loader() -> User:
    """The system account that authors whatever is loaded."""
    account, _created = User.objects.get_or_create(
        username=LOADER, defaults={"is_system": True, "is_active": False, "public_name": "Research loader"}
    )
    return account


def key_of(record: Record) -> str:
    """The key by which files name a record: its own, or one by its permanent id for records of the desk."""
    return record.key or f"record-{record.pk}"


def key_of_claim(claim: Claim) -> str:
    """The key by which files name a claim: its own, or one that no other database gives its desk's claims."""
    return claim.key or f"claim-{claim.pk}-{claim.created_at:%Y%m%d}"


def known_records() -> dict[Ref, int]:
    """The id of every record in the database, by the key by which files name it."""
    return {(record.kind, key_of(record)): record.pk for record in Record.objects.all()}


@dataclass
class Plan:
    """Rows by what has to be done with them."""

    new_records: list[RecordRow] = field(default_factory=list)
    changed_records: list[tuple[RecordRow, Record]] = field(default_factory=list)
    new_claims: list[ClaimRow] = field(default_factory=list)
    #: A changed row and the number of the claim that it supersedes.
    changed_claims: list[tuple[ClaimRow, int]] = field(default_factory=list)
    #: Same statement, other translation: rows with the claim's number.
    changed_texts: list[tuple[ClaimRow, int]] = field(default_factory=list)
    same: int = 0
    #: Keys of rows left alone because an editor acted on them since.
    kept_by_editors: list[str] = field(default_factory=list)
    #: Keys that an earlier load of these files brought and that they no longer have.
    vanished: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the load would change nothing."""
        return not (
            self.new_records
            or self.changed_records
            or self.new_claims
            or self.changed_claims
            or self.changed_texts
        )


def plan(dossier: Dossier) -> Plan:
    """Set the files' rows against the database; reads only."""
    result = Plan()
    records = {(record.kind, key_of(record)): record for record in _records()}
    ids = {ref: record.pk for ref, record in records.items()}
    _plan_records(result, dossier, records, ids)
    _plan_claims(result, dossier, ids)
    return result


def _records() -> Iterable[Record]:
    for model in record_models().values():
        yield from model._default_manager.prefetch_related("names", *model.PUBLIC_LINKS)


def _plan_records(result: Plan, dossier: Dossier, records: dict[Ref, Record], ids: dict[Ref, int]) -> None:
    last_by = dict(
        Record.objects.filter(versions__until_tick__isnull=True).values_list("id", "versions__by__username")
    )
    for row in dossier.records.values():
        record = records.get(row.ref)
        if record is None:
            result.new_records.append(row)
        elif wanted_card(row, record, ids) == current_card(record):
            result.same += 1
        elif last_by.get(record.pk) not in (None, LOADER):
            result.kept_by_editors.append(f"{row.kind} {row.key}")
        else:
            result.changed_records.append((row, record))


def wanted_card(row: RecordRow, record: Record, ids: dict[Ref, int]) -> dict[str, Any]:
    """The record's card as the file wants it, comparable with `current_card`."""
    card: dict[str, Any] = {"name": row.name, "note": row.note, "names": sorted(row.names)}
    for name in record.PUBLIC_FIELDS:
        field_ = record._meta.get_field(name)
        if isinstance(field_, models.ForeignKey):
            ref = row.refs.get(name)
            card[name] = ids.get(ref, 0) if ref else None
        else:
            card[name] = row.values.get(name, field_.get_default())  # type: ignore[union-attr]
    for name in record.PUBLIC_LINKS:
        card[name] = sorted(ids.get(ref, 0) for ref in row.links.get(name, []))
    return card


def current_card(record: Record) -> dict[str, Any]:
    """The record's card as the database has it."""
    card: dict[str, Any] = {"name": record.name, "note": record.note}
    card["names"] = sorted((name.text, name.language, name.kind) for name in record.names.all())
    for name in record.PUBLIC_FIELDS:
        card[name] = getattr(record, record._meta.get_field(name).attname)  # type: ignore[union-attr]
    for name in record.PUBLIC_LINKS:
        card[name] = sorted(linked.pk for linked in getattr(record, name).all())
    return card


def _plan_claims(result: Plan, dossier: Dossier, ids: dict[Ref, int]) -> None:
    standing: dict[str, Claim] = {}
    for model in claim_kinds().values():
        rows = model._default_manager.filter(status=Claim.Status.PUBLISHED, suppressed_at__isnull=True)
        related = [field_.name for field_ in model._meta.local_fields if field_.name == "answers"]
        for claim in rows.select_related("author", *related).complete():
            standing[key_of_claim(claim)] = claim
    withdrawn = set(
        Claim.objects.exclude(key="").exclude(status=Claim.Status.PUBLISHED).values_list("key", flat=True)
    ) | set(Claim.objects.filter(suppressed_at__isnull=False).values_list("key", flat=True))
    for key, row in dossier.claims.items():
        if key not in standing:
            if key in withdrawn:
                result.kept_by_editors.append(f"claim {key}")
            else:
                result.new_claims.append(row)
            continue
        claim = standing[key]
        if wanted_statement(row, claim, ids) == current_statement(claim):
            result.same += 1
            texts = {(text.field, text.language): text.text for text in claim.translations}
            if texts != row.texts:
                result.changed_texts.append((row, claim.pk))
        elif claim.author.username != LOADER:
            result.kept_by_editors.append(f"claim {key}")
        else:
            result.changed_claims.append((row, claim.pk))
    brought = (
        Claim.objects.filter(status=Claim.Status.PUBLISHED, batch__name__in=list(dossier.digests))
        .exclude(key="")
        .values_list("key", flat=True)
    )
    result.vanished = sorted(set(brought) - set(dossier.claims))


def statement_columns(model: type[Claim]) -> list[str]:
    """Attributes that together are what a claim of this kind states."""
    return ["as_of", "note", "locator", "excerpt", "originator_name", *model.STATEMENT_FIELDS]


def known_claims() -> dict[str, int]:
    """The number of every claim in force, by the key by which files name it."""
    standing = Claim.objects.filter(status=Claim.Status.PUBLISHED, suppressed_at__isnull=True)
    return {key_of_claim(claim): claim.pk for claim in standing.only("key", "created_at")}


def wanted_statement(row: ClaimRow, claim: Claim, ids: dict[Ref, int]) -> dict[str, Any]:
    """What the file's row states, comparable with `current_statement`."""
    stated: dict[str, Any] = {"subject_id": ids.get(row.subject, 0), "source_id": ids.get(row.source, 0)}
    for name in statement_columns(type(claim)):
        field_ = claim._meta.get_field(name.removesuffix("_id"))
        if isinstance(field_, models.ForeignKey):
            ref = row.refs.get(field_.name)
            stated[name] = ids.get(ref, 0) if ref else None
        else:
            stated[name] = row.values.get(name, field_.get_default())  # type: ignore[union-attr]
    for field_ in claim._meta.local_many_to_many:
        stated[field_.name] = sorted(ids.get(ref, 0) for ref in row.many.get(field_.name, []))
    stated["answers"] = row.answers
    return stated


def current_statement(claim: Claim) -> dict[str, Any]:
    """What the claim states, as the database has it."""
    stated: dict[str, Any] = {"subject_id": claim.subject_id, "source_id": claim.source_id}
    stated |= {name: getattr(claim, name) for name in statement_columns(type(claim))}
    for field_ in claim._meta.local_many_to_many:
        stated[field_.name] = sorted(linked.pk for linked in getattr(claim, field_.name).all())
    stated["answers"] = answered_by(claim)
    return stated


def answered_by(claim: Any) -> str:
    """The key of the claim that this one is a reply to; "" if none, or if that one no longer stands."""
    answered = claim.answers if getattr(claim, "answers_id", None) else None
    stands = answered and answered.status == Claim.Status.PUBLISHED and not answered.suppressed_at
    return key_of_claim(answered) if answered and stands else ""
