"""Warning before a release, who is chased when, what a stay means for registration; and packs that are refused."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.mappa.movements import Stay, Warned, registration_points, release_warning, stages_reached
from openmappa.core.packs.load import load_movements
from openmappa.core.packs.movements_rules import read_movements
from openmappa.core.packs.reading import PackTable

RULES = load_movements("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "mappa_movements.toml"
GOOD = tomllib.loads(FILE.read_text())
OUT = date(2005, 6, 29)


@pytest.mark.parametrize(
    ("given", "warned", "days"),
    [
        ([date(2005, 6, 1)], Warned.IN_TIME, 28),
        ([date(2005, 6, 2)], Warned.SHORT, 27),
        ([date(2005, 6, 20), date(2005, 5, 1)], Warned.IN_TIME, 59),
        ([date(2005, 6, 29)], Warned.NONE, None),
        ([], Warned.NONE, None),
    ],
)
def test_28_days_before_is_in_time_and_the_day_itself_is_no_warning(
    given: list[date], warned: Warned, days: int | None
) -> None:
    found = release_warning(OUT, given, RULES)
    assert (found.warned, found.days) == (warned, days)


def test_a_notice_of_an_earlier_release_does_not_count() -> None:
    given = [date(2004, 1, 1)]
    assert release_warning(OUT, given, RULES, in_custody_since=date(2005, 3, 1)).warned is Warned.NONE
    assert release_warning(OUT, given, RULES, in_custody_since=date(2003, 3, 1)).warned is Warned.IN_TIME
    assert Warned.NONE.label == "Arrived unannounced"


@pytest.mark.parametrize(("today", "reached"), [(14, 0), (15, 1), (22, 2), (27, 3), (29, 3)])
def test_the_stages_of_chasing_come_14_7_and_2_days_before(today: int, reached: int) -> None:
    assert len(stages_reached(OUT, date(2005, 6, today), RULES)) == reached


def stay(first: date, last: date, place: str = "4 Sample Row", *, abroad: bool = False) -> Stay:
    return Stay(first, last, place, abroad)


def points(one: Stay, *earlier: Stay, registered: bool = True) -> list[tuple[date, str]]:
    return [(point.by, point.sentence) for point in registration_points(one, earlier, RULES, registered=registered)]


def test_seven_days_at_one_place_are_notified_three_days_after_the_seventh() -> None:
    week = stay(date(2005, 7, 1), date(2005, 7, 7))
    ((by, said),) = points(week)
    assert (by, "7 days at this place" in said) == (date(2005, 7, 10), True)
    assert points(stay(date(2005, 7, 1), date(2005, 7, 6))) == []
    assert points(week, registered=False) == []


def test_days_at_the_same_place_within_12_months_add_up() -> None:
    short = stay(date(2005, 7, 1), date(2005, 7, 3))
    before = stay(date(2005, 2, 1), date(2005, 2, 4), "4, sample row")
    ((by, said),) = points(short, before)
    assert (by, "with 4 of earlier stays there" in said) == (date(2005, 7, 6), True)
    assert points(short, stay(date(2004, 2, 1), date(2004, 2, 4))) == [], "longer ago than 12 months"
    assert points(short, stay(date(2005, 2, 1), date(2005, 2, 4), "Elsewhere")) == []
    assert points(short, stay(date(2005, 2, 1), date(2005, 2, 4), abroad=True)) == []


def test_three_days_abroad_are_told_seven_days_before_leaving() -> None:
    ((by, said),) = points(stay(date(2005, 7, 11), date(2005, 7, 13), abroad=True))
    assert (by, said.startswith("3 days abroad")) == (date(2005, 7, 4), True)
    assert points(stay(date(2005, 7, 11), date(2005, 7, 12), abroad=True)) == []


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    table = deepcopy(GOOD)
    change(table)
    with pytest.raises(PackError) as refused:
        read_movements(PackTable(table, "mappa_movements.toml"))
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table["warning"].update(days=0), "`days` must be 1 or more"),
        (lambda table: table["chase"].reverse(), "must come nearer to the release"),
        (lambda table: table["kinds"][0].update(id="work"), "two of `kinds` have the same id"),
        (lambda table: table["chase"][0].update(whom="press"), "`whom` is 'press'"),
        (lambda table: table["travel"].pop("notice_source"), "`notice_source` is nothing"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], object], said: str) -> None:
    assert said in broken(change)
