"""Where the lines of a chart of hours by month lie: numbers alone, from which a page draws SVG.

One panel from nought to a round number over the highest point; a line for the standards in force and one for each
draft, told apart by dashes and the shape of their points as well as by colour. Lengths are in units of the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openmappa.core.levels_chart import Tick

LEFT, RIGHT, TOP, HEIGHT, AXIS = 64, 16, 14, 220, 30
LABEL = 72
"""How much room the name of a month needs."""
STEPS = (1, 2, 5)
MOST_MARKS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its path in SVG, and its points."""

    name: str
    path: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class HoursChart:
    """The whole drawing: its size, the marks of its height, the names of months, and its lines."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    marks: tuple[Tick, ...]
    months: tuple[Tick, ...]
    lines: tuple[Line, ...]


def hours_chart(months: Sequence[str], lines: Sequence[tuple[str, Sequence[float]]], *, width: int) -> HoursChart:
    """The drawing of these hours by month, ``width`` wide."""
    step = _step(max((hours for _, line in lines for hours in line), default=0))
    top = step * MOST_MARKS
    room = (width - LEFT - RIGHT) / len(months)
    middles = [round(LEFT + room * (place + 0.5), 1) for place in range(len(months))]
    every = max(1, -(-LABEL // max(1, int(room))))
    return HoursChart(
        width=width,
        height=float(TOP + HEIGHT + AXIS),
        left=LEFT,
        right=width - RIGHT,
        bottom=float(TOP + HEIGHT),
        marks=tuple(Tick(f"{mark:,}", _high(mark / top)) for mark in range(0, top + 1, step)),
        months=tuple(Tick(name, middles[place]) for place, name in enumerate(months) if place % every == 0),
        lines=tuple(_line(name, hours, middles, top) for name, hours in lines),
    )


def _step(highest: float) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … of which five reach the highest point."""
    size = 1
    while True:
        for step in STEPS:
            if step * size * MOST_MARKS >= highest:
                return step * size
        size *= 10


def _line(name: str, hours: Sequence[float], middles: Sequence[float], top: int) -> Line:
    points = tuple((middle, _high(found / top)) for middle, found in zip(middles, hours, strict=True))
    path = "".join(f"{'L' if place else 'M'}{x} {y}" for place, (x, y) in enumerate(points))
    return Line(name, path, points)


def _high(part: float) -> float:
    return round(TOP + HEIGHT * (1 - part), 1)
