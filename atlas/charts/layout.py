"""Where the parts of a bar chart stand, the same in SVG and PNG. All lengths are pixels of the drawing."""

from dataclasses import dataclass

from atlas.previews.letters import font, wrapped

from .charts import Bar, Chart

WIDTH = 760
_LABELS = 330
_GAP = 14
_VALUES = 130
_TOP, _FOOT = 58, 66
#: Height of a row with one line of words, and of each further line.
_ROW, _LINE, _MOST_LINES = 30, 15, 2
BAR_HEIGHT = 16
LABEL_SIZE, SOURCE_SIZE, TITLE_SIZE, NOTE_SIZE = 13, 11, 17, 11
LEAST_WIDTH = 2.0
#: Colours of a chart that stands alone: paper, words, what is said more quietly, bars.
PAPER, INK, QUIET, BAR = "#ffffff", "#1c2422", "#56605c", "#0b5f57"


@dataclass(frozen=True)
class Row:
    """One bar: its words, where it begins and how long it is."""

    bar: Bar
    labels: tuple[str, ...]
    source: str
    y: float
    x: float
    width: float

    @property
    def height(self) -> float:
        return _ROW + _LINE * (len(self.labels) - 1 + bool(self.source))

    @property
    def label_lines(self) -> list[tuple[float, str]]:
        """(baseline, line) of each line of the label."""
        return [(self.y + 15 + _LINE * number, line) for number, line in enumerate(self.labels)]

    @property
    def source_y(self) -> float:
        return self.y + 15 + _LINE * len(self.labels)

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


def laid_out(chart: Chart, notes: list[str], subject: str = "") -> Layout:
    """Every bar on a row of its own, the longest as wide as there is room; zero begins at the labels' end.

    `subject` is the record that the chart is of, named in the title where no page stands around it.
    """
    room = WIDTH - _LABELS - _GAP - _VALUES
    rows: list[Row] = []
    y: float = _TOP
    for bar in chart.bars:
        width = max(LEAST_WIDTH, bar.value / chart.longest * room) if chart.longest else LEAST_WIDTH
        labels, source = _lines(bar.label, LABEL_SIZE, _MOST_LINES), _lines(bar.source, SOURCE_SIZE, 1)
        rows.append(Row(bar, labels, "".join(source), y, _LABELS + _GAP, round(width, 1)))
        y += rows[-1].height
    title = f"{subject}. {chart.title}" if subject else chart.title
    shown = _lines(title, TITLE_SIZE, 1, bold=True, width=WIDTH - 20)
    return Layout(chart, "".join(shown), rows, notes, round(y) + _FOOT)


def _lines(text: str, size: int, most: int, bold: bool = False, width: float = _LABELS) -> tuple[str, ...]:
    return wrapped(text, font(size, bold), width, most)
