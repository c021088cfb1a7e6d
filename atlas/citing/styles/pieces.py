"""What the styles share: sentences that end once, titles, months."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..items import Item, is_described

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def sentences(parts: Iterable[str | SafeString]) -> SafeString:
    """The parts that are not empty, each ended by a full stop unless it ends itself, addresses excepted."""
    return format_html_join(" ", "{}", ((_ended(part),) for part in parts if part))


def italic(text: str) -> SafeString:
    return format_html("<i>{}</i>", text) if text else SafeString("")


def house(item: Item) -> str:
    """What the item appears in or who publishes it."""
    return str(item.get("container-title") or item.get("publisher") or "")


def house_is_author(item: Item) -> bool:
    """Whether naming the house after the author would name it twice."""
    return [name.get("literal") for name in item.get("author", [])] == [house(item)]


def own_title(item: Item, mark: str) -> str | SafeString:
    """The title in a style's marks, such as “{}” or <i>{}</i>; a description in brackets bears none."""
    return str(item["title"]) if is_described(item) else format_html(mark, item["title"])


def joined(names: list[str], last: str) -> str:
    """A list of names with the style's own word before the last: "A, B, and C"."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def _ended(part: str | SafeString) -> str | SafeString:
    bare = str(part).removesuffix("</i>").rstrip("”»\"'")
    if bare.split()[-1].startswith(("http://", "https://")) or bare.endswith((".", "?", "!", "…")):
        return part
    return format_html("{}.", part)
