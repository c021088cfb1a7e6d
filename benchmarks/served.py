"""What benchmarks/http.py asks besides the atlas: a view that does nothing, and the same map from PostGIS."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from atlas.map import asking
from atlas.map.boxes import Window
from atlas.map.mercator import GRID_BITS
from atlas.map.reference import FACETS
from atlas.map.reference_picture import FINER
from atlas.urls import urlpatterns as atlas_patterns

from .contenders import bits, edges
from .synthetic import COUNTRY_NAMES


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what middleware and server cost."""
    return HttpResponse(b"", content_type="application/octet-stream")


def postgis(request: HttpRequest) -> HttpResponse:
    """The dots of `reference-dots`, found by PostGIS in the same cells: [x, y, count] each."""
    window = asking.window_of(request.GET, FINER)
    assert window
    filters = asking.filters_of(request.GET, FACETS)
    size = 1 << GRID_BITS - window.level
    grid = f"{size / 2}, {size / 2}, {size}, {size}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT avg(ST_X(geom)), avg(ST_Y(geom)), count(*) FROM places "
            f"WHERE {_where(window, filters)} GROUP BY ST_SnapToGrid(geom, {grid})"
        )
        return JsonResponse(cursor.fetchall(), safe=False)


def _where(window: Window, filters: dict[str, list[str]]) -> str:
    west, east, north, south = edges(window)
    where = [f"geom && ST_MakeEnvelope({west}, {north}, {east}, {south})"]
    if "country" in filters:
        numbers = ",".join(str(COUNTRY_NAMES.index(name)) for name in filters["country"])
        where.append(f"country IN ({numbers})")
    if "mineral" in filters:
        mask = bits([int(name[1:]) for name in filters["mineral"]])
        where.append(f"(minerals & {mask - (1 << 64) if mask >> 63 else mask}) <> 0")
    return " AND ".join(where)


urlpatterns = [*atlas_patterns, path("empty/", empty), path("postgis/", postgis)]
