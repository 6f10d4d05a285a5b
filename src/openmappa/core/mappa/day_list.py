"""A draft list for a day of meetings: which of the cases that are due for review come first (7.2).

A draft proposes; the coordinator decides. The cases longest past their day come first; of one day, those at the higher
risk of harm; of the same, those in the order they were given in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openmappa.core.bands import HarmLevel
from openmappa.core.dates import add_days, is_working_day

PLACES = {level.value: place for place, level in enumerate(reversed(HarmLevel))}


@dataclass(frozen=True, slots=True)
class Due:
    """A case and the day its review is due by; ``harm`` is its risk of harm, empty where none was set."""

    case: int
    due_on: date
    harm: str = ""


def draft_list(due: Iterable[Due], most: int) -> list[Due]:
    """Up to so many of these cases, the most pressing first."""
    return sorted(due, key=lambda each: (each.due_on, PLACES.get(each.harm, len(PLACES))))[:most]


def day_for(today: date, notice_days: int) -> date:
    """The first working day that leaves people so many days to prepare."""
    day = add_days(today, notice_days)
    while not is_working_day(day):
        day = add_days(day, 1)
    return day
