"""The Chicago Manual of Style, 17th edition, author-date reference list (chapter 15)."""

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import authors
from ..items import Item
from .pieces import MONTHS, house, house_is_author, italic, joined, own_title, sentences


def write(item: Item) -> SafeString:
    """Author. Year. “Title.” House, Month day, year. Address.

    An unsigned publication's house stands as author; the full date repeats the year (15.14, 15.49 to 15.51).
    """
    author = _authors(item.get("author", [])) or (house(item) if item["type"] != "entry" else "")
    stop = "" if item["title"].endswith(("?", "!", "…", ".")) else "."
    quoted = {**item, "title": _within_quotes(item["title"])}
    title = own_title(item, "<i>{}</i>") if item["type"] == "report" else own_title(quoted, f"“{{}}{stop}”")
    date = item.get("issued")
    named = house_is_author(item) or not item.get("author")
    where = _where("" if named and item["type"] != "entry" else house(item), item["type"], _day(date))
    parts = [author, _year(date), title] if author else [title, _year(date)]
    return sentences([*parts, where, _accessed(item), item["URL"], *_via(item)])


def _authors(names: list[authors.Name]) -> str:
    """The first name inverted, the others as spoken; "et al." where the publication cuts its list short."""
    people = [name for name in names if name != authors.AND_OTHERS]
    shown = [_name(name, inverted=number == 0) for number, name in enumerate(people)]
    if authors.AND_OTHERS in names:
        return ", ".join(shown) + ", et al."
    return joined(shown, ", and ")


def _name(name: authors.Name, inverted: bool) -> str:
    if not authors.is_person(name):
        return name["literal"]
    order = "{family}, {given}" if inverted else "{given} {family}"
    return order.format(**name)


def _year(date: dict[str, Any] | None) -> str:
    """The year, in brackets where it is our inference (14.145)."""
    if not date:
        return "n.d."
    year = date["date-parts"][0][0]
    return f"[{year}?]" if date.get("circa") else str(year)


def _day(date: dict[str, Any] | None) -> str:
    """ "April 2, 2025", "April 2025", "" where no more than the year is known; in brackets if inferred."""
    if not date or len(date["date-parts"][0]) < 2:
        return ""
    year, month, *day = date["date-parts"][0]
    words = f"{MONTHS[month - 1]} {day[0]}, {year}" if day else f"{MONTHS[month - 1]} {year}"
    return f"[{words}?]" if date.get("circa") else words


def _within_quotes(title: str) -> str:
    """A title whose own double quotation marks are single, as those within others are (13.30)."""
    return re.sub(r'["“]([^"“”]*)["”]', r"‘\1’", title)


def _where(name: str, kind: str, day: str) -> str | SafeString:
    shown = italic(name) if kind in ("article-newspaper", "article-journal", "entry") else name
    return format_html("{}, {}", shown, day) if shown and day else shown or day


def _accessed(item: Item) -> str:
    """The day it was read, asked for where the publication bears no date (14.12)."""
    read = item.get("accessed")
    if item.get("issued") or not read:
        return ""
    return f"Accessed {_day(read) or read['date-parts'][0][0]}"


def _via(item: Item) -> list[str | SafeString]:
    via = item.get("custom", {}).get("via")
    if not via:
        return []
    words = format_html(
        "Cited via {}, {}, as of {}", italic(via["container-title"]), via["title"], _day(via["issued"])
    )
    return [words, via["URL"]]
