"""The dossier's sections and their fields (docs/fixtures.md): which model field each one fills."""

from dataclasses import dataclass

#: Fields that any claim row may carry, by their model field.
COMMON = {
    "as_of": "as_of",
    "note": "note",
    "locator": "locator",
    "excerpt": "excerpt",
    "originator_name": "originator_name",
}


@dataclass(frozen=True)
class ClaimSection:
    """How rows of a section become claims of one kind."""

    kind: str
    #: Short word in the keys of its claims: "kuirektykol.estimate.3".
    word: str
    #: JSON field → model field, for plain values.
    values: dict[str, str]
    #: JSON field → (model field, kind of the record named), for references by key.
    refs: dict[str, tuple[str, str]]
    #: JSON field → (model field, kind), for lists of references.
    many: dict[str, tuple[str, str]]
    #: Text fields that may come with a Russian translation in `<field>_ru`.
    texts: tuple[str, ...] = ()
    #: Whether a row can name, in "answers", the claim to which it is a partner's reply.
    replies: bool = False

    @property
    def fields(self) -> set[str]:
        """Every JSON field that the section knows."""
        translated = {f"{text}_ru" for text in self.texts}
        answers = {"answers"} if self.replies else set()
        return {"claim", "source", *COMMON, *self.values, *self.refs, *self.many, *translated, *answers}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


LOCATIONS = ClaimSection(
    "location", "location", _same("latitude", "longitude", "precision", "inferred"), refs={}, many={}
)
OCCURRENCES = ClaimSection(
    "occurrence", "mineral", _same("role"), {"mineral": ("mineral", "mineral")}, many={}
)
ESTIMATES = ClaimSection(
    "estimate",
    "estimate",
    _same("quantity", "unit", "form", "basis", "scope", "grade", "grade_unit", "system", "category", "unfc"),
    {"mineral": ("mineral", "mineral")},
    many={},
    texts=("form", "scope"),
)
STAGES = ClaimSection("stage", "stage", _same("stage"), refs={}, many={})
INVOLVEMENTS = ClaimSection(
    "involvement",
    "involvement",
    _same("role", "share_percent", "since", "until"),
    {"partner": ("partner", "partner")},
    many={},
)
INVESTMENTS = ClaimSection(
    "investment",
    "investment",
    {**_same("amount", "currency", "statement"), "status": "status_of_money"},
    refs={},
    many={"minerals": ("minerals", "mineral"), "partners": ("partners", "partner")},
    texts=("statement",),
)
PRODUCTION = ClaimSection(
    "production",
    "production",
    _same("form", "quantity", "unit", "period", "measure"),
    {"mineral": ("mineral", "mineral")},
    many={},
    texts=("form",),
)
OWNERSHIP = ClaimSection(
    "ownership",
    "ownership",
    _same("share_percent", "since", "until"),
    {"partner": ("owner", "partner")},
    many={},
)
DURATION = ClaimSection("duration", "duration", {"from": "since", "years": "years"}, refs={}, many={})
FINDINGS = ClaimSection(
    "finding",
    "finding",
    _same("topic", "direction", "statement", "quantity", "unit"),
    {"mineral": ("mineral", "mineral"), "partner": ("partner", "partner")},
    many={},
    texts=("statement", "unit"),
    replies=True,
)

OF_DEPOSITS = {"locations": LOCATIONS, "minerals": OCCURRENCES, "estimates": ESTIMATES}
OF_PROJECTS = {
    "locations": LOCATIONS,
    "minerals": OCCURRENCES,
    "stages": STAGES,
    "involvements": INVOLVEMENTS,
    "investments": INVESTMENTS,
    "production": PRODUCTION,
    "duration": DURATION,
}
OF_PARTNERS = {"ownership": OWNERSHIP}

#: JSON fields of the records themselves.
SOURCE_FIELDS = {
    "id",
    "key",
    "title",
    "publisher",
    "publisher_as_written",
    "author",
    "published",
    "url",
    "language",
    "kind",
    "accessed",
    "inferred",
    "reliability",
    "note",
    "copy_of",
    "archive_url",
}
DEPOSIT_FIELDS = {
    "id",
    "key",
    "name",
    "aliases",
    "country",
    "region",
    "region_ru",
    "deposit_type",
    "deposit_type_ru",
    "type_group",
    "note",
} | set(OF_DEPOSITS)
PROJECT_FIELDS = {"id", "key", "name", "aliases", "kind", "country", "countries", "deposits", "note"} | set(
    OF_PROJECTS
)
PARTNER_FIELDS = {
    "id",
    "key",
    "name",
    "aliases",
    "kind",
    "country",
    "website",
    "source",
    "parent",
    "parent_claim",
    "note",
} | set(OF_PARTNERS)
FACT_FIELDS = FINDINGS.fields | {"country", "subject", "status", "partners", "minerals"}
FINDING_FIELDS = FINDINGS.fields | {"subject"}
SECTIONS = {
    "countries",
    "region",
    "minerals",
    "mineral_groups",
    "publishers",
    "regions",
    "deposit_types",
    "sources",
    "deposits",
    "projects",
    "partners",
    "country_facts",
    "findings",
}


def as_written(kind: str, field: str) -> str:
    """The JSON field that fills a model's field, for messages that point at a file."""
    for section in (*OF_DEPOSITS.values(), *OF_PROJECTS.values(), *OF_PARTNERS.values(), FINDINGS):
        if section.kind == kind:
            return next((name for name, filled in section.values.items() if filled == field), field)
    return {"type": "kind", "name": "title" if kind == "source" else "name"}.get(field, field)
