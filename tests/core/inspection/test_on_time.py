"""Periods, counts and differences of live tables: by definition, by the contract’s numbers, and for any days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.on_time import (
    AGES_FROM,
    NONE,
    Counts,
    Span,
    Step,
    Table,
    age_group,
    expected_by_chance,
    first_of,
    spans,
)
from openmappa.core.inspection.proportions import Proportion, difference

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SOME = st.integers(0, 40)
COUNTS = st.builds(Counts, SOME, SOME, SOME, SOME)


def test_on_time_is_met_of_met_late_missed_and_overdue() -> None:
    assert Counts(met=6, met_late=2, missed=1, overdue=3).on_time == Proportion(6, 12)
    assert NONE.on_time.percentage is None


@given(COUNTS, COUNTS)
def test_counts_without_what_was_added_are_what_they_were(one: Counts, other: Counts) -> None:
    assert one.plus(other).less(other) == one


def test_quarters_are_named_and_parts_of_them_say_so() -> None:
    assert spans(date(2004, 2, 10), date(2004, 9, 30), Step.QUARTER) == (
        Span(date(2004, 2, 10), date(2004, 3, 31), "Jan to Mar 2004", False),
        Span(date(2004, 4, 1), date(2004, 6, 30), "Apr to Jun 2004", True),
        Span(date(2004, 7, 1), date(2004, 9, 30), "Jul to Sep 2004", True),
    )


def test_years_run_from_april() -> None:
    assert [each.name for each in spans(date(2004, 3, 31), date(2005, 4, 1), Step.YEAR)] == [
        "2003/04",
        "2004/05",
        "2005/06",
    ]
    assert spans(date(1999, 4, 1), date(2000, 3, 31), Step.YEAR) == (
        Span(date(1999, 4, 1), date(2000, 3, 31), "1999/00", True),
    )


def test_a_month_is_a_month() -> None:
    assert spans(date(2004, 2, 1), date(2004, 2, 29), Step.MONTH) == (
        Span(date(2004, 2, 1), date(2004, 2, 29), "Feb 2004", True),
    )


@given(DAYS, st.integers(0, 2000), st.sampled_from(Step))
def test_periods_hold_each_day_once_and_begin_where_their_kind_does(since: date, days: int, step: Step) -> None:
    until = since + timedelta(days=days)
    found = spans(since, until, step)
    assert (found[0].since, found[-1].until) == (since, until)
    assert all(one.until + timedelta(days=1) == other.since for one, other in pairwise(found))
    assert all(first_of(each.since, step) == first_of(each.until, step) <= each.since for each in found)
    assert all(each.whole for each in found[1:-1])


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="2004-01-01 is before 2004-01-02: nothing lies between"):
        spans(date(2004, 1, 2), date(2004, 1, 1), Step.MONTH)


def test_age_groups_follow_one_another() -> None:
    assert [age_group(place) for place in range(len(AGES_FROM) + 1)] == [
        "Under 18",
        "18 to 20",
        "21 to 24",
        "25 to 34",
        "35 to 44",
        "45 to 54",
        "55 to 64",
        "65 and over",
    ]


QUARTERS = spans(date(2004, 1, 1), date(2004, 9, 15), Step.QUARTER)
TABLE = Table(
    ["high", "low", "none"],
    QUARTERS,
    {
        ("high", 0): Counts(20, 60, 10, 10),
        ("high", 1): Counts(70, 10, 10, 10),
        ("low", 0): Counts(50, 50, 0, 0),
        ("low", 2): Counts(9, 0, 0, 1),
    },
)


def test_a_table_adds_up_across_and_down() -> None:
    assert TABLE.cell("low", 1) == NONE
    assert TABLE.of_row("high").on_time == Proportion(90, 200)
    assert TABLE.of_row("none") == NONE
    assert TABLE.of_span(0).on_time == Proportion(70, 200)
    assert TABLE.whole == Counts(149, 120, 20, 21)


def test_a_row_is_held_against_all_the_others() -> None:
    assert TABLE.against_the_others("high") == difference(Proportion(90, 200), Proportion(59, 110))
    assert TABLE.against_the_others("none") is None


def test_a_period_is_held_against_the_whole_one_before_it() -> None:
    found = TABLE.from_the_period_before(1, "high")
    assert found == difference(Proportion(70, 100), Proportion(20, 100))
    assert found is not None
    assert found.is_clear
    assert TABLE.from_the_period_before(1) == difference(Proportion(70, 100), Proportion(70, 200))
    assert TABLE.from_the_period_before(0) is None
    assert TABLE.from_the_period_before(1, "low") is None, "of nought nothing is said"
    assert TABLE.from_the_period_before(2) is None, "half of September is missing"


def test_of_forty_comparisons_two_look_clear_by_chance() -> None:
    assert expected_by_chance(40) == pytest.approx(2)
