"""The files that reference managers import, one writer a format."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import bibtex, ris
from .items import Item


@dataclass(frozen=True)
class Format:
    """A file format by the ending that addresses carry."""

    ending: str
    label: str
    media_type: str
    write: Callable[[Iterable[Item]], str]


def _csl_json(items: Iterable[Item]) -> str:
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


FORMATS = {
    "bib": Format(
        "bib",
        "BibTeX",
        "application/x-bibtex; charset=utf-8",
        lambda items: "\n".join(map(bibtex.write, items)),
    ),
    "ris": Format(
        "ris",
        "RIS",
        "application/x-research-info-systems; charset=utf-8",
        lambda items: "\r\n".join(map(ris.write, items)),
    ),
    "json": Format("json", "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", _csl_json),
}
