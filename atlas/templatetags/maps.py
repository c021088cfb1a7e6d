"""Small maps on other pages: what static/js/map/small.js needs to draw one."""

from django import template

from atlas.map.client import as_attribute, assets

register = template.Library()


@register.simple_tag
def map_assets() -> str:
    """The value of `data-map-assets` on the script tag of static/js/map/small.js: addresses and words."""
    return as_attribute(assets())
