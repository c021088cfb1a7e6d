"""GOST R 7.0.5-2008, a bibliographic reference beyond the text to an electronic resource.

https://docs.cntd.ru/document/1200063713. The standard's own words are Russian in every language of the
atlas: that is what the editors who ask for this style print.
"""

from typing import Any

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import authors
from ..items import Item, claim_title
from .pieces import house, house_is_author, sentences

#: As in GOST R 7.0.12-2011, short months in full; and as they stand after a day.
_MONTHS = [
    "янв.",
    "февр.",
    "март",
    "апр.",
    "май",
    "июнь",
    "июль",
    "авг.",
    "сент.",
    "окт.",
    "нояб.",
    "дек.",
]
_OF_MONTH = [
    "янв.",
    "февр.",
    "марта",
    "апр.",
    "мая",
    "июня",
    "июля",
    "авг.",
    "сент.",
    "окт.",
    "нояб.",
    "дек.",
]
#: Up to so many authors head the reference; more stand after the title (7.5).
_HEADING = 3


def write(item: Item) -> SafeString:
    """Family I. O. Title [Электронный ресурс] // House : [сайт]. Year. Day month. URL: … (дата обращения)."""
    head, responsible = _authors(item)
    by = f" / {responsible}" if responsible else ""
    body = format_html("{} [Электронный ресурс]{} // {} : [сайт]", item["title"], by, house(item))
    return sentences([head, body, *_date(item.get("issued")), _address(item), *_via(item)])


def _authors(item: Item) -> tuple[str, str]:
    """(names before the title, names after the slash)."""
    names = item.get("author", [])
    people = [name for name in names if authors.is_person(name)]
    cut_short = authors.AND_OTHERS in names
    bodies = [name["literal"] for name in names if not authors.is_person(name) and name != authors.AND_OTHERS]
    if house_is_author(item):
        return "", ""
    if bodies or cut_short or len(people) > _HEADING:
        first = [_spoken(name) for name in (people if len(people) <= _HEADING else people[:1])]
        others = " [и др.]" if cut_short or len(people) > _HEADING else ""
        return "", ", ".join([*bodies, *first]) + others
    return ", ".join(_inverted(name) for name in people), ""


def _inverted(name: authors.Name) -> str:
    return f"{name['family']} {authors.initials(name['given'])}"


def _spoken(name: authors.Name) -> str:
    return f"{authors.initials(name['given'])} {name['family']}"


def _date(date: dict[str, Any] | None) -> list[str]:
    """Year, then day and month; in brackets what is our inference, «б. г.» where there is no date."""
    if not date:
        return ["[Б. г.]."]
    year, *rest = date["date-parts"][0]
    words = [str(year)]
    if rest:
        month = rest[0] - 1
        words.append(f"{rest[1]} {_OF_MONTH[month]}" if rest[1:] else _MONTHS[month].capitalize())
    return [f"[{'. '.join(words)}]"] if date.get("circa") else words


def _address(item: Item) -> str:
    read = item.get("accessed")
    when = f" (дата обращения: {_numbers(read)})" if read else ""
    return f"URL: {item['URL']}{when}"


def _numbers(date: dict[str, Any]) -> str:
    """A date in figures, day first: 21.11.2026."""
    return ".".join(f"{part:02}" for part in reversed(date["date-parts"][0]))


def _via(item: Item) -> list[str]:
    via = item.get("custom", {}).get("via")
    if not via:
        return []
    with translation.override("ru"):
        stated = f"{claim_title(via['number'])}, по состоянию на {_numbers(via['issued'])}"
    return [f"Цит. по: {via['container-title']} : [сайт]", stated, f"URL: {via['URL']}"]
