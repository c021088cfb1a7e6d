"""Addresses of downloads: /en/data/deposits.csv?mineral=tungsten and its like."""

from django.urls import path, register_converter

from . import data_page, views
from .files import FORMATS
from .selecting import LISTINGS


class PartConverter:
    """A part of the site that can be downloaded as it is filtered."""

    regex = "|".join((*LISTINGS, "map", "search", "everything"))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class EndingConverter(PartConverter):
    """A format, by its ending."""

    regex = "|".join(FORMATS)


register_converter(PartConverter, "downloaded")
register_converter(EndingConverter, "ending")

urlpatterns = [
    path("data/", data_page.page, name="data"),
    path("data/package.zip", data_page.package, name="data-package"),
    path("data/datapackage.json", data_page.descriptor, name="data-descriptor"),
    path("data/tables/<slug:name>.csv", data_page.table, name="data-table"),
    path("data/catalogue.jsonld", data_page.catalogue, name="data-catalogue"),
    path("data/changes.csv", data_page.changes, name="data-changes"),
    path("data/releases/<slug:version>/<str:name>", data_page.released, name="data-release"),
    path("data/reference-sites.<str:ending>", views.reference, name="download-reference"),
    path("data/<downloaded:what>.<ending:ending>", views.file, name="download"),
    path("data/<downloaded:what>.<ending:ending>.zip", views.archive, name="download-zip"),
    path("data/<downloaded:what>/<slug:table>.csv", views.claims, name="download-claims"),
    path("data/records/<int:what>.<ending:ending>", views.file, name="download-record"),
    path("data/records/<int:what>.<ending:ending>.zip", views.archive, name="download-record-zip"),
    path("data/records/<int:what>/<slug:table>.csv", views.claims, name="download-record-claims"),
]
