"""Where the lines of a chart over time lie: numbers alone, from which a page draws SVG.

One panel, from 0 to 100 per cent, its periods evenly from left to right; one line for each series, broken where a
period counts nothing, with the 95 % interval of each point as a bar. Lengths are in units of the drawing, of which one
is a pixel where the drawing is shown at its own width. At most two series, as the Government Analysis Function advises
to keep few lines; each is named in words beside the chart and told apart by its shape as well as by its colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openmappa.core.inspection.proportions import Proportion
from openmappa.core.levels_chart import Tick

LEFT, RIGHT, TOP, HEIGHT, AXIS = 48, 16, 14, 220, 30
LABEL = 112
"""How much room the name of a period needs."""
MARKS = (0, 20, 40, 60, 80, 100)
APART = 6.0
"""How far apart the points of two series stand, so that the bars of neither hide the other's."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: how far right, how high, and where its interval ends above and below."""

    x: float
    y: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, its path in SVG, and its points."""

    name: str
    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """The whole drawing: its size, the marks of its height, the names of periods, and its series."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    marks: tuple[Tick, ...]
    periods: tuple[Tick, ...]
    series: tuple[Series, ...]


def trend_chart(
    names: Sequence[str], lines: Sequence[tuple[str, Sequence[Proportion]]], *, width: int
) -> TrendChart | None:
    """The drawing of these lines, ``width`` wide; None where no period of any counts anything."""
    if not any(each.n for _, line in lines for each in line):
        return None
    bottom = float(TOP + HEIGHT)
    room = (width - LEFT - RIGHT) / len(names)
    middles = [round(LEFT + room * (place + 0.5), 1) for place in range(len(names))]
    every = max(1, -(-LABEL // max(1, int(room))))
    series = [
        _series(name, line, middles, (place - (len(lines) - 1) / 2) * APART) for place, (name, line) in enumerate(lines)
    ]
    return TrendChart(
        width=width,
        height=bottom + AXIS,
        left=LEFT,
        right=width - RIGHT,
        bottom=bottom,
        marks=tuple(Tick(f"{mark}%", _high(mark / 100)) for mark in MARKS),
        periods=tuple(
            Tick(name, middles[place])
            for place, name in enumerate(names)
            if (len(names) - 1 - place) % every == 0 and middles[place] - LABEL / 2 >= 0
        ),
        series=tuple(series),
    )


def _series(name: str, line: Sequence[Proportion], middles: Sequence[float], aside: float) -> Series:
    points, path, broken = [], [], True
    for middle, found in zip(middles, line, strict=True):
        interval = found.interval
        if interval is None:
            broken = True
            continue
        point = Point(round(middle + aside, 1), _high(found.k / found.n), _high(interval.high), _high(interval.low))
        path.append(f"{'M' if broken else 'L'}{point.x} {point.y}")
        points.append(point)
        broken = False
    return Series(name, "".join(path), tuple(points))


def _high(part: float) -> float:
    return round(TOP + HEIGHT * (1 - part), 1)
