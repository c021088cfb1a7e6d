"""One search key for a name, whatever script or transliteration it is written in.

The region's names are met in Russian, Kazakh, Kyrgyz, Tajik and Uzbek Cyrillic, in the Latin alphabets of
Uzbek, Turkmen and Kazakh, and in many romanisations of each: Құйректікөл, Куйректыколь, Kuirektykol,
Kuyrektikol. A key keeps what these have in common: consonants are written one way (zh, dzh, dj, ж, ҷ → j;
kh, x, х, ҳ → h; q, қ → k; ch, sh, ч, ш → c, since Kazakh has ш where Russian has ч), vowels fall into the two
classes that spellings rarely confuse (a, o, u → a; e, i, y → i), and doubled letters, signs without a sound
and the endings of Russian adjectives go. Spelling traditions that differ by more (Zeravshan and Zarafshan)
are for a record's aliases, not for the key.

Scripts without rules of their own, such as Chinese or Arabic, are romanised by anyascii.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

# Chosen on true and false namesakes and on the record's own aliases: see tests/sources/test_folding.py.
MATCH = 0.75

_CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "io", "ж": "j",
    "ҷ": "j", "з": "z", "и": "i", "й": "i", "і": "i", "ӣ": "i", "к": "k", "қ": "k", "л": "l", "м": "m",
    "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u",
    "ү": "u", "ӯ": "u", "ў": "u", "ф": "f", "х": "h", "ҳ": "h", "һ": "h", "ц": "ts", "ч": "c", "ш": "c",
    "щ": "c", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_CYRILLIC_TABLE = str.maketrans(_CYRILLIC)
_LATIN = {"ç": "ch", "č": "ch", "ş": "sh", "š": "sh", "ž": "zh"}
_NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}

_APOSTROPHES = re.compile(r"['’‘ʻʼ`´′ʹ]")
_WORD = re.compile(r"[^\W_]+")


def _rules(*pairs: tuple[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), replacement) for pattern, replacement in pairs]


# Of a word as it is spelt, Latin or Cyrillic; in this order.
_SPELLINGS = _rules(
    (r"(?<=[aeiouy])j(?![aeiouy])", "y"),  # German romanisation: Gvardejskoye
    (r"c(?!h)|q", "k"),
    (r"(?:shc|sc|tc|c|s)h", "c"),
    (r"d?zh|dj|дж", "j"),
    (r"kh|x", "h"),
    (r"gh", "g"),
    (r"ph", "f"),
    (r"w", "v"),
    (r"(?<=[knv])(?:oye|oe|aya)$|(?<=[кнв])(?:ое|ая)$", "y"),  # Bakennoye, Bakenny
    (r"(?<=[бвгджзклмнпрстфхцчшщ])ё", "е"),  # Берёзовское, Березовское
)
# Of a word in the key's own letters; in this order.
_SOUNDS = _rules(
    (r"[ou]", "a"),
    (r"[ey]", "i"),
    (r"([a-z])\1+", r"\1"),
    (r"(?<=[a-z]{4})sk[ai]*$", ""),  # Akbulakskoye, Akbulak
)


def fold(name: str) -> str:
    """Return the search key of a name: words of a–z and 0–9 with single spaces between, or ""."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name).casefold())
    known = "".join(
        letter if letter in _CYRILLIC else anyascii(_LATIN.get(letter, letter)) for letter in text
    )
    words = _WORD.findall(_APOSTROPHES.sub("", known.lower()))
    return " ".join(filter(None, map(_fold_word, words)))


def _fold_word(word: str) -> str:
    if word in _NUMERALS:
        return _NUMERALS[word]
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    word = word.translate(_CYRILLIC_TABLE)
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


# What a place is, not what it is called: in English, Russian, Kazakh, Kyrgyz, Tajik, Uzbek and Turkmen.
GENERIC_WORDS = frozenset(
    fold(
        "deposit deposits mine mines field orefield ore area site group massif project open pit "
        "месторождение месторождения рудник рудное поле карьер участок группа массив проект "
        "кен орны кеніші кени кон кони конлари koni konlari ýatagy käni"
    ).split()
)


def similarity(a_key: str, b_key: str) -> float:
    """Return how alike two keys are, from 0 to 1; MATCH and above may be the same name.

    The measure is the share of letters left in place by the edits (optimal string alignment) that turn one
    key into the other, whether the words are run together (Sary-Jaz, Saryjaz) or put in order (Katpar North),
    and without generic words (Kumtor, the Kumtor deposit). Long names that share a long word can match too
    (Severny Katpar, Severny Aktash), so show matches by likeness. An empty key is like nothing.
    """
    if not (a_key and b_key):
        return 0.0
    (a_joined, a_sorted), (b_joined, b_sorted) = forms(a_key), forms(b_key)
    return max(OSA.normalized_similarity(a_joined, b_joined), OSA.normalized_similarity(a_sorted, b_sorted))


@lru_cache(maxsize=1 << 16)
def forms(key: str) -> tuple[str, str]:
    """Return the two forms in which keys are compared: telling words run together, and the same sorted."""
    words = key.split()
    telling = [word for word in words if word not in GENERIC_WORDS] or words
    return "".join(telling), " ".join(sorted(telling))
