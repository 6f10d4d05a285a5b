"""What a sample caseload should look like: the figures of `caseload_shape.toml` as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days, both ends included; `working` means working days in England and Wales."""

    low: int
    high: int
    working: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to aim at: the share of cases that get each answer, and where the number comes from.

    `shares` add up to 1. `among` names the group of cases it is dealt to; "none" means that it is only drawn for an
    event or only compared with. `spans` hold a range of days for an answer. `clock`, `room` and `split` keep an
    answer from a case that is too young for it: days that must have passed since the clock started.
    """

    name: str
    title: str
    source: str
    assumption: bool
    among: str
    clock: str
    split: int
    shares: tuple[tuple[str, float], ...]
    spans: Mapping[str, Span]
    room: Mapping[str, int]
    show: tuple[str, ...]

    def share(self, answer: str) -> float:
        """The share of cases (0 to 1) that should get this answer."""
        return dict(self.shares)[answer]


@dataclass(frozen=True, slots=True)
class Shape:
    """All figures, the ranges and the chances (0 to 1) drawn for single events."""

    three_year_days: int
    mean_facts: float
    figures: Mapping[str, Figure]
    spans: Mapping[str, Span]
    chances: Mapping[str, float]


def shape_from(table: Mapping[str, Any]) -> Shape:
    """The shape that a parsed `caseload_shape.toml` describes. Raises KeyError where a key is missing."""
    return Shape(
        three_year_days=table["three_year_days"],
        mean_facts=table["mean_facts_in_three_years"],
        figures=MappingProxyType({row["name"]: _figure(row) for row in table["figure"]}),
        spans=MappingProxyType({row["name"]: _only_span(row) for row in table["span"]}),
        chances=MappingProxyType({row["name"]: row["percent"] / 100 for row in table["chance"]}),
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    total = sum(row["shares"].values())
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
        among=row["among"],
        clock=row.get("clock", ""),
        split=row.get("split", 0),
        shares=tuple((answer, weight / total) for answer, weight in row["shares"].items()),
        spans=MappingProxyType(spans),
        room=MappingProxyType(row.get("room", {})),
        show=tuple(row.get("show", ())),
    )


def _only_span(row: Mapping[str, Any]) -> Span:
    unit = "working_days" if "working_days" in row else "days"
    low, high = row[unit]
    return Span(low, high, unit == "working_days")


def thresholds(shares: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The same answers with running totals in place of shares; the last one is 1 exactly."""
    totals = [0.0]
    for _, share in shares:
        totals.append(totals[-1] + share)
    upper = [after for _, after in pairwise(totals)]
    upper[-1] = 1.0
    return tuple((answer, top) for (answer, _), top in zip(shares, upper, strict=True))
