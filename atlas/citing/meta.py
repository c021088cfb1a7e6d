"""What reference managers and search engines read in a page's head.

`citation_*` tags as Google Scholar and Zotero read them (https://scholar.google.com/intl/en/scholar/inclusion.html),
and JSON-LD in the words of https://schema.org.
"""

import json
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .authors import AND_OTHERS, Name, is_person
from .items import Item, iso_date

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_SCHEMA_TYPES = {
    "article-newspaper": "NewsArticle",
    "article-journal": "ScholarlyArticle",
    "report": "Report",
    "dataset": "Dataset",
    "webpage": "WebPage",
    "entry": "WebPage",
}
#: A data block runs nothing, but its text must not end it (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).
_HARMLESS = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def meta_tags(item: Item) -> SafeString:
    """The citation_* tags of an item."""
    tags = [("citation_title", item["title"])]
    tags += [("citation_author", _inverted(name)) for name in item.get("author", []) if name != AND_OTHERS]
    date = iso_date(item.get("issued"))
    tags += [
        ("citation_publication_date", date.replace("-", "/")),
        ("citation_journal_title", item.get("container-title", "")),
        ("citation_publisher", item.get("publisher", "")),
        ("citation_language", item.get("language", "")),
        ("citation_public_url", item["URL"]),
    ]
    return format_html_join("\n", '<meta name="{}" content="{}">', ((n, text) for n, text in tags if text))


def json_ld(item: Item, statement: str = "") -> SafeString:
    """An item as a schema.org object; with a statement, the claim that the item's publication makes."""
    work = _work(item)
    via = item.get("custom", {}).get("via")
    if via and statement:
        work = {"@type": "Claim", "text": statement, "url": via["URL"], "appearance": work}
    elif item["type"] == "entry":
        work |= {"license": LICENCE}
    text = json.dumps({"@context": "https://schema.org", **work}, ensure_ascii=False).translate(_HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def _work(item: Item) -> dict[str, Any]:
    authors = [name for name in item.get("author", []) if name != AND_OTHERS]
    house = item.get("container-title") or item.get("publisher")
    work = {
        "@type": _SCHEMA_TYPES[item["type"]],
        "name": item["title"],
        "url": item["URL"],
        "inLanguage": item.get("language"),
        "datePublished": iso_date(item.get("issued")),
        "author": [_author(name) for name in authors],
    }
    if item["type"] == "entry":
        work["isPartOf"] = {"@type": "WebSite", "name": house}
    elif house:
        work["publisher"] = {"@type": "Organization", "name": house}
    return {name: value for name, value in work.items() if value}


def _author(name: Name) -> dict[str, str]:
    if is_person(name):
        return {"@type": "Person", "familyName": name["family"], "givenName": name["given"]}
    return {"@type": "Organization", "name": name["literal"]}


def _inverted(name: Name) -> str:
    return f"{name['family']}, {name['given']}" if is_person(name) else name["literal"]
