"""How much somebody may read: the table by role, and when reading is unusual or stops."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.reading_limits import (
    DAY,
    FEW_CASES,
    HOUR,
    LABELS,
    LIMITS,
    Measure,
    Opened,
    Passed,
    limit_of,
    stopped_from_listing,
    stopped_from_opening,
    unusual,
    unusual_opening,
    unusual_share,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OFFICER = Role.POLICE_OFFICER
READERS = PERMISSIONS[Permission.VIEW_CASE]


def opened(count: int, *, minutes_ago: float = 10, first: int = 1) -> list[Opened]:
    """So many different cases, opened one second after the other, the last of them so long ago."""
    last = NOW - timedelta(minutes=minutes_ago)
    return [Opened(first + number, last - timedelta(seconds=count - 1 - number)) for number in range(count)]


@pytest.mark.parametrize("measure", [Measure.OPENED_IN_AN_HOUR, Measure.OPENED_IN_A_DAY, Measure.LISTED_IN_A_DAY])
def test_everybody_who_opens_cases_has_a_limit_and_nobody_else(measure: Measure) -> None:
    assert set(LIMITS[measure]) == READERS


def test_every_limit_has_a_reason_and_stops_no_sooner_than_a_colleague_is_told() -> None:
    rows = [limit for table in LIMITS.values() for limit in table.values()]
    assert all(limit.reason for limit in rows)
    assert all(limit.hard is None or limit.hard > limit.soft for limit in rows)


def test_a_day_allows_more_than_an_hour() -> None:
    for role in READERS:
        hour, day = limit_of(role, Measure.OPENED_IN_AN_HOUR), limit_of(role, Measure.OPENED_IN_A_DAY)
        assert hour and day and hour.soft < day.soft and (hour.hard or 0) < (day.hard or 0)


def test_every_measure_has_words() -> None:
    assert {measure.label for measure in Measure} == set(LABELS.values())


def test_a_role_that_opens_no_case_is_not_counted() -> None:
    assert limit_of(Role.AUDITOR, Measure.OPENED_IN_AN_HOUR) is None
    assert limit_of("nobody", Measure.OPENED_IN_AN_HOUR) is None
    assert stopped_from_opening("nobody", 1, opened(500, first=2), NOW) is None
    assert unusual("nobody", Measure.SAME_WORDS, 100) is None


def test_the_sixtieth_case_within_an_hour_is_opened_and_the_sixty_first_is_not() -> None:
    assert stopped_from_opening(OFFICER, 60, opened(59), NOW) is None
    stop = stopped_from_opening(OFFICER, 61, opened(60), NOW)
    assert stop and stop.is_stop
    assert (stop.measure, stop.count, stop.limit) == (Measure.OPENED_IN_AN_HOUR, 61, 60)


def test_a_stop_lasts_until_the_oldest_of_the_hour_is_an_hour_ago() -> None:
    known = opened(60)
    stop = stopped_from_opening(OFFICER, 61, known, NOW)
    assert stop and stop.until == known[0].at + HOUR


def test_going_on_with_a_case_that_is_open_never_stops_anybody() -> None:
    assert stopped_from_opening(OFFICER, 60, opened(60), NOW) is None


def test_what_was_opened_before_the_hour_counts_for_the_day_only() -> None:
    assert stopped_from_opening(OFFICER, 999, opened(149, minutes_ago=70), NOW) is None
    stop = stopped_from_opening(OFFICER, 999, opened(150, minutes_ago=70), NOW)
    assert stop and (stop.measure, stop.count, stop.limit) == (Measure.OPENED_IN_A_DAY, 151, 150)
    assert stop.until == opened(150, minutes_ago=70)[0].at + DAY


def test_of_two_stops_the_longer_one_is_told() -> None:
    known = opened(60) + opened(90, minutes_ago=120, first=100)
    stop = stopped_from_opening(OFFICER, 999, known, NOW)
    assert stop and stop.measure is Measure.OPENED_IN_A_DAY


def test_a_case_opened_earlier_in_the_day_is_one_more_in_the_hour() -> None:
    known = [*opened(60), Opened(999, NOW - 2 * HOUR)]
    stop = stopped_from_opening(OFFICER, 999, known, NOW)
    assert stop and stop.measure is Measure.OPENED_IN_AN_HOUR


def test_at_the_soft_limit_nobody_is_told_and_above_it_somebody_is() -> None:
    assert unusual_opening(OFFICER, opened(25), NOW) == []
    assert unusual_opening(OFFICER, opened(26), NOW) == [Passed(Measure.OPENED_IN_AN_HOUR, 26, 25)]
    assert not Passed(Measure.OPENED_IN_AN_HOUR, 26, 25).is_stop
    assert unusual_opening(OFFICER, opened(81, minutes_ago=61), NOW) == [Passed(Measure.OPENED_IN_A_DAY, 81, 80)]
    assert unusual_opening(OFFICER, opened(81, minutes_ago=25 * 60), NOW) == []


def test_a_factor_moves_both_limits_and_never_a_share() -> None:
    assert stopped_from_opening(OFFICER, 61, opened(60), NOW, factor=2) is None
    assert stopped_from_opening(OFFICER, 121, opened(120), NOW, factor=2)
    assert unusual_opening(OFFICER, opened(50), NOW, factor=2) == []
    limit = limit_of(OFFICER, Measure.OUTSIDE_CASELOAD, factor=2)
    assert limit and (limit.soft, limit.hard) == (50, None)
    words = limit_of(OFFICER, Measure.SAME_WORDS, factor=2)
    assert words and (words.soft, words.hard) == (12, None)


def test_a_share_of_a_few_cases_says_nothing() -> None:
    assert unusual_share(OFFICER, FEW_CASES - 1, FEW_CASES - 1) is None
    assert unusual_share(OFFICER, 5, 10) is None
    assert unusual_share(OFFICER, 6, 10) == Passed(Measure.OUTSIDE_CASELOAD, 60, 50)
    assert unusual_share(Role.MAPPA_COORDINATOR, 10, 10) is None


def test_the_same_words_seven_times_a_day_are_unusual() -> None:
    assert unusual(OFFICER, Measure.SAME_WORDS, 6) is None
    assert unusual(OFFICER, Measure.SAME_WORDS, 7) == Passed(Measure.SAME_WORDS, 7, 6)


def test_lists_stop_after_1500_different_cases_for_a_day() -> None:
    assert stopped_from_listing(OFFICER, 1500, NOW) is None
    assert stopped_from_listing(OFFICER, 1501, NOW) == Passed(Measure.LISTED_IN_A_DAY, 1501, 1500, NOW + DAY)
    assert stopped_from_listing(Role.AUDITOR, 10_000, NOW) is None


CASES = st.lists(
    st.builds(Opened, st.integers(1, 400), st.timedeltas(timedelta(), DAY).map(lambda ago: NOW - ago)),
    unique_by=lambda each: each.case,
    max_size=300,
)


@given(CASES, st.integers(1, 400), st.sampled_from(sorted(READERS)))
def test_when_a_stop_is_over_the_case_can_be_opened_and_just_before_it_cannot(
    known: list[Opened], case: int, role: Role
) -> None:
    stop = stopped_from_opening(role, case, known, NOW)
    if stop is None:
        return
    assert stop.until and NOW < stop.until <= NOW + DAY
    assert stopped_from_opening(role, case, known, stop.until) is None
    assert stopped_from_opening(role, case, known, stop.until - timedelta(microseconds=1))
