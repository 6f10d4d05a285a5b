"""Counting days as the standards do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.dates import add_days, add_months, add_working_days, days_between, is_working_day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2004, 1, 31), 1, date(2004, 2, 29)),
        (date(2005, 1, 31), 1, date(2005, 2, 28)),
        (date(2004, 2, 29), 12, date(2005, 2, 28)),
        (date(2004, 11, 30), 3, date(2005, 2, 28)),
        (date(2004, 1, 14), 3, date(2004, 4, 14)),
        (date(9999, 12, 1), 1, date.max),
        (date(2004, 1, 1), 10**20, date.max),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_fifteen_working_days_skip_the_easter_of_2004() -> None:
    assert add_working_days(date(2004, 4, 1), 15) == date(2004, 4, 26)


def test_working_days_run_on_over_the_new_year() -> None:
    assert add_working_days(date(2004, 12, 23), 5) == date(2005, 1, 4)


def test_counting_stops_at_the_last_day_that_can_be_written() -> None:
    assert add_working_days(date(9999, 12, 31), 1) == date.max
    assert add_days(date(9999, 12, 31), 1) == date.max
    assert add_days(date(9999, 12, 30), 1) == date(9999, 12, 31)


def test_weekends_and_bank_holidays_are_no_working_days() -> None:
    assert is_working_day(date(2004, 4, 8))
    assert not is_working_day(date(2004, 4, 9))  # Good Friday
    assert not is_working_day(date(2004, 4, 10))
    assert not is_working_day(date(2004, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(1, 300))
def test_the_nth_working_day_has_n_working_days_up_to_it(start: date, count: int) -> None:
    end = add_working_days(start, count)
    between = (start + timedelta(days=day) for day in range(1, days_between(start, end) + 1))
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == count
