from django.urls import path, register_converter

from . import views


class EndingConverter:
    """The ending of a chart's file: svg, png or csv."""

    regex = "|".join(views.MEDIA_TYPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EndingConverter, "picture")

urlpatterns = [
    path(
        "<part:kind>/<int:number>-<str:slug>/charts/<slug:key>.<picture:ending>",
        views.chart,
        name="record-chart",
    )
]
