"""Reading dates as people type them: "02.04.2025", "2 апреля 2025", "2025 жылғы сәуір", "April 2025".

Months are known in English, Russian, Kazakh, Kyrgyz, Tajik and Uzbek, with their case endings. Returned is
the plain form of `sources.dates`: never more exact than what was typed.
"""

import re

from django.utils.translation import gettext as _

from .dates import parse_partial_date, parse_period

#: January to December; Russian stems serve Kyrgyz and Tajik as well.
_MONTHS = (
    ("january", "январ", "қаңтар", "yanvar"),
    ("february", "феврал", "ақпан", "fevral"),
    ("march", "март", "наурыз", "mart"),
    ("april", "апрел", "сәуір", "aprel"),
    ("may", "май", "мамыр"),
    ("june", "июн", "маусым", "iyun"),
    ("july", "июл", "шілде", "iyul"),
    ("august", "август", "тамыз", "avgust"),
    ("september", "сентябр", "қыркүйек", "sentabr", "sentyabr"),
    ("october", "октябр", "қазан", "oktabr", "oktyabr"),
    ("november", "ноябр", "қараша", "noyabr"),
    ("december", "декабр", "желтоқсан", "dekabr"),
)
_MAY = {"мая", "мае", "маю", "маем"}
#: Words for "year" that carry nothing.
_YEAR_WORD = re.compile(r"^(?:г|гг|год|года|году|ж|жыл\S*|жил\S*|сол|соли|yil\S*|йил\S*|in|в|of|the)\.?$")
_LONGEST_ENDING = 4
_HALVES = {
    "1": "H1", "i": "H1", "2": "H2", "ii": "H2", "first": "H1", "second": "H2", "первое": "H1",
    "первом": "H1", "второе": "H2", "втором": "H2", "бірінші": "H1", "екінші": "H2",
}  # fmt: skip
_QUARTERS = {"1": "Q1", "i": "Q1", "2": "Q2", "ii": "Q2", "3": "Q3", "iii": "Q3", "4": "Q4", "iv": "Q4",
             "first": "Q1", "second": "Q2", "third": "Q3", "fourth": "Q4", "первый": "Q1", "второй": "Q2",
             "третий": "Q3", "четвертый": "Q4", "четвёртый": "Q4", "первом": "Q1", "втором": "Q2",
             "третьем": "Q3", "четвертом": "Q4", "четвёртом": "Q4"}  # fmt: skip
_PART_OF_YEAR = re.compile(
    r"(?:(?P<year>\d{4})[\s-]*(?P<part>[hqHQ][1-4])|(?P<part2>[hqHQ][1-4])[\s,]+(?P<year2>\d{4}))"
)


def read_date(text: str) -> str:
    """A partial date in its plain form, "" for a blank. Raises ValueError in words."""
    plain = " ".join(text.replace("\u00a0", " ").split()).strip(" ,")
    if not plain or re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", plain):
        return _checked(plain, text)
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?", plain):
        day, month, year = found.groups()
        return _checked(f"{year}-{int(month):02}-{int(day):02}", text)
    if found := re.fullmatch(r"(\d{1,2})[./](\d{4})(?:\s*г\.?)?", plain):
        return _checked(f"{found.group(2)}-{int(found.group(1)):02}", text)
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain):
        return _slashed(found.group(1), found.group(2), found.group(3), text)
    return _in_words(plain, text)


def read_period(text: str) -> str:
    """A production period in its plain form: a date, "2011-H1", "2022–2023", "per year"; else ValueError."""
    plain = " ".join(text.replace("\u00a0", " ").split()).strip(" ,")
    if plain.casefold() in RATES:
        return RATES[plain.casefold()]
    part = _part_of_year(plain)
    if part:
        return part
    first, dash, last = re.sub(r"\s*[–—]\s*|(?<=\d{4})\s*-\s*(?=\d{4}\b)|\s+-\s+", "–", plain).partition("–")
    period = f"{read_period(first)}–{read_period(last)}" if dash else read_date(plain)
    try:
        parse_period(period)
    except ValueError as error:
        raise ValueError(_("“%(text)s” is no period: it ends before it begins.") % {"text": text}) from error
    return period


#: What sources call a rate, and how the atlas writes it.
RATES = {
    "per year": "per year", "a year": "per year", "annually": "per year", "в год": "per year",
    "ежегодно": "per year", "жылына": "per year", "per month": "per month", "в месяц": "per month",
    "айына": "per month", "per day": "per day", "в сутки": "per day", "в день": "per day",
    "тәулігіне": "per day",
}  # fmt: skip


def _part_of_year(plain: str) -> str:
    """A half-year or a quarter, "" if it is none."""
    if found := _PART_OF_YEAR.fullmatch(plain):
        part = (found["part"] or found["part2"]).upper()
        return f"{found['year'] or found['year2']}-{part}" if part not in ("H3", "H4") else ""
    words = [word.casefold().strip(".,") for word in re.split(r"[\s-]+", plain)]
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    names = _QUARTERS if any(re.match(r"квартал|quarter|тоқсан", word) for word in words) else None
    names = _HALVES if any(re.match(r"полугоди|half|жартыжылды", word) for word in words) else names
    found_parts = [names[word] for word in words if word in names] if names else []
    return f"{years[0]}-{found_parts[0]}" if len(years) == 1 and len(found_parts) == 1 else ""


def _slashed(first: str, second: str, year: str, text: str) -> str:
    """Day and month by slashes, whose order differs between countries."""
    a, b = int(first), int(second)
    if a <= 12 and b <= 12 and a != b:
        raise ValueError(
            _("“%(text)s” can be two dates: write it as %(one)s or %(other)s.")
            % {"text": text.strip(), "one": f"{year}-{b:02}-{a:02}", "other": f"{year}-{a:02}-{b:02}"}
        )
    day, month = (a, b) if b <= 12 else (b, a)
    return _checked(f"{year}-{month:02}-{day:02}", text)


def _in_words(plain: str, text: str) -> str:
    """A date with its month in words, in any order."""
    year = month = day = None
    for part in re.split(r"[\s,]+|(?<=\d)-(?=[^\W\d])", plain):
        word = part.casefold().strip(".")
        if re.fullmatch(r"\d{4}", word) and year is None:
            year = int(word)
        elif (found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|-?го|-?е)?", word)) and day is None:
            day = int(found.group(1))
        elif (number := _month(word)) and month is None:
            month = number
        elif not _YEAR_WORD.match(word):
            raise _unread(text)
    if year is None or (day and not month):
        raise _unread(text)
    return _checked(f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else ""), text)


def _month(word: str) -> int:
    """The month a word names, in any case or shortened to three letters or more; 0 if none."""
    if word in _MAY:
        return 5
    for number, stems in enumerate(_MONTHS, start=1):
        for stem in stems:
            longer = word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING
            if longer or (len(word) >= 3 and stem.startswith(word)):
                return number
    return 0


def _checked(date: str, text: str) -> str:
    try:
        return parse_partial_date(date)
    except ValueError as error:
        raise _unread(text) from error


def _unread(text: str) -> ValueError:
    return ValueError(
        _("“%(text)s” is no date known here: write 2025, 2025-04, 2025-04-02 or 2 April 2025.")
        % {"text": text.strip()}
    )
