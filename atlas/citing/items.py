"""What is cited, as CSL-JSON items: the one form from which every style and file is written.

https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json. Two habits of
our own: a title that is not the publication's own stands in [brackets], and what is cited by way of the
atlas carries the atlas's page as an item under `custom.via`.
"""

import datetime as dt
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from atlas import addresses
from atlas.moments import Moment
from sources.models import Claim, Record, Source

from . import authors

Item = dict[str, Any]

_TYPES = {
    Source.Type.NEWS: "article-newspaper",
    Source.Type.GOVERNMENT: "webpage",
    Source.Type.COMPANY: "webpage",
    Source.Type.IGO: "webpage",
    Source.Type.REPORT: "report",
    Source.Type.DATABASE: "dataset",
    Source.Type.ACADEMIC: "article-journal",
    Source.Type.REFERENCE: "webpage",
}
#: Unsigned publications of these types speak for the house that publishes them, which then is the author.
_SPEAKS_FOR_ITS_HOUSE = {
    Source.Type.GOVERNMENT,
    Source.Type.COMPANY,
    Source.Type.IGO,
    Source.Type.REPORT,
    Source.Type.DATABASE,
}
#: Types whose house is what they appear in, rather than what publishes them.
_IN_A_CONTAINER = {"article-newspaper", "article-journal", "webpage"}


def atlas_name() -> str:
    """What citations call the atlas, in the active language."""
    return _("Critical Minerals Atlas of Central Asia")


def source_item(source: Source) -> Item:
    """A publication. The source carries its publisher and original as they stood (`Snapshot.records`)."""
    kind = _TYPES.get(Source.Type(source.type), "webpage")
    house = source.publisher.name
    item: Item = {
        "id": f"source-{source.pk}",
        "type": kind,
        "title": _title(source),
        "container-title" if kind in _IN_A_CONTAINER else "publisher": house,
        "URL": source.url,
        "language": source.language,
    }
    if source.author:
        item["author"] = authors.names(source.author)
    elif source.type in _SPEAKS_FOR_ITS_HOUSE:
        item["author"] = [{"literal": house}]
    if source.published:
        item["issued"] = date_parts(source.published)
        if "published" in source.inferred:
            item["issued"]["circa"] = True
    if source.accessed:
        item["accessed"] = date_parts(source.accessed)
    if source.archive_url:
        item["archive_location"] = source.archive_url
    if source.copy_of:
        item["note"] = _("Copy of: %(title)s") % {"title": _title(source.copy_of)}
    return item


def record_item(record: Record, moment: Moment, site: str) -> Item:
    """The atlas's page of a record as of a tick; `site` is the scheme and host, "https://atlas.example".

    A source's page is cited as the publication itself.
    """
    if isinstance(record, Source):
        return source_item(record)
    name, language = record.label_in(get_language() or "en")
    return {
        "id": f"{record.kind}-{record.pk}",
        "type": "entry",
        "title": name,
        "container-title": atlas_name(),
        "issued": _day(moment.snapshot.at),
        "URL": site + addresses.address(record, as_of_suffix(moment)),
        "language": language,
    }


def claim_item(claim: Claim, moment: Moment, site: str) -> Item:
    """The publication that states a claim, via the claim's page as of a tick."""
    item = source_item(claim.source)
    item["id"] = f"claim-{claim.pk}"
    item["custom"] = {
        "via": {
            "id": f"atlas-claim-{claim.pk}",
            "type": "entry",
            "title": claim_title(claim.pk),
            "number": str(claim.pk),
            "container-title": atlas_name(),
            "issued": _day(moment.snapshot.at),
            "URL": site + addresses.claim_address(claim, as_of_suffix(moment)),
            "language": get_language() or "en",
        }
    }
    notes = [note for note in (claim.locator, item.get("note"), via_note(item)) if note]
    item["note"] = ". ".join(notes)
    return item


def claim_title(number: int | str) -> str:
    """What citations call a claim's page, in the active language."""
    return pgettext("citation", "claim %(number)s") % {"number": number}


def via_note(item: Item) -> str:
    """By way of what an item is cited, in words and with the address; "" for an item cited itself."""
    via = item.get("custom", {}).get("via")
    if not via:
        return ""
    return _("Via %(atlas)s, %(page)s, as of %(date)s: %(address)s") % {
        "atlas": via["container-title"],
        "page": via["title"],
        "date": iso_date(via["issued"]),
        "address": via["URL"],
    }


def as_of_suffix(moment: Moment) -> str:
    """The query string that fixes an address to the state shown, for ever."""
    return f"?as_of={moment.tick}"


def date_parts(date: str) -> dict[str, Any]:
    """A partial date as CSL has it: "2025-04" → {"date-parts": [[2025, 4]]}."""
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def iso_date(date: dict[str, Any] | None) -> str:
    """The partial date of a CSL date variable; "" for none."""
    if not date:
        return ""
    year, *rest = date["date-parts"][0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def is_described(item: Item) -> bool:
    """Whether the title is a description in brackets instead of the publication's own."""
    return bool(item["title"].startswith("[") and item["title"].endswith("]"))


def _title(source: Source) -> str:
    title = source.name
    if "title" in source.inferred and not title.startswith("["):
        return f"[{title}]"
    return title


def _day(moment: dt.datetime) -> dict[str, Any]:
    return date_parts(moment.astimezone(dt.UTC).date().isoformat())
