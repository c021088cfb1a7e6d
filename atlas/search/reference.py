"""Names of the reference sites, which are searched only when asked for and never mixed with the record's.

Some hundred thousand names are one text of search keys, a line a site, in which words are sought: reading all
of it takes a few milliseconds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from atlas.map.reference import edition_of, reference_names
from atlas.published.builds import Builds
from atlas.published.snapshot import Snapshot
from deposits.models import ReferencePoint
from deposits.queries import reference_sites

from .marking import marked
from .names import MOST_WORDS, cleaned, folded, telling_words

#: Most sites shown of one query.
MOST = 50


class ReferenceNames:
    """The names of one edition. It never changes, and any number of threads may ask it."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Index (number, name) pairs; sites found equally well come in their order."""
        key_of_word: dict[str, str] = {}
        numbers, lines = [], []
        for number, name in names:
            for word in name.split():
                if word not in key_of_word:
                    key_of_word[word] = folded(word)
            numbers.append(number)
            # Each word with a space before it, so that only beginnings of words are found.
            keys = " ".join(filter(None, (key_of_word[word] for word in name.split())))
            lines.append(f" {keys}")
        self._numbers = numbers
        self._text = "\n" + "".join(f"{line}\n" for line in lines)
        self._ends = np.cumsum(np.fromiter((len(line) + 1 for line in lines), np.int64, len(lines)))

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self, query: str, most: int = MOST) -> list[int]:
        """The numbers of the sites whose names have words that begin like the query's.

        Those of the same name come first, then those that begin with the query.
        """
        key = folded(cleaned(query))
        if not key:
            return []
        words = [f" {word}" for word in telling_words(key)[:MOST_WORDS]]
        rarest = max(words, key=len)
        found: dict[int, None] = {}
        for sought in (f"\n {key}\n", f"\n {key}", rarest):
            for line in self._lines_with(sought):
                if len(found) == most:
                    break
                if sought is not rarest or all(word in self._line(line) for word in words):
                    found.setdefault(line)
        return [self._numbers[line] for line in found]

    def _lines_with(self, sought: str) -> Iterator[int]:
        """The lines in which a text stands, each once; a text that begins with a line break begins a line."""
        place = self._text.find(sought)
        while place >= 0:
            line = int(self._ends.searchsorted(place, side="left" if sought[0] != "\n" else "right"))
            yield line
            place = self._text.find(sought, int(self._ends[line]))

    def _line(self, line: int) -> str:
        start = int(self._ends[line - 1]) if line else 0
        return self._text[start : int(self._ends[line]) + 1]


_names: Builds[int, ReferenceNames] = Builds(most_kept=1, most_awaited=2)


@dataclass(frozen=True)
class FoundSite:
    """A reference site found, with its name cut into pieces as `marked` gives them."""

    site: ReferencePoint
    pieces: list[tuple[str, bool]]


def has_reference_sites(snapshot: Snapshot) -> bool:
    """Whether there are any as of the snapshot."""
    return edition_of(snapshot) > 0


def found_sites(snapshot: Snapshot, query: str) -> list[FoundSite]:
    """The reference sites that a query finds, the best first. One query; one more the first time.

    Raises TooManyMoments where too many editions are asked for at once.
    """
    edition = edition_of(snapshot)
    names = _names.get(edition, lambda: ReferenceNames(reference_names(snapshot)))
    numbers = names.find(query)
    sites = {site.dep_id: site for site in reference_sites(edition).filter(dep_id__in=numbers)}
    return [FoundSite(sites[number], marked(sites[number].name, query)) for number in numbers]
