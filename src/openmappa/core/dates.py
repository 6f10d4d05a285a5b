"""Counting days as the standards do: months that end early, and working days in England and Wales."""

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

LAST_DAY = date.max
"""The last day that can be written. Counting stops there: an interval that leads beyond it is never due."""

KEPT = 50_000
"""Answers that are kept: a large caseload asks for the same few thousand days again and again."""


@lru_cache(maxsize=KEPT)
def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later, or that month's last day where there is none (section 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LAST_DAY.year:
        return LAST_DAY
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=KEPT)
def add_working_days(day: date, count: int) -> date:
    """The ``count``-th Monday to Friday that is no bank holiday in England and Wales, strictly after ``day``."""
    remaining, year = count, day.year
    days = working_days(year)
    at = bisect_right(days, day)
    while at + remaining > len(days):
        remaining -= len(days) - at
        year += 1
        if year > LAST_DAY.year:
            return LAST_DAY
        days, at = working_days(year), 0
    return days[at + remaining - 1]


@lru_cache(maxsize=KEPT)
def add_days(day: date, count: int) -> date:
    """The day ``count`` calendar days later."""
    return LAST_DAY if count > (LAST_DAY - day).days else day + timedelta(days=count)


@lru_cache(maxsize=KEPT)
def add_weeks(day: date, count: int) -> date:
    """The same day of the week, ``count`` weeks later."""
    return add_days(day, 7 * count)


def is_working_day(day: date) -> bool:
    """Whether the day is a Monday to Friday and no bank holiday in England and Wales."""
    days = working_days(day.year)
    at = bisect_right(days, day)
    return at > 0 and days[at - 1] == day


@cache
def working_days(year: int) -> tuple[date, ...]:
    """Every working day of a year in England and Wales, in order."""
    closed = bank_holidays(year)
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days = (date.fromordinal(ordinal) for ordinal in range(first, last + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in closed)


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of a year in England and Wales, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def days_between(first: date, last: date) -> int:
    """How many days ``last`` is after ``first``; negative when before."""
    return (last - first) // timedelta(days=1)
