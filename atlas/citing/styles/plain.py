"""A reference in plain words of the reader's language, for an article that follows no style."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sources.dates import show_partial_date

from .. import authors
from ..items import Item, iso_date
from .pieces import house, house_is_author, sentences


def write(item: Item) -> SafeString:
    """House, author: title. Date. Address (read on date). Via the atlas."""
    names = [] if house_is_author(item) else [_name(name) for name in item.get("author", [])]
    head = ", ".join([house(item), *names])
    when = _date(item.get("issued")) or _("undated")
    if item.get("issued", {}).get("circa"):
        when = _("%(date)s (date inferred)") % {"date": when}
    return sentences([format_html("{}: {}", head, item["title"]), when, _address(item), _via(item)])


def _name(name: authors.Name) -> str:
    return f"{name['given']} {name['family']}" if authors.is_person(name) else name["literal"]


def _date(date: dict[str, Any] | None) -> str:
    return show_partial_date(iso_date(date), get_language() or "en")


def _address(item: Item) -> str:
    accessed = _date(item.get("accessed"))
    # Not inside the f-string: gettext collects no text from there.
    read = _("read on %(date)s") % {"date": accessed}
    return f"{item['URL']} ({read})" if accessed else str(item["URL"])


def _via(item: Item) -> str:
    via = item.get("custom", {}).get("via")
    if not via:
        return ""
    return _("Quoted from %(atlas)s, %(page)s, as of %(date)s: %(address)s") % {
        "atlas": via["container-title"],
        "page": via["title"],
        "date": _date(via["issued"]),
        "address": via["URL"],
    }
