"""A bar chart as SVG 1.1. Written here, as a page of a mineral has ten of them with twenty bars each."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .layout import (
    BAR,
    BAR_HEIGHT,
    INK,
    LABEL_SIZE,
    NOTE_SIZE,
    PAPER,
    QUIET,
    SOURCE_SIZE,
    TITLE_SIZE,
    Layout,
    Row,
)

FONTS = "DejaVu Sans, Noto Sans, Arial, sans-serif"
_LABEL = f'<text class="chart-label" x="10" y="{{}}" font-size="{LABEL_SIZE}" fill="{INK}">{{}}</text>'
_QUIET = f'<text class="chart-source" x="10" y="{{}}" font-size="{{}}" fill="{QUIET}">{{}}</text>'
_BAR = f'<rect class="chart-bar" x="{{}}" y="{{}}" width="{{}}" height="{BAR_HEIGHT}" fill="{BAR}"/>'
_VALUE = (
    f'<text class="chart-label" x="{{}}" y="{{}}" font-size="{LABEL_SIZE}" font-weight="bold" '
    f'fill="{INK}">{{}}</text>'
)
_HEAD = (
    f'<rect width="100%" height="100%" fill="{PAPER}"/>\n'
    f'<text x="10" y="28" font-size="{TITLE_SIZE}" font-weight="bold" fill="{INK}">{{}}</text>'
)


def svg(layout: Layout, standalone: bool = False) -> SafeString:
    """The chart; standalone it brings its own colours and title, inline the page has them."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart-picture" role="img" aria-label="{}" '
        'viewBox="{}"{} font-family="{}">\n<title>{}</title>{}\n{}{}</svg>',
        layout.title,
        f"0 0 {layout.width} {layout.height}" if standalone else layout.headless,
        format_html(' width="{}" height="{}"', layout.width, layout.height) if standalone else "",
        FONTS,
        layout.title,
        format_html("\n" + _HEAD, layout.title) if standalone else "",
        format_html_join("", "<g>{}{}\n{}\n{}</g>\n", map(_parts, layout.rows)),
        format_html_join("", _QUIET + "\n", ((y, NOTE_SIZE, note) for y, note in layout.note_rows)),
    )


def _parts(row: Row) -> tuple[SafeString, SafeString | str, SafeString, SafeString]:
    """What a bar is of, who says so, its rectangle and its value."""
    return (
        format_html_join("", _LABEL, row.label_lines),
        format_html("\n" + _QUIET, row.source_y, SOURCE_SIZE, row.source) if row.source else "",
        format_html(_BAR, row.x, row.bar_y, row.width),
        format_html(_VALUE, row.value_x, row.value_y, row.bar.shown),
    )
