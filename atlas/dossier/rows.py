"""What a dossier file says, row by row, before anything is written: records, claims, and what is wrong."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

#: A record named by its kind and permanent key.
Ref = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """Where in the files something stands: file, row, and the field within it."""

    file: str
    row: str
    field: str = ""

    def at(self, name: str) -> "Place":
        return Place(self.file, self.row, name)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.field) if part)


@dataclass(frozen=True)
class Problem:
    """Something in the files that is wrong (it stops the load) or odd (it is reported)."""

    place: Place
    value: Any
    message: str
    stops: bool = True

    def __str__(self) -> str:
        value = str(self.value) if isinstance(self.value, Decimal) else repr(self.value)
        shown = "" if self.value is None else f" = {value}"
        return f"{self.place}{shown}: {self.message}"


@dataclass
class RecordRow:
    """A record as the files want it."""

    kind: str
    key: str
    name: str
    place: Place
    id: int | None = None
    note: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    refs: dict[str, Ref | None] = field(default_factory=dict)
    links: dict[str, list[Ref]] = field(default_factory=dict)
    names: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def ref(self) -> Ref:
        return self.kind, self.key


@dataclass
class ClaimRow:
    """A claim as the files want it."""

    kind: str
    key: str
    subject: Ref
    source: Ref
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    refs: dict[str, Ref | None] = field(default_factory=dict)
    many: dict[str, list[Ref]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    #: The key of the claim that this one is a partner's reply to.
    answers: str = ""


@dataclass
class Dossier:
    """All rows of the files of one load."""

    records: dict[Ref, RecordRow] = field(default_factory=dict)
    claims: dict[str, ClaimRow] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: SHA-256 of each file, by its name.
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.stops]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.stops]
