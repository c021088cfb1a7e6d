"""Values as readers see them: figures, money, shares and positions in the reader's language.

Numbers, money words and territories follow Unicode CLDR through Babel. A figure is shown with exactly the
digits its source gave; nothing is converted.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from deposits.models.claims import Unit
from findings.models import Finding
from sources.dates import show_partial_date
from sources.points import Point

#: The atlas's English is British; every other language of the site is a CLDR locale by the same code.
_LOCALES = {"en": "en_GB"}
#: More figures than that are told by their ends.
_MOST_LISTED = 4


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def locale() -> Locale:
    """The CLDR locale of the page's language."""
    return _locale(get_language() or "en")


def show_number(value: Decimal) -> str:
    """A figure with all its digits and no more: 795,800 or 0.1."""
    return _show_number(value, get_language() or "en")


@lru_cache(maxsize=8192)
def _show_number(value: Decimal, language: str) -> str:
    return format_decimal(_plain(value), locale=_locale(language), decimal_quantization=False)


def show_quantity(quantity: Decimal, unit: str = "") -> str:
    """A figure with its unit: "795,800 t", without a unit the figure alone."""
    return f"{show_number(quantity)}\N{NO-BREAK SPACE}{unit}" if unit else show_number(quantity)


def show_money(amount: Decimal, currency: str) -> str:
    """An amount in words of its size where that loses no digit: "3.5 billion USD"; else in full."""
    digits = len(_plain(amount).normalize().as_tuple().digits)
    if amount < 1_000_000 or digits > 4:
        return show_quantity(amount, currency)
    # Plain, as Babel takes the word's plural from the decimals, and "1.00" has another than "1" in Russian.
    text = format_compact_decimal(_plain(amount), format_type="long", locale=locale(), fraction_digits=3)
    return f"{text} {currency}"


def show_share(percent: Decimal) -> str:
    """A share: "33.3 %"."""
    return show_quantity(percent, "%")


def show_position(latitude: float, longitude: float) -> str:
    """A position in decimal degrees: "49.412° N, 75.472° E" (latitude first, as in ISO 6709)."""
    north = pgettext("latitude", "N") if latitude >= 0 else pgettext("latitude", "S")
    east = pgettext("longitude", "E") if longitude >= 0 else pgettext("longitude", "W")
    values = (show_number(round(Decimal(str(abs(value))), 4)) for value in (latitude, longitude))
    return "{}°\N{NO-BREAK SPACE}{}, {}°\N{NO-BREAK SPACE}{}".format(*_interleave(values, (north, east)))


def show_distance(kilometres: float) -> str:
    """A distance no finer than places are known: whole kilometres, below 10 km to 0.1 km."""
    digits = 1 if kilometres < 10 else 0
    return show_quantity(round(Decimal(kilometres), digits), _("km"))


def show_date(date: str) -> str:
    """A partial date in the page's language; "" for an unknown one."""
    return show_partial_date(date, get_language() or "en")


def show_day(at: datetime) -> str:
    """The day of a moment (UTC), as partial dates are shown: "22 November 2026"."""
    return format_date(at.date(), "long", locale=locale())


def show_minute(at: datetime) -> str:
    """A moment to the minute (UTC): "22 November 2026, 14:05"."""
    return f"{show_day(at)}, {at:%H:%M}"


def show_country(code: str) -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code; the code itself where CLDR has none."""
    return locale().territories.get(code, code)


def show_language(code: str) -> str:
    """The name of a language by its ISO 639-1 code; the code itself where CLDR has none."""
    return locale().languages.get(code, code)


def show_period(period: str) -> str:
    """A production period in words: "a year", "in 2019"; spans of time as they are written."""
    rates = {"per year": _("a year"), "per month": _("a month"), "per day": _("a day")}
    if period in rates or not period:
        return rates.get(period, "")
    if len(period) in (4, 7, 10) and period.replace("-", "").isdigit():
        return _("in %(date)s") % {"date": show_date(period)}
    return period


def show_value(claim: Any) -> str:
    """What a claim states, in a few words, whatever its kind."""
    return _SHOWN[claim.kind](claim)


def show_values(claims: Sequence[Any]) -> str:
    """One claim's value, or the range between two: "795,800–1,000,000 t"."""
    if len(claims) == 1:
        return show_value(claims[0])
    low, high = claims[0], claims[-1]
    if low.kind in _MEASURED and low.quantity is not None and high.quantity is not None:
        if low.unit == high.unit:
            numbers = f"{show_number(low.quantity)}–{show_number(high.quantity)}"
            return f"{numbers}\N{NO-BREAK SPACE}{unit_label(low)}" if unit_label(low) else numbers
        return f"{show_value(low)} – {show_value(high)}"
    first, last = show_value(low), show_value(high)
    return first if first == last else f"{first} – {last}"


