"""Records that may be one thing entered twice: scored from 0 to 1, with the reasons.

Names decide: all spellings of both, folded (`sources.folding`), the likest two. What else is known raises or
lowers the score: the country, how far apart the stated positions are, the host and day of a publication.
An editor decides; nothing is merged by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from geopy.distance import geodesic

from .distinctions import standing
from .folding import MATCH, fold, similarity
from .identity import normal_address
from .models import Name
from .models.claims import claim_kinds
from .recording import record_models

#: Kinds of record of which doubles arise.
KINDS = ("deposit", "project", "partner", "source")
#: What counts as likely in the report.
LIKELY = 0.8
NEAR_KM, FAR_KM = 15, 120
#: So close beside a new position a record is worth a look, whatever it is called.
BESIDE_KM = 2
#: The share of its trigrams that the shorter name must have in common before two are compared at all.
SHARED_TRIGRAMS = 0.35
#: A trigram in more names than this tells nothing.
COMMON_TRIGRAM = 150
#: A word in more names than this tells nothing either: "development", "tungsten", "bank".
COMMON_WORD = 6
#: Shorter spellings are abbreviations, which very different names share.
SHORTEST = 4

Position = tuple[float, float]
Spelling = tuple[str, str]


@dataclass(frozen=True)
class Card:
    """What is compared of a record."""

    pk: int
    name: str
    #: Each spelling, folded, and its words that tell it from other names.
    keys: frozenset[Spelling]
    country: Any = None
    position: Position | None = None
    address: str = ""
    published: str = ""


@dataclass(frozen=True, order=True)
class Likeness:
    """Two records that may be one; `score` from 0 to 1."""

    score: float
    first: Card = field(compare=False)
    second: Card = field(compare=False)
    reasons: tuple[str, ...] = field(compare=False)


def likely(kind: str) -> list[Likeness]:
    """Pairs of standing records of a kind that may be one, the likeliest first; none judged to be two."""
    two = set(standing(kind).values_list("first_id", "second_id"))
    found = [compare(a, b) for a, b in _candidates(cards(kind)) if (a.pk, b.pk) not in two]
    pairs = [likeness for likeness in found if likeness.score >= LIKELY]
    return sorted(pairs, key=lambda likeness: (-likeness.score, likeness.first.pk, likeness.second.pk))


def like(kind: str, name: str, country: Any = None, position: Position | None = None) -> list[Likeness]:
    """Standing records that a new one of this name may already be, the likeliest first, at most eight."""
    return Standing(kind).like([name], country, position)


class Standing:
    """All records of a kind that stand for themselves, to set new ones against."""

    def __init__(self, kind: str) -> None:
        self._cards = cards(kind)
        self._common = _common_words([full for full, _tells in card.keys] for card in self._cards)

    def like(
        self,
        names: Iterable[str],
        country: Any = None,
        position: Position | None = None,
        address: str = "",
        at_least: float = MATCH,
    ) -> list[Likeness]:
        """Those that a new one with these names may already be, the likeliest first, at most eight."""
        keys = {key for key in map(fold, names) if key}
        if not keys:
            return []
        spellings = frozenset((key, _telling(key, self._common)) for key in keys)
        typed = Card(0, "", spellings, country, position, normal_address(address) if address else "")
        found = [compare(card, typed) for card in self._cards]
        near = [one for one in found if one.score >= at_least or _beside(one)]
        return sorted(near, key=lambda one: -one.score)[:8]


def compare(a: Card, b: Card) -> Likeness:
    """How likely two cards are of one thing, and why."""
    if a.address and a.address == b.address:
        return Likeness(1.0, a, b, (_("the same address"),))
    score = max((_alike(x, y) for x in a.keys for y in b.keys), default=0.0)
    reasons = []
    if score >= MATCH:
        reasons.append(_("the same name in some spelling") if score == 1 else _("names alike"))
    if a.country and b.country:
        same = a.country == b.country
        score *= 1.0 if same else 0.85
        reasons.append(_("the same country") if same else _("different countries"))
    if a.position and b.position:
        apart = float(geodesic(a.position, b.position).kilometers)
        reasons.append(_("%(distance)d km apart") % {"distance": round(apart)})
        if apart <= NEAR_KM:
            score += (1 - score) / 2
        elif apart > FAR_KM:
            score *= 0.8
    if a.published and b.published:
        same = a.published[:7] == b.published[:7]
        score *= 1.0 if same else 0.9
        reasons.append(_("published in the same month") if same else _("published at different times"))
    return Likeness(round(score, 3), a, b, tuple(reasons))


def cards(kind: str) -> list[Card]:
    """The cards of every record of a kind that stands for itself; three queries."""
    model = record_models()[kind]
    records = model._default_manager.filter(merged_into__isnull=True, withdrawn_because="").order_by("pk")
    keys: dict[int, set[str]] = {record.pk: {fold(record.name)} for record in records}
    for number, key in Name.objects.filter(record__kind=kind).values_list("record_id", "search_key"):
        if len(key) >= SHORTEST and number in keys:
            keys[number].add(key)
    common = _common_words(keys.values())
    places = _positions(kind)
    return [
        Card(
            record.pk,
            record.name,
            frozenset((key, _telling(key, common)) for key in keys[record.pk] if key),
            getattr(record, "country_id", None) or getattr(record, "country", None) or None,
            places.get(record.pk),
            normal_address(getattr(record, "url", "")),
            getattr(record, "published", ""),
        )
        for record in records
    ]


def _beside(one: Likeness) -> bool:
    here, there = one.first.position, one.second.position
    return bool(here and there) and float(geodesic(here, there).kilometers) <= BESIDE_KM


def _alike(a: Spelling, b: Spelling) -> float:
    """Likeness of the whole names and of what tells them from others, in equal parts."""
    return (similarity(a[0], b[0]) + similarity(a[1], b[1])) / 2


def _common_words(names: Iterable[Iterable[str]]) -> set[str]:
    """Words that so many names hold that they tell none apart."""
    holders = Counter(word for keys in names for word in {word for key in keys for word in key.split()})
    return {word for word, count in holders.items() if count > COMMON_WORD}


def _telling(key: str, common: set[str]) -> str:
    """The key's words that tell it from others; all of them if none does."""
    return " ".join(word for word in key.split() if word not in common) or key


