"""A preview as a PNG of 1200 × 630 pixels (https://ogp.me/): words at the left, the map at the right."""

from io import BytesIO

from PIL import Image, ImageDraw

from atlas.citing.items import atlas_name

from .cards import Card
from .letters import fitted, font, wrapped
from .locator import SIZE as MAP_SIZE
from .locator import locator

SIZE = (1200, 630)
_LEFT = 44
_WIDTH = SIZE[0] - MAP_SIZE[0] - 2 * _LEFT + 12
_PAPER, _INK, _SOFT, _ACCENT, _RULE = "#fbfaf6", "#1c2422", "#56605c", "#0b5f57", "#8b897d"
_TITLE_SIZES = (50, 44, 38, 34, 30, 27)
#: Where the facts end; height of a title's line in sizes; pixels between title and facts.
_FOOT, _LEADING, _AFTER_TITLE = 556, 1.22, 18
#: Few colours make small files; the locator's areas need some shades.
_COLOURS = 96


def png(card: Card) -> bytes:
    """Draw a card."""
    picture = Image.new("RGB", SIZE, _PAPER)
    picture.paste(locator(card.marks), (SIZE[0] - MAP_SIZE[0], 0))
    pencil = ImageDraw.Draw(picture)
    pencil.line([(SIZE[0] - MAP_SIZE[0], 0), (SIZE[0] - MAP_SIZE[0], SIZE[1])], fill=_RULE, width=2)
    pencil.rectangle((0, 0, 12, SIZE[1]), fill=_ACCENT)
    _words(pencil, card)
    reduced = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = BytesIO()
    reduced.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _words(pencil: ImageDraw.ImageDraw, card: Card) -> None:
    y = 40
    for line in wrapped(card.kind[:1].upper() + card.kind[1:], font(22), _WIDTH, most=1):
        pencil.text((_LEFT, y), line, fill=_SOFT, font=font(22))
    y += 38
    facts = [
        (
            wrapped(label[:1].upper() + label[1:], font(20), _WIDTH, 1),
            wrapped(text, font(24, bold=True), _WIDTH, 2),
        )
        for label, text in card.lines
    ]
    lines, size = _title(card.title, _FOOT - y - sum(_height(shown) for _label, shown in facts))
    for line in lines:
        pencil.text((_LEFT, y), line, fill=_INK, font=font(size, bold=True))
        y += round(size * _LEADING)
    y += _AFTER_TITLE
    for label, shown in facts:
        if y + _height(shown) > _FOOT:
            break
        for line in label:
            pencil.text((_LEFT, y), line, fill=_SOFT, font=font(20))
        for number, line in enumerate(shown):
            pencil.text((_LEFT, y + 28 + 31 * number), line, fill=_INK, font=font(24, bold=True))
        y += _height(shown)
    [name], size = fitted(atlas_name(), (20, 18, 16, 14), _WIDTH, most=1)
    pencil.text((_LEFT, _FOOT + 6), name, fill=_ACCENT, font=font(size, bold=True))
    pencil.text((_LEFT, _FOOT + 34), card.as_of, fill=_SOFT, font=font(18))


def _height(shown: tuple[str, ...]) -> int:
    """Pixels of a label, the lines under it and the gap after them."""
    return 28 + 31 * len(shown) + 12


def _title(text: str, room: float) -> tuple[tuple[str, ...], int]:
    """(lines, size): as large as leaves room for the facts; the smallest size where nothing does."""
    for size in _TITLE_SIZES:
        lines, fitting = fitted(text, (size,), _WIDTH, most=4)
        if not lines[-1].endswith("…") and round(size * _LEADING) * len(lines) + _AFTER_TITLE <= room:
            return lines, fitting
    return fitted(text, _TITLE_SIZES[-2:], _WIDTH, most=4)
