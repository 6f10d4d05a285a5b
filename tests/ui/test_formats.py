"""How days, instants, counts and codes are written."""

from datetime import date, datetime

import pytest

from openmappa.ui import formats

TODAY = date(2026, 6, 4)


def test_a_day_is_written_without_a_leading_nought() -> None:
    assert formats.day(date(2004, 5, 3)) == "3 May 2004"
    assert formats.short_day(date(2004, 9, 3)) == "3 Sep 2004"
    assert formats.weekday_day(date(2004, 5, 3)) == "Monday 3 May 2004"


def test_no_day_is_written_as_nothing() -> None:
    assert [formats.day(None), formats.short_day(None), formats.weekday_day(None), formats.instant(None)] == [""] * 4


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(0, 5, "12:05am"), (9, 32, "9:32am"), (12, 0, "12:00pm"), (12, 1, "12:01pm"), (23, 59, "11:59pm")],
)
def test_the_time_of_day_is_on_the_twelve_hour_clock(hour: int, minute: int, written: str) -> None:
    assert formats.clock(datetime(2026, 6, 4, hour, minute)) == written


def test_an_instant_has_its_day_and_its_time() -> None:
    assert formats.instant(datetime(2026, 6, 4, 9, 32)) == "4 June 2026 at 9:32am"


@pytest.mark.parametrize(
    ("due_on", "written"),
    [
        (date(2026, 6, 4), "due today"),
        (date(2026, 6, 5), "due tomorrow"),
        (date(2026, 6, 7), "due in 3 days"),
        (date(2026, 7, 2), "due in 4 weeks"),
        (date(2026, 6, 3), "1 day late"),
        (date(2026, 5, 23), "12 days late"),
        (date(2026, 5, 8), "27 days late"),
        (date(2026, 5, 7), "4 weeks late"),
        (date(2025, 6, 6), "51 weeks late"),
        (date(2025, 6, 4), "12 months late"),
        (date(2024, 6, 4), "2 years late"),
        (date(2023, 12, 4), "2 years 6 months late"),
    ],
)
def test_lateness_is_told_in_words(due_on: date, written: str) -> None:
    assert formats.lateness(due_on, TODAY) == written


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 6, 4), "today"),
        (date(2026, 6, 3), "yesterday"),
        (date(2026, 5, 23), "12 days ago"),
        (date(2026, 6, 6), "in 2 days"),
    ],
)
def test_how_long_ago_is_told_in_words(on: date, written: str) -> None:
    assert formats.ago(on, TODAY) == written


def test_a_count_agrees_with_its_noun() -> None:
    assert [formats.plural(n, "visit") for n in (0, 1, 2, 1000)] == [
        "0 visits",
        "1 visit",
        "2 visits",
        "1,000 visits",
    ]
    assert formats.plural(2, "duty", "duties") == "2 duties"
    assert formats.number(100000) == "100,000"


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("very_high", "Very high"),
        ("oasys-review", "OASys review"),
        ("rm2000_completed", "RM2000 completed"),
        ("case_manager", "Case manager"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_code_becomes_words_and_abbreviations_keep_their_capitals(code: str | None, written: str) -> None:
    assert formats.words(code) == written


def test_a_label_inside_a_sentence_keeps_its_abbreviation() -> None:
    labels = ["Date of visit", "PNC number", "RM2000 items", "A reason", ""]
    assert [formats.lower_first(label) for label in labels] == [
        "date of visit",
        "PNC number",
        "RM2000 items",
        "a reason",
        "",
    ]


def test_a_list_is_joined_as_in_a_sentence() -> None:
    assert [formats.joined(list(letters)) for letters in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
