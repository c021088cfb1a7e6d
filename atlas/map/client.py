"""What the map's scripts are told by the page: addresses of files, and words in the reader's language."""

import json
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def assets() -> dict[str, Any]:
    """What any map of the atlas needs: Leaflet, the basemap's files, language and disclaimer."""
    return {
        "leaflet": static("leaflet/leaflet.js"),
        "styles": [static("leaflet/leaflet.css"), static("css/basemap.css"), static("css/map.css")],
        "basemap": {name: static(f"basemap/{name}.json") for name in ("outlines", "detail", "labels")},
        "language": get_language() or "en",
        "disclaimer": _("Boundaries and names imply no opinion on the legal status of any territory."),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "closePopup": _("Close"),
    }


def map_page(bounds: list[float] | None, as_of: str) -> dict[str, Any]:
    """What the map page needs besides: where its data comes from, where to open, optional outside layers."""
    return {
        **assets(),
        "data": reverse("map-data"),
        "asOf": as_of,
        "bounds": bounds,
        "outsideLayers": settings.OUTSIDE_TILES,
        "failed": _("The map could not be brought up to date; it shows what was there before."),
        "layers": _("Map layers"),
        "ownLayer": _("The atlas's own map"),
        "thirdParty": _("Pictures come from %(host)s, which then sees your address and what you look at."),
    }


def as_attribute(config: dict[str, Any]) -> str:
    """The configuration as one line of JSON, for a data attribute."""
    return json.dumps(config, ensure_ascii=False, separators=(",", ":"))
