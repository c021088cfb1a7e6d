from django.urls import path, register_converter

from . import views
from .files import FORMATS


class EndingConverter:
    """The ending of a file for reference managers: bib, ris or json."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EndingConverter, "citation")

urlpatterns = [
    path("<part:kind>/<int:number>-<str:slug>/cite/", views.cite_record, name="cite-record"),
    path(
        "<part:kind>/<int:number>-<str:slug>/cite.<citation:ending>",
        views.record_file,
        name="record-citation",
    ),
    path("claims/<int:number>/cite/", views.cite_claim, name="cite-claim"),
    path("claims/<int:number>/cite.<citation:ending>", views.claim_file, name="claim-citation"),
]
