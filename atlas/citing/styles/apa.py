"""APA, 7th edition (https://apastyle.apa.org/style-grammar-guidelines/references)."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import authors
from ..items import Item
from .pieces import MONTHS, house, house_is_author, italic, joined, own_title, sentences

_MARKS = {"article-newspaper": "{}", "article-journal": "{}", "entry": "{}"}
_KINDS = {"dataset": " [Data set]"}
#: Types dated by their year alone (sections 10.1, 10.4 and 10.9 of the manual).
_DATED_BY_YEAR = {"article-journal", "report", "dataset"}


def write(item: Item) -> SafeString:
    """Author. (date). Title. House. Address. Without an author the title comes first."""
    date = f"({_date(item.get('issued'), by_year=item['type'] in _DATED_BY_YEAR)})"
    title = format_html(
        "{}{}", own_title(item, _MARKS.get(item["type"], "<i>{}</i>")), _KINDS.get(item["type"], "")
    )
    author = _authors(item.get("author", []))
    parts = [author, date, title] if author else [title, date]
    if not house_is_author(item):
        parts.append(_house(item))
    return sentences([*parts, _address(item), *_via(item)])


def _authors(names: list[authors.Name]) -> str:
    """Family, initials; the last after an ampersand; "et al." where the publication cuts its list short."""
    shown = [_name(name) for name in names if name != authors.AND_OTHERS]
    if authors.AND_OTHERS in names:
        return ", ".join(shown) + ", et al."
    return joined(shown, ", & ")


def _name(name: authors.Name) -> str:
    if not authors.is_person(name):
        return name["literal"]
    return f"{name['family']}, {authors.initials(name['given'])}"


def _date(date: dict[str, Any] | None, by_year: bool = False) -> str:
    """ "2025, April 2", "2025, April", "2025", "n.d."; "ca." before a date that is our inference."""
    if not date:
        return "n.d."
    year, *rest = date["date-parts"][0]
    words = [str(year)]
    if rest and not by_year:
        words.append(" ".join([MONTHS[rest[0] - 1], *map(str, rest[1:])]))
    return ("ca. " if date.get("circa") else "") + ", ".join(words)


def _house(item: Item) -> str | SafeString:
    match item["type"]:
        case "article-newspaper" | "article-journal":
            return italic(house(item))
        case "entry":
            return format_html("In {}", italic(house(item)))
        case _:
            return house(item)


def _address(item: Item) -> str:
    """The address; with the day it was read where the publication bears no date of its own."""
    read = item.get("accessed")
    if item.get("issued") or not read or len(read["date-parts"][0]) < 3:
        return str(item["URL"])
    year, month, day = read["date-parts"][0]
    return f"Retrieved {MONTHS[month - 1]} {day}, {year}, from {item['URL']}".rstrip(".")


def _via(item: Item) -> list[str | SafeString]:
    via = item.get("custom", {}).get("via")
    if not via:
        return []
    words = format_html("Via {} ({}, {})", italic(via["container-title"]), via["title"], _date(via["issued"]))
    return [words, via["URL"]]
