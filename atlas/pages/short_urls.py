"""Short links that are the same in every language: /d/42 leads to the deposit in the reader's language."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from atlas.addresses import SHORT, address
from atlas.moments import published

from .site_views import robots

_KINDS = {letter: kind for kind, letter in SHORT.items()}


@require_safe
@published
def record(request: HttpRequest, letter: str, number: int) -> HttpResponse:
    """To the record's page in the reader's language (Accept-Language), at the moment asked for."""
    moment = request.moment  # type: ignore[attr-defined]
    found = moment.snapshot.record(number)
    if found is None or found.kind != _KINDS[letter]:
        raise Http404
    return HttpResponseRedirect(address(moment.snapshot.standing(found), moment.suffix))


@require_safe
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """To the claim's page in the reader's language; that page knows whether there is one."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("claim", args=[number]) + (f"?{query}" if query else ""))


urlpatterns = [
    path("c/<int:number>", claim, name="short-claim"),
    *(path(f"{letter}/<int:number>", record, {"letter": letter}) for letter in _KINDS),
    path("robots.txt", robots),
]