def _positions(kind: str) -> dict[int, Position]:
    """Of each record of a kind the first position that stands and is stated to the site or better."""
    model: Any = claim_kinds().get("location")
    if model is None or kind not in model.SUBJECT_KINDS:
        return {}
    stated = model._default_manager.filter(
        subject__kind=kind, status="published", precision__in=("exact", "site")
    ).order_by("-pk")
    return {
        number: (float(latitude), float(longitude))
        for number, latitude, longitude in stated.values_list("subject_id", "latitude", "longitude")
    }


def _candidates(all_cards: Iterable[Card]) -> Iterator[tuple[Card, Card]]:
    """Pairs worth comparing: enough trigrams of their names, or the address, in common."""
    holders: dict[str, set[int]] = defaultdict(set)
    by_number: dict[int, Card] = {}
    shortest: dict[int, int] = {}
    for card in all_cards:
        by_number[card.pk] = card
        spellings = [_trigrams(telling) for _key, telling in card.keys]
        shortest[card.pk] = min(map(len, spellings), default=1)
        for mark in set().union(*spellings):
            holders[mark].add(card.pk)
        if card.address:
            holders[f"@{card.address}"].add(card.pk)
    shared: Counter[tuple[int, int]] = Counter()
    for mark, numbers in holders.items():
        if len(numbers) <= COMMON_TRIGRAM:
            weight = 1000 if mark.startswith("@") else 1
            for pair in combinations(sorted(numbers), 2):
                shared[pair] += weight
    for (a, b), count in shared.items():
        if count >= SHARED_TRIGRAMS * min(shortest[a], shortest[b]):
            yield by_number[a], by_number[b]


def _trigrams(key: str) -> set[str]:
    joined = key.replace(" ", "")
    return {joined[start : start + 3] for start in range(max(1, len(joined) - 2))}
