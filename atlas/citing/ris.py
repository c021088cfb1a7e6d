"""CSL-JSON items as RIS references (https://refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html)."""

from .authors import AND_OTHERS, Name, is_person
from .items import Item, iso_date

_TYPES = {
    "article-newspaper": "NEWS",
    "article-journal": "JOUR",
    "report": "RPRT",
    "dataset": "DATA",
    "entry": "ENCYC",
    "webpage": "ELEC",
}


def write(item: Item) -> str:
    """One reference: lines of two-letter tags, each ended by CRLF, the last one ER."""
    fields = [
        ("TY", _TYPES[item["type"]]),
        ("ID", item["id"]),
        *(("AU", _name(name)) for name in item.get("author", []) if name != AND_OTHERS),
        ("TI", item["title"]),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("PY", iso_date(item.get("issued"))[:4]),
        ("DA", _date(iso_date(item.get("issued")))),
        ("LA", item.get("language", "")),
        ("UR", item["URL"]),
        ("Y2", _date(iso_date(item.get("accessed")))),
        ("N1", item.get("note", "")),
        ("N1", "Written with others, whom it does not name." if AND_OTHERS in item.get("author", []) else ""),
    ]
    lines = [f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value]
    return "".join(lines) + "ER  - \r\n"


def _name(name: Name) -> str:
    return f"{name['family']}, {name['given']}" if is_person(name) else name["literal"]


def _date(date: str) -> str:
    """YYYY/MM/DD/, with the parts that are not known left empty."""
    return "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
