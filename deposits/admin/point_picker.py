"""A map to click for a position: it fills latitude and longitude, and follows what is typed there."""

from typing import Any

from django.forms.widgets import Media, Script
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from sources.admin.options import ClaimForm


class PositionWidget(UnfoldAdminDecimalFieldWidget):
    """The longitude's field with the map below it; static/admin/point-picker.js finds the latitude's."""

    @property
    def media(self) -> Media:
        return Media(
            css={"all": ["leaflet/leaflet.css", "css/basemap.css"]},
            js=["leaflet/leaflet.js", Script("admin/point-picker.js", type="module")],  # type: ignore[list-item]
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = {
            "field": super().render(name, value, attrs, renderer),
            "language": get_language(),
            "icon": static("leaflet/images/marker-icon.png"),
            "shadow": static("leaflet/images/marker-shadow.png"),
            "label": _("Map to click for the position"),
        }
        return render_to_string("admin/point_picker.html", context)


class LocationForm(ClaimForm):
    """A location's form, with the map."""

    class Meta(ClaimForm.Meta):
        widgets = {**ClaimForm.Meta.widgets, "longitude": PositionWidget}
