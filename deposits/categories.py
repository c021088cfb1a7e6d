"""What a category of an estimate says: explored reserves, resources or a prognosis.

Two families of classification are used in the region. The Soviet-heritage one of the state commissions on
reserves (GKZ) names explored and evaluated reserves A, B, C1, C2 and prognostic resources P1–P3 (Diatchkov,
"Principles of Classification of Reserves and Resources in the CIS Countries", SME, 1994). The CRIRSCO family
(JORC, NI 43-101, KAZRC) names inferred, indicated and measured resources and probable and proved reserves.
Most sources write free text. Nothing here converts one system into the other.
"""

import re
from functools import lru_cache

from babel.core import get_global

#: A page of a mineral asks of hundreds of estimates, and few categories are in use.
_once_each = lru_cache(maxsize=4096)

RESERVES, RESOURCES, PROGNOSTIC, UNKNOWN = "reserves", "resources", "prognostic", ""

_LOOK_ALIKES = str.maketrans("АВСР₁₂₃", "ABCP123")
_DIGIT_CODE = r"(?:[СC][12₁₂]|[РP][123₁₂₃])"
_CODE = rf"(?:[АAВB]|{_DIGIT_CODE})"
# A sum of codes, one code with a digit, or a letter that is the whole text: never the letter of a sentence.
_GKZ = re.compile(
    rf"^[АAВB]$|(?<![^\W_]){_CODE}(?:\s*\+\s*{_CODE})+(?![^\W_])|(?<![^\W_]){_DIGIT_CODE}(?![^\W_])"
)
_GROUP_OF_CODE = {
    "A": RESERVES,
    "B": RESERVES,
    "C1": RESERVES,
    "C2": RESERVES,
    "P1": PROGNOSTIC,
    "P2": PROGNOSTIC,
    "P3": PROGNOSTIC,
}
_GKZ_SYSTEMS = frozenset({"GKZ", "unspecified", ""})

_LATIN_WORD = re.compile("[A-Za-z]{3}")

# Words that, together, leave the group open: two groups added up, or a quantity that is neither.
_OPEN = (
    {"reserves", "prognostic"},
    {"reserves", "resources"},
    {"запасы", "ресурсы"},
    {"off-balance"},
    {"забалансовые"},
    {"original"},
    {"including", "production"},
)
# Words that tell the group; the first that is there decides ("forecast resources", "proven resources").
_TELLING = {
    "prognostic": PROGNOSTIC,
    "прогнозные": PROGNOSTIC,
    "forecast": PROGNOSTIC,
    "predicted": PROGNOSTIC,
    "projected": PROGNOSTIC,
    "undiscovered": PROGNOSTIC,
    "resources": RESOURCES,
    "ресурсы": RESOURCES,
    "measured": RESOURCES,
    "indicated": RESOURCES,
    "inferred": RESOURCES,
    "reserves": RESERVES,
    "запасы": RESERVES,
    "proved": RESERVES,
    "probable": RESERVES,
}
_RESOURCE_CLASSES = ("measured", "indicated", "inferred")
_RESERVE_CLASSES = ("proved", "probable")


def normalise_category(text: str) -> str:
    """Return a category with single blanks, and its GKZ codes in Latin letters and without blanks.

    Cyrillic А, В, С, Р look like Latin A, B, C, P, and sources use either: "С1 + С2" becomes "C1+C2".
    """
    return _GKZ.sub(lambda match: _latin(match[0]), " ".join(text.split()))


@_once_each
def gkz_codes(category: str) -> tuple[str, ...]:
    """Return the GKZ codes that a category names, in its order: ("A", "B", "C1") for "А+В+С1"."""
    return tuple(code for match in _GKZ.finditer(category.strip()) for code in _latin(match[0]).split("+"))


@_once_each
def category_group(system: str, category: str) -> str:
    """Return RESERVES, RESOURCES or PROGNOSTIC, or "" where the category does not tell.

    The codes decide where there are any, else the words. UNFC speaks of classes of projects, neither of
    reserves nor of resources, so its categories belong to no group.
    """
    words = _words(category)
    if system == "UNFC" or any(together <= words for together in _OPEN):
        return UNKNOWN
    codes = gkz_codes(category) if system in _GKZ_SYSTEMS else ()
    if codes:
        groups = {_GROUP_OF_CODE[code] for code in codes}
        return groups.pop() if len(groups) == 1 else UNKNOWN
    return next((group for word, group in _TELLING.items() if word in words), UNKNOWN)


@_once_each
def category_class(system: str, category: str) -> str:
    """Return one name for categories that mean the same: "proved+probable" for "proven and probable".

    A category that is more than codes or CRIRSCO classes ("reserves (historical)") is a class of its own, its
    text in small letters.
    """
    text = normalise_category(category)
    codes = gkz_codes(text)
    if system in _GKZ_SYSTEMS and "+".join(codes) == text:
        return text
    words = _words(text)
    for classes, noun in ((_RESOURCE_CLASSES, "resources"), (_RESERVE_CLASSES, "reserves")):
        named = [name for name in classes if name in words]
        if named and words <= {*named, "and", noun}:
            return "+".join(named)
    return text.casefold()


@_once_each
def is_quoted(category: str, language: str) -> bool:
    """Tell whether a source in this language (ISO 639-1) can have written a category so.

    The record puts many in English words. Codes (C1+C2) are the same in all languages.
    """
    if language == "en" or not _LATIN_WORD.search(category):
        return True
    if "_Latn" not in get_global("likely_subtags").get(language, "_Latn"):
        return False
    return not any(word.isascii() and word in _TELLING for word in _words(category))


def _latin(codes: str) -> str:
    return "".join(codes.split()).translate(_LOOK_ALIKES)


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold())
    return {"proved" if word == "proven" else word for word in words}
