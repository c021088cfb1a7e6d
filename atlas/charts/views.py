"""Charts of a mineral or a country to take away: SVG, PNG and CSV."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from atlas.citing.items import atlas_name
from atlas.citing.subjects import moment, of_record
from atlas.citing.views import site
from atlas.moments import Moment
from atlas.pages.formatting import show_day
from sources.models import Record

from .charts import Chart, charts_of
from .layout import laid_out
from .png import png
from .svg import svg
from .tables import table

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@of_record
def chart(request: HttpRequest, record: Record, key: str, ending: str) -> HttpResponse:
    """One chart of a record's profile as a file."""
    now = moment(request)
    found = next((chart for chart in charts_of(now.snapshot, record) if chart.key == key), None)
    if found is None:
        raise Http404(_("There is no such chart."))
    if ending == "csv":
        content: Any = table(found, now, site(request))
    else:
        layout = laid_out(found, notes(now, found, record), capfirst(record.label))
        content = png(layout) if ending == "png" else svg(layout, standalone=True)
    response = HttpResponse(content, content_type=MEDIA_TYPES[ending])
    name = f"{record.kind}-{record.pk}-{key}.{ending}"
    response["Content-Disposition"] = f'{"attachment" if ending == "csv" else "inline"}; filename="{name}"'
    return response


def notes(now: Moment, chart: Chart, record: Record) -> list[str]:
    """What stands at a chart's foot: what it leaves out, whose it is and as of when."""
    each = _("Each bar is what one source says; nothing is added up.")
    rest = _("%(count)d more figures are in the table: smaller ones, or no mass.") % {"count": chart.left_out}
    whose = _("%(record)s, %(atlas)s, as of %(date)s (tick %(tick)d), CC BY 4.0")
    words = {
        "record": record.label,
        "atlas": atlas_name(),
        "date": show_day(now.snapshot.at),
        "tick": now.tick,
    }
    said = [each] if any(bar.statement for bar in chart.bars) else []
    return [*said, *([rest] if chart.left_out else []), whose % words]
