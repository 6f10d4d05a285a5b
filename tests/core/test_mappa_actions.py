"""Actions of meetings in the core: which step may follow which, how late in words, and who is told when, each once."""

from dataclasses import replace
from datetime import date

import pytest

from openmappa.core.errors import PackError
from openmappa.core.mappa.actions import (
    OPEN,
    ActionState,
    StepKind,
    Telling,
    Told,
    fails_repeatedly,
    lateness,
    may_follow,
    state_after,
    tell_from,
    to_tell,
)
from openmappa.core.packs.actions_rules import read_actions
from openmappa.core.packs.load import load_actions
from openmappa.core.packs.reading import PackTable

RULES = load_actions("england-wales-2005")
DUE = date(2005, 5, 10)


def test_the_pack_reminds_three_days_before_and_tells_the_manager_after_one_and_the_board_after_ten() -> None:
    days = (RULES.remind_days_before, RULES.manager_days_late, RULES.smb_days_late)
    assert (days, RULES.failing_months, RULES.failing_late) == ((3, 1, 10), 6, 3)
    assert {RULES.remind_source.certainty.value, RULES.smb_source.certainty.value} == {"ours"}


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2005, 5, 8), "Due in 2 days"),
        (date(2005, 5, 9), "Due tomorrow"),
        (date(2005, 5, 10), "Due today"),
        (date(2005, 5, 11), "Overdue by 1 day"),
        (date(2005, 5, 13), "Overdue by 3 days"),
    ],
)
def test_lateness_is_said_in_words(today: date, words: str) -> None:
    assert lateness(DUE, today) == words


def test_nothing_but_a_mistake_found_follows_what_is_completed_and_nothing_what_is_withdrawn() -> None:
    assert {step for step in StepKind if may_follow(step, ActionState.COMPLETED)} == {StepKind.REOPENED}
    assert {step for step in StepKind if may_follow(step, ActionState.WITHDRAWN)} == set()
    with pytest.raises(ValueError, match="completed cannot be accepted"):
        state_after(StepKind.ACCEPTED, ActionState.COMPLETED)


def test_an_open_action_can_always_be_completed_moved_handed_over_and_withdrawn() -> None:
    always = {StepKind.COMPLETED, StepKind.MOVED, StepKind.OFFERED, StepKind.WITHDRAWN, StepKind.CARRIED_OVER}
    assert all(may_follow(step, state) for step in always for state in OPEN)
    assert {state_after(StepKind.COMPLETED, state) for state in OPEN} == {ActionState.COMPLETED}
    assert [state_after(StepKind.MOVED, state) for state in sorted(OPEN)] == sorted(OPEN)


def test_each_state_and_step_has_words() -> None:
    assert [state.label for state in ActionState][:2] == ["Not accepted yet", "Accepted"]
    assert all(step.label for step in StepKind)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2005, 5, 6), ()),
        (date(2005, 5, 7), (Telling.REMIND,)),
        (date(2005, 5, 10), (Telling.REMIND,)),
        (date(2005, 5, 11), (Telling.MANAGER,)),
        (date(2005, 5, 19), (Telling.MANAGER,)),
        (date(2005, 5, 20), (Telling.MANAGER, Telling.SMB)),
    ],
)
def test_the_owner_is_reminded_then_the_manager_and_then_the_board_is_told(
    today: date, told: tuple[Telling, ...]
) -> None:
    assert to_tell(DUE, Told(), today, RULES) == told
    assert to_tell(DUE, Told(reminded=True, manager=True, smb=True), today, RULES) == ()


def test_the_last_day_to_look_at_is_that_of_a_reminder() -> None:
    assert tell_from(date(2005, 5, 7), RULES) == DUE


def test_an_agency_fails_again_and_again_from_the_third_late_action() -> None:
    assert [fails_repeatedly(late, RULES) for late in (2, 3)] == [False, True]
    assert fails_repeatedly(2, replace(RULES, failing_late=2))


def table(**days: int) -> PackTable:
    source = {"text": "A", "certainty": "ours"}
    content: dict[str, object] = {
        "title": "Actions",
        "remind": {"days_before": days.get("remind", 3), "source": source},
        "manager": {"days_late": days.get("manager", 1), "source": source},
        "smb_member": {"days_late": days.get("smb", 10), "source": source},
        "failing": {"months": 6, "late": days.get("late", 3), "source": source},
    }
    return PackTable(content, "actions.toml", [])


def test_a_pack_that_makes_no_sense_is_refused() -> None:
    assert read_actions(table()).title == "Actions"
    with pytest.raises(PackError, match="must be 1 or more"):
        read_actions(table(late=0))
    with pytest.raises(PackError, match="told after the manager"):
        read_actions(table(manager=5, smb=2))
