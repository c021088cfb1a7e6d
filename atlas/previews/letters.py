"""Text in pictures: the font, its reach, and fitting words into a width."""

import re
from bisect import bisect_left
from collections.abc import Sequence
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
        count = _fitting(words, " ", letters, width)
        if count:
            lines.append(" ".join(words[:count]))
            words = words[count:]
        else:  # one word wider than the line
            cut = max(1, _fitting(words[0], "", letters, width))
            lines.append(words[0][:cut])
            words[0] = words[0][cut:]
    if words:
        lines[-1] = _ended(lines[-1], letters, width)
    return tuple(lines)


def _fitting(parts: Sequence[str], between: str, letters: ImageFont.FreeTypeFont, width: float) -> int:
    """How many of these words or letters, from the first on, a line has room for."""
    return bisect_left(
        range(1, len(parts) + 1),
        True,
        key=lambda count: letters.getlength(between.join(parts[:count])) > width,
    )


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
