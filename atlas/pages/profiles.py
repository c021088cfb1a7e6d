"""Pages of countries and minerals, and the region's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from atlas.moments import published

from .country_profiles import country_cards, country_page, region_page
from .mineral_profiles import mineral_page, minerals_by_group
from .record_views import record_view

country = record_view("country", country_page, "profiles/country.html")
mineral = record_view("mineral", mineral_page, "profiles/mineral.html")


@published
def countries(request: HttpRequest) -> HttpResponse:
    """The countries, and what sources say of the region as a whole."""
    snapshot = request.moment.snapshot  # type: ignore[attr-defined]
    if snapshot.region is None:
        return render(request, "profiles/countries.html", {"cards": country_cards(snapshot)})
    page = region_page(snapshot, snapshot.region)
    return render(
        request, "profiles/countries.html", {"cards": page.cards, "page": page, "record": page.record}
    )


@published
def minerals(request: HttpRequest) -> HttpResponse:
    """The minerals by group, with the lists that name them."""
    groups = minerals_by_group(request.moment.snapshot)  # type: ignore[attr-defined]
    return render(request, "profiles/minerals.html", {"groups": groups})
