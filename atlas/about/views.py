from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from atlas.moments import published
from sources.page_texts import text_of


@published
def page(request: HttpRequest, name: str) -> HttpResponse:
    """About, methodology or privacy: texts, with what those who answer for this site say there."""
    tick = request.moment.tick  # type: ignore[attr-defined]
    language = get_language() or "en"
    context = {"publisher": settings.PUBLISHER, "own": text_of(name, language, tick)}
    if name == "about":
        context["licence"] = text_of("licence", language, tick)
    return render(request, f"about/{name}.html", context)
