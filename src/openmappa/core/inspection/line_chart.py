"""Where the marks of a chart of questions lie: numbers alone, from which a page draws SVG.

One row for each question, numbered as in the table beside it; along it, from 0 to 100 per cent above the line, a point
with the bar of its 95 % interval, and a tick where the benchmark stands. Lengths are in units of the drawing, of which
one is a pixel where it is shown at its own width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openmappa.core.levels_chart import Tick

LEFT, RIGHT, TOP, ROW, AXIS = 34, 24, 8, 26, 28
MARKS = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn of one question, in per cent; ``benchmark`` is None where there is none, the others of no case."""

    number: int
    percent: float | None
    low: float | None
    high: float | None
    benchmark: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: its number, how far down it lies, and how far right its point, the ends of its bar and the benchmark."""

    number: int
    y: float
    x: float | None
    low: float
    high: float
    benchmark: float | None


@dataclass(frozen=True, slots=True)
class LineChart:
    """The whole drawing."""

    width: float
    height: float
    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    rows: tuple[Mark, ...]


def line_chart(figures: Sequence[Figure], *, width: int) -> LineChart | None:
    """The drawing of these questions, ``width`` wide; None where none of them has a percentage."""
    if all(each.percent is None for each in figures):
        return None
    room = width - LEFT - RIGHT

    def right(percent: float) -> float:
        return round(LEFT + room * percent / 100, 1)

    rows = [
        Mark(
            number=each.number,
            y=TOP + ROW * (place + 0.5),
            x=None if each.percent is None else right(each.percent),
            low=right(each.low or 0),
            high=right(each.high or 0),
            benchmark=None if each.benchmark is None else right(each.benchmark),
        )
        for place, each in enumerate(figures)
    ]
    bottom = float(TOP + ROW * len(figures))
    ticks = tuple(Tick(f"{mark}%", right(mark)) for mark in MARKS)
    return LineChart(width, bottom + AXIS, TOP, bottom, ticks, tuple(rows))
