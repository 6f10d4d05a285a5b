"""Which facts open a notice of change, what it says, and by when: the pack, and what is no change."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.changes import Change, acknowledge_by, changes, escalates, sentence
from openmappa.core.errors import PackError
from openmappa.core.packs.change_rules import What, read_changes
from openmappa.core.packs.load import load_changes, load_pack
from openmappa.core.packs.model import Unit
from openmappa.core.packs.reading import PackTable
from openmappa.core.standards.facts import Fact

RULES = load_changes("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "changes.toml"
GOOD = tomllib.loads(FILE.read_text())


def fact(kind: str, on: str = "2005-03-01", **details: Any) -> Fact:
    return Fact(kind, date.fromisoformat(on), details, date.fromisoformat(on))


def harm(level: str, on: str = "2005-03-01") -> Fact:
    return fact("harm_level_set", on, level=level)


REGISTERED = fact("registered", "2005-01-03")


def test_harm_that_rises_is_a_change_from_medium_to_high() -> None:
    found = changes(harm("high", "2005-03-08"), [REGISTERED, harm("medium")], RULES)
    assert found == (Change(What.HARM, "harm", "medium", "high"),)
    assert sentence("harm", "medium", "high", RULES) == "Risk of harm went from medium to high"


def test_an_oasys_that_gives_another_level_is_one_and_one_that_gives_none_is_not() -> None:
    earlier = [REGISTERED, harm("very_high")]
    assert changes(fact("oasys_completed", "2005-04-01", stage="review", harm="low"), earlier, RULES) == (
        Change(What.HARM, "harm", "very_high", "low"),
    )
    assert changes(fact("oasys_completed", "2005-04-01", stage="review"), earlier, RULES) == ()
    assert sentence("harm", "very_high", "low", RULES) == "Risk of harm went from very high to low"


def test_a_band_and_a_mappa_level_are_changes_of_their_own() -> None:
    earlier = [REGISTERED, fact("rm2000_completed", band="low", rank="constable")]
    rescored = fact("rm2000_completed", "2005-05-01", band="high", rank="constable")
    assert changes(rescored, earlier, RULES) == (Change(What.BAND, "band", "low", "high"),)
    levelled = [*earlier, fact("mappa_level_set", level=1, category=1)]
    raised = fact("mappa_level_set", "2005-05-02", level=2, category=1)
    assert changes(raised, levelled, RULES) == (Change(What.MAPPA, "mappa", "1", "2"),)
    assert sentence("mappa", "1", "2", RULES) == "MAPPA level went from 1 to 2"


@pytest.mark.parametrize(
    ("first", "earlier"),
    [
        (harm("high"), [REGISTERED]),
        (fact("rm2000_completed", band="high", rank="none"), [REGISTERED]),
        (fact("mappa_level_set", level=3, category=1), [REGISTERED]),
        (fact("order_started", order="licence"), [REGISTERED]),
        (fact("custody_started"), []),
    ],
)
def test_a_first_value_is_no_change(first: Fact, earlier: list[Fact]) -> None:
    assert changes(first, earlier, RULES) == ()


def test_the_same_level_again_or_one_of_the_past_is_no_change() -> None:
    earlier = [REGISTERED, harm("low", "2005-02-01"), harm("high", "2005-03-01")]
    assert changes(harm("high", "2005-03-09"), earlier, RULES) == ()
    assert changes(harm("medium", "2005-02-10"), earlier, RULES) == ()


def test_an_address_that_changed_is_told_once_though_it_is_notified_as_well() -> None:
    changed, notified = (
        fact("details_changed", "2005-03-01", what="address"),
        fact("details_notified", "2005-03-03", what="address"),
    )
    assert changes(changed, [REGISTERED], RULES) == (Change(What.ADDRESS, "address"),)
    assert changes(notified, [REGISTERED, changed], RULES) == ()
    again = fact("details_notified", "2005-06-01", what="address")
    assert changes(again, [REGISTERED, changed, notified], RULES) == (Change(What.ADDRESS, "address-notified"),)


def test_a_name_that_changed_does_not_stand_for_an_address() -> None:
    named = fact("details_changed", "2005-03-01", what="name")
    assert changes(named, [REGISTERED], RULES) == (Change(What.CIRCUMSTANCES, "details"),)
    moved = fact("details_notified", "2005-03-03", what="address")
    assert changes(moved, [REGISTERED, named], RULES) == (Change(What.ADDRESS, "address-notified"),)
    travel = fact("details_notified", "2005-03-03", what="travel")
    assert changes(travel, [REGISTERED, named], RULES) == (Change(What.CIRCUMSTANCES, "details-notified"),)


@pytest.mark.parametrize(
    ("happened", "earlier", "rule"),
    [
        (fact("custody_started", "2005-04-01"), [REGISTERED], "custody-started"),
        (fact("custody_ended", "2005-04-09"), [REGISTERED, fact("custody_started", "2005-04-01")], "custody-ended"),
        (fact("significant_incident", "2005-01-20"), [REGISTERED], "incident"),
        (fact("order_ended", "2005-04-01"), [fact("order_started", order="licence")], "order-ended"),
        (
            fact("order_started", "2005-05-01", order="community_order"),
            [fact("order_started", order="licence"), fact("order_ended", "2005-04-01")],
            "order-started",
        ),
        (fact("registration_ended", "2005-04-01"), [REGISTERED], "registration-ended"),
    ],
)
def test_what_else_is_a_change_of_circumstances(happened: Fact, earlier: list[Fact], rule: str) -> None:
    assert changes(happened, earlier, RULES) == (Change(What.CIRCUMSTANCES, rule),)


@pytest.mark.parametrize(
    "happened",
    [
        fact("home_visit", service="police", outcome="seen", announced=False, joint=False),
        fact("case_closed"),
        fact("breach_found"),
        fact("annual_notification_made"),
        fact("risk_change_acknowledged", service="police"),
    ],
)
def test_what_opens_no_notice(happened: Fact) -> None:
    assert changes(happened, [REGISTERED, harm("high", "2005-02-01")], RULES) == ()


def test_custody_of_the_past_that_leaves_the_person_where_they_are_is_no_news() -> None:
    earlier = [REGISTERED, fact("custody_started", "2005-02-01"), fact("custody_ended", "2005-02-20")]
    assert changes(fact("custody_started", "2005-01-05"), earlier, RULES) == ()


def test_two_working_days_over_a_weekend_and_the_easter_of_2005() -> None:
    assert acknowledge_by(date(2005, 3, 4), RULES) == date(2005, 3, 8)
    assert acknowledge_by(date(2005, 3, 24), RULES) == date(2005, 3, 30)
    assert acknowledge_by(date(2005, 3, 24), RULES, urgent=True) == date(2005, 3, 29)


def test_it_escalates_from_the_day_after_it_was_due() -> None:
    assert (escalates(date(2005, 3, 8), date(2005, 3, 8)), escalates(date(2005, 3, 8), date(2005, 3, 9))) == (
        False,
        True,
    )


def test_there_is_as_long_as_the_standards_give_that_say_the_same() -> None:
    pack = load_pack("england-wales-2005")
    allowed = {pack.standard(name).allowed for name in ("risk-change-police", "risk-change-probation")}
    assert {(each.unit, each.amount) for each in allowed} == {(Unit.WORKING_DAYS, RULES.acknowledge.working_days)}


def test_a_sentence_without_levels_is_the_rules_words_and_an_unknown_rule_its_id() -> None:
    assert sentence("incident", "", "", RULES) == "A significant incident"
    assert sentence("job", "", "", RULES) == "Work or training"
    assert sentence("gone", "", "", RULES) == "gone"
    assert (RULES.rule("harm") is RULES.levels[0], RULES.rule("job")) == (True, None)


def broken(change: Callable[[dict[str, Any]], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_changes(PackTable(content, "changes.toml"))
    return [problem.removeprefix("changes.toml") for problem in refused.value.problems]


def test_what_is_wrong_with_a_pack_is_said_in_a_sentence() -> None:
    assert broken(lambda pack: pack["acknowledge"].update(working_days=0)) == [
        ", acknowledge: `working_days` must be 1 or more: nobody can acknowledge what they were told this minute."
    ]
    assert broken(lambda pack: pack["level"][0].update(field="registered")) == [
        ", level 1: `field` is 'registered'; write one of harm, band, mappa_level."
    ]
    assert broken(lambda pack: pack["topic"][0].update(id="harm")) == [
        ": these ids are given more than once: harm; give each rule and topic its own."
    ]
