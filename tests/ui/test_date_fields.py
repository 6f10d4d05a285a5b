"""What is typed in the three boxes of a date: the day, or the exact sentence that refuses it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from openmappa.ui.date_fields import DateInputField, RecentDateField, TypedDay, shown
from openmappa.ui.forms import Form


class Visit(Form):
    """A form with one date of each sort."""

    held_on = DateInputField(label="Date of visit")


class Birth(Form):
    """A day that must be in the past."""

    born_on = DateInputField(label="Date of birth", in_past=True)


class Recent(Form):
    """A day picked or typed."""

    visited_on = RecentDateField(label="Date of visit")


def boxes(name: str, day: str, month: str, year: str, choice: str | None = None) -> dict[str, str]:
    sent = {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    return sent if choice is None else {**sent, name: choice}


def cleaned(form: Form, name: str) -> Any:
    assert form.errors == {}
    return form.cleaned_data[name]


def refusal(form: Form, name: str) -> tuple[str, tuple[str, ...]]:
    (error,) = form.errors.as_data()[name]
    return str(form.errors[name][0]), tuple((error.params or {}).get("parts", ()))


@pytest.mark.parametrize(
    "typed",
    [
        ("27", "3", "2026"),
        ("27", "03", "2026"),
        ("27", "March", "2026"),
        ("27", "mar", "2026"),
        ("27", "Mar.", "2026"),
        ("27th", "MARCH", " 2026 "),
        ("27/3/2026", "", ""),
        ("27.03.2026", "", ""),
        ("27 March 2026", "", ""),
        ("2026-03-27", "", ""),
    ],
)
def test_27_march_2026_is_understood_in_every_usual_way(typed: tuple[str, str, str]) -> None:
    assert cleaned(Visit(boxes("held_on", *typed)), "held_on") == date(2026, 3, 27)


def test_the_29th_of_february_is_a_day_in_a_leap_year() -> None:
    assert cleaned(Visit(boxes("held_on", "29", "2", "2004")), "held_on") == date(2004, 2, 29)


def test_sept_is_september() -> None:
    assert cleaned(Visit(boxes("held_on", "1", "sept", "2004")), "held_on") == date(2004, 9, 1)


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("", "", ""), "Enter the date of visit", ()),
        (("27", "3", ""), "Date of visit must include a year", ("year",)),
        (("", "3", "2026"), "Date of visit must include a day", ("day",)),
        (("27", "", ""), "Date of visit must include a month and a year", ("month", "year")),
        (
            ("31", "2", "2003"),
            "Date of visit cannot be 31 February 2003: February 2003 has 28 days",
            ("day",),
        ),
        (("31", "april", "2003"), "Date of visit cannot be 31 April 2003: April 2003 has 30 days", ("day",)),
        (("32", "1", "2003"), "Date of visit must have a day between 1 and 31, not “32”", ("day",)),
        (("0", "1", "2003"), "Date of visit must have a day between 1 and 31, not “0”", ("day",)),
        (
            ("1", "13", "2003"),
            "Date of visit must have a month between 1 and 12 or a month’s name, not “13”",
            ("month",),
        ),
        (
            ("1", "ma", "2003"),
            "Date of visit must have a month between 1 and 12 or a month’s name, not “ma”",
            ("month",),
        ),
        (
            ("1", "1", "04"),
            "Date of visit must have a year with four numbers, like 2004, not “04”",
            ("year",),
        ),
        (
            ("1", "1", "0204"),
            "Date of visit must have a year with four numbers, like 2004, not “0204”",
            ("year",),
        ),
        (("٣", "1", "2003"), "Date of visit must have a day between 1 and 31, not “٣”", ("day",)),
        (
            ("x" * 30, "1", "2003"),
            "Date of visit must have a day between 1 and 31, not “xxxxxxxxxxxxxxxxxxxx…”",
            ("day",),
        ),
    ],
)
def test_a_wrong_date_is_refused_with_the_part_that_is_wrong(
    typed: tuple[str, str, str], sentence: str, parts: tuple[str, ...]
) -> None:
    assert refusal(Visit(boxes("held_on", *typed)), "held_on") == (sentence, parts)


def test_tomorrow_is_refused_where_the_day_must_be_past_and_today_is_not() -> None:
    today = timezone.localdate()
    late = today + timedelta(days=1)
    assert cleaned(Birth(boxes("born_on", str(today.day), str(today.month), str(today.year))), "born_on") == today
    assert refusal(Birth(boxes("born_on", str(late.day), str(late.month), str(late.year))), "born_on") == (
        "Date of birth must be today or in the past",
        ("day", "month", "year"),
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2", "Date of visit must be on or after 3 May 2004, when registration began"),
        ("6", "Date of visit must be on or before 5 May 2004"),
    ],
)
def test_a_day_outside_its_limits_is_refused_with_the_limit_and_the_reason(day: str, sentence: str) -> None:
    form = Visit(boxes("held_on", day, "5", "2004"))
    field = form.fields["held_on"]
    assert isinstance(field, DateInputField)
    field.set_earliest(date(2004, 5, 3), "when registration began")
    field.set_latest(date(2004, 5, 5))
    assert refusal(form, "held_on") == (sentence, ("day", "month", "year"))


def test_the_limits_of_one_form_are_not_those_of_the_next() -> None:
    first = Visit(boxes("held_on", "1", "5", "2004")).fields["held_on"]
    assert isinstance(first, DateInputField)
    first.set_earliest(date(2004, 5, 3))
    assert cleaned(Visit(boxes("held_on", "1", "5", "2004")), "held_on") == date(2004, 5, 1)


def test_today_and_yesterday_are_one_press() -> None:
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1)):
        assert cleaned(Recent({"visited_on": day.isoformat()}), "visited_on") == day


def test_today_chosen_before_midnight_is_still_that_day_after_it() -> None:
    form = Recent({"visited_on": "2026-03-27"})
    assert cleaned(form, "visited_on") == date(2026, 3, 27)
    assert shown(form["visited_on"].value(), []) == TypedDay("27", "3", "2026", "another")


def test_a_day_typed_without_a_choice_is_taken() -> None:
    assert cleaned(Recent(boxes("visited_on", "3", "5", "2004")), "visited_on") == date(2004, 5, 3)


def test_another_day_takes_what_is_typed() -> None:
    assert cleaned(Recent(boxes("visited_on", "3", "5", "2004", "another")), "visited_on") == date(2004, 5, 3)


@pytest.mark.parametrize(
    ("sent", "sentence", "parts"),
    [
        ({}, "Enter the date of visit", ()),
        (
            {"visited_on": "another"},
            "Enter the day, month and year of the date of visit",
            ("day", "month", "year"),
        ),
        ({"visited_on": "soon"}, "Choose a day for the date of visit", ()),
        (
            boxes("visited_on", "3", "5", "2004", "2026-03-27"),
            "You chose 27 March 2026 but typed another day: choose Another day, or empty the boxes",
            ("day", "month", "year"),
        ),
        (
            {"visited_on": "2999-01-01"},
            "Date of visit must be today or in the past",
            ("day", "month", "year"),
        ),
    ],
)
def test_a_choice_that_gives_no_day_is_refused(sent: dict[str, str], sentence: str, parts: tuple[str, ...]) -> None:
    assert refusal(Recent(sent), "visited_on") == (sentence, parts)


def test_a_day_to_start_with_is_shown_as_the_choice_or_in_the_boxes() -> None:
    assert shown(date(2026, 3, 27), ["2026-03-27"]) == TypedDay(choice="2026-03-27")
    assert shown(date(2004, 5, 3), ["2026-03-27"]) == TypedDay("3", "5", "2004", "another")
    assert shown(None, ["2026-03-27"]) == TypedDay()


def test_a_date_form_knows_whether_anything_was_changed() -> None:
    typed = boxes("held_on", "27", "3", "2026")
    assert Visit(typed, initial={"held_on": date(2026, 3, 27)}).has_changed() is False
    assert Visit(typed, initial={"held_on": date(2026, 3, 28)}).has_changed() is True
