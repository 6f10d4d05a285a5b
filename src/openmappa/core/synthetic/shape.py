"""What a sample caseload should look like: the figures of `caseload_shape.toml` as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

ROUNDING = 5  # percentage points by which a printed table may miss 100


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days, both ends included; `working` means working days in England and Wales."""

    low: int
    high: int
    working: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to aim at: the share of cases that get each answer, and where the number comes from.

    `total` is what the shares add up to in the file; `shares` add up to 1; `tops` are their running totals.
    `among` names the group of cases that it is dealt to; "none": it is drawn for an event, or only compared with.
    `spans` hold a range of days for an answer. `clock`, `room` and `split` keep an answer from a case that is too
    young for it: `room` is the days that the clock must have run; the two sides of `split` days are dealt apart.
    """

    name: str
    title: str
    source: str
    assumption: bool
    among: str
    clock: str
    split: int
    total: float
    shares: tuple[tuple[str, float], ...]
    tops: tuple[tuple[str, float], ...]
    spans: Mapping[str, Span]
    room: Mapping[str, int]
    show: tuple[str, ...]

    def share(self, answer: str) -> float:
        """The share of cases (0 to 1) that should get this answer."""
        return dict(self.shares)[answer]

    def reported(self, answer: str) -> float:
        """The share (0 to 1) as the report prints it: its tables add up to 100 only to within rounding."""
        return self.share(answer) * self.total / 100 if abs(self.total - 100) <= ROUNDING else self.share(answer)


@dataclass(frozen=True, slots=True)
class Shape:
    """All figures, the ranges and the chances (0 to 1) drawn for single events.

    `content` holds the figures for what stands behind the facts in a demonstration.
    """

    three_year_days: int
    facts_at_start: float
    facts_a_year: float
    figures: Mapping[str, Figure]
    content: Mapping[str, Figure]
    spans: Mapping[str, Span]
    chances: Mapping[str, float]


def shape_from(table: Mapping[str, Any]) -> Shape:
    """The shape that a parsed `caseload_shape.toml` describes. Raises KeyError where a key is missing."""
    return Shape(
        three_year_days=table["three_year_days"],
        facts_at_start=table["facts_at_start"],
        facts_a_year=table["facts_a_year"],
        figures={row["name"]: _figure(row) for row in table["figure"]},
        content={row["name"]: _figure(row) for row in table["content"]},
        spans={row["name"]: _only_span(row) for row in table["span"]},
        chances={row["name"]: row["percent"] / 100 for row in table["chance"]},
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    total = sum(row["shares"].values())
    shares = tuple((answer, weight / total) for answer, weight in row["shares"].items())
    spans = {
        answer: Span(low, high, unit == "working_days")
        for unit in ("days", "working_days")
        for answer, (low, high) in row.get(unit, {}).items()
    }
    return Figure(
        name=row["name"],
        title=row["title"],
        source=row["source"],
        assumption=row.get("assumption", False),
        among=row.get("among", "none"),
        clock=row.get("clock", ""),
        split=row.get("split", 0),
        total=total,
        shares=shares,
        tops=_running_totals(shares),
        spans=spans,
        room=row.get("room", {}),
        show=tuple(row.get("show", ())),
    )


def _only_span(row: Mapping[str, Any]) -> Span:
    unit = "working_days" if "working_days" in row else "days"
    low, high = row[unit]
    return Span(low, high, unit == "working_days")


def _running_totals(shares: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The same answers with running totals in place of shares; the last is above 1, whatever rounding does."""
    totals = [0.0]
    for _, share in shares:
        totals.append(totals[-1] + share)
    upper = [after for _, after in pairwise(totals)]
    upper[-1] = 2.0
    return tuple((answer, top) for (answer, _), top in zip(shares, upper, strict=True))
