"""Pages and files that cite a record or a claim in every style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from atlas import addresses
from sources.models import Claim, Record, Source

from . import queries
from .files import FORMATS, Format
from .items import Item, claim_item, record_item, source_item
from .styles import STYLES
from .subjects import is_withdrawn, moment, of_claim, of_record


@dataclass(frozen=True)
class Written:
    """A citation in one style or format."""

    key: str
    label: Any
    html: SafeString | None = None
    code: str = ""


@of_record
def cite_record(request: HttpRequest, record: Record) -> HttpResponse:
    """A record's page (a source: the publication itself) in every style, and the sources it rests on."""
    item = record_item(record, moment(request), site(request))
    context = {
        "subject": record,
        "title": record.label,
        "back": addresses.address(record, moment(request).suffix),
        "sources": [] if isinstance(record, Source) else _sources(request, record),
    }
    return _page(request, item, context)


@of_record
def record_file(request: HttpRequest, record: Record, ending: str) -> HttpResponse:
    """A record's citation and those of its sources as a file for reference managers."""
    items = [record_item(record, moment(request), site(request))]
    if not isinstance(record, Source):
        items += [source_item(source) for source in _sources(request, record)]
    return _file(FORMATS[ending], items, f"{record.kind}-{record.pk}")


@of_claim
def cite_claim(request: HttpRequest, claim: Claim) -> HttpResponse:
    """The publication that states a claim, via the atlas, in every style."""
    item = claim_item(claim, moment(request), site(request))
    context = {
        "title": _("Claim %(number)s") % {"number": claim.pk},
        "back": addresses.claim_address(claim, moment(request).suffix),
        "withdrawn": is_withdrawn(claim, moment(request).tick),
    }
    return _page(request, item, context)


@of_claim
def claim_file(request: HttpRequest, claim: Claim, ending: str) -> HttpResponse:
    """A claim's citation as a file for reference managers."""
    return _file(FORMATS[ending], [claim_item(claim, moment(request), site(request))], f"claim-{claim.pk}")


def site(request: HttpRequest) -> str:
    """Scheme and host that citations name: those of the request."""
    return request.build_absolute_uri("/").rstrip("/")


def written(item: Item) -> list[Written]:
    """One item in every style and every format."""
    styles = [Written(style.key, style.label, html=style.write(item)) for style in STYLES]
    formats = [
        Written(key, file_format.label, code=file_format.write([item]))
        for key, file_format in FORMATS.items()
    ]
    return [*styles, *formats]


def _page(request: HttpRequest, item: Item, context: dict[str, Any]) -> HttpResponse:
    return render(
        request, "citing/cite.html", {"written": written(item), "formats": FORMATS.values(), **context}
    )


def _file(file_format: Format, items: Iterable[Item], name: str) -> HttpResponse:
    response = HttpResponse(file_format.write(items), content_type=file_format.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format.ending}"'
    return response


def _sources(request: HttpRequest, record: Record) -> Sequence[Source]:
    return queries.sources_of(moment(request).snapshot, record)
