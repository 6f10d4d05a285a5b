"""Duties met on time, by period and by what is told apart: the cells of a live table and what may be said of them.

**On time** = met ÷ (met + met late + missed + overdue), the contract's rule (standards, section 5), with its count and
Wilson's interval. A duty counts in the period in which it was due, once that day is over: one that is met before it is
due counts from the day after it was due, so that a period that still runs is not flattered by those who were early.

**Differences** are Newcombe's, and one is called a difference only where its interval excludes nought. A row is held
against all the other rows together, a period against the one before it: no duty stands on both sides. With many such
comparisons some look clear by chance alone: ``expected_by_chance`` says how many. The duties of one case are not
independent of one another, so every interval is somewhat too narrow; pages say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from openmappa.core.dates import add_months
from openmappa.core.inspection.proportions import CONFIDENCE, Difference, Proportion, difference

MOST_PERIODS = 60
"""The most periods of one table: five years of months."""
AGES_FROM = (18, 21, 25, 35, 45, 55, 65)
"""The age at which each group but the first begins."""
YEAR_BEGINS = 4
"""The month in which a year begins: April, as in the annual reports of MAPPA."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Step(StrEnum):
    """How long one period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Its length."""
        return {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Span:
    """One period: its first and last day, its name, and whether all of its days are in."""

    since: date
    until: date
    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many duties had which outcome: those that on time is counted from."""

    met: int = 0
    met_late: int = 0
    missed: int = 0
    overdue: int = 0

    @property
    def on_time(self) -> Proportion:
        """Those met on time of all that were judged."""
        return Proportion(self.met, self.met + self.met_late + self.missed + self.overdue)

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            self.met + other.met,
            self.met_late + other.met_late,
            self.missed + other.missed,
            self.overdue + other.overdue,
        )

    def less(self, other: "Counts") -> "Counts":
        """These without those, which are among them."""
        return Counts(
            self.met - other.met,
            self.met_late - other.met_late,
            self.missed - other.missed,
            self.overdue - other.overdue,
        )


NONE = Counts()


@dataclass(frozen=True)
class Table:
    """A live table: its rows by key, in order, its periods, and the counts of each cell that has any."""

    rows: Sequence[str]
    spans: Sequence[Span]
    cells: Mapping[tuple[str, int], Counts]
    _rows: dict[str, Counts] = field(init=False, repr=False, default_factory=dict)
    _spans: dict[int, Counts] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for (row, place), counts in self.cells.items():
            self._rows[row] = self.of_row(row).plus(counts)
            self._spans[place] = self.of_span(place).plus(counts)

    def cell(self, row: str, place: int) -> Counts:
        """One row in the period with this place."""
        return self.cells.get((row, place), NONE)

    def of_row(self, row: str) -> Counts:
        """One row over all periods."""
        return self._rows.get(row, NONE)

    def of_span(self, place: int) -> Counts:
        """All rows in the period with this place."""
        return self._spans.get(place, NONE)

    @property
    def whole(self) -> Counts:
        """Everything."""
        total = NONE
        for counts in self._rows.values():
            total = total.plus(counts)
        return total

    def against_the_others(self, row: str) -> Difference | None:
        """A row less all the other rows together; None where either counts nothing."""
        counts = self.of_row(row)
        return difference(counts.on_time, self.whole.less(counts).on_time)

    def from_the_period_before(self, place: int, row: str | None = None) -> Difference | None:
        """A period less the one before it, of one row or of all; None for the first, and where either counts nothing.

        A period of which days are missing is held against nothing.
        """
        if place == 0 or not (self.spans[place].whole and self.spans[place - 1].whole):
            return None
        now, before = (self.of_span(each) if row is None else self.cell(row, each) for each in (place, place - 1))
        return difference(now.on_time, before.on_time)


def expected_by_chance(comparisons: int) -> float:
    """How many of so many comparisons would look clear if nothing but chance were at work."""
    return comparisons * (1 - CONFIDENCE)


def spans(since: date, until: date, step: Step) -> tuple[Span, ...]:
    """The periods that hold the days from ``since`` to ``until``; the first and the last may be parts.

    ValueError where the days are the wrong way round. Years run from April.
    """
    if until < since:
        raise ValueError(f"{until} is before {since}: nothing lies between.")
    found = []
    began = first_of(since, step)
    while began <= until:
        following = add_months(began, step.months)
        ended = following - timedelta(days=1)
        inside = Span(max(began, since), min(ended, until), _name(began, step), began >= since and ended <= until)
        found.append(inside)
        began = following
    return tuple(found)


def first_of(day: date, step: Step) -> date:
    """The first day of the period that holds a day."""
    if step is Step.YEAR:
        return date(day.year if day.month >= YEAR_BEGINS else day.year - 1, YEAR_BEGINS, 1)
    return date(day.year, day.month - (day.month - 1) % step.months, 1)


def age_group(place: int) -> str:
    """The name of an age group by its place: from 0, for those younger than the first of ``AGES_FROM``, up."""
    if place == 0:
        return f"Under {AGES_FROM[0]}"
    if place == len(AGES_FROM):
        return f"{AGES_FROM[-1]} and over"
    return f"{AGES_FROM[place - 1]} to {AGES_FROM[place] - 1}"


def _name(began: date, step: Step) -> str:
    month = MONTHS[began.month - 1]
    if step is Step.MONTH:
        return f"{month} {began.year}"
    if step is Step.QUARTER:
        return f"{month} to {MONTHS[began.month + 1]} {began.year}"
    return f"{began.year}/{(began.year + 1) % 100:02}"
