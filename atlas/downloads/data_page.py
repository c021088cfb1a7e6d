"""The page of open data: everything to take away, what each column holds, releases, what changed."""

import tempfile
from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from atlas.discovery.datasets import dcat, files_of, schema_org
from atlas.discovery.json_ld import data_block
from atlas.map.reference import edition_of
from atlas.moments import Moment, published

from . import package as packages
from . import reference_file, releases
from .changelog import changelog, changelog_table
from .csv_files import MEDIA_TYPE as CSV
from .csv_files import csv_lines
from .files import FORMATS, ZIP_TYPE
from .geojson import encoded
from .reading import pieces_of
from .views import site

#: Changes that the page shows; the file has all.
CHANGES = 20


@require_safe
@published
def page(request: HttpRequest) -> HttpResponse:
    """Everything to take away, with a dictionary of all tables."""
    moment = _moment(request)
    dataset = schema_org(moment.snapshot, site(request), files_of(site(request), get_language() or "en"))
    context = {
        "described": packages.tables(moment.snapshot, site(request)),
        "formats": [FORMATS[ending] for ending in ("gpkg", "xlsx", "json")],
        "reference": list(reference_file.WRITERS) if edition_of(moment.snapshot) else [],
        "releases": releases.releases(),
        "changes": changelog(0, moment.tick, CHANGES),
        "dataset": data_block(dataset),
    }
    return render(request, "downloads/data.html", context)


@require_safe
@published
def package(request: HttpRequest) -> HttpResponse:
    """The whole atlas as a zipped data package."""
    name = f"atlas-{packages.version(_moment(request).snapshot)}.zip"
    return _streamed(_zipped(request), ZIP_TYPE, name)


def _zipped(request: HttpRequest) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        packages.write_package(file, _moment(request).snapshot, site(request))
        yield from pieces_of(file)


@require_safe
@published
def descriptor(request: HttpRequest) -> HttpResponse:
    """The package's descriptor, with the addresses of its tables relative to it."""
    snapshot = _moment(request).snapshot
    described = packages.tables(snapshot, site(request))
    document = packages.descriptor(snapshot, described, site(request), "tables")
    return _open(HttpResponse(encoded(document), "application/json"))


@require_safe
@published
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table of the package."""
    for described in packages.tables(_moment(request).snapshot, site(request)):
        if described.table.name == name:
            return _streamed(packages.table_lines(described.table), CSV, f"{name}.csv")
    raise Http404


@require_safe
@published
def catalogue(request: HttpRequest) -> HttpResponse:
    """The dataset for data catalogues."""
    files = files_of(site(request), "en")
    document = dcat(_moment(request).snapshot, site(request), files)
    return _open(HttpResponse(encoded(document), "application/ld+json"))


@require_safe
@published
def changes(request: HttpRequest) -> HttpResponse:
    """Every tick of the clock as CSV, newest first."""
    entries = changelog(0, _moment(request).tick)
    return _streamed(csv_lines(changelog_table(entries)), CSV, "changes.csv")


@require_safe
def released(request: HttpRequest, version: str, name: str) -> FileResponse:
    """A file of a release; it never changes, but a suppression may withhold it (so caches ask again)."""
    release = next((one for one in releases.releases() if one.version == version), None)
    if release is None or name not in release.files:
        raise Http404
    path = releases.directory() / version / name
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _streamed(pieces: Iterator[bytes], media_type: str, name: str) -> HttpResponse:
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(response)  # type: ignore[arg-type]


def _open(response: HttpResponse) -> HttpResponse:
    """Readable from any other site's pages."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _moment(request: HttpRequest) -> Moment:
    found: Moment = request.moment  # type: ignore[attr-defined]
    return found
