"""Reading figures as people type or paste them: "18,5 млн т", "2.3 g/t", "1,2 млрд тенге".

English, Russian, Kazakh, Kyrgyz, Tajik and Uzbek words are understood. What could mean two things is refused
in words, never guessed; what was understood can be said back (`echo`). Dates are in `sources.typed_dates`.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

#: Beginnings of words that multiply, longest first where one begins another.
_MULTIPLIERS = (
    (Decimal(10) ** 12, ("trillion", "trln", "tn", "трлн", "триллион")),
    (Decimal(10) ** 9, ("billion", "bln", "bn", "млрд", "миллиард", "milliard", "mlrd")),
    (Decimal(10) ** 6, ("million", "mln", "mio", "mn", "млн", "миллион")),
    (Decimal(10) ** 3, ("thousand", "thous", "тыс", "мың", "миң", "ҳазор", "хазор", "ming")),
)
#: Beginnings of words for each unit of mass or volume.
_UNITS = (
    ("t", ("tonne", "ton", "тонн", "тн", "tonna")),
    ("kg", ("kilogram", "килограм", "кг")),
    ("oz", ("ounce", "унци", "унция", "untsi")),
    ("lb", ("pound", "lbs", "фунт", "funt")),
    ("m3", ("cubic", "кубометр", "куб", "м³", "м3", "m³", "текше")),
)
#: Units that are written in one way only, capital letters included.
_EXACT_UNITS = {
    "t": "t", "т": "t", "kt": "kt", "кт": "kt", "Mt": "Mt", "Мт": "Mt", "kg": "kg", "oz": "oz",
    "koz": "koz", "Koz": "koz", "Moz": "Moz", "lb": "lb", "Mlb": "Mlb", "m3": "m3",
}  # fmt: skip
#: A unit a thousand or a million times another: what "млн т" is stored as.
_SCALED = {
    ("t", 1000): "kt",
    ("t", 1_000_000): "Mt",
    ("oz", 1000): "koz",
    ("oz", 1_000_000): "Moz",
    ("lb", 1_000_000): "Mlb",
}
_BASE = {unit: (base, factor) for (base, factor), unit in _SCALED.items()}
_GRADES = {
    "%": "%", "percent": "%", "процент": "%", "процента": "%", "процентов": "%", "пайыз": "%",
    "фоиз": "%", "foiz": "%", "per cent": "%", "g/t": "g/t", "gpt": "g/t", "г/т": "g/t", "ppm": "ppm",
    "mg/kg": "ppm", "мг/кг": "ppm", "mg/l": "mg/l", "мг/л": "mg/l",
}  # fmt: skip
#: Beginnings of the names of currencies; a bare "dollar" is the one that newspapers here mean.
_CURRENCIES = (
    ("USD", ("$", "us$", "usd", "долл", "dollar", "доллар")),
    ("EUR", ("€", "eur", "евро", "еуро")),
    ("KZT", ("₸", "kzt", "тенге", "теңге", "tenge", "тг")),
    ("KGS", ("kgs", "kyrgyz som", "киргизский сом", "кыргыз сом")),
    ("UZS", ("uzs", "сум", "soum", "so'm", "soʻm", "сўм")),
    ("TJS", ("tjs", "сомони", "somoni")),
    ("TMT", ("tmt", "манат", "manat")),
    ("RUB", ("₽", "rub", "руб")),
    ("CNY", ("cny", "юан", "yuan", "rmb")),
    ("GBP", ("£", "gbp")),
    ("JPY", ("jpy", "йен", "иен")),
)
_NUMBER = re.compile(r"[0-9](?:[0-9 '’.,]*[0-9])?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


@dataclass(frozen=True)
class Figure:
    """A number and the unit, unit of grade or currency beside it; "" where none was typed."""

    number: Decimal
    unit: str = ""


def read_quantity(text: str) -> Figure:
    """A mass or volume: "18,5 млн т" is 18.5 Mt. Raises ValueError in words."""
    number, words = _split(text)
    multiplier, rest = _multiplier(words)
    unit = _unit(rest, text)
    scaled = _SCALED.get((unit, int(multiplier)))
    return Figure(number, scaled) if scaled else Figure(number * multiplier, unit)


def read_count(text: str) -> Figure:
    """A figure of anything: a mass, a grade, or a number with the words beside it. Raises ValueError."""
    number, words = _split(text)
    for read in (read_quantity, read_grade):
        try:
            return read(text)
        except ValueError:
            continue
    multiplier, rest = _multiplier(words)
    return Figure(number * multiplier, rest)


def read_grade(text: str) -> Figure:
    """A grade: "2,3 г/т", "0.5 %". Raises ValueError in words."""
    number, words = _split(text)
    if not words:
        return Figure(number)
    unit = _GRADES.get(words.casefold().rstrip("."))
    if unit is None:
        raise ValueError(_("“%(words)s” is no unit of grade: write %%, g/t, ppm or mg/l.") % {"words": words})
    return Figure(number, unit)


def read_amount(text: str) -> Figure:
    """An amount of money in whole units of its currency: "$1.2 bn", "500 млн тенге". ValueError in words."""
    number, words = _split(text)
    multiplier, rest = _multiplier(words)
    if multiplier == 1 and "m" in rest.split():  # $12m
        multiplier, rest = Decimal(10) ** 6, " ".join(word for word in rest.split() if word != "m")
    return Figure(number * multiplier, _currency(rest) if rest else "")


def read_number(text: str) -> Decimal:
    """A plain number with any grouping: "1 200 000", "1,200,000", "18,5". ValueError where ambiguous."""
    bare = re.sub(r"['’ ]", "", _plain(text))
    if not re.fullmatch(r"[0-9][0-9.,]*", bare):
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text.strip()})
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        decimal = max(".", ",", key=bare.rfind)
        group = "," if decimal == "." else "."
        if bare.count(decimal) > 1:
            raise ValueError(_("“%(text)s” is not a number.") % {"text": text.strip()})
        whole, fraction = bare.split(decimal)
        return Decimal(_ungrouped(whole, group, text) + "." + fraction)
    if commas > 1 or dots > 1:
        return Decimal(_ungrouped(bare, "," if commas else ".", text))
    if commas and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", bare):
        as_whole, as_part = bare.replace(",", ""), bare.replace(",", ".")
        raise ValueError(
            _("“%(text)s” can be %(whole)s or %(part)s: write one of these.")
            % {"text": text.strip(), "whole": as_whole, "part": as_part}
        )
    return Decimal(bare.replace(",", "."))


def echo(figure: Figure) -> str:
    """What was understood, written out: "18.5 Mt (18,500,000 t)", grouped as the active language does."""
    said = f"{_shown(figure.number)} {figure.unit}".strip()
    if figure.unit in _BASE:
        base, factor = _BASE[figure.unit]
        said += f" ({_shown(figure.number * factor)} {base})"
    return said


def _shown(number: Decimal) -> str:
    plain = f"{number:f}"
    return number_format(plain.rstrip("0").rstrip(".") if "." in plain else plain, force_grouping=True)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def _split(text: str) -> tuple[Decimal, str]:
    """The one number in the text and the words around it."""
    plain = _plain(text)
    if re.search(r"[0-9]\s*[-–—]\s*[0-9]", plain):
        raise ValueError(
            _("That is a range: enter what the source gives as one figure, and the rest in words.")
        )
    if re.match(r"[-−–]\s*[0-9]", plain):
        raise ValueError(_("A figure cannot be negative."))
    # The 3 of a cubic metre belongs to the unit; NFKC has made ³ a 3.
    numbers = [
        m for m in _NUMBER.finditer(plain) if not (m.group() == "3" and plain[: m.start()][-1:] in ("m", "м"))
    ]
    if len(numbers) != 1 or not numbers[0].group():
        raise ValueError(_("“%(text)s” holds no figure, or more than one.") % {"text": text.strip()})
    found = numbers[0]
    words = f"{plain[: found.start()]} {plain[found.end() :]}".strip()
    return read_number(found.group()), words


def _multiplier(words: str) -> tuple[Decimal, str]:
    """The factor that the words begin or hold, and the other words."""
    parts = words.split()
    factor, rest = Decimal(1), []
    for part in parts:
        folded = part.casefold().rstrip(".,")
        named = next(
            (f for f, stems in _MULTIPLIERS if folded.startswith(stems) and _short(folded, stems)), None
        )
        if named is None:
            rest.append(part)
        else:
            factor *= named
    return factor, " ".join(rest)


def _short(word: str, stems: tuple[str, ...]) -> bool:
    """Whether the word is a stem with an ending, not another word that begins alike."""
    stem = max((s for s in stems if word.startswith(s)), key=len)
    return len(word) == len(stem) or (len(stem) > 2 and len(word) - len(stem) <= 4)


def _unit(words: str, text: str) -> str:
    if not words:
        return ""
    exact = words.rstrip(".")
    if exact in _EXACT_UNITS:
        return _EXACT_UNITS[exact]
    first = exact.casefold().split()[0].rstrip(".")
    for unit, stems in _UNITS:
        if first in stems or (first.startswith(stems) and _short(first, stems)):
            return unit
    raise ValueError(
        _("“%(words)s” is no unit known here: write t, kt, Mt, kg, oz, koz, Moz, lb, Mlb or m3.")
        % {"words": words}
    )


def _currency(words: str) -> str:
    folded = words.casefold().strip(" .")
    for code, stems in _CURRENCIES:
        if any(folded.startswith(stem) for stem in stems):
            return code
    if re.fullmatch(r"[A-Z]{3}", words.strip(" .")):
        return words.strip(" .")
    raise ValueError(
        _("“%(words)s” is no currency known here: write its code, such as USD or KZT.") % {"words": words}
    )


def _ungrouped(whole: str, mark: str, text: str) -> str:
    """The digits without marks between groups of three."""
    if mark in whole and not re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+", whole):
        raise ValueError(_("The groups of digits in “%(text)s” do not fit.") % {"text": text.strip()})
    return whole.replace(mark, "")
