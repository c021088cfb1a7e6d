"""Where the parts of a bar chart stand, the same in SVG and PNG. All lengths are pixels of the drawing."""

from dataclasses import dataclass

from atlas.previews.letters import font, wrapped

from .charts import Bar, Chart

WIDTH = 760
_LABELS = 330
_GAP = 14
_VALUES = 130
_TOP, _ROW, _FOOT = 58, 44, 66
BAR_HEIGHT = 16
LABEL_SIZE, SOURCE_SIZE, TITLE_SIZE, NOTE_SIZE = 13, 11, 17, 11
LEAST_WIDTH = 2.0


@dataclass(frozen=True)
class Row:
    """One bar: baselines of its two lines of words, where the bar begins and how long it is."""

    bar: Bar
    label: str
    source: str
    y: float
    x: float
    width: float

    @property
    def label_y(self) -> float:
        return self.y + 15

    @property
    def source_y(self) -> float:
        return self.y + 31

    @property
    def bar_y(self) -> float:
        return self.y + 6

    @property
    def value_y(self) -> float:
        return self.bar_y + 13

    @property
    def value_x(self) -> float:
        return self.x + self.width + 8


@dataclass(frozen=True)
class Layout:
    """A chart laid out; `notes` are the lines at its foot."""

    chart: Chart
    title: str
    rows: list[Row]
    notes: list[str]
    height: int
    width: int = WIDTH

    @property
    def headless(self) -> str:
        """The SVG view box that leaves out the title, which a page gives as its heading."""
        return f"0 {_TOP - 12} {self.width} {self.height - _TOP + 12}"

    @property
    def note_rows(self) -> list[tuple[float, str]]:
        """(baseline, line) of each note."""
        top = self.height - _FOOT + 26
        return [(top + 16 * number, note) for number, note in enumerate(self.notes)]


def laid_out(chart: Chart, notes: list[str]) -> Layout:
    """Every bar on a row of its own, the longest as wide as there is room; zero begins at the labels' end."""
    room = WIDTH - _LABELS - _GAP - _VALUES
    rows = []
    for number, bar in enumerate(chart.bars):
        width = max(LEAST_WIDTH, bar.value / chart.longest * room) if chart.longest else LEAST_WIDTH
        label, source = _cut(bar.label, LABEL_SIZE), _cut(bar.source, SOURCE_SIZE)
        rows.append(Row(bar, label, source, _TOP + _ROW * number, _LABELS + _GAP, round(width, 1)))
    height = _TOP + _ROW * len(chart.bars) + _FOOT
    title = wrapped(chart.title, font(TITLE_SIZE, bold=True), WIDTH - 20, 1)[0]
    return Layout(chart, title, rows, notes, height)


def _cut(text: str, size: int) -> str:
    """One line of the label's column."""
    return next(iter(wrapped(text, font(size), _LABELS, most=1)), "")