def show_headline(point: Point) -> str:
    """What a page shows first on a point: the preferred value, else the one value, else the range."""
    leading = point.comparisons[0]
    if len(point.headline) == 2 and not leading.disagrees and len(leading.agreements) <= _MOST_LISTED:
        # Figures of one source, such as of its classes of resources, are no range.
        figures = sorted((a.leading for a in leading.agreements), key=lambda claim: claim.sort_value())
        return format_list([show_value(claim) for claim in figures], locale=locale())
    return show_values(point.headline)


def unit_label(claim: Any) -> str:
    """The unit a claim counts in, in the page's language where it is one of mass or volume or translated."""
    if hasattr(claim, "get_unit_display"):
        return str(claim.get_unit_display())
    return str(dict(Unit.choices).get(claim.unit, "")) or translated(claim, "unit")


def show_grade(claim: Any) -> str:
    """An estimate's grade: "0.1 %"; "" where it has none."""
    return show_quantity(claim.grade, claim.get_grade_unit_display()) if claim.grade is not None else ""


def object_of(claim: Any) -> Any:
    """The other record a claim's value is about: its mineral, partner or owner; None if it has none."""
    for name in ("mineral", "partner", "owner"):
        if getattr(claim, f"{name}_id", None):
            return getattr(claim, name)
    return None


def independent_sources(voices: int) -> str:
    """How many independent publishers and originators say so, in words."""
    return ngettext("%(count)d independent source", "%(count)d independent sources", voices) % {
        "count": voices
    }


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: a stored 795800.000000 is 795800."""
    return Decimal(format(value.normalize(), "f"))


def _interleave(values: Any, letters: Any) -> list[str]:
    return [item for pair in zip(values, letters, strict=True) for item in pair]


def _estimate(claim: Any) -> str:
    if claim.quantity is not None:
        return show_quantity(claim.quantity, unit_label(claim))
    return show_grade(claim) or _("no figure")


def _share(claim: Any) -> str:
    return show_share(claim.share_percent) if claim.share_percent is not None else _("share not stated")


def _involvement(claim: Any) -> str:
    role = str(claim.get_role_display())
    return role if claim.share_percent is None else f"{role}, {show_share(claim.share_percent)}"


def _duration(claim: Any) -> str:
    years = claim.years and ngettext("%(count)s year", "%(count)s years", int(claim.years)) % {
        "count": show_number(claim.years)
    }
    since = claim.since and _("from %(date)s") % {"date": show_date(claim.since)}
    return ", ".join(filter(None, (since, years)))


def _finding(claim: Finding) -> str:
    return claim.statement_text[0]


_MEASURED = ("estimate", "production", "finding")
_SHOWN: dict[str, Callable[[Any], str]] = {
    "location": lambda claim: show_position(*claim.position),
    "occurrence": lambda claim: str(claim.get_role_display()),
    "estimate": _estimate,
    "stage": lambda claim: str(claim.get_stage_display()),
    "duration": _duration,
    "involvement": _involvement,
    "investment": lambda claim: show_money(claim.amount, claim.currency),
    "production": lambda claim: show_quantity(claim.quantity, unit_label(claim)),
    "ownership": _share,
    "finding": _finding,
}


def shown_kinds() -> set[str]:
    """The kinds of claim that have a form of their own; a test holds that none is missing."""
    return set(_SHOWN)


def translated(claim: Any, name: str) -> str:
    """A claim's text in the page's language where it is translated, else as written, in English."""
    return claim.text_in(get_language() or "en", name)[0] if claim.translations else getattr(claim, name)
