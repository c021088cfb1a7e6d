"""The words a dossier uses for what the atlas has records or short lists of."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from deposits.models import Deposit, Mineral
from deposits.vocabulary import DepositType
from sources.models import Name, Publisher

from .planning import key_of
from .rows import Dossier, Place, Problem, RecordRow, Ref


class Vocabulary:
    """Finds a mineral by any of its names, a publisher by its name, a deposit type by a source's term."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.minerals: dict[str, str] = {}
        self.publishers: dict[str, str] = {}
        self.deposit_types: dict[str, str] = {}
        for mineral in Mineral.objects.prefetch_related("names"):
            self._learn(
                self.minerals, key_of(mineral), [mineral.name, *(name.text for name in mineral.names.all())]
            )
        for publisher in Publisher.objects.prefetch_related("names"):
            self._learn(
                self.publishers, key_of(publisher), [publisher.name, *(n.text for n in publisher.names.all())]
            )

        grouped = Deposit.objects.exclude(type_group="").exclude(deposit_type="")
        for term, group in grouped.values_list("deposit_type", "type_group").distinct():
            self.deposit_types[term.casefold()] = group  # a file alone does not know the reference's terms

    @staticmethod
    def _learn(words: dict[str, str], key: str, names: list[str]) -> None:
        for name in (key, *names):
            words.setdefault(name.casefold(), key)

    def learn_mineral(self, key: str, names: list[str]) -> None:
        self._learn(self.minerals, key, names)

    def learn_publisher(self, key: str, names: list[str]) -> None:
        self._learn(self.publishers, key, names)

    def learn_deposit_type(self, row: dict[str, Any], place: Place) -> None:
        """Take the terms that the reference file puts under one of the atlas's groups of types."""
        slug = row.get("slug")
        if slug not in DepositType.values:
            self.dossier.problems.append(
                Problem(place, slug, _("not one of the atlas's groups of deposit types"))
            )
            return
        for term in row.get("terms", []):
            self.deposit_types[term.casefold()] = slug

    def mineral(self, word: str) -> Ref | None:
        """The mineral that a name, an alias or a slug means; None if the vocabulary lacks it."""
        key = self.minerals.get(word.casefold())
        return ("mineral", key) if key else None

    def publisher(self, name: str, place: Place) -> Ref:
        """The publisher of that name; one is added to the files' records where there is none."""
        key = self.publishers.get(name.casefold())
        if key is None:
            key = self._free_key(slugify(name)[:100] or "publisher")
            self._learn(self.publishers, key, [name])
            self.dossier.records["publisher", key] = RecordRow("publisher", key, name, place)
        return "publisher", key

    def _free_key(self, wanted: str) -> str:
        taken = set(self.publishers.values())
        key, number = wanted, 2
        while key in taken:
            key, number = f"{wanted}-{number}", number + 1
        return key

    def type_group(self, term: str) -> str:
        """The short-list group of a source's term for a deposit type; "" if it has none."""
        return self.deposit_types.get(term.casefold(), "")


def names_of(aliases: list[dict[str, Any]], name: str) -> list[tuple[str, str, str]]:
    """(text, language, kind) rows of a record's aliases.

    The first alias in a language other than English is the name in that language; others are spellings.
    """
    rows: list[tuple[str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    named = {"en"}
    for alias in aliases:
        text, language = alias["name"], alias.get("language", "en")
        if (text, language) in seen or (text == name and language == "en"):
            continue
        seen.add((text, language))
        kind = alias.get("kind") or (Name.Kind.SPELLING if language in named else Name.Kind.NAME)
        if kind == Name.Kind.NAME:
            named.add(language)
        rows.append((text, language, str(kind)))
    return rows
