from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from atlas.moments import published


@published
def page(request: HttpRequest, name: str) -> HttpResponse:
    """About, methodology or privacy: texts, with what the settings say of who answers for this site."""
    return render(request, f"about/{name}.html", {"publisher": settings.PUBLISHER})
