"""What the annual report of a board holds: its sections, for which years it can be written, and how its counts leave.

The board reports on the year from April to March (``years``), once that is over. Sections stand in one order; the board
writes a foreword, and a commentary on each. The report is printed and passed on, so every count of people in it is as
it may leave the service (``inspection.suppression``, ``inspection.proportions``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.board.years import BoardYear, year_of
from openmappa.core.inspection.proportions import is_small
from openmappa.core.inspection.suppression import Cell, PublishedTable, published_table

OFFERED = 3
"""How many years back a report can be begun."""


class Section(StrEnum):
    """The parts of a report, in the order that they stand in. The foreword has words alone."""

    FOREWORD = "foreword"
    PEOPLE = "people"
    ORDERS = "orders"
    FURTHER_OFFENCES = "further-offences"
    MEETINGS = "meetings"
    ON_TIME = "on-time"
    BOARD = "board"
    PLAN = "plan"

    @property
    def heading(self) -> str:
        """What it is called, on pages and in the report."""
        return _TITLES[self]


_TITLES = {
    Section.FOREWORD: "Foreword",
    Section.PEOPLE: "People managed under MAPPA",
    Section.ORDERS: "Orders, breaches and recalls",
    Section.FURTHER_OFFENCES: "Serious further offences",
    Section.MEETINGS: "Who came to MAPPA meetings",
    Section.ON_TIME: "What was done on time",
    Section.BOARD: "The board and its meetings",
    Section.PLAN: "The business plan",
}

CATEGORIES: Mapping[int, str] = {
    1: "Registered sexual offenders (category 1)",
    2: "Violent and other sexual offenders (category 2)",
    3: "Other offenders who may cause serious harm (category 3)",
}
"""Rows of the tables of people, by category (7.1)."""
LEVELS: Mapping[int, str] = {1: "Level 1", 2: "Level 2", 3: "Level 3"}
"""Their columns, by level. Somebody registered for whom no level is recorded is at Level 1: nobody put them higher."""
LEVELS_AT_AN_OFFENCE: Mapping[int, str] = {**LEVELS, 0: "No level recorded"}
"""The levels that a case can have had when a further offence happened."""

Counts = Mapping[tuple[int, int], int]
"""People by category and level; what is not there is nought."""


def years_to_report(today: date) -> list[BoardYear]:
    """The years that are over and can be reported on, the latest first."""
    found = [year_of(today).before]
    while len(found) < OFFERED:
        found.append(found[-1].before)
    return found


@dataclass(frozen=True, slots=True)
class People:
    """Both tables of people as they leave beside each other: rows by ``CATEGORIES``, columns by ``LEVELS``."""

    at_the_end: PublishedTable
    in_the_year: PublishedTable


def published_people(at_the_end: Counts, in_the_year: Counts) -> People:
    """Who was managed on the last day, and who was at any time of the year, as both may leave side by side.

    Everybody in the first is in the second, so a total less the other says how many left in the year. Where that is
    small, the total of the year is hidden as well, and whatever would give it away. Single cells need no such care:
    between them people move from level to level, so that their difference counts nobody.
    """
    standing, managed = _grid(at_the_end), _grid(in_the_year)
    last_row, last_column = len(CATEGORIES), len(LEVELS)
    first, second = _with_whole(standing), _with_whole(managed)
    close: set[Cell] = {(row, last_column) for row in range(last_row + 1) if is_small(abs(second[row] - first[row]))}
    return People(published_table(standing), published_table(managed, frozenset(close)))


def _grid(counts: Counts) -> list[list[int]]:
    return [[counts.get((category, level), 0) for level in LEVELS] for category in CATEGORIES]


def _with_whole(grid: Sequence[Sequence[int]]) -> list[int]:
    rows = [sum(row) for row in grid]
    return [*rows, sum(rows)]
