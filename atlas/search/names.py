"""Finding things by name: any spelling in any script, whole or begun, with a slip of the pen or two."""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sources.folding import GENERIC_WORDS, MATCH, fold, forms, similarity

T = TypeVar("T")

#: Longer queries are cut there: no name is that long.
LONGEST_QUERY = 300
#: Words of a query that are looked up one by one; the likeness of the whole counts them all.
MOST_WORDS = 12

folded = lru_cache(maxsize=1 << 16)(fold)


class Grade(IntEnum):
    """How a spelling answers a query, the best first."""

    SAME_LETTERS = 0
    SAME_NAME = 1
    BEGINS = 2
    WORDS_BEGIN = 3
    ALIKE = 4


@dataclass(frozen=True)
class Spelling(Generic[T]):
    """One way to write the name of a thing; `language` is ISO 639-1, "" where unknown."""

    thing: T
    text: str
    language: str = ""


@dataclass(frozen=True)
class Match(Generic[T]):
    """A thing found, and which of its spellings answers best."""

    thing: T
    spelling: Spelling[T]
    grade: Grade
    likeness: float
    same_beginning: bool

    @property
    def rank(self) -> tuple[Grade, bool, float]:
        return self.grade, not self.same_beginning, -self.likeness


def cleaned(query: str) -> str:
    """A query as it is searched for and shown: cut, without control characters, single spaces."""
    text = unicodedata.normalize("NFKC", query[:LONGEST_QUERY])
    kept = (" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
    return " ".join("".join(kept).split())[:LONGEST_QUERY]


def telling_words(key: str) -> list[str]:
    """The words of a folded name that say which place it is; all of them if it has only generic ones."""
    words = list(dict.fromkeys(key.split()))
    return [word for word in words if word not in GENERIC_WORDS] or words


class Names(Generic[T]):
    """An index over spellings, read by many threads and never changed."""

    def __init__(self, spellings: Iterable[Spelling[T]]) -> None:
        """Index spellings; things found equally well come in the order of their first spellings here."""
        self._by_key: dict[str, list[Spelling[T]]] = defaultdict(list)
        self._order: dict[T, int] = {}
        keys_by_word: dict[str, set[str]] = defaultdict(set)
        for spelling in spellings:
            self._order.setdefault(spelling.thing, len(self._order))
            key = folded(spelling.text)
            self._by_key[key].append(spelling)
            for word in key.split():
                keys_by_word[word].add(key)
        self._by_key.pop("", None)
        self._place = {key: place for place, key in enumerate(self._by_key)}
        self._keys = sorted(self._by_key)
        compared = [forms(key) for key in self._keys]
        self._joined = [joined for joined, _in_order in compared]
        self._in_order = [in_order for _joined, in_order in compared]
        self._keys_by_word = dict(keys_by_word)
        self._words = sorted(keys_by_word)

    def find(self, query: str) -> list[Match[T]]:
        """Every thing that answers a query, each once by its best spelling, the best first."""
        text = cleaned(query)
        key = folded(text)
        if not key:
            return []
        begun, alike = self._keys_with_words(telling_words(key)[:MOST_WORDS])
        best: dict[T, Match[T]] = {}
        candidates = {*begun, *alike, *_beginning(self._keys, key), *self._keys_alike(key)}
        for candidate in sorted(candidates, key=self._place.__getitem__):
            likeness = similarity(key, candidate)
            if likeness == 1:
                grade = Grade.SAME_NAME
            elif candidate.startswith(key):
                grade = Grade.BEGINS
            elif candidate in begun:
                grade = Grade.WORDS_BEGIN
            else:
                grade = Grade.ALIKE
            for spelling in self._by_key[candidate]:
                match = _match(spelling, text.casefold(), grade, likeness)
                if spelling.thing not in best or match.rank < best[spelling.thing].rank:
                    best[spelling.thing] = match
        return sorted(best.values(), key=lambda match: (match.rank, self._order[match.thing]))

    def _keys_with_words(self, words: list[str]) -> tuple[set[str], set[str]]:
        """Keys in which each of these words begins a word; and keys in which each does or is alike one."""
        begun: set[str] | None = None
        alike: set[str] | None = None
        for word in words:
            beginning = self._keys_of(_beginning(self._words, word))
            close = beginning | self._keys_of(_alike(word, self._words))
            begun = beginning if begun is None else begun & beginning
            alike = close if alike is None else alike & close
        return begun or set(), alike or set()

    def _keys_of(self, words: Iterable[str]) -> set[str]:
        return set().union(*(self._keys_by_word[word] for word in words))

    def _keys_alike(self, key: str) -> list[str]:
        """Keys whose `similarity` to this one is MATCH or more."""
        joined, in_order = forms(key)
        return [
            self._keys[place]
            for form, others in ((joined, self._joined), (in_order, self._in_order))
            for place in _places_alike(form, others)
        ]


def _beginning(ordered: list[str], beginning: str) -> list[str]:
    """Of folded texts in order, those that begin so."""
    first = bisect_left(ordered, beginning)
    last = bisect_left(ordered, beginning + "\x7f", lo=first)
    return ordered[first:last]


def _alike(text: str, others: Sequence[str]) -> list[str]:
    return [others[place] for place in _places_alike(text, others)]


def _places_alike(text: str, others: Sequence[str]) -> list[int]:
    """Where among others those stand that are alike: compared all at once, outside Python."""
    scored = process.extract(text, others, scorer=OSA.normalized_similarity, score_cutoff=MATCH, limit=None)
    return [place for _other, _score, place in scored]


def _match(spelling: Spelling[T], text: str, grade: Grade, likeness: float) -> Match[T]:
    """Grade one spelling against a query in small letters; the same key may still be other letters."""
    written = cleaned(spelling.text).casefold()
    if written == text:
        grade = Grade.SAME_LETTERS
    return Match(spelling.thing, spelling, grade, likeness, written.startswith(text))
