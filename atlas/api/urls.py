"""Addresses of the API; they carry no language, and links in its answers are whole."""

from django.urls import path, register_converter

from . import ogc_views
from .answering import nothing
from .features import COLLECTIONS


class CollectionConverter:
    """A collection of features by its id."""

    regex = "|".join(COLLECTIONS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CollectionConverter, "collection")

urlpatterns = [
    path("features/", ogc_views.landing, name="ogc-landing"),
    path("features/api", ogc_views.definition, name="ogc-api"),
    path("features/conformance", ogc_views.conformance, name="ogc-conformance"),
    path("features/collections", ogc_views.collections, name="ogc-collections"),
    path("features/collections/<collection:name>", ogc_views.collection, name="ogc-collection"),
    path("features/collections/<collection:name>/items", ogc_views.items, name="ogc-items"),
    path("features/collections/<collection:name>/items/<int:number>", ogc_views.item, name="ogc-item"),
    path("<path:rest>", nothing),
]
