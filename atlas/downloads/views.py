"""Downloads of lists, map, search and records; each answers as of the moment its address names."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.map.asking import Unreadable
from atlas.moments import published
from sources.models import Record

from . import csv_files, reference_file, selecting
from .claim_columns import TABLE_NAMES
from .files import FORMATS, ZIP_TYPE, zipped
from .gathering import claims_table, kinds_of
from .record_columns import KINDS
from .selecting import Selection

_KIND_OF_TABLE = {name: kind for kind, name in TABLE_NAMES.items()}


def _selected(request: HttpRequest, what: str) -> Selection:
    """What a part of the site shows. Raises Http404, Unreadable."""
    snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    if what == "everything":
        return selecting.everything(snapshot)
    if what == "map":
        return selecting.of_map(snapshot, request.GET)
    if what == "search":
        return selecting.of_search(snapshot, request.GET)
    if what in selecting.LISTINGS:
        return selecting.of_list(snapshot, what, request.GET)
    record: Record | None = snapshot.record(int(what))
    if record is None or record.kind not in KINDS:
        raise Http404
    standing = snapshot.standing(record)
    if standing.withdrawn_because:
        raise Http404
    return selecting.of_record(snapshot, standing)


def _answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view of (request, selection, …) answer; an unreadable address is explained."""

    @require_safe
    @published
    def answer(request: HttpRequest, what: str | int, **more: str) -> HttpResponse:
        try:
            selection = _selected(request, str(what))
        except Unreadable as error:
            return _unreadable(request, error)
        return view(request, selection, **more)  # type: ignore[return-value]

    return answer


@_answering
def file(request: HttpRequest, selection: Selection, ending: str) -> HttpResponseBase:
    """A selection in one format."""
    written = FORMATS[ending]
    return _attached(written.write(selection, site(request)), written.media_type, selection, ending)


@_answering
def archive(request: HttpRequest, selection: Selection, ending: str) -> HttpResponseBase:
    """The same, zipped with what explains it."""
    pieces = zipped(FORMATS[ending], selection, site(request))
    return _attached(pieces, ZIP_TYPE, selection, f"{ending}.zip")


@_answering
def claims(request: HttpRequest, selection: Selection, table: str) -> HttpResponseBase:
    """The claims of one kind about a selection, a row each, as CSV."""
    kind = _KIND_OF_TABLE.get(table)
    if kind not in kinds_of(selection):
        raise Http404
    pieces = csv_files.csv_lines(claims_table(selection, kind, site(request)))
    return _attached(pieces, csv_files.MEDIA_TYPE, selection, f"{table}.csv")


@require_safe
@published
def reference(request: HttpRequest, ending: str) -> HttpResponse:
    """The reference sites under the map's filters, in one format."""
    moment = request.moment  # type: ignore[attr-defined]
    if ending not in reference_file.WRITERS:
        raise Http404
    try:
        sites = reference_file.ReferenceSites(moment.snapshot, request.GET)
    except LookupError as error:
        raise Http404 from error
    except Unreadable as error:
        return _unreadable(request, error)
    name = f"reference-sites-tick-{sites.edition}.{ending}"
    media_type, _write = reference_file.WRITERS[ending]
    return _as_attachment(sites.pieces(ending), media_type, name)  # type: ignore[return-value]


def site(request: HttpRequest) -> str:
    """Scheme and host that the files name: those of the request."""
    return request.build_absolute_uri("/").rstrip("/")


def _attached(
    pieces: Iterator[bytes], media_type: str, selection: Selection, ending: str
) -> StreamingHttpResponse:
    name = f"critical-minerals-{selection.name}-tick-{selection.snapshot.tick}.{ending}"
    return _as_attachment(pieces, media_type, name)


def _as_attachment(pieces: Iterator[bytes], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:
    return render(request, "downloads/unreadable.html", {"message": str(error)}, status=400)
