from typing import Any

from django import template
from django.urls import reverse

from atlas.charts import charts
from atlas.charts.layout import laid_out
from atlas.charts.svg import svg
from atlas.charts.views import MEDIA_TYPES, notes

register = template.Library()


@register.inclusion_tag("charts/_chart.html", takes_context=True)
def table_chart(context: Any, table: Any) -> dict[str, Any]:
    """A table of estimates or output as bars, above the table itself; nothing where bars compare nothing."""
    return _shown(context, charts.of_table(table))


@register.inclusion_tag("charts/_chart.html", takes_context=True)
def sums_chart(context: Any, sums: Any) -> dict[str, Any]:
    """Sums of one status and currency as bars."""
    return _shown(context, charts.of_sums(sums))


@register.inclusion_tag("charts/_chart.html", takes_context=True)
def stages_chart(context: Any, stages: Any) -> dict[str, Any]:
    """A country's projects by stage as bars."""
    return _shown(context, charts.of_stages(stages))


def _shown(context: Any, chart: charts.Chart | None) -> dict[str, Any]:
    if chart is None:
        return {}
    record = context["record"]
    place = {"kind": record.kind, "number": record.pk, "slug": record.slug, "key": chart.key}
    suffix = context["moment"].suffix
    files = [
        (ending.upper(), reverse("record-chart", kwargs={**place, "ending": ending}) + suffix)
        for ending in MEDIA_TYPES
    ]
    picture = svg(laid_out(chart, notes(context["moment"], chart, record)))
    return {"chart": chart, "picture": picture, "files": files}
