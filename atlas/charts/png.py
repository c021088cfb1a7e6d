"""A chart as PNG, twice as fine as its SVG."""

from io import BytesIO

from PIL import Image, ImageDraw

from atlas.previews.letters import font

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
)

_SCALE = 2


def png(layout: Layout) -> bytes:
    """Draw it as the SVG stands."""
    picture = Image.new("RGB", (layout.width * _SCALE, layout.height * _SCALE), PAPER)
    pencil = ImageDraw.Draw(picture)

    def write(x: float, y: float, text: str, size: int, colour: str, bold: bool = False) -> None:
        letters = font(size * _SCALE, bold)
        pencil.text((x * _SCALE, y * _SCALE), text, fill=colour, font=letters, anchor="ls")

    write(10, 28, layout.title, TITLE_SIZE, INK, bold=True)
    for row in layout.rows:
        for y, line in row.label_lines:
            write(10, y, line, LABEL_SIZE, INK)
        write(10, row.source_y, row.source, SOURCE_SIZE, QUIET)
        box = (row.x, row.bar_y, row.x + row.width, row.bar_y + BAR_HEIGHT)
        pencil.rectangle(tuple(side * _SCALE for side in box), fill=BAR)
        write(row.value_x, row.value_y, row.bar.shown, LABEL_SIZE, INK, bold=True)
    for y, note in layout.note_rows:
        write(10, y, note, NOTE_SIZE, QUIET)
    file = BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
