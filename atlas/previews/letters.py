"""Text in pictures: the font, its reach, and fitting words into a width."""

import re
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

_FONTS = Path(__file__).parent / "fonts"
#: Scripts that DejaVu Sans has and that need no joining of letters: Latin, Greek, Cyrillic, signs.
_BEYOND_THE_FONT = re.compile(
    "[\u0530-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufb50-\ufdff\ufe30-\uffff]|[^\u0000-\uffff]"
)
#: Where a line may break: not at a no-break space, which holds a number and its unit together.
_SPACES = re.compile("[ \t\n\r\f\v\u2028\u2029]+")


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> bool:
    """Whether the font has the letters of a text."""
    return not _BEYOND_THE_FONT.search(text)


@lru_cache(maxsize=8192)
def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float, most: int) -> tuple[str, ...]:
    """The text on at most so many lines, none wider than `width` pixels; the rest is an ellipsis."""
    lines: list[str] = []
    words = _SPACES.sub(" ", text).strip(" ").split(" ") if text.strip() else []
    while words and len(lines) < most:
        count = next(
            (n for n in range(len(words), 0, -1) if letters.getlength(" ".join(words[:n])) <= width), 0
        )
        if count:
            lines.append(" ".join(words[:count]))
            words = words[count:]
        else:  # one word wider than the line
            cut = next(
                n for n in range(len(words[0]), 0, -1) if letters.getlength(words[0][:n]) <= width or n == 1
            )
            lines.append(words[0][:cut])
            words[0] = words[0][cut:]
    if words:
        lines[-1] = _ended(lines[-1], letters, width)
    return tuple(lines)


def fitted(text: str, sizes: tuple[int, ...], width: float, most: int) -> tuple[tuple[str, ...], int]:
    """(lines, size): bold, in the largest size that needs at most `most` lines; else cut in the smallest."""
    for size in sizes:
        lines = wrapped(text, font(size, bold=True), width, most + 1)
        if len(lines) <= most:
            return lines, size
    return wrapped(text, font(sizes[-1], bold=True), width, most), sizes[-1]


def _ended(line: str, letters: ImageFont.FreeTypeFont, width: float) -> str:
    while line and letters.getlength(line + "…") > width:
        line = line[:-1].rstrip()
    return line + "…"
