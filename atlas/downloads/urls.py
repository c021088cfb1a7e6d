"""Addresses of downloads: /en/data/deposits.csv?mineral=tungsten and its like."""

from django.urls import path, register_converter

from . import views
from .files import FORMATS
from .selecting import LISTINGS


class PartConverter:
    """A part of the site that can be downloaded as it is filtered."""

    regex = "|".join((*LISTINGS, "map", "search"))

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
    path("data/<downloaded:what>.<ending:ending>", views.file, name="download"),
    path("data/<downloaded:what>.<ending:ending>.zip", views.archive, name="download-zip"),
    path("data/<downloaded:what>/<slug:table>.csv", views.claims, name="download-claims"),
    path("data/records/<int:what>.<ending:ending>", views.file, name="download-record"),
    path("data/records/<int:what>.<ending:ending>.zip", views.archive, name="download-record-zip"),
    path("data/records/<int:what>/<slug:table>.csv", views.claims, name="download-record-claims"),
]
