"""A breach of a civil order: on which day, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.dates import add_days
from openmappa.core.orders.life import Happened, stood
from openmappa.core.standards.words import in_full


@dataclass(frozen=True, slots=True)
class BreachDays:
    """The days of a breach: when it happened, was reported, charged, ended in a conviction, or went no further."""

    on: date
    reported_on: date
    charged_on: date | None = None
    convicted_on: date | None = None
    dropped_on: date | None = None

    @property
    def words(self) -> str:
        """Where it stands, in a word or two."""
        if self.convicted_on is not None:
            return "Convicted"
        if self.dropped_on is not None:
            return "No further action"
        return "Charged" if self.charged_on is not None else "Reported"


def was_in_force(steps: Sequence[Happened], day: date) -> bool:
    """Whether an order was to be obeyed on some of a day: on the day it ends it still is."""
    after, before = stood(steps, day), stood(steps, add_days(day, -1))
    if after is not None and after.in_force:
        return True
    return before is not None and before.in_force and (before.until_on is None or before.until_on >= day)


def breach_problems(steps: Sequence[Happened], days: BreachDays, today: date) -> dict[str, str]:
    """What is wrong with the days of a breach, by field."""
    problems = {}
    if not was_in_force(steps, days.on):
        problems["on"] = f"The order was not in force on {in_full(days.on)}"
    if days.reported_on < days.on:
        problems["reported_on"] = "It cannot have been reported before it happened"
    if days.charged_on is not None and days.charged_on < days.reported_on:
        problems["charged_on"] = "The charge must not be before the report"
    if days.convicted_on is not None and days.charged_on is None:
        problems["charged_on"] = "Enter the day of the charge as well"
    elif days.convicted_on is not None and days.charged_on is not None and days.convicted_on < days.charged_on:
        problems["convicted_on"] = "The conviction must not be before the charge"
    if days.dropped_on is not None and days.convicted_on is not None:
        problems["dropped_on"] = "It ended in a conviction or without further action, not in both"
    elif days.dropped_on is not None and days.dropped_on < days.reported_on:
        problems["dropped_on"] = "It cannot have ended before it was reported"
    for name in ("on", "reported_on", "charged_on", "convicted_on", "dropped_on"):
        day: date | None = getattr(days, name)
        if day is not None and day > today:
            problems[name] = "The day must be today or in the past"
    return problems
