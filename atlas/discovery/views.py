"""Sitemaps, as of the newest state; and the icon, where browsers look for it unasked."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from atlas.downloads.package import RECORD_TABLES
from atlas.downloads.views import site
from atlas.moments import published
from atlas.published.snapshot import Snapshot

from . import sitemap

_KIND_OF = {name: kind for kind, name in RECORD_TABLES.items()}


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The site's icon, for pages that cannot name it: problem details, files, the desk."""
    return HttpResponseRedirect(static("img/icon.svg"))


@require_safe
@published
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemap of sitemaps."""
    return _xml(sitemap.index(_snapshot(request), site(request)))


@require_safe
@published
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The site's own pages."""
    return _xml(sitemap.pages(site(request)))


@require_safe
@published
def sitemap_records(request: HttpRequest, name: str, part: int) -> HttpResponse:
    """The records of a kind, a file's worth."""
    kind = _KIND_OF.get(name)
    text = sitemap.records(_snapshot(request), kind, part, site(request)) if kind else None
    if text is None:
        raise Http404
    return _xml(text)


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _snapshot(request: HttpRequest) -> Snapshot:
    found: Snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    return found
