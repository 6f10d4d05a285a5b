"""How a case stood as known on the day of an offence, deadlines, lessons without names; and packs that are refused."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.mappa.further_offences import StoodThen, deadlines, identifying_words, stood_then
from openmappa.core.packs.further_offences_rules import read_further_offences
from openmappa.core.packs.load import load_further_offences, packs_in_service
from openmappa.core.packs.reading import PackTable
from openmappa.core.standards.facts import Fact

RULES = load_further_offences("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "mappa_further_offences.toml"
GOOD = tomllib.loads(FILE.read_text())
DAY = date(2005, 6, 29)


def level(on: date, number: int, recorded_on: date | None = None) -> Fact:
    return Fact("mappa_level_set", on, {"level": number, "category": 1}, recorded_on or on)


def stood(*facts: Fact, on: date = DAY) -> StoodThen:
    return stood_then(facts, packs_in_service(), RULES, force="A", on=on)


@pytest.mark.parametrize(
    ("lowered_on", "highest"), [(date(2005, 6, 2), 3), (date(2005, 6, 1), 2), (date(2005, 5, 31), 2)]
)
def test_the_highest_level_counts_that_held_within_28_days(lowered_on: date, highest: int) -> None:
    found = stood(level(date(2005, 1, 4), 3), level(lowered_on, 2))
    assert (found.level, found.highest, found.category) == (2, highest, 1)
    assert found.managed_by_several


def test_a_case_without_a_level_or_at_level_1_is_not_managed_by_several() -> None:
    assert (stood().level, stood().highest, stood().managed_by_several) == (None, None, False)
    assert not stood(level(date(2005, 1, 4), 1)).managed_by_several


def test_what_was_written_down_later_was_not_known_then() -> None:
    found = stood(level(date(2005, 1, 4), 2), level(date(2005, 6, 1), 3, recorded_on=date(2005, 7, 2)))
    assert (found.level, found.highest) == (2, 2)


def test_what_was_overdue_then_is_listed_the_latest_first() -> None:
    registered = Fact("registered", date(2005, 6, 1), {"ends": None}, date(2005, 6, 1))
    found = stood(registered, Fact("rm2000_completed", date(2005, 6, 20), {"band": "low"}, date(2005, 7, 3)))
    late = [(one.standard, one.of, one.due_on, one.days) for one in found.overdue]
    assert late == [
        ("initial-notification", "offender", date(2005, 6, 4), 25),
        ("rm2000-start", "police_officer", date(2005, 6, 8), 21),
    ], "the score of 20 June was written down after the offence"


def test_notified_in_5_days_contributed_in_15_working_days_concluded_in_3_months() -> None:
    due = deadlines(date(2005, 6, 1), date(2005, 6, 1), RULES)
    assert (due.notify_by, due.contribute_by, due.conclude_by) == (
        date(2005, 6, 6),
        date(2005, 6, 22),
        date(2005, 9, 1),
    )
    assert deadlines(date(2005, 5, 1), date(2005, 6, 1), RULES) == due, "from the day it became known"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Visit on the day after a release.", ()),
        ("Mr SAMPLETON was not visited.", ("sampleton",)),
        ("Sampleton's visits were late", ("sampleton",)),
        ("See case N-00 017.", ("N-00017",)),
        ("Al was late.", ()),
    ],
)
def test_a_lesson_that_says_whose_case_it_was_is_found(text: str, found: tuple[str, ...]) -> None:
    assert identifying_words(text, ["Al Sampleton", "Jo O'Testbury"], ["N-00017", ""]) == found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table["contribution"].update(working_days=0), "`working_days` must be 1 or more"),
        (lambda table: table["audiences"][0].update(id="prison"), "two of `audiences` have the same id"),
        (lambda table: table.update(surprise=1), "`surprise` is not a key"),
        (
            lambda table: table["audiences"][0].update(agencies=["army"]),
            "`agencies` has 'army', which is none of police",
        ),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], object], said: str) -> None:
    table = deepcopy(GOOD)
    change(table)
    with pytest.raises(PackError) as refused:
        read_further_offences(PackTable(table, "mappa_further_offences.toml"))
    assert said in str(refused.value)


def test_a_lesson_is_for_staff_of_an_agency_or_of_a_role_or_for_everybody() -> None:
    audiences = {one.id: one for one in RULES.audiences}
    assert [name for name, one in audiences.items() if one.includes("police_officer", "police")] == [
        "police",
        "everybody",
    ]
    assert [name for name, one in audiences.items() if one.includes("mappa_coordinator", "probation")] == [
        "probation",
        "coordination",
        "everybody",
    ]
