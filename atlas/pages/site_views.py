"""The glossary, and what robots may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from atlas.moments import published

from .glossary import TERMS

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /*?*as_of=
Sitemap: {sitemap}
"""


@published
def glossary(request: HttpRequest) -> HttpResponse:
    """The words and classification systems that pages use."""
    return render(request, "site/glossary.html", {"terms": TERMS.values()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309): everything but the desk and past moments; and where the sitemap is."""
    text = ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
