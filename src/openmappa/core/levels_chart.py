"""Where the lines of a chart of levels lie: numbers alone, from which a page draws SVG.

One lane for each level, below one another, each with the steps of its own scale, so that no line is read against
another's; below them a lane with custody as bars and incidents as marks. Lengths are in units of the drawing, of which
one is a pixel where the drawing is shown at its own width; days run from left to right, evenly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.core.dates import add_months
from openmappa.core.levels import SCALES, LevelChange, Levels, level_words

LEFT, RIGHT, TOP = 76, 34, 4
TITLE, STEP, GAP, ROW, AXIS = 22, 18, 14, 22, 26
LABEL = 66
"""How much room the label of a day needs."""
FEWEST_DAYS = 60
MONTHS_APART = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 1000, 10000)))


@dataclass(frozen=True, slots=True)
class Tick:
    """A label and where it stands along its axis."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One level: its title and steps, the line through its changes as an SVG path, and each change as a point."""

    field: str
    title: str
    title_at: float
    steps: tuple[Tick, ...]
    path: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LevelsChart:
    """The whole drawing: its size, its lanes, its days, and the rows of custody (spans) and incidents (places)."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    lanes: tuple[Lane, ...]
    days: tuple[Tick, ...]
    custody_at: float
    custody: tuple[tuple[float, float], ...]
    incidents_at: float
    incidents: tuple[float, ...]


def levels_chart(found: Levels, *, width: int) -> LevelsChart | None:
    """The drawing of these levels, ``width`` wide; None where there is nothing to draw."""
    first = found.began_on
    if first is None:
        return None
    first = min(first, found.until - timedelta(days=FEWEST_DAYS))
    scale = (width - LEFT - RIGHT) / (found.until - first).days

    def across(day: date) -> float:
        return round(LEFT + (day - first).days * scale, 1)

    lanes, top = [], float(TOP)
    for field in SCALES:
        lane = _lane(field, found.of(field), [across(one.fact.on) for one in found.of(field)], top, width - RIGHT)
        lanes.append(lane)
        top = lane.steps[0].at + STEP / 2 + GAP
    custody_at = top + ROW / 2
    bottom = top + 2 * ROW
    return LevelsChart(
        width=width,
        height=bottom + AXIS,
        left=LEFT,
        right=width - RIGHT,
        bottom=bottom,
        lanes=tuple(lanes),
        days=_days(first, found.until, across(found.until) - LEFT, scale),
        custody_at=custody_at,
        custody=tuple((across(began), max(across(ended) - across(began), 2.0)) for began, ended in found.custody),
        incidents_at=custody_at + ROW,
        incidents=tuple(across(day) for day in found.incidents),
    )


def _lane(field: str, changes: Sequence[LevelChange], across: Sequence[float], top: float, end: float) -> Lane:
    title, values = SCALES[field]
    lowest = top + TITLE + STEP * (len(values) - 0.5)
    height = {value: lowest - STEP * place for place, value in enumerate(values)}
    points = tuple((x, height[change.after]) for x, change in zip(across, changes, strict=True))
    path = "".join(f"{f'H{x}V{y}' if place else f'M{x} {y}'}" for place, (x, y) in enumerate(points))
    return Lane(
        field=field,
        title=title,
        title_at=top + TITLE - 7,
        steps=tuple(Tick(level_words(field, value), height[value]) for value in values),
        path=f"{path}H{end}" if points else "",
        points=points,
    )


def _days(first: date, last: date, length: float, scale: float) -> tuple[Tick, ...]:
    """The firsts of months along the axis, as many as find room."""
    months = (last - first).days / 30.44
    apart = next(each for each in MONTHS_APART if months / each * LABEL <= length or each == MONTHS_APART[-1])
    began = date(first.year, 1, 1)
    found = []
    day = began
    while day <= last:
        if day >= first:
            label = str(day.year) if apart % 12 == 0 else f"{day:%b} {day.year}"
            found.append(Tick(label, round(LEFT + (day - first).days * scale, 1)))
        day = add_months(day, apart)
    return tuple(found)
