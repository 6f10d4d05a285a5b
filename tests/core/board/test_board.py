"""The board without a database: its year, its seats, how an action of its plan stands, and what its pack says."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.board.plan import Standing, Step, refusal, stands
from openmappa.core.board.seats import Came, Seat, SeatKind, gaps
from openmappa.core.board.years import BoardYear, year_of
from openmappa.core.errors import PackError
from openmappa.core.packs.board_rules import read_board
from openmappa.core.packs.load import load_mappa_figures, packs_in_service
from openmappa.core.packs.load_board import load_board
from openmappa.core.packs.reading import PackTable

RULES = load_board("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "board.toml"
GOOD: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
TODAY = date(2005, 5, 10)


def test_a_year_of_the_board_runs_from_1_april_to_31_march() -> None:
    assert [year_of(date(2005, 3, 31)), year_of(date(2005, 4, 1))] == [BoardYear(2004), BoardYear(2005)]
    year = BoardYear(2004)
    assert (year.since, year.until, year.before) == (date(2004, 4, 1), date(2005, 3, 31), BoardYear(2003))
    assert (year.name, year.short, BoardYear(1999).short) == ("April 2004 to March 2005", "2004/05", "1999/00")
    assert [year.holds(day) for day in (date(2004, 3, 31), year.since, year.until, date(2005, 4, 1))] == [
        False,
        True,
        True,
        False,
    ]


def seat(kind: SeatKind, agency: str = "", **more: Any) -> Seat:
    return Seat(kind, agency, **({"from_on": date(2004, 1, 1)} | more))


FULL = [
    seat(SeatKind.RESPONSIBLE, "police", chairs=True),
    seat(SeatKind.RESPONSIBLE, "probation"),
    seat(SeatKind.RESPONSIBLE, "prison"),
    seat(SeatKind.COOPERATING, "partner"),
    seat(SeatKind.LAY),
    seat(SeatKind.LAY),
]


def test_a_board_needs_three_responsible_authorities_two_lay_advisers_and_a_chair() -> None:
    assert gaps(FULL, RULES.seats, TODAY) == []
    assert gaps([], RULES.seats, TODAY) == [
        "The police service has no seat.",
        "The probation service has no seat.",
        "The prison service has no seat.",
        "There should be 2 lay advisers; there are 0.",
    ]
    assert gaps(FULL[1:5], RULES.seats, TODAY) == [
        "The police service has no seat.",
        "There should be 2 lay advisers; there is 1.",
        "Nobody has the chair.",
    ]


def test_a_seat_is_held_up_to_its_last_day_and_a_probation_member_who_only_cooperates_fills_none() -> None:
    gone = seat(SeatKind.RESPONSIBLE, "prison", until_on=TODAY)
    others = [one for one in FULL if one.agency_kind != "prison"]
    assert gaps([*others, gone], RULES.seats, TODAY) == []
    assert gaps([*others, gone], RULES.seats, date(2005, 5, 11)) == ["The prison service has no seat."]
    to_come = seat(SeatKind.RESPONSIBLE, "prison", from_on=date(2005, 5, 11))
    assert gaps([*others, to_come], RULES.seats, TODAY) == ["The prison service has no seat."]
    wrong = seat(SeatKind.COOPERATING, "prison")
    assert gaps([*others, wrong], RULES.seats, TODAY) == ["The prison service has no seat."]


def test_a_member_or_a_deputy_fills_a_seat_and_apologies_do_not() -> None:
    assert [each.is_there for each in Came] == [True, True, False, False]
    assert [each.label for each in Came] == ["Came", "A deputy came", "Sent apologies", "Did not come"]
    assert [each.label for each in SeatKind][2] == "Lay adviser"


@pytest.mark.parametrize(
    ("due_on", "last", "done_on", "expected"),
    [
        (date(2005, 5, 10), None, None, Standing.NOT_BEGUN),
        (date(2005, 5, 10), Step.ON_COURSE, None, Standing.ON_COURSE),
        (date(2005, 5, 10), Step.MOVED, None, Standing.ON_COURSE),
        (date(2005, 5, 10), Step.BEHIND, None, Standing.BEHIND),
        (date(2005, 5, 9), Step.ON_COURSE, None, Standing.LATE),
        (date(2005, 5, 9), None, None, Standing.LATE),
        (date(2005, 5, 9), Step.DONE, date(2005, 5, 9), Standing.DONE),
        (date(2005, 5, 9), Step.DONE, date(2005, 5, 10), Standing.DONE_LATE),
        (date(2005, 5, 9), Step.DROPPED, None, Standing.DROPPED),
    ],
)
def test_an_action_is_late_from_the_day_after_its_own(
    due_on: date, last: Step | None, done_on: date | None, expected: Standing
) -> None:
    assert stands(due_on, last, done_on, TODAY) is expected


def test_what_is_late_moved_or_dropped_is_said_with_a_reason_and_what_is_done_with_what_shows_it() -> None:
    assert [(step.label, step.ends) for step in Step][3:] == [("Done", True), ("Dropped", True)]
    plain: dict[str, Any] = {"due_on": date(2005, 5, 9), "on": TODAY, "moved_to": None, "late_words": ""}
    assert refusal(Step.ON_COURSE, "", **plain) == {}
    assert refusal(Step.BEHIND, " ", **plain) == {"words": "Say what holds it up"}
    assert refusal(Step.DROPPED, "No money.", **plain) == {}
    assert refusal(Step.DONE, "", **plain) == {
        "words": "Say what shows that it is done",
        "late_words": "It was due earlier. Say why it is late",
    }
    assert refusal(Step.DONE, "The course was held.", **(plain | {"on": date(2005, 5, 9)})) == {}
    assert refusal(Step.DONE, "The course was held.", **(plain | {"late_words": "No trainer."})) == {}
    moved = {"moved_to": "The new day must be after the day on which it is moved"}
    assert refusal(Step.MOVED, "No trainer.", **plain) == moved
    assert refusal(Step.MOVED, "No trainer.", **(plain | {"moved_to": TODAY})) == moved
    assert refusal(Step.MOVED, "No trainer.", **(plain | {"moved_to": date(2005, 5, 11)})) == {}
    assert [each.label for each in Standing if each.is_open] == ["Not begun", "On course", "Behind", "Late"]


def test_the_standing_figures_are_standards_and_figures_that_there_are() -> None:
    known = {one.id for pack in packs_in_service() for one in pack.standards}
    assert set(RULES.standing.standards) <= known
    assert set(RULES.standing.figures) <= {one.id.value for one in load_mappa_figures("england-wales-2005").figures}
    assert [one.id for one in RULES.bodies] == ["lcjb", "acpc", "cdrp", "region", "other"]
    assert (RULES.meetings.months, RULES.links.months, RULES.seats.lay_advisers) == (3, 12, 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table["seats"].update(lay_advisers=0), "`lay_advisers` must be 1 or more"),
        (lambda table: table["bodies"][0].update(id="cdrp"), "two of `bodies` have the same id"),
        (lambda table: table["standing"].update(standards=[]), "`standards` is []"),
        (lambda table: table.update(surprise=1), "`surprise` is not a key"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], object], said: str) -> None:
    table = deepcopy(GOOD)
    change(table)
    with pytest.raises(PackError) as refused:
        read_board(PackTable(table, "board.toml"))
    assert said in str(refused.value)
