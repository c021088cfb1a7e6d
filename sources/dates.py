"""Dates as exactly as a source gives them: 2025, 2025-04 or 2025-04-02 (ISO 8601, reduced precision).

A partial date is held as that plain string, so that it is stored, compared for equality and shown at the
precision it was given; "" is an unknown date. Localised forms come from Unicode CLDR through Babel.
"""

import calendar
import re
from datetime import date as Date
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton

FIRST_YEAR, LAST_YEAR = 1800, 2100

Precision = Literal["year", "month", "day"]

_PARTIAL_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_PART_OF_YEAR = re.compile(r"(?P<year>[0-9]{4})-(?P<part>H[12]|Q[1-4])")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
_MONTHS_OF_PART = {
    "H1": ("01", "06"),
    "H2": ("07", "12"),
    "Q1": ("01", "03"),
    "Q2": ("04", "06"),
    "Q3": ("07", "09"),
    "Q4": ("10", "12"),
}
_RATES = frozenset({"per year", "per month", "per day"})

# The atlas's English is British; every other language of the site is a CLDR locale by the same code.
_LOCALES = {"en": "en_GB"}
# CLDR's patterns of a year alone; in Russian it lacks the abbreviation that its months and days come with.
_YEARS = {"ru": "y\N{NARROW NO-BREAK SPACE}'г.'"}


@lru_cache(maxsize=16_384)
def parse_partial_date(text: str) -> str:
    """Return the normal form of a partial date, "" for a blank one.

    Raises ValueError when it is not a date of the calendar, or its year is not within 1800–2100.
    """
    text = text.strip()
    if not text:
        return ""
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date of the form 2025, 2025-04 or 2025-04-02")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r}: the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    try:
        Date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is not a date of the calendar") from None
    return text


def precision(date: str) -> Precision:
    """Return how exact a known partial date is; ValueError for an unknown one."""
    return _PRECISIONS[len(_known(date))]


def earliest(date: str) -> Date:
    """Return the first day that a known partial date may mean; ValueError for an unknown one."""
    parts = [int(part) for part in _known(date).split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return Date(year, month, day)


def latest(date: str) -> Date:
    """Return the last day that a known partial date may mean; ValueError for an unknown one."""
    first = earliest(date)
    match precision(date):
        case "year":
            return first.replace(month=12, day=31)
        case "month":
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        case "day":
            return first


@lru_cache(maxsize=16_384)
def show_partial_date(date: str, language: str) -> str:
    """Return the date in a language, no more exactly than it is known: "2 April 2025", "April 2025", "2025".

    Raises babel.UnknownLocaleError for a language that CLDR does not have.
    """
    date = parse_partial_date(date)
    if not date:
        return ""
    locale = Locale.parse(_LOCALES.get(language, language))
    match precision(date):
        case "year":
            return format_date(earliest(date), _YEARS.get(language, "y"), locale=locale)
        case "month":
            return format_skeleton("yMMMM", earliest(date), locale=locale)
        case "day":
            return format_date(earliest(date), "long", locale=locale)


def within_a_year(a: str, b: str) -> bool:
    """Tell whether two dates can lie at most a year apart, counted between their nearest ends.

    2013 and 2014 can, 2013 and 2015 cannot. An unknown date is within a year of everything.
    """
    if a == b or not (parse_partial_date(a) and parse_partial_date(b)):
        return True
    first, second = sorted((a, b), key=earliest)
    end = latest(first)
    last_day = calendar.monthrange(end.year + 1, end.month)[1]
    return earliest(second) <= end.replace(year=end.year + 1, day=min(end.day, last_day))


def can_overlap(since: str, until: str, other_since: str, other_until: str) -> bool:
    """Tell whether two spans can share a day; an unknown end is open."""
    return not (
        (until and other_since and latest(until) < earliest(other_since))
        or (other_until and since and latest(other_until) < earliest(since))
    )


def parse_period(text: str | None) -> tuple[str, str] | None:
    """Return the first and last partial date of a production period, None for a rate ("per year") or a blank.

    Takes a partial date, a half-year or quarter ("2011-H1", "2021-Q3"), or two of these joined by an en dash
    ("2022–2023", "1997–2022-06"). Raises ValueError for anything else, also a period that ends before it
    begins.
    """
    text = (text or "").strip()
    if not text or text in _RATES:
        return None
    first_text, dash, last_text = text.partition("–")
    first, first_end = _span(first_text)
    last = _span(last_text)[1] if dash else first_end
    if earliest(first) > latest(last):
        raise ValueError(f"{text!r}: the period ends before it begins")
    return first, last


def _span(text: str) -> tuple[str, str]:
    text = text.strip()
    match = _PART_OF_YEAR.fullmatch(text)
    if match is None:
        date = _known(text)
        return date, date
    year, part = match.groups()
    first, last = (parse_partial_date(f"{year}-{month}") for month in _MONTHS_OF_PART[part])
    return first, last


def _known(date: str) -> str:
    date = parse_partial_date(date)
    if not date:
        raise ValueError("an unknown date has no place in time")
    return date
