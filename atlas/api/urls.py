"""Addresses of the API; they carry no language, and links in its answers are whole."""

from django.urls import path, register_converter

from atlas.downloads.package import RECORD_TABLES

from . import ogc_views, v1_views
from .answering import nothing
from .features import COLLECTIONS


class CollectionConverter:
    """A collection of features by its id."""

    regex = "|".join(COLLECTIONS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RecordsConverter(CollectionConverter):
    """A list of records by its name."""

    regex = "|".join(RECORD_TABLES.values())


register_converter(CollectionConverter, "collection")
register_converter(RecordsConverter, "records")

urlpatterns = [
    path("", v1_views.landing, name="api"),
    path("features/", ogc_views.landing, name="ogc-landing"),
    path("features/api", ogc_views.definition, name="ogc-api"),
    path("features/conformance", ogc_views.conformance, name="ogc-conformance"),
    path("features/collections", ogc_views.collections, name="ogc-collections"),
    path("features/collections/<collection:name>", ogc_views.collection, name="ogc-collection"),
    path("features/collections/<collection:name>/items", ogc_views.items, name="ogc-items"),
    path("features/collections/<collection:name>/items/<int:number>", ogc_views.item, name="ogc-item"),
    path("v1/", v1_views.landing, name="v1-landing"),
    path("v1/openapi.json", v1_views.definition, name="v1-openapi"),
    path("v1/<records:name>", v1_views.records, name="v1-list"),
    path("v1/records/<int:number>", v1_views.record, name="v1-record"),
    path("v1/records/<int:number>/claims", v1_views.claims, name="v1-claims"),
    path("v1/records/<int:number>/points", v1_views.record_points, name="v1-points"),
    path("v1/claims/<int:number>", v1_views.claim, name="v1-claim"),
    path("<path:rest>", nothing),
]
