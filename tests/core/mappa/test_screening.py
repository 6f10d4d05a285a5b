"""Screening: 10 working days, 2 where urgent, the clock that stands, and who sits in which seat."""

from datetime import date

import pytest

from openmappa.core.mappa.screening import (
    Pause,
    clock,
    dissent,
    is_late,
    missing,
    seat_of,
    working_days_between,
)
from openmappa.core.packs.load import load_mappa_referrals

RULES = load_mappa_referrals("england-wales-2005")
MONDAY = date(2005, 6, 6)


def due(*pauses: Pause, urgent: bool = False, today: date = MONDAY) -> date:
    return clock(MONDAY, pauses, RULES.time, urgent=urgent, today=today).due_on


def test_a_referral_is_decided_within_10_working_days_and_within_2_where_it_is_urgent() -> None:
    assert (due(), due(urgent=True)) == (date(2005, 6, 20), date(2005, 6, 8))


def test_the_working_days_of_waiting_for_an_answer_are_added() -> None:
    asked = Pause(date(2005, 6, 8), date(2005, 6, 13))
    assert due(asked) == date(2005, 6, 23), "three working days: 9, 10 and 13 June"
    assert due(asked, Pause(date(2005, 6, 14), date(2005, 6, 14))) == date(2005, 6, 23)


def test_while_an_answer_is_awaited_the_clock_stands() -> None:
    waiting = clock(MONDAY, [Pause(date(2005, 6, 8), None)], RULES.time, urgent=True, today=date(2005, 6, 10))
    assert (waiting.stands, waiting.due_on) == (True, date(2005, 6, 10))
    assert waiting.steps == (
        "Sent on 6 June 2005: 2 working days, since it is urgent",
        "More was asked on 8 June 2005, not answered yet, so the clock stands still: 2 working days more",
        "To be decided by 10 June 2005",
    )


def test_an_answer_is_said_with_its_days() -> None:
    steps = clock(MONDAY, [Pause(date(2005, 6, 9), date(2005, 6, 10))], RULES.time, urgent=False, today=MONDAY).steps
    assert steps[1] == "More was asked on 9 June 2005, answered on 10 June 2005: 1 working day more"


def test_weekends_and_bank_holidays_are_no_working_days() -> None:
    assert working_days_between(date(2005, 5, 27), date(2005, 5, 31)) == 1, "30 May 2005 was a bank holiday"
    assert working_days_between(MONDAY, MONDAY) == 0


@pytest.mark.parametrize(
    ("decided_on", "today", "late"),
    [(None, 20, False), (None, 21, True), (20, 30, False), (21, 30, True)],
)
def test_it_is_late_from_the_day_after(decided_on: int | None, today: int, late: bool) -> None:
    decided = date(2005, 6, decided_on) if decided_on else None
    assert is_late(date(2005, 6, 20), decided, date(2005, 6, today)) is late


@pytest.mark.parametrize(
    ("service", "rank", "seat"),
    [
        ("probation", "senior_probation_officer", "probation"),
        ("probation", "chief_officer", "probation"),
        ("probation", "probation_officer", None),
        ("probation", "none", None),
        ("police", "sergeant", "police"),
        ("police", "detective_inspector", "police"),
        ("police", "detective_constable", None),
        ("police", "senior_probation_officer", None),
        (None, "sergeant", None),
    ],
)
def test_who_may_sit_in_which_seat(service: str | None, rank: str, seat: str | None) -> None:
    found = seat_of(service, rank, RULES)
    assert (found.id if found else None) == seat


def test_both_views_are_there_before_the_decision() -> None:
    assert missing({}, RULES) == (
        "Nobody has been asked to screen it as senior probation officer.",
        "Nobody has been asked to screen it as police officer, at least a sergeant.",
    )
    assert missing({"probation": "level_2", "police": ""}, RULES) == (
        "The view of the police officer, at least a sergeant is missing.",
    )
    assert missing({"probation": "level_2", "police": "level_3"}, RULES) == ()


def test_whoever_saw_it_otherwise_is_named() -> None:
    assert dissent("level_2", {"probation": "level_2", "police": "level_3"}) == ("police",)
    assert dissent("level_2", {"probation": "", "police": "level_2"}) == ()
