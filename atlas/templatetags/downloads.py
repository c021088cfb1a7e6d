from typing import Any

from django import template
from django.urls import reverse

from atlas.downloads.files import FORMATS
from atlas.downloads.record_columns import KINDS
from atlas.downloads.selecting import LISTINGS

register = template.Library()

#: Pages of which the records shown can be taken away, by address name.
_PARTS = {name: name for name in LISTINGS} | {"home": "map", "map-data": "map", "search": "search"}
#: Parameters that choose a page of what is shown; the map page itself lists what lies outside its window too.
_OF_ONE_PAGE = {"home": ("page", "bbox", "zoom")}


@register.inclusion_tag("downloads/_links.html", takes_context=True)
def download_links(context: Any) -> dict[str, Any]:
    """Links to what this page shows in every format, with the filters and the moment of its address."""
    request, record = context["request"], context.get("record")
    match = request.resolver_match
    name = match.url_name if match else ""
    asked = request.GET.copy()
    for parameter in _OF_ONE_PAGE.get(name, ("page",)):
        asked.pop(parameter, None)
    query = asked.urlencode()
    suffix = f"?{query}" if query else ""
    if name in _PARTS:
        addresses = [
            (written.label, reverse("download", args=[_PARTS[name], ending]) + suffix)
            for ending, written in FORMATS.items()
        ]
        explained = reverse("download-zip", args=[_PARTS[name], "csv"]) + suffix
    elif record is not None and record.kind in KINDS:
        moment = context.get("moment")
        suffix = moment.suffix if moment else ""
        addresses = [
            (written.label, reverse("download-record", args=[record.pk, ending]) + suffix)
            for ending, written in FORMATS.items()
        ]
        explained = reverse("download-record-zip", args=[record.pk, "csv"]) + suffix
    else:
        addresses, explained = [], ""
    return {"addresses": addresses, "explained": explained}
