"""For each constraint on the board's own tables: a row that breaks it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from tests.board.build import (
    a_board_meeting,
    a_business_action,
    a_business_note,
    a_decision,
    a_plan,
    a_seat,
    an_aim,
    an_attendance,
    an_exchange,
    another_body,
)
from tests.timeline.build import ago, make_person, today

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role


def by() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def seat(case: Case, **changed: Any) -> Any:
    return a_seat(case.area, by(), **changed)


def meeting(case: Case, **changed: Any) -> Any:
    return a_board_meeting(case.area, by(), **changed)


def attendance(case: Case, **changed: Any) -> Any:
    return an_attendance(meeting(case), seat(case), by(), **changed)


def plan(case: Case, **changed: Any) -> Any:
    return a_plan(case.area, by(), **changed)


def aim(case: Case, **changed: Any) -> Any:
    return an_aim(plan(case), by(), **changed)


def action(case: Case, **changed: Any) -> Any:
    return a_business_action(aim(case), by(), **changed)


def note(case: Case, **changed: Any) -> Any:
    return a_business_note(action(case), by(), **changed)


def body(case: Case, **changed: Any) -> Any:
    return another_body(case.area, by(), **changed)


def exchange(case: Case, **changed: Any) -> Any:
    return an_exchange(body(case), by(), **changed)


def twice(make: Callable[..., object], *parts: Any, **changed: Any) -> None:
    make(*parts, **changed)
    make(*parts, **changed)


def closed(case: Case) -> dict[str, Any]:
    return {"closed_by": by(), "closed_at": timezone.now()}


def called_off(case: Case) -> dict[str, Any]:
    return {"cancelled_by": by(), "cancelled_at": timezone.now(), "cancel_reason": "Snow"}


BREAKS: dict[str, Callable[[Case], object]] = {
    "seat_kind_is_known": lambda case: seat(case, kind="honorary"),
    "seat_is_somebodys": lambda case: seat(case, name=""),
    "seat_is_of_an_agency_or_lay": lambda case: seat(case, agency=None),
    "seat_ends_after_it_begins": lambda case: seat(case, until_on=ago(701), ended_by=by(), ended_at=timezone.now()),
    "seat_ended_by_somebody": lambda case: seat(case, until_on=today()),
    "seat_one_chair_at_a_time": lambda case: twice(a_seat, case.area, by(), chairs=True),
    "seat_once_for_a_person": lambda case: twice(a_seat, case.area, by(), person=by()),
    "board_meeting_once_a_day": lambda case: twice(a_board_meeting, case.area, by()),
    "board_meeting_closed_by_somebody": lambda case: meeting(case, closed_at=timezone.now()),
    "board_meeting_cancelled_for_a_reason": lambda case: meeting(case, **called_off(case) | {"cancel_reason": ""}),
    "board_meeting_is_held_or_cancelled": lambda case: meeting(case, **closed(case), **called_off(case)),
    "board_attendance_once_for_a_seat": lambda case: twice(an_attendance, meeting(case), seat(case), by()),
    "board_attendance_is_known": lambda case: attendance(case, came="late"),
    "board_attendance_names_the_deputy": lambda case: attendance(case, came="deputy"),
    "board_decision_number_once": lambda case: twice(a_decision, meeting(case), by()),
    "board_decision_says_what_and_why": lambda case: a_decision(meeting(case), by(), reasons=""),
    "business_plan_once_from_a_day": lambda case: twice(a_plan, case.area, by()),
    "business_plan_has_a_title": lambda case: plan(case, title=""),
    "business_plan_ends_after_it_begins": lambda case: plan(case, until_on=ago(100)),
    "aim_number_once": lambda case: twice(an_aim, plan(case), by()),
    "aim_says_what": lambda case: aim(case, text=""),
    "business_action_number_once": lambda case: twice(a_business_action, aim(case), by()),
    "business_action_says_what": lambda case: action(case, text=""),
    "business_action_has_an_owner": lambda case: action(case, owner_words=""),
    "business_action_step_is_known": lambda case: action(case, last_step="lost"),
    "business_action_done_on_a_day": lambda case: action(case, last_step="done"),
    "business_note_step_is_known": lambda case: note(case, step="lost", words="Gone."),
    "business_note_says_why": lambda case: note(case, step="behind"),
    "business_note_moves_to_a_later_day": lambda case: note(case, step="moved", words="Late.", moved_to=ago(5)),
    "other_body_once": lambda case: twice(another_body, case.area, by()),
    "other_body_has_a_name": lambda case: body(case, name=""),
    "exchange_says_what": lambda case: exchange(case, what=""),
    "exchange_way_is_known": lambda case: exchange(case, way="by pigeon"),
    "exchange_answered_in_words": lambda case: exchange(
        case, answered_on=today(), answer_noted_by=by(), answer_noted_at=timezone.now()
    ),
}
