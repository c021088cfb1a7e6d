"""CSL-JSON items as BibTeX entries, in UTF-8 (https://www.bibtex.org/Format/).

Titles and organisations stand in double braces, so that no style changes their capitals.
"""

from .authors import AND_OTHERS, Name, is_person
from .items import Item, iso_date

_TYPES = {
    "article-newspaper": "article",
    "article-journal": "article",
    "report": "techreport",
    "entry": "incollection",
}
_HOUSE_FIELDS = {"article": "journal", "techreport": "institution", "incollection": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: "\\" + character for character in "&%$#_"},
    }
)
_ADDRESS_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def write(item: Item) -> str:
    """One entry, its fields in the order in which people read them."""
    kind = _TYPES.get(item["type"], "misc")
    fields = {
        "author": " and ".join(_name(name) for name in item.get("author", [])),
        "title": "{" + escape(item["title"]) + "}",
        **_house(item, kind),
        **_date(item),
        "url": item["URL"].translate(_ADDRESS_ESCAPES),
        "urldate": iso_date(item.get("accessed")),
        "language": item.get("language", ""),
        "note": escape(_note(item)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value and name != "month"]
    if "month" in fields:
        lines.append(f"  month = {fields['month']}")
    return f"@{kind}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n"


def escape(text: str) -> str:
    """Text in which no character means anything to BibTeX or TeX."""
    return text.translate(_ESCAPES)


def _name(name: Name) -> str:
    if name == AND_OTHERS:
        return "others"
    if not is_person(name):
        return "{" + escape(name["literal"]) + "}"
    return f"{escape(name['family'])}, {escape(name['given'])}"


def _house(item: Item, kind: str) -> dict[str, str]:
    house = escape(item.get("container-title") or item.get("publisher") or "")
    return {_HOUSE_FIELDS.get(kind, "publisher"): house}


def _date(item: Item) -> dict[str, str]:
    """`date` for biblatex, `year` and `month` for the older styles."""
    if "issued" not in item:
        return {}
    date = iso_date(item["issued"])
    fields = {"date": date, "year": date[:4]}
    if len(date) > 4:
        fields["month"] = _MONTHS[int(date[5:7]) - 1]
    return fields


def _note(item: Item) -> str:
    inferred = "Date of publication inferred" if item.get("issued", {}).get("circa") else ""
    return ". ".join(part for part in (item.get("note", ""), inferred) if part)
